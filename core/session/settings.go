package session

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// ConnectionString returns the form as the Dataverse client reads it, without its
// secret, for the clipboard; a notice has what it is, or why it cannot be made.
func (s *Session) ConnectionString() (string, bool) {
	form := s.state.Form.Used()
	settings, err := s.deps.Doctor.ConnectionString(form)
	told := []text.Text{text.F("Copied the connection string.")}
	if k := form.CredentialKind(); k == connection.CertificateKind || k == connection.CertificateStoreKind {
		told = append(told, text.F("It names the certificate by its thumbprint: install it in the user's certificate store on Windows."))
	}
	return s.settings(settings, err, told)
}

// DotEnv returns the form as a .env for the Azure SDKs, as [Session.ConnectionString]
// does.
func (s *Session) DotEnv() (string, bool) {
	settings, err := s.deps.Doctor.DotEnv(s.state.Form.Used(), s.state.Form.Tenant)
	return s.settings(settings, err, []text.Text{text.F("Copied as .env.")})
}

func (s *Session) settings(settings string, err error, told []text.Text) (string, bool) {
	if err != nil {
		s.notify(Caution, text.F("Nothing was copied. %s", text.OfError(err).Sentence()))
		return "", false
	}
	if strings.Contains(settings, "<") {
		told = append(told, text.F("Fill in what is between < and >: no secret was copied."))
	}
	s.notify(Good, text.Join(" ", told...))
	return settings, true
}
