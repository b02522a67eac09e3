package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
)

// fakeMicrosoft is a small fake of Microsoft's services under their real host names,
// without the sandbox: it proves that the product does not depend on the sandbox. It is
// reached as in a company network: HTTPS_PROXY leads to it, and SSL_CERT_FILE makes it
// trusted.
type fakeMicrosoft struct {
	tenant, client, secret, environment string
	// refuse responds to WhoAmI instead of the identity, if set.
	refuse func(http.ResponseWriter)

	proxy, caFile string
	// origin is the address of the fake's TLS server, leaf its certificate.
	origin string
	leaf   tls.Certificate
	mu     sync.Mutex // guards refuse: a request may outlive the command
	// handler responds instead of the fake itself, if set: an http.HandlerFunc.
	handler atomic.Value
}

// refuseWith makes Dataverse respond with refuse from now on; nil makes it healthy again.
func (f *fakeMicrosoft) refuseWith(refuse func(http.ResponseWriter)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.refuse = refuse
}

func (f *fakeMicrosoft) refusal() func(http.ResponseWriter) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.refuse
}

// withHTTP1 disables HTTP/2.
func withHTTP1(origin *httptest.Server) { origin.EnableHTTP2 = false }

func startMicrosoft(t *testing.T, changes ...func(*httptest.Server)) *fakeMicrosoft {
	t.Helper()
	f := &fakeMicrosoft{
		tenant: "12b5c856-0b1e-4a63-9f0e-3c1d5a7e9b24", client: "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e",
		secret: "Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1", environment: "contoso.crm4.dynamics.com",
	}
	leaf, caPEM := certify(t, "login.microsoftonline.com", f.environment)
	f.leaf = leaf
	f.caFile = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(f.caFile, caPEM, 0o600); err != nil {
		t.Fatal(err)
	}
	origin := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if handler, ok := f.handler.Load().(http.HandlerFunc); ok {
			handler(w, r)
			return
		}
		f.ServeHTTP(w, r)
	}))
	origin.TLS = &tls.Config{Certificates: []tls.Certificate{leaf}}
	origin.EnableHTTP2 = true
	origin.Config.ErrorLog = log.New(io.Discard, "", 0) // hostile cases break connections
	for _, change := range changes {
		change(origin)
	}
	origin.StartTLS()
	t.Cleanup(origin.Close)
	f.origin = origin.Listener.Addr().String()
	proxy := httptest.NewServer(tunnel(f.origin))
	t.Cleanup(proxy.Close)
	f.proxy = proxy.URL
	return f
}

func (f *fakeMicrosoft) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Host == "login.microsoftonline.com" {
		f.entra(w, r)
		return
	}
	f.dataverse(w, r)
}

func (f *fakeMicrosoft) entra(w http.ResponseWriter, r *http.Request) {
	base := "https://login.microsoftonline.com/" + f.tenant
	w.Header().Set("Content-Type", "application/json")
	switch {
	case strings.HasSuffix(r.URL.Path, "/.well-known/openid-configuration") && isForeign(r.URL.Path, f.tenant):
		reply(w, 400, map[string]any{"error": "invalid_tenant", "error_description": "AADSTS90002: Tenant not found.", "error_codes": []int{90002}})
	case strings.HasSuffix(r.URL.Path, "/.well-known/openid-configuration"):
		reply(w, 200, map[string]any{"issuer": base + "/v2.0", "token_endpoint": base + "/oauth2/v2.0/token", "authorization_endpoint": base + "/oauth2/v2.0/authorize"})
	case r.FormValue("client_secret") != f.secret:
		reply(w, 401, map[string]any{"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided: " + r.FormValue("client_secret"), "error_codes": []int{7000215}})
	default:
		now := time.Now().Unix()
		claims, _ := json.Marshal(map[string]any{
			"aud": "https://" + f.environment, "iss": "https://sts.windows.net/" + f.tenant + "/", "tid": f.tenant, "appid": f.client,
			"appidacr": "1", "oid": "9f0e3c1d-0000-4a63-9f0e-3c1d5a7e9b24", "sub": "9f0e3c1d-0000-4a63-9f0e-3c1d5a7e9b24", "iat": now, "nbf": now, "exp": now + 3600, "ver": "1.0",
		})
		enc := base64.RawURLEncoding
		token := enc.EncodeToString([]byte(`{"alg":"none"}`)) + "." + enc.EncodeToString(claims) + "." + enc.EncodeToString([]byte("signature"))
		reply(w, 200, map[string]any{"token_type": "Bearer", "expires_in": 3599, "access_token": token})
	}
}

// isForeign reports whether a path names an ID of a tenant that the fake does not have.
func isForeign(path, tenant string) bool {
	id, ok := guid.Parse(strings.Split(path, "/")[1])
	return ok && id != tenant
}

func (f *fakeMicrosoft) dataverse(w http.ResponseWriter, r *http.Request) {
	const user, unit, org = "aaaaaaaa-0000-0000-0000-000000000001", "aaaaaaaa-0000-0000-0000-000000000002", "aaaaaaaa-0000-0000-0000-000000000003"
	switch {
	case r.Header.Get("Authorization") == "":
		w.Header().Set("WWW-Authenticate", "Bearer authorization_uri=https://login.microsoftonline.com/"+f.tenant+"/oauth2/authorize, resource_id=https://"+f.environment+"/")
		w.WriteHeader(401)
	case f.refusal() != nil:
		f.refusal()(w)
	case strings.HasSuffix(r.URL.Path, "/WhoAmI"):
		reply(w, 200, map[string]any{"BusinessUnitId": unit, "UserId": user, "OrganizationId": org})
	case strings.Contains(r.URL.Path, "Organization.svc"):
		w.Header().Set("Content-Type", "text/xml; charset=utf-8")
		fmt.Fprintf(w, `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><ExecuteResponse xmlns="http://schemas.microsoft.com/xrm/2011/Contracts/Services"><ExecuteResult xmlns:q="http://schemas.microsoft.com/xrm/2011/Contracts"><q:Results xmlns:z="http://schemas.datacontract.org/2004/07/System.Collections.Generic">`)
		for key, value := range map[string]string{"OrganizationId": org, "UserId": user, "BusinessUnitId": unit} {
			fmt.Fprintf(w, `<q:KeyValuePairOfstringanyType><z:key>%s</z:key><z:value>%s</z:value></q:KeyValuePairOfstringanyType>`, key, value)
		}
		fmt.Fprint(w, `</q:Results></ExecuteResult></ExecuteResponse></e:Body></e:Envelope>`)
	default:
		reply(w, 403, map[string]any{"error": map[string]any{"code": "0x80040220", "message": "Principal user is missing prvReadUser privilege"}})
	}
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// tunnel is a proxy that supports CONNECT only and connects every host to origin.
func tunnel(origin string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect {
			http.Error(w, "CONNECT only", http.StatusMethodNotAllowed)
			return
		}
		far, err := net.Dial("tcp", origin)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		near, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		fmt.Fprint(near, "HTTP/1.1 200 OK\r\n\r\n")
		go func() { _, _ = io.Copy(far, near); far.Close() }()
		go func() { _, _ = io.Copy(near, far); near.Close() }()
	}
}

// certify returns a certificate for the hosts, and the certificate of the authority that
// issued it.
func certify(t *testing.T, hosts ...string) (tls.Certificate, []byte) {
	t.Helper()
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ca := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Company CA"}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	caDER, err := x509.CreateCertificate(rand.Reader, ca, ca, &caKey.PublicKey, caKey)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: hosts[0]}, DNSNames: hosts,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, leaf, ca, &key.PublicKey, caKey)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: caDER})
}
