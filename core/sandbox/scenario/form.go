package scenario

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
)

// Form returns the form of the healthy connection: with the secret, or with a
// certificate file where the tenant has [sandbox.Certificate] in use.
func Form(s *sandbox.Server) connection.Form {
	sc, _ := Find("healthy")
	return sc.fill(s)
}

// fill returns the scenario's form with the names that clients use.
func (sc Scenario) fill(s *sandbox.Server) connection.Form {
	f := connection.Form{Environment: sandbox.Environment, ClientID: sandbox.ClientID, RedirectURI: sandbox.RedirectURI}
	sc.Credential(s, &f)
	sc.Form(&f)
	f.Environment = s.Renamed(f.Environment)
	return f
}

// ordinary is the credential of an application: a secret or a certificate.
func ordinary(s *sandbox.Server, f *connection.Form) {
	c := s.Credential()
	f.Secret, f.CertificateFile, f.CertificatePassword = c.Secret, c.CertificateFile, c.CertificatePassword
}

func byGitHub(s *sandbox.Server, f *connection.Form) { byPipeline(connection.GitHub, s.GitHub(), f) }

func byAzureDevOps(s *sandbox.Server, f *connection.Form) {
	byPipeline(connection.AzureDevOps, s.AzureDevOps(), f)
}

func byPipeline(issuer connection.Issuer, p sandbox.Pipeline, f *connection.Form) {
	f.Kind = connection.FederatedKind
	f.Federation = connection.Federation{
		Issuer: issuer, URL: p.URL, RequestToken: p.RequestToken, ServiceConnection: p.ServiceConnection,
	}
}

func byTokenFile(s *sandbox.Server, f *connection.Form) {
	f.Kind = connection.FederatedKind
	f.Federation = connection.Federation{Issuer: connection.TokenFile, File: s.TokenFile()}
}

// byManagedIdentity names no identity: it is the system-assigned one.
func byManagedIdentity(_ *sandbox.Server, f *connection.Form) {
	f.Kind, f.ClientID = connection.ManagedIdentityKind, ""
}
