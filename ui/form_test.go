package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
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
		"Environment URL", "Directory (tenant) ID", "Application (client) ID", "Credential: Secret",
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
	field := s.w.form.environment
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
	if got := s.w.form.client.Problem(); got != "" {
		t.Errorf("an empty field that nobody has been to says %q", got)
	}
	s.w.session.Test()
	if got := s.w.form.client.Problem(); got != "There is no client ID." {
		t.Errorf("after a test the empty field says %q", got)
	}
}

func TestNotesSayWhatWasTaken(t *testing.T) {
	s := newStage(t, Options{})
	s.notes = []connection.Note{{Field: connection.FieldEnvironment, Text: text.Raw("took https://contoso.crm4.dynamics.com from a main.aspx address")}}
	s.w.form.environment.Entry.SetText("https://contoso.crm4.dynamics.com/main.aspx?appid=1")
	s.advance(session.TypingPause)
	if got := s.w.form.environment.Note(); got != "Took https://contoso.crm4.dynamics.com from a main.aspx address." {
		t.Errorf("it says %q", got)
	}
	if got := s.w.header.connection.Text(); got != "contoso" {
		t.Errorf("the connection is called %q", got)
	}
}

func TestPasteIsSpreadOverTheFormAndCanBeUndone(t *testing.T) {
	s := newStage(t, Options{})
	s.w.form.redirect.Entry.SetText("https://typed.example/before")
	s.pasted = &connection.Form{Environment: "https://fabrikam.crm.dynamics.com", ClientID: testClient, Secret: secret.New(canary)}
	clipboard := test.NewClipboard()
	clipboard.SetContent("AuthType=ClientSecret;Url=…")
	s.w.form.tenant.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
	got := s.w.form.form()
	if got.Environment != "https://fabrikam.crm.dynamics.com" || got.ClientID != testClient || got.Tenant != "" || got.RedirectURI != "https://typed.example/before" {
		t.Errorf("the form holds %q %q %q %q", got.Environment, got.Tenant, got.ClientID, got.RedirectURI)
	}
	got.Secret.Use(func(plain string) {
		if plain != canary {
			t.Error("the secret is another")
		}
	})
	m, _ := s.w.toasts.Showing()
	if m.Text != "Filled 3 fields from what you pasted." {
		t.Errorf("it says %q", m.Text)
	}
	m.Do()
	if back := s.w.form.form(); back.Environment != "" || !back.Secret.Empty() || back.RedirectURI != "https://typed.example/before" {
		t.Errorf("undone, the form holds %q %q", back.Environment, back.RedirectURI)
	}
}

// TestAKeyOfItsOwnGoesWithItsCertificate guards that a paste keeps the private
// key's file, and that the key of another certificate does not stay behind.
func TestAKeyOfItsOwnGoesWithItsCertificate(t *testing.T) {
	s := newStage(t, Options{})
	for _, c := range []struct {
		name   string
		pasted connection.Form
		file   string
		key    string
	}{
		{"both", connection.Form{CertificateFile: "/certs/a.pem", KeyFile: "/certs/a.key"}, "/certs/a.pem", "/certs/a.key"},
		{"another certificate", connection.Form{CertificateFile: "/certs/b.pfx"}, "/certs/b.pfx", ""},
		{"its key", connection.Form{KeyFile: "/certs/b.key"}, "/certs/b.pfx", "/certs/b.key"},
		{"a secret instead", connection.Form{Secret: secret.New(canary)}, "", ""},
	} {
		s.pasted = &c.pasted
		if !s.w.spread("…") {
			t.Fatalf("%s: nothing was taken", c.name)
		}
		if got := s.w.form.form(); got.CertificateFile != c.file || got.KeyFile != c.key {
			t.Errorf("%s: the certificate is %q, its key %q", c.name, got.CertificateFile, got.KeyFile)
		}
	}
}

func TestPasteOfNothingKnownIsSaid(t *testing.T) {
	s := newStage(t, Options{})
	s.press("Paste a connection")
	if m, ok := s.w.toasts.Showing(); !ok || !strings.HasPrefix(m.Text, "The clipboard holds no connection.") {
		t.Errorf("it says %q", m.Text)
	}
}

func TestNewConnectionCanBeUndone(t *testing.T) {
	s := newStage(t, Options{})
	s.w.form.fill(filledForm())
	s.finish(healthyReport())
	s.w.newConnection()
	if !s.w.form.empty() || s.w.answer.shown != idle || s.w.examination().Report != nil {
		t.Errorf("the form is empty: %v, the answer is %s", s.w.form.empty(), s.w.answer.shown)
	}
	m, _ := s.w.toasts.Showing()
	m.Do()
	if s.w.form.form().ClientID != testClient {
		t.Error("the form does not come back")
	}
}

func TestCredentialIsOneOrTheOther(t *testing.T) {
	s := newStage(t, Options{})
	s.w.form.fill(filledForm())
	s.w.form.credential.kind.Choose(byCertificate)
	s.w.form.credential.file.Entry.SetText("/certs/s2s.pfx")
	s.w.form.credential.password.Entry.SetText("opensesame")
	if got := s.w.form.form(); !got.Secret.Empty() || got.CertificateFile != "/certs/s2s.pfx" || got.CertificatePassword.Len() != 10 {
		t.Errorf("with a certificate the form holds a secret: %v, the file %q", !got.Secret.Empty(), got.CertificateFile)
	}
	s.w.form.credential.kind.Choose(bySecret)
	if got := s.w.form.form(); got.Secret.Empty() || got.CertificateFile != "" || !got.CertificatePassword.Empty() {
		t.Error("back to the secret, it is not there, or the certificate still is")
	}
}

func TestADroppedFileIsTheCertificate(t *testing.T) {
	s := newStage(t, Options{})
	s.w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI("/certs/s2s.pfx")})
	if got := s.w.form.form().CertificateFile; got != "/certs/s2s.pfx" || !s.w.form.credential.certificate.Visible() {
		t.Errorf("the certificate is %q", got)
	}
	s.w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI("/a"), storage.NewFileURI("/b")})
	if got := s.w.form.form().CertificateFile; got != "/certs/s2s.pfx" {
		t.Errorf("two files at once made it %q", got)
	}
}

func TestWhatWasLearnedIsAFact(t *testing.T) {
	s := newStage(t, Options{})
	s.w.form.fill(filledForm())
	s.finish(healthyReport())
	if got := s.w.form.tenant.Note(); got != "Discovered: "+testTenant {
		t.Errorf("the tenant: %q", got)
	}
	if got := s.w.form.environment.Note(); got != "Contoso UAT · public cloud · EMEA" {
		t.Errorf("the environment: %q", got)
	}
	s.finish(inputReport())
	if got := s.w.form.environment.Note(); strings.Contains(got, "EMEA") {
		t.Errorf("Dataverse did not answer, and it says %q", got)
	}
}

// TestAFailureForgetsNothingOfThePlace guards that what the address told is still
// there after an examination that learned less, and after one in the sandbox,
// whose cloud is in no table.
func TestAFailureForgetsNothingOfThePlace(t *testing.T) {
	s := newStage(t, Options{})
	s.w.form.fill(filledForm())
	r := healthyReport()
	r.WhoAmI, r.Connection.Cloud = nil, "sandbox"
	r.Basis.Clouds = []cloud.Cloud{{Name: "sandbox", Title: text.F("Sandbox on this computer")}}
	s.finish(r)
	if got := s.w.form.environment.Note(); got != "contoso · Sandbox on this computer · EMEA" {
		t.Errorf("%q", got)
	}
}

func TestConnectionName(t *testing.T) {
	for typed, want := range map[string]string{
		"":                                   unnamed.String(),
		"https://contoso.crm4.dynamics.com":  "contoso",
		" contoso.crm4.dynamics.com/main":    "contoso",
		"https://":                           unnamed.String(),
		"user:password@contoso":              unnamed.String(),
		strings.Repeat("x", 60) + ".crm.com": unnamed.String(),
	} {
		if got := connectionName(typed); got != want {
			t.Errorf("%q is called %q, want %q", typed, got, want)
		}
	}
}
