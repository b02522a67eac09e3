package session

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
)

func TestStartOpensTheLastConnection(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.also("Adventure Works", addressed("Adventure Works"))
		l.saved("Contoso UAT")
		l.restart()
		l.wantOpen("Contoso UAT", savedForm())
		if diff := cmp.Diff([]string{"Adventure Works", "Contoso UAT"}, l.names()); diff != "" {
			t.Errorf("the list (-want +got):\n%s", diff)
		}
		if !l.Idle() || l.State().Edited() {
			t.Errorf("idle %v, edited %v", l.Idle(), l.State().Edited())
		}
	})
}

func TestStartKeepsWhatIsTyped(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		l.end()
		l.open(Deps{Store: l.store})
		l.Start(true)
		l.redirect(changedURI)
		l.pump()
		l.wantOpen("", connection.Form{RedirectURI: changedURI})

		l.end()
		l.open(Deps{Store: l.store})
		l.Start(false)
		l.pump()
		if l.State().Connections.Open != "" || len(l.names()) != 1 {
			t.Errorf("%q is open, saved are %v", l.State().Connections.Open, l.names())
		}
	})
}

// TestMissingSecretIsExplained guards against an empty field without a reason.
func TestMissingSecretIsExplained(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.vault.refuses(true)
		l.saved("Contoso UAT")
		l.restart()
		if got, want := l.State().Form.Problems[connection.FieldSecret].String(), "The secret of this connection was kept for one session only, which is over. Type it again."; got != want || !l.State().Form.Typed.Secret.Empty() {
			t.Errorf("problem %q, want %q", got, want)
		}
		if got := l.attention(); got != connection.FieldSecret {
			t.Errorf("shown is %q", got)
		}
		l.typed(func(f *connection.Form) { f.Secret = savedForm().Secret })
		if got := l.State().Form.Problems[connection.FieldSecret]; !got.Empty() {
			t.Errorf("typed, the problem is %q", got)
		}
		if l.unsaved() {
			t.Error("the secret alone, which the store does not take, is unsaved")
		}
		l.redirect(changedURI)
		if !l.unsaved() {
			t.Error("with another field changed nothing is unsaved")
		}
	})
}

func TestOpenCanBeUndone(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		l.NewConnection()
		l.typed(func(f *connection.Form) { f.Environment = "https://fabrikam.crm.dynamics.com" })
		l.opens("Contoso UAT")
		l.DiscardAndLeave()
		l.pump()
		l.wantOpen("Contoso UAT", savedForm())
		l.wantNotice("What you had typed was not saved.")
		l.notice().Do()
		l.wantOpen("", connection.Form{Environment: "https://fabrikam.crm.dynamics.com"})
	})
}

func TestNewConnectionCanBeUndone(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		l.NewConnection()
		l.wantOpen("", connection.Form{})
		l.wantNotice("The form is empty.")
		if l.attention() != connection.FieldEnvironment {
			t.Errorf("shown is %q", l.attention())
		}
		undo := l.notice().Do
		l.NewConnection() // no effect for an empty form
		undo()
		l.wantOpen("Contoso UAT", savedForm())
		if l.State().Edited() {
			t.Error("back again, it is edited")
		}
	})
}

// TestHangingKeyringDelaysNothing guards against a window that waits for a keyring's
// prompt, and that the user's later actions win.
func TestHangingKeyringDelaysNothing(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		l.NewConnection()
		release := make(chan struct{})
		l.store.load = func(ctx context.Context, name string) (profile.Loaded, error) {
			<-release
			return l.store.Store.Load(ctx, name)
		}
		l.opens("Contoso UAT")
		if got := l.State().Connections.Opening; got != "Contoso UAT" || l.Idle() {
			t.Errorf("opening %q, idle %v", got, l.Idle())
		}
		l.typed(func(f *connection.Form) { f.Environment = "https://fabrikam.crm.dynamics.com" })
		l.NewConnection()
		close(release)
		l.pump()
		l.wantOpen("", connection.Form{})
		if got := l.State().Connections.Opening; got != "" {
			t.Errorf("opening %q", got)
		}
	})
}

func TestOpenDeletedConnection(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		l.opens("Fabrikam")
		l.wantNotice("“Fabrikam” is gone: it was renamed or forgotten in another window.")
		l.wantOpen("Contoso UAT", savedForm())
	})
}

// TestStorePanicIsReported guards SE-16: the window stays and can be used again.
func TestStorePanicIsReported(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir()) // for the note
	inLibraryAlone(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		l.store.load = func(context.Context, string) (profile.Loaded, error) { panic(librarySecret) }
		l.opens("Contoso UAT")
		l.wantNotice("An internal error occurred in S2S Doctor")
		if l.State().Connections.Opening != "" {
			t.Error("it is still opening")
		}
		l.redirect(changedURI)
		l.store.save = func(context.Context, string, connection.Form) (profile.Saved, error) { panic(librarySecret) }
		l.NewConnection()
		l.SaveAndLeave()
		l.pump()
		l.store.save = nil
		l.Save()
		l.pump()
		if got := l.kept("Contoso UAT").Form.RedirectURI; got != changedURI {
			t.Errorf("kept %q", got)
		}
	})
}

// TestFindReadsTheListAgain guards that a connection saved by another window is found,
// also while the dialog is open.
func TestFindReadsTheListAgain(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.Find()
		l.pump()
		l.wantNotice("No connection is saved yet.")
		l.also("Contoso Test", addressed("Contoso Test"))
		l.Find()
		if l.question() != nil {
			t.Error("it asks before there is a list")
		}
		l.pump()
		if _, ok := l.question().(*FindQuestion); !ok {
			t.Errorf("asked is %#v", l.question())
		}
		l.Dismiss(l.question().ID())

		l.also("Contoso UAT", addressed("Contoso UAT"))
		l.Find()
		if _, ok := l.question().(*FindQuestion); !ok || len(l.names()) != 1 {
			t.Errorf("asked is %#v, among %v", l.question(), l.names())
		}
		l.pump()
		if diff := cmp.Diff([]string{"Contoso Test", "Contoso UAT"}, l.names()); diff != "" {
			t.Errorf("the list (-want +got):\n%s", diff)
		}
		l.opens("Contoso UAT")
		l.wantOpen("Contoso UAT", addressed("Contoso UAT"))
		if l.question() != nil {
			t.Errorf("asked is %#v", l.question())
		}
	})
}

// TestPositionKeepsReport guards that Undo restores the result.
func TestPositionKeepsReport(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		l.Test()
		l.pump()
		l.redirect(changedURI)
		before := l.position()
		l.NewConnection()
		l.DiscardAndLeave()
		if l.State().Examination.Report != nil {
			t.Error("a new connection has a report")
		}
		l.restore(before)
		form := savedForm()
		form.RedirectURI = changedURI
		l.wantOpen("Contoso UAT", form)
		if l.State().Examination.Report == nil || !l.State().Edited() {
			t.Errorf("report %v, edited %v", l.State().Examination.Report, l.State().Edited())
		}
	})
}
