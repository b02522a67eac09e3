package session

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// CredentialChoice is a kind of credential to choose.
type CredentialChoice struct {
	Kind  connection.Kind
	Title text.Text
	// Use is a sentence: when to use it.
	Use text.Text
}

// credentialChoices are the kinds of credential, in the order in which they are offered.
var credentialChoices = []CredentialChoice{
	{connection.SecretKind, text.F("Client secret"), text.F("Use it to begin: it ends after two years at most.")},
	{connection.CertificateKind, text.F("Certificate file"), text.F("Use it instead of a secret: the key is never sent.")},
	{connection.CertificateStoreKind, text.F("Certificate of the Windows store"), text.F("Use it on Windows: the key never leaves the store.")},
	{connection.FederatedKind, text.F("Federated token"), text.F("Use it in Kubernetes or a pipeline: no secret at all.")},
	{connection.ManagedIdentityKind, text.F("Managed identity"), text.F("Use it in Azure or with Azure Arc: nothing to keep.")},
}

// Credentials returns the kinds of credential to choose from on this computer, and the
// chosen one.
func (f Form) Credentials() []CredentialChoice {
	var offered []CredentialChoice
	for _, c := range credentialChoices {
		if c.Kind != connection.CertificateStoreKind || f.store || c.Kind == f.Typed.CredentialKind() {
			offered = append(offered, c)
		}
	}
	return offered
}

// Shows reports whether a field of the form is in sight.
func (f Form) Shows(field connection.Field) bool { return f.Typed.shows(field) }

// Consents reports whether the application can be consented to.
func (f Form) Consents() bool { return f.Typed.CredentialKind() != connection.ManagedIdentityKind }

// ChooseCredential chooses the kind of credential that counts. What is typed for the
// others stays.
func (s *Session) ChooseCredential(kind connection.Kind) {
	t := s.state.Form.Typed
	if t.CredentialKind() == kind {
		return
	}
	t.Kind = kind
	s.update(func(*State) {
		s.Edit(t)
		s.Look()
	})
}

// UseCertificate takes a file for the certificate.
func (s *Session) UseCertificate(path string) {
	t := s.state.Form.Typed
	t.Kind, t.CertificateFile = connection.CertificateKind, path
	t.KeyFile = "" // it was the other certificate's
	s.change(t)
}

// UseKey takes a file for the certificate's private key.
func (s *Session) UseKey(path string) {
	t := s.state.Form.Typed
	t.KeyFile = path
	s.change(t)
}

// UseTokenFile takes a file for the token of a federated credential.
func (s *Session) UseTokenFile(path string) {
	t := s.state.Form.Typed
	t.Kind, t.Federation.File = connection.FederatedKind, path
	s.change(t)
}

// UseFile takes a file that was dropped on the window: for the token where the form asks
// for it, else for the certificate.
func (s *Session) UseFile(path string) {
	if s.state.Form.Typed.CredentialKind() == connection.FederatedKind {
		s.UseTokenFile(path)
		return
	}
	s.UseCertificate(path)
}

// issuers are the places that issue tokens to their own jobs.
var issuers = map[connection.Issuer]string{connection.GitHub: "GitHub Actions", connection.AzureDevOps: "Azure Pipelines"}

// issuerNote notes where the token of a federated credential comes from, if not from a
// file.
func (t Typed) issuerNote() text.Text {
	f := t.federation()
	name, pipeline := issuers[f.Issuer]
	switch {
	case t.CredentialKind() != connection.FederatedKind || f.File != "":
		return text.Text{}
	case pipeline && f.URL != "":
		return text.F("A job of %s issues the token.", name)
	case pipeline:
		return text.F("A job of %s issues the token: test it there with s2scheck.", name)
	}
	return text.Text{}
}
