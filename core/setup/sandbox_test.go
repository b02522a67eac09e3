package setup_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" // #nosec G505 -- a thumbprint
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// practice is a set-up on the sandbox: the services are strict, TLS and tokens are real,
// and the connection can be used.
type practice struct {
	*testing.T
	server *sandbox.Server
	// name is the name of the signed-in administrator.
	name    string
	target  plan.Target
	held    setup.Held
	keep    *keptCredential
	journal string
}

func begun(t *testing.T, set func(*sandbox.Tenant), target func(*plan.Target)) *practice {
	t.Helper()
	tenant := sandbox.Tenant{}
	if set != nil {
		set(&tenant)
	}
	server, err := sandbox.Start(&tenant)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	row, _ := cloud.OfEnvironment(server.Clouds(), sandbox.EnvironmentHost)
	p := &practice{T: t, server: server, name: sandbox.Administrator, keep: &keptCredential{folder: t.TempDir()}, journal: filepath.Join(t.TempDir(), "journal")}
	p.target = plan.Target{Environment: sandbox.Environment, Cloud: row, TenantID: sandbox.TenantID, Role: "S2S Integration", RedirectURI: sandbox.RedirectURI}
	if target != nil {
		target(&p.target)
	}
	return p
}

// Token implements [admin.Administrator].
func (p *practice) Token(ctx context.Context, resource string) (admin.Token, error) {
	if err := ctx.Err(); err != nil {
		return admin.Token{}, err
	}
	value, err := p.server.AdministratorToken(p.name, resource)
	if err != nil {
		return admin.Token{}, err
	}
	claims, _ := entra.Peek(value)
	return admin.Token{Value: value, Resource: resource, Account: claims.User, TenantID: claims.TenantID, Scopes: claims.Scopes, Expires: claims.Expires}, nil
}

// SignOut implements [admin.Administrator].
func (p *practice) SignOut() {}

func (p *practice) Account() string { return "" }

// transport reaches the sandbox; its pauses take no time.
func (p *practice) transport() transport.Options {
	o := p.server.Transport()
	o.Wait = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	return o
}

// run returns a run with the journal, which is created if it is missing.
func (p *practice) run() *setup.Run {
	p.Helper()
	journal, err := setup.Open(p.journal)
	if err != nil {
		if journal, err = setup.Create(p.journal, p.target); err != nil {
			p.Fatal(err)
		}
	}
	client := transport.New(p.transport())
	p.Cleanup(func() { client.Close(); _ = journal.Close() })
	return &setup.Run{
		Session: &setup.Session{Client: client, Admin: p, Target: p.target},
		Journal: journal, Held: p.held, Keeper: p.keep,
		Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	}
}

// undo undoes the changes in the journal, with the target from the journal only.
func (p *practice) undo() error {
	p.Helper()
	run := p.run()
	head := run.Journal.Head
	run.Target = plan.Target{Environment: head.Environment, Cloud: p.target.Cloud, TenantID: head.TenantID, ClientID: head.ClientID, Name: head.Name, Role: head.Role}
	return run.Undo(p.Context())
}

// examine examines the connection with the credential that the run made.
func (p *practice) examine() exam.Report {
	p.Helper()
	journal, err := setup.Open(p.journal)
	if err != nil {
		p.Fatal(err)
	}
	defer journal.Close()
	form := connection.Form{Environment: p.target.Environment, Tenant: sandbox.TenantID, ClientID: p.target.ClientID, Secret: p.keep.secret}
	if id := journal.Values()[plan.ApplicationAppID]; id != "" {
		form.ClientID = id
	}
	if p.keep.thumbprint != "" {
		form.CertificateFile, form.Secret = p.keep.file(), secret.Value{}
	}
	return exam.Run(p.Context(), form, exam.Options{Clouds: p.server.Clouds(), Transport: p.transport()})
}

var (
	freeText = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	dateText = regexp.MustCompile(`\d{4}-\d\d-\d\dT[0-9:.]+Z?`)
	tokens   = regexp.MustCompile(`[A-Za-z0-9+/_-]{27,}=?`)
	hint     = regexp.MustCompile(`(s2sdoctor-\S+) \S{3} `)
)

// comparable returns a state without what differs from run to run: new IDs, dates,
// thumbprints and the beginnings of secrets. Earlier IDs stay.
func comparable(state, before string) string {
	known := map[string]bool{}
	for _, id := range freeText.FindAllString(before, -1) {
		known[id] = true
	}
	state = hint.ReplaceAllString(state, "$1 … ")
	state = freeText.ReplaceAllStringFunc(state, func(id string) string {
		if known[id] {
			return id
		}
		return "…"
	})
	state = tokens.ReplaceAllStringFunc(state, func(s string) string {
		if strings.Contains(before, s) {
			return s
		}
		return "…"
	})
	lines := strings.Split(dateText.ReplaceAllString(state, "…"), "\n")
	return strings.Join(sortedLines(lines), "\n")
}

// keptCredential stores credentials on disk and in memory, as they survive a killed run.
type keptCredential struct {
	folder     string
	thumbprint string
	days       int
	secret     secret.Value
}

var certificateKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

func (k *keptCredential) file() string { return filepath.Join(k.folder, "certificate.pem") }

// Certificate returns a valid certificate. All have the same key, because a key takes
// long to generate.
func (k *keptCredential) Certificate(name string, lifetime time.Duration, known func(string) bool, announce func(string) error) ([]byte, string, error) {
	if k.thumbprint != "" && !known(k.thumbprint) {
		return nil, "", errors.New("the journal does not know the certificate")
	}
	if days := int(lifetime.Hours() / 24); k.thumbprint == "" || k.days > days {
		serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
		if err != nil {
			return nil, "", err
		}
		template := &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-5 * time.Minute), NotAfter: time.Now().Add(lifetime - time.Hour)}
		der, err := x509.CreateCertificate(rand.Reader, template, template, certificateKey().Public(), certificateKey())
		if err != nil {
			return nil, "", err
		}
		sum := sha1.Sum(der) // #nosec G401 -- a thumbprint
		thumbprint := strings.ToUpper(hex.EncodeToString(sum[:]))
		if err := announce(thumbprint); err != nil {
			return nil, "", err
		}
		pkcs8, err := x509.MarshalPKCS8PrivateKey(certificateKey())
		if err != nil {
			return nil, "", err
		}
		pair := append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8})...)
		if err := os.WriteFile(k.file(), pair, 0o600); err != nil {
			return nil, "", err
		}
		k.thumbprint, k.days = thumbprint, days
	}
	raw, err := os.ReadFile(k.file())
	if err != nil {
		return nil, "", err
	}
	block, _ := pem.Decode(raw)
	return block.Bytes, k.thumbprint, nil
}

// Secret stores a client secret.
func (k *keptCredential) Secret(value secret.Value) error {
	k.secret = value
	return nil
}
