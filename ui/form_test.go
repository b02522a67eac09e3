package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// TestTabOrderIsFormOrder walks the form with the keyboard alone.
func TestTabOrderIsFormOrder(t *testing.T) {
	s := newStage(t, Options{}, withSandbox)
	c := s.w.win.Canvas()
	var got []string
	for range 9 {
		got = append(got, nameOf(c.Focused()))
		c.FocusNext()
	}
	want := []string{
		"Environment URL", "Directory (tenant) ID", "Application (client) ID", "Credential: Client secret",
		"Client secret (Value)", "Show Client secret (Value)", "Redirect URI", "Test connection", "Paste what you have",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the order is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	c.FocusPrevious()
	if back := nameOf(c.Focused()); back != "Test connection" && back != "Paste what you have" {
		t.Errorf("back leads to %s", back)
	}
}

// nameOf is what a control is called, without what is typed in it.
func nameOf(f fyne.Focusable) string {
	if e, ok := f.(*kit.Entry); ok {
		return e.Name
	}
	return f.(fyne.Accessible).AccessibilityLabel()
}

// TestErrorsComeWhenTheyHelp guards that nobody is told off in the middle of a
// word, and that nothing is kept back from whoever tests.
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

// TestEveryKindByKeysAlone chooses each kind of credential with the keyboard, and walks
// its fields.
func TestEveryKindByKeysAlone(t *testing.T) {
	s := newStage(t, Options{}, withConsent)
	s.fill(filledForm())
	c := s.w.win.Canvas()
	for _, kind := range []struct {
		downs int // from the first in the list
		stops []string
	}{
		{3, []string{"Credential: Managed identity", "Set it up", "Test connection"}},
		{2, []string{"Credential: Federated token", "Token file", "Choose token file", "Redirect URI", "Open consent page", "Set it up", "Test connection"}},
		{1, []string{"Credential: Certificate file", "Certificate file", "Choose certificate file", "Key file", "Choose key file", "Password of the file", "Show Password of the file", "Redirect URI", "Open consent page", "Set it up", "Test connection"}},
		{0, []string{"Credential: Client secret", "Client secret (Value)", "Show Client secret (Value)", "Redirect URI", "Open consent page", "Set it up", "Test connection"}},
	} {
		s.w.form.Focus()
		for range 3 {
			c.FocusNext()
		}
		s.key(fyne.KeyReturn)
		for range 4 {
			s.key(fyne.KeyUp)
		}
		for range kind.downs {
			s.key(fyne.KeyDown)
		}
		s.key(fyne.KeyReturn)
		var got []string
		for range kind.stops {
			got = append(got, nameOf(c.Focused()))
			c.FocusNext()
		}
		if strings.Join(got, "\n") != strings.Join(kind.stops, "\n") {
			t.Errorf("the order is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(kind.stops, "\n"))
		}
	}
}

// TestAnEditKeepsTheKind guards that what has no entry in the window is not dropped when
// something else is typed: the kind, and the place that issues its token.
func TestAnEditKeepsTheKind(t *testing.T) {
	for _, form := range []connection.Form{
		{Kind: connection.CertificateStoreKind, Thumbprint: "0F1E2D3C4B5A69788796A5B4C3D2E1F001234567"},
		{Kind: connection.FederatedKind, Federation: connection.Federation{Issuer: connection.TokenFile, File: "/token"}},
		{Kind: connection.FederatedKind, Federation: connection.Federation{Issuer: connection.AzureDevOps, URL: "https://pipelines.example/", ServiceConnection: "dataverse"}},
		{Kind: connection.ManagedIdentityKind},
	} {
		s := newStage(t, Options{})
		form.Environment, form.ClientID = filledForm().Environment, testClient
		s.fill(form)
		s.field("Environment URL").Entry.SetText("https://fabrikam.crm4.dynamics.com")
		s.advance(session.TypingPause)
		got := s.used()
		if got.Kind != form.Kind || got.Thumbprint != form.Thumbprint || got.Environment != "https://fabrikam.crm4.dynamics.com" ||
			got.Federation.Issuer != form.Federation.Issuer || got.Federation.File != form.Federation.File || got.Federation.URL != form.Federation.URL {
			t.Errorf("%+v became %+v", form, got)
		}
	}
}

// TestEndStandsBesideTheCredential: what ends soon has a mark of its own, and is read
// out as a warning.
func TestEndStandsBesideTheCredential(t *testing.T) {
	s := newStage(t, Options{})
	s.lifetime = core.Lifetime{Ends: s.now.AddDate(0, 0, 12)}
	s.w.session.UseCertificate("/certs/s2s.pfx")
	field := s.field("Certificate file")
	s.until("the end", func() bool { return field.Caution() != "" })
	if got := field.Entry.AccessibilityLabel(); !strings.HasSuffix(got, "Warning: Valid until 2026-12-04, 12 days from now.") {
		t.Errorf("it is read out as %q", got)
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
