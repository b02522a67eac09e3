package ui

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

func TestACopyIsOpened(t *testing.T) {
	l := newLibrary(t)
	s := l.saved(t, "Contoso UAT")
	s.choose("Duplicate…")
	if !strings.Contains(s.outline(), `entry "Name": "Contoso UAT (2)"`) {
		t.Errorf("no free name is proposed:\n%s", s.outline())
	}
	s.named("contoso uat", "Duplicate")
	if !strings.Contains(s.outline(), "Another connection has that name.") || !s.w.busyElsewhere() {
		t.Errorf("a taken name is taken:\n%s", s.outline())
	}
	s.named("Contoso Production", "Duplicate")
	if got := s.w.header.connection.Text(); got != "Contoso Production" || !sameForm(s.w.form.form(), filledForm()) || s.w.shelf.edited() {
		t.Errorf("the header says %q, edited %v", got, s.w.shelf.edited())
	}
	if m, _ := s.w.toasts.Showing(); m.Text != "“Contoso Production” is a copy of “Contoso UAT”." || m.Tone != kit.Good {
		t.Errorf("it says %q", m.Text)
	}
	if s.w.win.Canvas().Focused() != s.w.form.environment.Entry {
		t.Error("the address has not the focus")
	}

	// They live apart from now on.
	s.w.form.environment.Entry.SetText("https://contoso-production.crm4.dynamics.com")
	s.w.saveConnection()
	s.rest()
	s.choose("Contoso UAT")
	if !sameForm(s.w.form.form(), filledForm()) {
		t.Errorf("the first one is now %q", s.w.form.form().Environment)
	}
}

// TestACopyWithoutItsSecretSaysSo guards both ways in which the store can fail.
func TestACopyWithoutItsSecretSaysSo(t *testing.T) {
	l := newLibrary(t)
	s := l.saved(t, "Contoso UAT")
	l.vault.set(true, false)
	s.choose("Duplicate…")
	s.named("Contoso Production", "Duplicate")
	if m, _ := s.w.toasts.Showing(); m.Tone != kit.Caution || !m.Stay || !strings.Contains(m.Text, "secret store cannot be used") {
		t.Errorf("it says %q", m.Text)
	}
	if field := s.w.form.credential.secret; field.Problem() == "" || field.Entry.Text != "" {
		t.Errorf("at the secret it says %q", field.Problem())
	}
}

// TestDuplicatingAsksAboutEdits guards that the copy is one of what was saved, and
// that nothing typed is lost over it.
func TestDuplicatingAsksAboutEdits(t *testing.T) {
	l := newLibrary(t)
	s := l.saved(t, "Contoso UAT")
	s.w.form.redirect.Entry.SetText("http://localhost:8400")
	s.advance(session.TypingPause)
	s.choose("Duplicate…")
	if !strings.Contains(s.outline(), "Save the changes to “Contoso UAT”?") {
		t.Fatalf("it does not ask:\n%s", s.outline())
	}
	s.press("Save")
	s.rest()
	s.named("Contoso Production", "Duplicate")
	if got := s.w.form.form().RedirectURI; got != "http://localhost:8400" || s.w.shelf.open != "Contoso Production" {
		t.Errorf("%q is open with the redirect %q", s.w.shelf.open, got)
	}
}

func TestNothingIsDuplicatedThatIsNotSaved(t *testing.T) {
	l := newLibrary(t)
	s := l.window(t, Options{})
	s.w.form.fill(filledForm())
	s.w.duplicateConnection()
	if s.w.busyElsewhere() {
		t.Error("it asks for a name")
	}
	for _, label := range labels(s.w.connectionMenu()) {
		if label == "Duplicate…" {
			t.Error("the menu offers it")
		}
	}
}
