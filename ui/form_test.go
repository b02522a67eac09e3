package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// TestErrorsComeWhenTheyHelp guards that no error is shown while the user types a word,
// and that Test connection shows all errors.
func TestErrorsComeWhenTheyHelp(t *testing.T) {
	s := newStage(t, Options{})
	s.problems = []connection.Problem{
		{Field: connection.FieldEnvironment, Summary: text.Raw("This is no environment.")},
		{Field: connection.FieldClientID, Summary: text.Raw("There is no client ID.")},
	}
	field := s.field("Environment URL")
	for _, letter := range "make" {
		field.Entry.TypedRune(letter)
	}
	s.advance(session.TypingPause)
	if field.Problem() != "" {
		t.Errorf("while typing it says %q", field.Problem())
	}
	s.w.win.Canvas().FocusNext()
	if field.Problem() != "This is no environment." {
		t.Errorf("when left it says %q", field.Problem())
	}
	if got := s.field("Application (client) ID").Problem(); got != "" {
		t.Errorf("an empty field that nobody has been to says %q", got)
	}
	s.w.session.Test()
	if got := s.field("Application (client) ID").Problem(); got != "There is no client ID." {
		t.Errorf("after a test the empty field says %q", got)
	}
}

func TestCredentialIsOneOrTheOther(t *testing.T) {
	s := newStage(t, Options{})
	s.fill(filledForm())
	s.chooseCredential("Certificate file")
	s.field("Certificate file").Entry.SetText("/certs/s2s.pfx")
	s.field("Password of the file").Entry.SetText("opensesame")
	if got := s.used(); !got.Secret.Empty() || got.CertificateFile != "/certs/s2s.pfx" || got.CertificatePassword.Len() != 10 {
		t.Errorf("with a certificate the form holds a secret: %v, the file %q", !got.Secret.Empty(), got.CertificateFile)
	}
	s.chooseCredential("Client secret")
	if got := s.used(); got.Secret.Empty() || got.CertificateFile != "" || !got.CertificatePassword.Empty() {
		t.Error("back to the secret, it is not there, or the certificate still is")
	}
}

func TestADroppedFileIsTheCertificate(t *testing.T) {
	s := newStage(t, Options{})
	s.w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI("/certs/s2s.pfx")})
	if got := s.used().CertificateFile; got != "/certs/s2s.pfx" || !strings.Contains(s.outline(), `field "Certificate file"`) {
		t.Errorf("the certificate is %q", got)
	}
	s.w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI("/a"), storage.NewFileURI("/b")})
	if got := s.used().CertificateFile; got != "/certs/s2s.pfx" {
		t.Errorf("two files at once made it %q", got)
	}
}
