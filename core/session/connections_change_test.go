package session

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
)

func TestRename(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.Rename()
		if l.question() != nil {
			t.Error("without a connection it asks for a name")
		}
		l.saved("Contoso UAT")
		l.tick(guide.Register)
		l.Rename()
		if q := l.question().(*NameQuestion); q.Purpose != ToRename || q.Of != "Contoso UAT" || q.Proposal != "Contoso UAT" {
			t.Errorf("asked is %+v", q)
		}
		l.named("Contoso test")
		l.wantOpen("Contoso test", savedForm())
		l.tick(guide.User)
		l.wantTicks("Contoso test", "register", "user")
		l.Rename()
		l.named("CONTOSO TEST") // its own name in another case
		l.wantOpen("CONTOSO TEST", savedForm())
	})
}

func TestDuplicate(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		l.Duplicate()
		if q := l.question().(*NameQuestion); q.Purpose != ToDuplicate || q.Of != "Contoso UAT" || q.Proposal != "Contoso UAT (2)" {
			t.Errorf("asked is %+v", q)
		}
		l.named("contoso uat")
		if q := l.question().(*NameQuestion); q.Problem.Empty() {
			t.Error("a taken name is accepted")
		}
		l.named("Contoso Production")
		l.wantOpen("Contoso Production", savedForm())
		if n := l.notice(); n.Text.String() != "“Contoso Production” is a copy of “Contoso UAT”." || n.Tone != Good || n.Stay {
			t.Errorf("notice %+v", n)
		}
		if l.attention() != connection.FieldEnvironment || l.State().Edited() {
			t.Errorf("shown is %q, edited %v", l.attention(), l.State().Edited())
		}

		// From now on each can change independently.
		l.typed(func(f *connection.Form) { f.Environment = "https://contoso-production.crm4.dynamics.com" })
		l.Save()
		l.pump()
		l.opens("Contoso UAT")
		l.wantOpen("Contoso UAT", savedForm())
	})
}

func TestDuplicateWithoutSecret(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		l.vault.refuses(true)
		l.Duplicate()
		l.named("Contoso Production")
		n := l.notice()
		if n.Tone != Caution || !n.Stay {
			t.Errorf("notice %+v", n)
		}
		l.wantNotice("“Contoso Production” is a copy of “Contoso UAT”. The system's secret store cannot be used")
		if l.State().Form.Problems[connection.FieldSecret].Empty() || !l.State().Form.Typed.Secret.Empty() {
			t.Error("the empty secret has no reason")
		}
	})
}

// TestDuplicateAsksAboutEdits guards that the copy is a copy of the saved connection, and
// that typed values are not lost.
func TestDuplicateAsksAboutEdits(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		l.redirect(changedURI)
		l.Duplicate()
		if q, ok := l.question().(*LeaveQuestion); !ok || q.Open != "Contoso UAT" {
			t.Fatalf("asked is %#v", l.question())
		}
		l.SaveAndLeave()
		l.pump()
		l.named("Contoso Production")
		form := savedForm()
		form.RedirectURI = changedURI
		l.wantOpen("Contoso Production", form)
	})
}

func TestDuplicateNeedsSavedConnection(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.Fill(savedForm())
		l.Duplicate()
		l.Forget()
		if l.question() != nil {
			t.Errorf("asked is %#v", l.question())
		}
	})
}

// TestForget guards the question, the deletion of the secret, and the report of a secret
// that could not be deleted.
func TestForget(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		l.Forget()
		q, ok := l.question().(*ForgetQuestion)
		if !ok || q.Name != "Contoso UAT" {
			t.Fatalf("asked is %#v", l.question())
		}
		l.Dismiss(q.ID())
		l.ConfirmForget() // the question was withdrawn
		l.pump()
		if l.vault.count() != 1 || len(l.names()) != 1 {
			t.Fatal("dismissed, it forgets")
		}
		l.vault.refuses(true)
		l.Forget()
		l.ConfirmForget()
		l.pump()
		l.wantNotice("The secret could not be deleted.")
		l.wantOpen("Contoso UAT", savedForm())
		l.vault.refuses(false)
		l.Forget()
		l.ConfirmForget()
		l.pump()
		l.wantNotice("“Contoso UAT” is forgotten, and its secret with it.")
		l.wantOpen("", connection.Form{})
		if l.vault.count() != 0 || len(l.names()) != 0 {
			t.Errorf("left are %v and %d secrets", l.names(), l.vault.count())
		}
	})
}
