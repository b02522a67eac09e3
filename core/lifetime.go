package core

import (
	"context"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/federation"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Lifetime is when a credential begins and ends, as far as this computer can know. The
// zero value knows nothing.
type Lifetime struct {
	Begins, Ends time.Time
	// Subject is for whom the token of a federated credential was issued; "" for a
	// certificate.
	Subject string
	// Fault is why a token file has no token; empty if it has one.
	Fault text.Text
}

// Lifetime reads the certificate or the token file of a form. It blocks for as long as
// the file's drive, or the store of certificates, takes to respond, and ends soon after
// ctx does. The end of a secret is known to Entra alone.
func (d Doctor) Lifetime(ctx context.Context, form connection.Form) Lifetime {
	form = d.completed(form)
	switch form.CredentialKind() {
	case connection.CertificateKind, connection.CertificateStoreKind:
		// A certificate that cannot be used has no lifetime: Check reports why.
		c, _, _ := connection.Form{
			Kind: form.Kind, CertificateFile: form.CertificateFile, KeyFile: form.KeyFile,
			CertificatePassword: form.CertificatePassword, Thumbprint: form.Thumbprint,
		}.CleanContext(ctx, d.clouds(), time.Now())
		if c.Credential.Signs() {
			cert := c.Credential.Certificate
			return Lifetime{Begins: cert.NotBefore(), Ends: cert.NotAfter()}
		}
	case connection.FederatedKind:
		if form.Federation.Issuer == connection.TokenFile && form.Federation.File != "" {
			facts := federation.ReadFile(ctx, form.Federation)
			return Lifetime{
				Begins: facts.Claims.NotBefore, Ends: facts.Claims.Expires, Subject: plain.Line(facts.Claims.Subject), Fault: facts.Missing,
			}
		}
	}
	return Lifetime{}
}

// completed returns the form with what the environment holds about its federated
// credential.
func (d Doctor) completed(form connection.Form) connection.Form {
	if form.Kind == connection.FederatedKind && d.Getenv != nil {
		form.Federation = federation.Complete(form.Federation, d.Getenv)
	}
	return form
}
