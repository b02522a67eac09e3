package paste

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// form returns the form of an application, and notes on what was taken and left out.
func (f *foundValues) form(a *application, withoutSecret bool) (connection.Form, []connection.Note) {
	n := notes{found: f}
	var form connection.Form
	text := func(field field, to *string) {
		if s, ok := a.best[field]; ok {
			*to = s.text
			n.took(field, s.source)
		}
	}
	hidden := func(field field, to *secret.Value) {
		if s, ok := a.best[field]; ok && !withoutSecret {
			*to = secret.New(s.text)
			n.took(field, s.source)
		}
	}
	if unclear := a.open[tenant]; len(unclear) > 0 {
		n.several(tenant, unclear[0].source)
		delete(a.best, tenant)
	}
	if unclear := a.open[clientSecret]; len(unclear) > 0 {
		if unclear[0].owner != a.best[clientSecret].owner {
			delete(a.best, clientSecret)
			n.unclear(clientSecret, unclear[0].source)
		} else {
			defer func() { n.several(clientSecret, unclear[0].source) }()
		}
	}
	text(environment, &form.Environment)
	text(tenant, &form.Tenant)
	if a.id != "" {
		form.ClientID = a.id
		n.took(client, a.at[0].source)
	}
	hidden(clientSecret, &form.Secret)
	if !f.sample || a.id != "" {
		text(redirect, &form.RedirectURI)
	}
	text(certificateFile, &form.CertificateFile)
	if form.CertificateFile != "" {
		text(keyFile, &form.KeyFile)
		hidden(certificatePassword, &form.CertificatePassword)
	}
	f.otherKind(a, &form, text)
	n.leftOut(form)
	return form, n.list
}

// otherKind takes a credential that is neither a secret nor a certificate file.
func (f *foundValues) otherKind(a *application, form *connection.Form, take func(field, *string)) {
	_, stored := a.best[thumbprint]
	_, file := a.best[tokenFile]
	switch {
	case !form.Secret.Empty() || form.CertificateFile != "":
	case stored:
		form.Kind = connection.CertificateStoreKind
		take(thumbprint, &form.Thumbprint)
	case file:
		form.Kind, form.Federation.Issuer = connection.FederatedKind, connection.TokenFile
		take(tokenFile, &form.Federation.File)
	case f.managed:
		form.Kind = connection.ManagedIdentityKind
	case f.issuer != "":
		form.Kind, form.Federation.Issuer = connection.FederatedKind, f.issuer
	}
}

// notes collects the notes on a form.
type notes struct {
	found *foundValues
	list  []connection.Note
}

// places maps fields to the form's fields and their names in notes.
var places = map[field]struct {
	field connection.Field
	name  text.Text
}{
	environment:         {connection.FieldEnvironment, text.F("Environment URL")},
	tenant:              {connection.FieldTenant, text.F("Directory (tenant) ID")},
	client:              {connection.FieldClientID, text.F("Application (client) ID")},
	clientSecret:        {connection.FieldSecret, text.F("client secret")},
	redirect:            {connection.FieldRedirectURI, text.F("Redirect URI")},
	certificateFile:     {connection.FieldCertificate, text.F("certificate file")},
	keyFile:             {connection.FieldCertificate, text.F("private key's file")},
	certificatePassword: {connection.FieldCertificate, text.F("certificate's password")},
	thumbprint:          {connection.FieldThumbprint, text.F("certificate's thumbprint")},
	tokenFile:           {connection.FieldTokenFile, text.F("token file")},
}

func (n *notes) note(f connection.Field, shown text.Text) {
	n.list = append(n.list, connection.Note{Field: f, Text: shown})
}

func (n *notes) took(f field, source text.Text) {
	n.note(places[f].field, text.F("took the %s from %s", places[f].name, source))
}

func (n *notes) several(f field, source text.Text) {
	n.note(places[f].field, text.F("%s holds more than one %s: took the first", source, places[f].name))
}

func (n *notes) unclear(f field, source text.Text) {
	n.note(places[f].field, text.F("%s holds more than one %s: took none", source, places[f].name))
}

// leftOut notes the values that were not taken, for fields that stay empty.
func (n *notes) leftOut(form connection.Form) {
	open := map[field]bool{
		environment: form.Environment == "", tenant: form.Tenant == "", client: form.ClientID == "", clientSecret: form.Secret.Empty(),
	}
	for _, out := range n.found.out {
		if !open[out.field] {
			continue
		}
		open[out.field] = false
		name := places[out.field].name
		switch out.verdict {
		case unfilled, reference:
			n.note(places[out.field].field, text.F("left out the %s: in %s it is a placeholder", name, out.source))
		case unfit:
			n.note(places[out.field].field, text.F("left out the %s: what %s has in its place cannot be one", name, out.source))
		}
	}
	if n.found.password {
		n.note(connection.FieldSecret, text.F("left out a user's name and password: an application proves itself with a client secret or a certificate"))
	}
	if n.found.encrypted {
		n.note(connection.FieldSecret, text.F("left out the client secret: it is encrypted"))
	}
	if n.found.sample && form.ClientID == "" {
		n.note(connection.FieldClientID, text.F("left out the Application (client) ID: it is Microsoft's own application, which cannot be used for S2S"))
	}
	if len(n.found.thumbprint) > 0 && form.CertificateFile == "" && form.Thumbprint == "" {
		n.note(connection.FieldCertificate, text.F("the certificate is named by its thumbprint in %s: choose its file", n.found.thumbprint[0]))
	}
}
