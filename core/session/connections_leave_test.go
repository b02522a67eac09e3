package session

import (
	"context"
	"errors"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// TestCloseWindowAsksAboutEdits guards that typed values are not lost without a
// question, and that there is no question without a reason.
func TestCloseWindowAsksAboutEdits(t *testing.T) {
	t.Parallel()
	saved := func(l *library) { l.saved("Contoso UAT") }
	for _, c := range []struct {
		name  string
		reach func(l *library)
		asks  bool
		about string // the open connection
	}{
		{"an empty form", func(*library) {}, false, ""},
		{"only spaces", func(l *library) { l.redirect("  ") }, false, ""},
		{"a new connection", func(l *library) { l.Fill(savedForm()) }, true, ""},
		{"one field of a new connection", func(l *library) { l.redirect(changedURI) }, true, ""},
		{"only a secret", func(l *library) { l.typed(func(f *connection.Form) { f.Secret = savedForm().Secret }) }, false, ""},
		{"a saved connection", saved, false, ""},
		{"a saved connection, changed and changed back", func(l *library) {
			saved(l)
			l.redirect(changedURI)
			l.redirect(savedForm().RedirectURI)
		}, false, ""},
		{"a saved connection, changed", func(l *library) { saved(l); l.redirect(changedURI) }, true, "Contoso UAT"},
		{"a saved connection, emptied", func(l *library) { saved(l); l.Fill(connection.Form{}) }, true, "Contoso UAT"},
		{"a new secret, which the store would keep", func(l *library) {
			saved(l)
			l.typed(func(f *connection.Form) { f.Secret = secret.New("another") })
		}, true, "Contoso UAT"},
		{"the sandbox", func(l *library) {
			l.practise()
			l.redirect(changedURI)
		}, false, ""},
		{"no store", func(l *library) {
			l.end()
			l.open(Deps{})
			l.Fill(savedForm())
		}, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			inLibrary(t, func(t *testing.T, l *library) {
				c.reach(l)
				l.CloseWindow()
				l.pump()
				q, asked := l.question().(*LeaveQuestion)
				if asked != c.asks || l.closed == asked {
					t.Fatalf("asked %v, closed %v", asked, l.closed)
				}
				if asked && q.Open != c.about {
					t.Errorf("it asks about %q", q.Open)
				}
			})
		})
	}
}

func TestLeaveAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		answer func(l *library)
		closed bool
		kept   string // the redirect URI in the store
	}{
		{"save", func(l *library) { l.SaveAndLeave() }, true, changedURI},
		{"discard", func(l *library) { l.DiscardAndLeave() }, true, "http://localhost"},
		{"dismiss", func(l *library) { l.Dismiss(l.question().ID()) }, false, "http://localhost"},
		{"closing once more asks no second time", func(l *library) {
			q := l.question()
			l.CloseWindow()
			l.Dismiss(q.ID())
		}, false, "http://localhost"},
		{"answers to no question", func(l *library) {
			l.Dismiss(l.question().ID())
			l.DiscardAndLeave()
			l.SaveAndLeave()
			l.ConfirmForget()
			l.AnswerName("Fabrikam")
		}, false, "http://localhost"},
	} {
		t.Run(c.name, func(t *testing.T) {
			inLibrary(t, func(t *testing.T, l *library) {
				l.saved("Contoso UAT")
				l.redirect(changedURI)
				l.CloseWindow()
				c.answer(l)
				l.pump()
				if got := l.kept("Contoso UAT").Form.RedirectURI; l.closed != c.closed || got != c.kept || l.question() != nil {
					t.Errorf("closed %v, kept %q, asked %#v", l.closed, got, l.question())
				}
				if got := l.State().Form.Typed.RedirectURI; got != changedURI {
					t.Errorf("the form has %q", got)
				}
			})
		})
	}
}

// TestSaveAndLeaveNewConnection guards that the user is asked for a name first, and that
// the window stays open for a notice.
func TestSaveAndLeaveNewConnection(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.Fill(savedForm())
		l.CloseWindow()
		l.SaveAndLeave()
		l.Dismiss(l.question().ID())
		if l.closed || l.question() != nil {
			t.Fatalf("without a name: closed %v, asked %#v", l.closed, l.question())
		}
		l.vault.refuses(true)
		l.CloseWindow()
		l.SaveAndLeave()
		l.named("Contoso UAT")
		if l.closed || l.notice().Tone != Caution {
			t.Errorf("closed %v, notice %q", l.closed, l.notice().Text)
		}
		l.CloseWindow()
		l.pump()
		if !l.closed || l.question() != nil {
			t.Errorf("the second time: closed %v, asked %#v", l.closed, l.question())
		}
	})
}

// TestFailedSaveLeavesNothing guards against a window that closes although saving failed.
func TestFailedSaveLeavesNothing(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		l.redirect(changedURI)
		l.store.save = func(context.Context, string, connection.Form) (profile.Saved, error) {
			return profile.Saved{}, errors.New("the disk is full")
		}
		l.CloseWindow()
		l.SaveAndLeave()
		l.pump()
		if l.closed {
			t.Error("the window may close")
		}
		l.wantNotice("The disk is full.")
	})
}

func TestOpenAsksFirst(t *testing.T) {
	t.Parallel()
	other := savedForm()
	other.ClientID, other.Secret = libraryTenant, secret.Value{}
	for _, c := range []struct {
		name string
		do   func(l *library)
		want connection.Form
		open string
	}{
		{"a new connection", func(l *library) { l.NewConnection() }, connection.Form{}, ""},
		{"another connection", func(l *library) { l.Open("Fabrikam") }, other, "Fabrikam"},
	} {
		t.Run(c.name, func(t *testing.T) {
			inLibrary(t, func(t *testing.T, l *library) {
				l.saved("Contoso UAT")
				l.also("Fabrikam", other)
				l.redirect(changedURI)
				c.do(l)
				l.Dismiss(l.question().ID())
				l.pump()
				changed := savedForm()
				changed.RedirectURI = changedURI
				l.wantOpen("Contoso UAT", changed)
				c.do(l)
				l.SaveAndLeave()
				l.pump()
				l.wantOpen(c.open, c.want)
				if got := l.kept("Contoso UAT").Form.RedirectURI; got != changedURI {
					t.Errorf("kept %q", got)
				}
			})
		})
	}
}
