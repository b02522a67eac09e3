package sandbox

import (
	"s2sdoctor/core/connection"
	"s2sdoctor/core/secret"
)

// RedirectURI is the one of the healthy connection.
const RedirectURI = "http://localhost"

// Form is the healthy connection's form: with the secret, or where the tenant
// says [Certificate.InUse] with a certificate file, which lives until
// [Server.Close].
func (s *Server) Form() connection.Form {
	f := connection.Form{
		Environment: Environment,
		ClientID:    ClientID,
		RedirectURI: RedirectURI,
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.tenant.Certificate.InUse {
		f.Secret = secret.New(s.secret)
		return f
	}
	file := s.certificate(s.tenant.Certificate)
	f.CertificateFile, f.CertificatePassword = file.path, file.password
	return f
}
