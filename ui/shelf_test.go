package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// TestSavingTellsWhereTheSecretWent guards that nobody finds out the next morning.
func TestSavingTellsWhereTheSecretWent(t *testing.T) {
	for _, c := range []struct {
		name   string
		refuse bool
		change func(*connection.Form)
		want   string
		tone   kit.Tone
	}{
		{"in the store", false, func(*connection.Form) {}, "Saved as “Contoso UAT”. The secret is in the operating system's store.", kit.Good},
		{"for the session", true, func(*connection.Form) {}, "Saved as “Contoso UAT”. The secret is kept for this session only. The system's secret store cannot be used: there is none, or it is locked.", kit.Caution},
		{"nowhere", false, func(f *connection.Form) { f.Secret = secret.Value{} }, "Saved as “Contoso UAT”. There is no secret in it.", kit.Good},
		{"a field that cannot be used", false, func(f *connection.Form) { f.ClientID = "none" }, "Saved as “Contoso UAT”. The secret is in the operating system's store. Left out, because it cannot be used as it is: Application (client) ID.", kit.Caution},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLibrary(t)
			l.vault.set(c.refuse, false)
			s := l.window(t, Options{})
			form := filledForm()
			c.change(&form)
			s.w.form.fill(form)
			s.w.item("save").Action()
			s.named("Contoso UAT", "Save")
			m, _ := s.w.toasts.Showing()
			if m.Text != c.want || m.Tone != c.tone || m.Stay != (c.tone == kit.Caution) {
				t.Errorf("it says %q, stays %v, want %q", m.Text, m.Stay, c.want)
			}
			if got := s.w.header.connection.Text(); got != "Contoso UAT" {
				t.Errorf("the connection is called %q", got)
			}
			if s.w.busyElsewhere() {
				t.Error("the dialog is still open")
			}
		})
	}
}

func TestSavingAsksForANameOnce(t *testing.T) {
	l := newLibrary(t)
	s := l.window(t, Options{})
	s.w.form.fill(filledForm())
	s.finish(healthyReport())
	s.w.saveConnection()
	if !strings.Contains(s.outline(), `entry "Name": "Contoso UAT"`) {
		t.Errorf("the organisation's name is not proposed:\n%s", s.outline())
	}
	s.named(" ", "Save")
	if !strings.Contains(s.outline(), "Give the connection a name") || !s.w.busyElsewhere() {
		t.Errorf("a blank name is taken:\n%s", s.outline())
	}
	s.named("Contoso UAT", "Save")
	s.w.form.redirect.Entry.SetText("http://localhost:8400")
	s.advance(session.TypingPause)
	if got := s.w.header.connection.Text(); got != "Contoso UAT · edited" {
		t.Errorf("edited, the connection is called %q", got)
	}
	s.w.saveConnection()
	if s.w.busyElsewhere() {
		t.Error("it asks for a name again")
	}
	s.rest()
	loaded, err := l.store.Load(t.Context(), "Contoso UAT")
	if err != nil || loaded.Form.RedirectURI != "http://localhost:8400" || s.w.header.connection.Text() != "Contoso UAT" {
		t.Errorf("%v, the redirect is %q, the header says %q", err, loaded.Form.RedirectURI, s.w.header.connection.Text())
	}
	s.w.newConnection()
	s.w.form.fill(filledForm())
	s.w.saveConnection()
	s.named("contoso uat", "Save")
	if !strings.Contains(s.outline(), "Another connection already has this name.") {
		t.Errorf("it would write over another connection:\n%s", s.outline())
	}
}

func TestTheLastConnectionComesBack(t *testing.T) {
	l := newLibrary(t)
	s := l.saved(t, "Contoso UAT")
	s.w.Close()

	l.reopen(t, filepath.Dir(l.store.Path()))
	s = l.window(t, Options{})
	if !sameForm(s.w.form.form(), filledForm()) || s.w.header.connection.Text() != "Contoso UAT" {
		t.Errorf("the form holds %q, the header says %q", s.w.form.form().ClientID, s.w.header.connection.Text())
	}
	want := []string{"Contoso UAT (on)", "", "New connection", "Paste a connection", "Import connections…", "", "Save", "Duplicate…", "Rename…", "Forget…", "", "Practice in the sandbox"}
	if diff := cmp.Diff(want, labels(s.w.connectionMenu())); diff != "" {
		t.Errorf("the menu (-want +got):\n%s", diff)
	}
	s.rest()
	s = l.window(t, Options{Sandbox: true})
	s.until("the sandbox", func() bool { return s.w.banner.active })
	if s.w.form.form().ClientID != testClient || s.w.shelf.open != "" {
		t.Errorf("in the sandbox %q is open", s.w.shelf.open)
	}
}

// TestASecretThatIsGoneIsSaidAtItsField guards the empty field that nobody
// explains.
func TestASecretThatIsGoneIsSaidAtItsField(t *testing.T) {
	l := newLibrary(t)
	l.vault.set(true, false)
	l.saved(t, "Contoso UAT")
	l.reopen(t, filepath.Dir(l.store.Path()))
	s := l.window(t, Options{})
	field := s.w.form.credential.secret
	const want = "The secret of this connection was kept for one session only, which is over. Type it again."
	if field.Problem() != want || field.Entry.Text != "" {
		t.Errorf("it says %q, and holds %d letters", field.Problem(), len(field.Entry.Text))
	}
	s.w.session.Look()
	if field.Problem() != want {
		t.Errorf("a moment later it says %q", field.Problem())
	}
	field.Entry.SetText(canary)
	s.advance(session.TypingPause)
	if field.Problem() != "" {
		t.Errorf("typed again, it says %q", field.Problem())
	}
}

func TestOpeningAnotherCanBeUndone(t *testing.T) {
	l := newLibrary(t)
	s := l.saved(t, "Contoso UAT")
	s.w.newConnection()
	s.w.toasts.Dismiss()
	s.w.form.environment.Entry.SetText("https://fabrikam.crm.dynamics.com")
	s.choose("Contoso UAT")
	s.press("Discard")
	s.rest()
	if !sameForm(s.w.form.form(), filledForm()) || s.said() != "What you had typed was not saved." {
		t.Fatalf("the form holds %q, it says %q", s.w.form.form().Environment, s.said())
	}
	m, _ := s.w.toasts.Showing()
	m.Do()
	if got := s.w.form.form(); got.Environment != "https://fabrikam.crm.dynamics.com" || s.w.shelf.open != "" || !got.Secret.Empty() {
		t.Errorf("undone, the form holds %q, and %q is open", got.Environment, s.w.shelf.open)
	}
}

// TestAKeyringThatHangsHoldsNothingUp guards the window that stands still until a
// person has found the keyring's question; and what they do meanwhile wins.
func TestAKeyringThatHangsHoldsNothingUp(t *testing.T) {
	l := newLibrary(t)
	s := l.saved(t, "Contoso UAT")
	s.w.newConnection()
	held, let := make(chan struct{}), make(chan struct{})
	load := l.deps.Load
	l.deps.Load = func(ctx context.Context, name string) (profile.Loaded, error) {
		close(held)
		<-let
		return load(ctx, name)
	}
	s.w.shelf.fetch("Contoso UAT")
	<-held
	if got := s.w.header.connection.Text(); got != "Contoso UAT · opening…" {
		t.Errorf("meanwhile the header says %q", got)
	}
	s.w.form.environment.Entry.SetText("https://fabrikam.crm.dynamics.com")
	s.w.newConnection()
	close(let)
	s.rest()
	if !s.w.form.empty() || s.w.shelf.open != "" || s.w.header.connection.Text() != string(unnamed) {
		t.Errorf("the late answer was taken: %q, header %q", s.w.shelf.open, s.w.header.connection.Text())
	}
}

// TestTheSandboxKeepsNothing guards that what is practised is not saved, and that
// what was there before is there again.
func TestTheSandboxKeepsNothing(t *testing.T) {
	l := newLibrary(t)
	s := l.saved(t, "Contoso UAT")
	s.w.form.redirect.Entry.SetText("http://localhost:8400")
	before := s.w.form.form()
	s.finish(failedReport())
	s.w.enterSandbox("")
	s.until("the sandbox", func() bool { return s.w.banner.active })
	s.w.saveConnection()
	if s.said() != "Nothing is saved in the sandbox. Leave it to save a connection of your own." {
		t.Errorf("it says %q", s.said())
	}
	s.w.answer.lists.guide.tick(guide.Register, true)
	for _, item := range s.w.connectionMenu().Items {
		if (item.Label == "Save" || item.Label == "Rename…" || item.Label == "Forget…") && !item.Disabled {
			t.Errorf("%s is offered", item.Label)
		}
	}
	s.rest()
	s.press("Leave the sandbox")
	if !sameForm(s.w.form.form(), before) || s.w.shelf.open != "Contoso UAT" || s.w.answer.shown != failed {
		t.Errorf("after it, %q is open, the redirect is %q, the answer %s", s.w.shelf.open, s.w.form.form().RedirectURI, s.w.answer.shown)
	}
	list, err := l.store.List(t.Context())
	if err != nil || len(list) != 1 || len(list[0].Guide.Ticks) != 0 || !strings.Contains(list[0].Environment, "crm4.dynamics.com") {
		t.Errorf("%v: %+v", err, list)
	}
}

func TestRename(t *testing.T) {
	l := newLibrary(t)
	s := l.saved(t, "Contoso UAT")
	s.w.answer.lists.guide.tick(guide.Register, true)
	s.choose("Rename…")
	s.named("Contoso test", "Rename")
	if got := s.w.header.connection.Text(); got != "Contoso test" || s.w.shelf.open != got {
		t.Errorf("the header says %q, open is %q", got, s.w.shelf.open)
	}
	s.w.answer.lists.guide.tick(guide.User, true)
	s.rest()
	loaded, err := l.store.Load(t.Context(), "Contoso test")
	if diff := cmp.Diff(map[string]bool{guide.Register: true, guide.User: true}, loaded.Profile.Guide.Ticks); err != nil || diff != "" {
		t.Errorf("%v, the ticks (-want +got):\n%s", err, diff)
	}
}

// TestForgetIsMeant guards that it is asked, that the secret goes too, and that
// a secret which stays is said.
func TestForgetIsMeant(t *testing.T) {
	l := newLibrary(t)
	s := l.saved(t, "Contoso UAT")
	s.choose("Forget…")
	if !strings.Contains(s.outline(), "Forget “Contoso UAT”?") {
		t.Fatalf("nobody is asked:\n%s", s.outline())
	}
	s.key("Return") // the button with the focus is the one that does no harm
	s.rest()
	if s.w.shelf.open == "" || l.vault.count() != 1 {
		t.Fatal("Enter forgets it")
	}
	l.vault.set(true, false)
	s.choose("Forget…")
	s.press("Forget")
	s.rest()
	if !strings.HasPrefix(s.said(), "The secret could not be deleted.") || s.w.shelf.open == "" {
		t.Errorf("it says %q, open is %q", s.said(), s.w.shelf.open)
	}
	s.w.toasts.Dismiss()
	l.vault.set(false, false)
	s.choose("Forget…")
	s.press("Forget")
	s.rest()
	list, err := l.store.List(t.Context())
	if err != nil || len(list) != 0 || l.vault.count() != 0 || !s.w.form.empty() || s.w.shelf.open != "" {
		t.Errorf("%v: %d are left, %d secrets, the form is empty: %v", err, len(list), l.vault.count(), s.w.form.empty())
	}
}

func TestTheGuideIsKeptWithItsConnection(t *testing.T) {
	l := newLibrary(t)
	s := l.saved(t, "Contoso UAT")
	g := s.w.answer.lists.guide
	s.w.header.path.Choose(1)
	g.question.Choose(2)
	g.tick(guide.Register, true)
	s.w.Close()
	s.rest() // what was asked for is written behind the window

	l.reopen(t, filepath.Dir(l.store.Path()))
	s = l.window(t, Options{})
	g = s.w.answer.lists.guide
	if g.path != guide.Classic || s.w.header.path.Chosen() != 1 || g.answer != guide.No || g.question.Chosen() != 2 || !g.ticks[guide.Register] {
		t.Errorf("path %s, answer %q, ticks %v", g.path, g.answer, g.ticks)
	}
	other := filledForm()
	other.ClientID = testTenant
	s.w.form.fill(other)
	if len(g.ticks) != 0 || g.answer != guide.Unknown {
		t.Errorf("another application has %v and %q", g.ticks, g.answer)
	}
	g.tick(guide.User, true)
	s.rest()
	loaded, err := l.store.Load(t.Context(), "Contoso UAT")
	if diff := cmp.Diff(map[string]bool{guide.Register: true}, loaded.Profile.Guide.Ticks); err != nil || diff != "" {
		t.Errorf("%v, what is kept (-want +got):\n%s", err, diff)
	}
	s.w.form.fill(filledForm())
	if !g.ticks[guide.Register] || g.ticks[guide.User] {
		t.Errorf("back again: %v", g.ticks)
	}
}

// TestFinishWaitsForWrites guards what was asked for just before the window closed,
// and the process that a locked keyring would keep alive.
func TestFinishWaitsForWrites(t *testing.T) {
	l := newLibrary(t)
	s := l.saved(t, "Contoso UAT")
	began := make(chan struct{})
	l.deps.SetGuide = func(ctx context.Context, _ string, _ profile.Guide) error {
		close(began)
		<-ctx.Done()
		return context.Cause(ctx)
	}
	s.w.answer.lists.guide.tick(guide.Register, true)
	<-began
	s.w.Close()
	ctx, cancel := context.WithCancel(t.Context())
	finished := make(chan struct{})
	go func() { s.w.Finish(ctx); close(finished) }() // with nothing that runs what comes back
	select {
	case <-finished:
		t.Error("it does not wait")
	default:
	}
	cancel()
	<-finished
	s.w.Finish(t.Context())
}

// TestADamagedFileIsSaid guards the list that is silently empty.
func TestADamagedFileIsSaid(t *testing.T) {
	l := newLibrary(t)
	if err := os.WriteFile(l.store.Path(), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := l.window(t, Options{})
	if !strings.HasPrefix(s.said(), "The file of your saved connections is damaged.") {
		t.Errorf("it says %q", s.said())
	}
	s.w.toasts.Dismiss()
	s.w.form.fill(filledForm())
	s.w.saveConnection()
	s.named("Contoso UAT", "Save")
	if !strings.Contains(s.said(), "it is kept as profiles.json.bad-") {
		t.Errorf("it says %q", s.said())
	}
}
