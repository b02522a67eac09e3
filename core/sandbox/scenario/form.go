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
	c := s.Credential()
	f := connection.Form{
		Environment: sandbox.Environment, ClientID: sandbox.ClientID, RedirectURI: sandbox.RedirectURI,
		Secret: c.Secret, CertificateFile: c.CertificateFile, CertificatePassword: c.CertificatePassword,
	}
	sc.Form(&f)
	f.Environment = s.Renamed(f.Environment)
	return f
}
