package session

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
)

// tick ticks a step of the guide for the connection in the form.
func (l *library) tick(id guide.StepID) {
	l.Tick(id, true)
	l.pump()
}

// wantTicks compares the saved ticks of a connection.
func (l *library) wantTicks(name string, want ...string) {
	l.t.Helper()
	ticks := map[string]bool{}
	for _, id := range want {
		ticks[id] = true
	}
	if diff := cmp.Diff(ticks, l.kept(name).Profile.Guide.Ticks, cmpopts.EquateEmpty()); diff != "" {
		l.t.Errorf("ticks of %q (-want +got):\n%s", name, diff)
	}
}

func TestGuideIsSavedWithItsConnection(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		l.ChoosePath(guide.Classic)
		l.AnswerTenant(guide.No)
		l.tick(guide.Register)
		l.restart()
		want := profile.Guide{Path: "classic", SameTenant: "no", Ticks: map[string]bool{"register": true}}
		if diff := cmp.Diff(want, l.guideProgress()); diff != "" {
			t.Errorf("the guide (-want +got):\n%s", diff)
		}

		other := savedForm()
		other.ClientID = libraryTenant
		l.Fill(other)
		if got := l.guideProgress(); len(got.Ticks) != 0 || got.SameTenant != "" {
			t.Errorf("another application has %v", got)
		}
		l.tick(guide.User)
		l.wantTicks("Contoso UAT", "register")
		l.Fill(savedForm())
		if got := l.guideProgress(); !got.Ticks["register"] || got.Ticks["user"] {
			t.Errorf("back again it has %v", got.Ticks)
		}
	})
}

func TestSandboxSavesNothing(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		l.practise()
		l.Save()
		l.wantNotice("Nothing is saved in the sandbox. Leave it to save a connection of your own.")
		l.ChooseImport()
		l.wantNotice("Nothing is saved in the sandbox. Leave it to import connections of your own.")
		l.Import(importFile(t))
		l.Rename()
		l.Duplicate()
		l.Forget()
		l.tick(guide.Register)
		if l.question() != nil || len(l.names()) != 1 {
			t.Errorf("asked is %#v, saved are %v", l.question(), l.names())
		}
		l.wantTicks("Contoso UAT")
	})
}

// TestFailedTicksAreReportedOnce guards against a message at each tick.
func TestFailedTicksAreReportedOnce(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		l.store.setGuide = func(context.Context, string, profile.Guide) error { return errVault }
		l.tick(guide.Register)
		l.wantNotice("Your ticks are not kept: org.freedesktop.secrets")
		events := len(l.events)
		l.tick(guide.User)
		if len(l.events) != events {
			t.Errorf("the second time: %v", l.events[events:])
		}
	})
}

// TestFinishWaitsForWrites guards writes requested just before the window closed, and
// against a locked keyring that would keep the process alive.
func TestFinishWaitsForWrites(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		l.store.setGuide = func(ctx context.Context, _ string, _ profile.Guide) error {
			<-ctx.Done()
			return context.Cause(ctx)
		}
		l.ChoosePath(guide.Classic)
		ctx, cancel := context.WithCancel(t.Context())
		finished := false
		go func() { l.Finish(ctx); finished = true }() // while no results are processed
		synctest.Wait()
		if finished {
			t.Error("it does not wait")
		}
		cancel()
		synctest.Wait()
		if !finished {
			t.Error("it waits although writing is cancelled")
		}
		l.Finish(t.Context())
	})
}

// TestWritesKeepTheirOrder guards that the last of two saves is stored, and that a rename
// between them is not lost.
func TestWritesKeepTheirOrder(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso UAT")
		release := make(chan struct{})
		l.store.save = func(ctx context.Context, name string, form connection.Form) (profile.Saved, error) {
			<-release
			return l.store.Store.Save(ctx, name, form)
		}
		l.redirect(changedURI)
		l.Save()
		l.redirect("http://localhost:8401")
		l.Save()
		l.ChoosePath(guide.Classic)
		close(release)
		l.Close() // the window is closed, and no results are processed
		l.Finish(t.Context())
		kept := l.kept("Contoso UAT")
		if kept.Form.RedirectURI != "http://localhost:8401" || kept.Profile.Guide.Path != "classic" {
			t.Errorf("kept %q and %+v", kept.Form.RedirectURI, kept.Profile.Guide)
		}
	})
}

func TestIdentity(t *testing.T) {
	form := savedForm()
	want := identity(form)
	form.Environment += "/"
	form.ClientID = "{" + form.ClientID + "}"
	form.RedirectURI = changedURI
	if got := identity(form); got != want || want == "" {
		t.Errorf("got %q, want %q", got, want)
	}
	form.ClientID = "2015d711"
	if got := identity(form); got != "" {
		t.Errorf("half typed it is %q", got)
	}
}
