package session

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// The fields of the form that no problem of a connection is about.
const (
	FieldKeyFile  connection.Field = "keyFile"
	FieldPassword connection.Field = "certificatePassword"
	// FieldEnds is the day on which a new secret ends.
	FieldEnds connection.Field = "ends"
)

// Typed is the form as the user typed it. It holds what is typed for every kind of
// credential: the user may choose another one and come back. Kind is the chosen one.
type Typed struct{ connection.Form }

// TypedOf returns a form as if the user had typed it.
func TypedOf(form connection.Form) Typed {
	form.Kind = form.CredentialKind()
	return Typed{form}
}

// Used returns the form without the credentials that do not count.
func (t Typed) Used() connection.Form {
	form := connection.Form{
		Environment: t.Environment, Tenant: t.Tenant, ClientID: t.ClientID, RedirectURI: t.RedirectURI, Kind: t.CredentialKind(),
	}
	switch form.Kind {
	case connection.SecretKind:
		form.Secret = t.Secret
	case connection.CertificateKind:
		form.CertificateFile, form.KeyFile, form.CertificatePassword = t.CertificateFile, t.KeyFile, t.CertificatePassword
	case connection.CertificateStoreKind:
		form.Thumbprint = t.Thumbprint
	case connection.FederatedKind:
		form.Federation = t.federation()
	}
	return form
}

// federation returns where the token comes from: the file that is typed, or else what
// the form was filled with, or else the file that the environment names.
func (t Typed) federation() connection.Federation {
	f := t.Federation
	if f.File != "" || f.Issuer == "" {
		return connection.Federation{Issuer: connection.TokenFile, File: f.File}
	}
	return f
}

// Empty reports whether nothing at all is typed.
func (t Typed) Empty() bool {
	return t.Environment+t.Tenant+t.ClientID+t.RedirectURI+t.CertificateFile+t.KeyFile+t.Thumbprint+t.Federation.File == "" &&
		t.Secret.Empty() && t.CertificatePassword.Empty()
}

// empty reports whether a field holds nothing.
func (t Typed) empty(field connection.Field) bool {
	switch field {
	case connection.FieldEnvironment:
		return t.Environment == ""
	case connection.FieldTenant:
		return t.Tenant == ""
	case connection.FieldClientID:
		return t.ClientID == ""
	case connection.FieldRedirectURI:
		return t.RedirectURI == ""
	case connection.FieldSecret:
		return t.Secret.Empty()
	case connection.FieldCertificate:
		return t.CertificateFile == ""
	case connection.FieldThumbprint:
		return t.Thumbprint == ""
	case connection.FieldTokenFile:
		return t.Federation.File == ""
	case FieldKeyFile:
		return t.KeyFile == ""
	}
	return t.CertificatePassword.Empty()
}

// shows reports whether a field is in sight: only the chosen credential's are, and the
// redirect only where there is a consent page.
func (t Typed) shows(field connection.Field) bool {
	kind := t.CredentialKind()
	switch field {
	case connection.FieldSecret:
		return kind == connection.SecretKind
	case connection.FieldCertificate, FieldKeyFile, FieldPassword:
		return kind == connection.CertificateKind
	case connection.FieldThumbprint:
		return kind == connection.CertificateStoreKind
	case connection.FieldTokenFile:
		return kind == connection.FederatedKind
	case connection.FieldRedirectURI:
		return kind != connection.ManagedIdentityKind
	}
	return true
}

// place returns the field at which a remark about a field of the connection is shown.
func (t Typed) place(field connection.Field) connection.Field {
	if field == connection.FieldCertificate && t.CredentialKind() == connection.CertificateStoreKind {
		return connection.FieldThumbprint
	}
	return field
}

// hidden returns the field of what is kept in the system's store with the connection;
// "" for a kind of credential that has no secret of ours.
func (t Typed) hidden() connection.Field {
	switch t.CredentialKind() {
	case connection.SecretKind:
		return connection.FieldSecret
	case connection.CertificateKind:
		return FieldPassword
	}
	return ""
}

func sameForm(a, b connection.Form) bool {
	return a.CredentialKind() == b.CredentialKind() &&
		a.Environment == b.Environment && a.Tenant == b.Tenant && a.ClientID == b.ClientID && a.RedirectURI == b.RedirectURI &&
		a.CertificateFile == b.CertificateFile && a.KeyFile == b.KeyFile && a.Thumbprint == b.Thumbprint &&
		a.Federation.Issuer == b.Federation.Issuer && a.Federation.File == b.Federation.File &&
		a.Secret.Equal(b.Secret) && a.CertificatePassword.Equal(b.CertificatePassword)
}

func withoutSecrets(form connection.Form) connection.Form {
	form.Secret, form.CertificatePassword = secret.Value{}, secret.Value{}
	return form
}
