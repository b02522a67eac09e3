package sandbox

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// RedirectURI is the one of the healthy connection.
const RedirectURI = "http://localhost"

// Form is the healthy connection's form: with the secret, or where the tenant
// says [Certificate.InUse] with a certificate file, which lives until
// [Server.Close].
func (s *Server) Form() connection.Form { return s.formFor(Scenario{}) }

// formFor fills a scenario's form with the names that clients use.
func (s *Server) formFor(sc Scenario) connection.Form {
	f := s.healthyForm()
	if sc.Form != nil {
		sc.Form(&f)
	}
	f.Environment = s.renamed(f.Environment)
	return f
}

// TenantOf returns the tenant of a form's connection: the typed one, or the one
// that the environment names; Contoso's where the address is no environment.
func (s *Server) TenantOf(f connection.Form) string {
	if f.Tenant != "" {
		return f.Tenant
	}
	host := strings.TrimPrefix(s.renamed(f.Environment), "https://")
	if org := organizationOf(host); org != nil {
		return s.now().directoryOf(org)
	}
	return TenantID
}

func (s *Server) healthyForm() connection.Form {
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
