package session

import (
	"context"
	"errors"
	"os"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// TestSaveReportsSecretLocation guards that the user learns at once if a secret was not
// stored.
func TestSaveReportsSecretLocation(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		refuse bool
		change func(*connection.Form)
		want   string
		tone   Tone
	}{
		{"in the store", false, func(*connection.Form) {}, "Saved as “Contoso UAT”. The secret is in the operating system's store.", Good},
		{"for the session", true, func(*connection.Form) {}, "Saved as “Contoso UAT”. The secret is kept for this session only. The system's secret store cannot be used: there is none, or it is locked.", Caution},
		{"without a secret", false, func(f *connection.Form) { f.Secret = secret.Value{} }, "Saved as “Contoso UAT”. There is no secret in it.", Good},
		{"a field that cannot be used", false, func(f *connection.Form) { f.ClientID = "none" }, "Saved as “Contoso UAT”. The secret is in the operating system's store. Left out, because it cannot be used as it is: Application (client) ID.", Caution},
	} {
		t.Run(c.name, func(t *testing.T) {
			inLibrary(t, func(t *testing.T, l *library) {
				l.vault.refuses(c.refuse)
				form := savedForm()
				c.change(&form)
				l.Fill(form)
				l.Save()
				l.named("Contoso UAT")
				n := l.notice()
				if n.Text.String() != c.want || n.Tone != c.tone || n.Stay != (c.tone == Caution) {
					t.Errorf("notice %q, tone %s, stays %v, want %q", n.Text, n.Tone, n.Stay, c.want)
				}
				if open := l.State().Connections.Open; open != "Contoso UAT" || l.question() != nil || l.State().Edited() {
					t.Errorf("open %q, question %#v, edited %v", open, l.question(), l.State().Edited())
				}
			})
		})
	}
}

func TestSaveAsksForNameOnce(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.Save()
		l.wantNotice("There is nothing to save yet")
		l.Fill(savedForm())
		l.report = exam.Report{Healthy: true, WhoAmI: &exam.WhoAmI{OrganizationName: "Contoso UAT"}}
		l.Test()
		l.pump()
		l.Save()
		if q := l.question().(*NameQuestion); q.Proposal != "Contoso UAT" || q.Purpose != ToSave {
			t.Errorf("proposed %q for %s", q.Proposal, q.Purpose)
		}
		l.named(" ")
		if q, ok := l.question().(*NameQuestion); !ok || q.Problem.String() != "Give the connection a name, such as Contoso UAT." {
			t.Errorf("a blank name: %#v", l.question())
		}
		l.named("Contoso UAT")
		l.redirect(changedURI)
		if !l.State().Edited() {
			t.Error("a changed form is not edited")
		}
		l.Save()
		if l.question() != nil {
			t.Errorf("a saved connection: %#v", l.question())
		}
		l.pump()
		if got := l.kept("Contoso UAT").Form.RedirectURI; got != changedURI || l.State().Edited() {
			t.Errorf("kept %q, edited %v", got, l.State().Edited())
		}
		l.NewConnection()
		l.Fill(savedForm())
		l.Save()
		if q := l.question().(*NameQuestion); q.Proposal != "contoso" {
			t.Errorf("proposed %q for an address", q.Proposal)
		}
		l.named("contoso uat")
		if q, ok := l.question().(*NameQuestion); !ok || q.Problem.String() != "Another connection already has this name. Choose a different one." {
			t.Errorf("a taken name: %#v", l.question())
		}
		l.Dismiss(l.question().ID())
		if len(l.names()) != 1 || l.question() != nil {
			t.Errorf("dismissed: %v, %#v", l.names(), l.question())
		}
	})
}

// TestNameIsAskedForOnceAtATime guards that a second press of Save does not save twice,
// and that a late result does not answer a newer question.
func TestNameIsAskedForOnceAtATime(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		release, calls := make(chan struct{}), 0
		l.store.save = func(ctx context.Context, name string, form connection.Form) (profile.Saved, error) {
			calls++
			<-release
			return profile.Saved{}, &profile.NameError{}
		}
		l.Fill(savedForm())
		l.Save()
		l.AnswerName("Contoso UAT")
		l.AnswerName("Contoso UAT")
		l.pump()
		l.Dismiss(l.question().ID())
		l.Save()
		asked := l.question()
		close(release)
		l.pump()
		if calls != 1 || l.question() != asked {
			t.Errorf("saved %d times, asked %#v, then %#v", calls, asked, l.question())
		}
	})
}

func TestFailedSaveIsReported(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.store.save = func(context.Context, string, connection.Form) (profile.Saved, error) {
			return profile.Saved{}, errors.New("the disk is full")
		}
		l.Fill(savedForm())
		l.Save()
		l.named("Contoso UAT")
		if l.question() != nil || l.State().Connections.Open != "" || !l.unsaved() {
			t.Errorf("question %#v, open %q, unsaved %v", l.question(), l.State().Connections.Open, l.unsaved())
		}
		l.wantNotice("The disk is full.")
	})
}

// TestDamagedFileIsReported guards against an empty list without a reason.
func TestDamagedFileIsReported(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		if err := os.WriteFile(l.store.Path(), []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
		l.restart()
		l.wantNotice("The file of your saved connections is damaged.")
		l.Fill(savedForm())
		l.Save()
		l.named("Contoso UAT")
		l.wantNotice("Saved as “Contoso UAT”. The secret is in the operating system's store. The file of connections was damaged; it is kept as profiles.json.bad-")
	})
}

func TestWithoutStoreNothingIsOffered(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.end()
		l.open(Deps{})
		l.Start(true)
		l.Fill(savedForm())
		l.Save()
		l.Find()
		l.Rename()
		l.ChooseImport()
		l.Import(importFile(t))
		l.CloseWindow()
		l.pump()
		if l.State().Connections.Available || l.question() != nil || !l.closed || len(l.events) != 1 {
			t.Errorf("available %v, question %#v, events %v", l.State().Connections.Available, l.question(), l.events)
		}
	})
}
