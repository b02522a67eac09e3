package replay

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// formOf returns a form with the recorded values, and with a stand-in of the same
// fault for every field that could not be used.
func formOf(r record.Record, clouds []cloud.Cloud, folder string) (form connection.Form, err error) {
	e := r.Examination
	form = connection.Form{Environment: e.Environment, Tenant: e.Tenant, ClientID: e.ClientID}
	switch kind := connection.Kind(e.Credential.Kind); {
	case kind == connection.CertificateKind || e.Credential.Until != nil:
		form.CertificateFile, err = certificate(e.Credential, folder)
	case kind == connection.FederatedKind:
		form.Kind = kind
		form.Federation, err = federation(r, folder)
	case kind == connection.ManagedIdentityKind:
		form.Kind = kind
	case kind != connection.None:
		form.Secret = secret.New(strings.Repeat("Replayed~", 4))
	}
	for _, problem := range e.Problems {
		unusable(&form, problem, clouds, folder)
	}
	return form, err
}

// federation returns the recorded place that issues assertions: its endpoint, if it
// was asked, or a file with the recorded claims.
func federation(r record.Record, folder string) (connection.Federation, error) {
	c := r.Examination.Credential
	f := connection.Federation{Issuer: connection.Issuer(c.Issuer)}
	if f.Issuer == connection.TokenFile {
		f.File = filepath.Join(folder, "assertion")
		if c.Assertion == nil {
			return f, nil
		}
		return f, os.WriteFile(f.File, []byte(unsigned(c.Assertion)), 0o600)
	}
	for _, line := range r.Lines {
		if line.Request != nil && line.Request.Check == string(exam.CheckToken) && line.Request.Authorized {
			f.URL, f.RequestToken, f.ServiceConnection = line.Request.URL, secret.New("replayed"), "replayed"
			return f, nil
		}
	}
	f.Missing = []string{"the endpoint"}
	return f, nil
}

// unusable puts a stand-in into the field of a problem.
func unusable(form *connection.Form, problem record.Problem, clouds []cloud.Cloud, folder string) {
	switch connection.Field(problem.Field) {
	case connection.FieldEnvironment:
		form.Environment = "no address"
	case connection.FieldTenant:
		form.Tenant = "no tenant"
		if problem.Cause == catalog.TenantWrongCloud {
			form.Tenant = otherLogin(clouds, form.Environment)
		}
	case connection.FieldClientID:
		form.ClientID = "no ID"
	case connection.FieldRedirectURI:
		form.RedirectURI = "http://redirect.example/"
	case connection.FieldCertificate:
		form.CertificateFile = filepath.Join(folder, "missing.pem")
	case connection.FieldSecret:
		form.Secret = map[catalog.Cause]secret.Value{
			catalog.InputSecretIsID:    secret.New("00000001-0000-4000-8000-0000000000ff"),
			catalog.InputSecretMangled: secret.New("${CLIENT_SECRET}"),
		}[problem.Cause]
	}
}

// otherLogin is the address of a tenant in another cloud than the environment's.
func otherLogin(clouds []cloud.Cloud, environment string) string {
	own, _ := cloud.OfEnvironment(clouds, strings.TrimPrefix(environment, "https://"))
	for _, c := range clouds {
		if !own.Issues(c.Login) {
			return "https://" + c.Login + "/00000001-0000-4000-8000-0000000000ff"
		}
	}
	return ""
}

// newKey makes a key once: no service sees it, and making one takes longer than a
// replay.
var newKey = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

// certificate writes a certificate of the recorded dates with a key of no meaning.
func certificate(c record.Credential, folder string) (path string, err error) {
	from, until := time.Now().Add(-time.Hour), time.Now().AddDate(1, 0, 0)
	if c.From != nil && c.Until != nil {
		from, until = *c.From, *c.Until
	}
	key, err := newKey()
	if err != nil {
		return "", err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "replay"}, NotBefore: from, NotAfter: until}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return "", err
	}
	raw, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", err
	}
	file := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	file = append(file, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw})...)
	path = filepath.Join(folder, "replay.pem")
	return path, os.WriteFile(path, file, 0o600)
}
