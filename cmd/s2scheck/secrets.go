package main

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// family is the variables that belong together.
type family struct{ secret, clientID, tenant string }

// families are in the order in which they count.
var families = []family{
	{"S2S_CLIENT_SECRET", "S2S_CLIENT_ID", "S2S_TENANT_ID"},
	{"AZURE_CLIENT_SECRET", "AZURE_CLIENT_ID", "AZURE_TENANT_ID"},
}

func (p program) certificatePassword() secret.Value {
	return secret.New(p.getenv("S2S_CERTIFICATE_PASSWORD"))
}

func (p program) secretFromEnvironment() secret.Value {
	return secret.New(firstOf(p.getenv("S2S_CLIENT_SECRET"), p.getenv("AZURE_CLIENT_SECRET")))
}

// complete puts into one of several saved connections the secret that the store
// does not have, if the environment names it for this application and tenant: it
// must not reach another one's. why explains why a secret of the environment is not
// used. Where the connection names no tenant it gets that of the environment, so
// that the examination compares them before it sends the secret.
func (p program) complete(form *connection.Form) (why text.Text) {
	if form.CertificateFile != "" {
		if form.CertificatePassword.Empty() {
			form.CertificatePassword = p.certificatePassword()
		}
		return why
	}
	for _, f := range families {
		value := p.getenv(f.secret)
		if value == "" || !form.Secret.Empty() {
			continue
		}
		tenant := firstOf(p.getenv(f.tenant), p.getenv("S2S_TENANT_ID"), p.getenv("AZURE_TENANT_ID"))
		switch {
		case !sameID(firstOf(p.getenv(f.clientID), p.getenv("S2S_CLIENT_ID"), p.getenv("AZURE_CLIENT_ID")), form.ClientID):
			why = text.F("There is no secret of its own for this connection, and the one in %s is not used for it: among several connections, %s has to name the application that the secret belongs to.", f.secret, f.clientID)
		case tenant != "" && form.Tenant != "" && !sameID(tenant, form.Tenant):
			why = text.F("There is no secret of its own for this connection, and the one in %s is not used for it: %s names another tenant.", f.secret, f.tenant)
		default:
			form.Secret, form.Tenant = secret.New(value), firstOf(form.Tenant, tenant)
			return text.Text{}
		}
	}
	return why
}

// sameID compares GUIDs in any spelling, and domains.
func sameID(a, b string) bool {
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	if x, ok := guid.Parse(a); ok {
		y, ok := guid.Parse(b)
		return ok && x == y
	}
	return a != "" && strings.EqualFold(a, b)
}
