package exam

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
)

// Basis is what an examination rests on besides its exchanges, as far as a
// record of it needs to know. It holds no secret.
type Basis struct {
	Clouds []cloud.Cloud
	// Environment, Host, Tenant, ClientID and RedirectURI are the form's values
	// once cleaned; "" for a field that is empty or cannot be used.
	Environment, Host, Tenant, ClientID, RedirectURI string
	// Problems are the fields that cannot be used, with their causes.
	Problems []connection.Problem
	// CertificateFrom and CertificateUntil are zero without a certificate.
	CertificateFrom, CertificateUntil time.Time
	// Claims are the token's; Readable is false without a token, and for one that
	// is no JWT.
	Claims   entra.Claims
	Readable bool
	// Issuer is where the assertion of a federated credential was asked for, and
	// Assertion its claims; nil without one.
	Issuer    connection.Issuer
	Assertion *entra.Claims
	// IdentitySource is the place that was asked for the token of a managed identity, or
	// "".
	IdentitySource entra.IdentitySource
}

func basis(f Facts) Basis {
	c := f.Connection
	b := Basis{
		Clouds: f.Clouds, Environment: c.Environment, Host: c.Host, Tenant: c.Tenant,
		ClientID: c.ClientID, RedirectURI: c.RedirectURI, Problems: f.Problems,
		Claims: f.Token.Claims, Readable: f.Token.IsJWT,
	}
	if cert := certificateOf(f); cert != nil {
		b.CertificateFrom, b.CertificateUntil = cert.NotBefore(), cert.NotAfter()
	}
	b.Issuer, b.IdentitySource = f.Federation.Issuer, f.Identity.Source
	if b.IdentitySource != "" {
		b.ClientID = f.Identity.ClientID // the connection's may be the token's
	}
	if !f.Federation.Assertion.Empty() {
		b.Assertion = &f.Federation.Claims
	}
	return b
}
