package session

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
)

// otherForm returns the form of another application.
func otherForm() connection.Form {
	form := filledForm()
	form.ClientID = testTenant
	return form
}

func TestGuideKeepsTicksOfEachConnection(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		b.s.Tick(guide.Register, true)
		b.s.AnswerTenant(guide.No)
		b.s.Fill(otherForm())
		if g := b.s.State().Guide; len(g.Ticks) != 0 || g.SameTenant != guide.Unknown {
			t.Errorf("another application has %v and %q", g.Ticks, g.SameTenant)
		}
		b.s.Tick(guide.User, true)
		b.s.Fill(filledForm())
		g := b.s.State().Guide
		if diff := cmp.Diff(map[guide.StepID]bool{guide.Register: true}, g.Ticks); diff != "" || g.SameTenant != guide.No {
			t.Errorf("back again the answer is %q, the ticks (-want +got):\n%s", g.SameTenant, diff)
		}
		if g.Steps[0].State != guide.Ticked {
			t.Errorf("the step is %s", g.Steps[0].State)
		}
		b.s.Tick(guide.Register, false)
		if g := b.s.State().Guide; len(g.Ticks) != 0 || g.Steps[0].State != guide.Todo {
			t.Errorf("not ticked, the step is %s", g.Steps[0].State)
		}
	})
}

// TestGuideTicksBeforeConnection guards that ticks set before any value was typed belong
// to the first connection.
func TestGuideTicksBeforeConnection(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		b.s.Fill(connection.Form{})
		b.s.Tick(guide.Register, true)
		b.s.Fill(otherForm())
		if !b.s.State().Guide.Ticks[guide.Register] {
			t.Error("the tick is gone")
		}
		b.s.Fill(filledForm())
		if b.s.State().Guide.Ticks[guide.Register] {
			t.Error("the tick went along to the next connection")
		}
	})
}

// TestGuideEvidenceCounts guards that a tick is removed if the examination contradicts
// it.
func TestGuideEvidenceCounts(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		b.s.Tick(guide.User, true)
		b.s.adopt(brokenReport("whoami", "appuser.missing"))
		g := b.s.State().Guide
		if g.Ticks[guide.User] || g.Steps[1].State != guide.Broken || !g.Steps[1].TakenBack {
			t.Errorf("ticks %v, the step is %+v", g.Ticks, g.Steps[1])
		}
		b.s.Tick(guide.User, true)
		if g := b.s.State().Guide; g.Ticks[guide.User] || g.Steps[1].State != guide.Broken {
			t.Errorf("ticked again: %v", g.Ticks)
		}
		b.s.adopt(brokenReport("", ""))
		g = b.s.State().Guide
		if g.Steps[1].State != guide.Done || g.Done != 4 || g.Needed != 4 {
			t.Errorf("it works: the step is %s, %d of %d", g.Steps[1].State, g.Done, g.Needed)
		}
	})
}

// TestGuideTargetsAreLive guards the article's four targets, before and after an
// examination.
func TestGuideTargetsAreLive(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		var got []guide.State
		read := func() {
			got = nil
			for _, target := range b.s.State().Guide.Targets {
				got = append(got, target.State)
			}
		}
		read()
		if diff := cmp.Diff([]guide.State{guide.Todo, guide.Todo, guide.Todo, guide.Todo}, got); diff != "" {
			t.Errorf("before (-want +got):\n%s", diff)
		}
		b.s.adopt(brokenReport("roles", "role.system-administrator"))
		read()
		if diff := cmp.Diff([]guide.State{guide.Done, guide.Todo, guide.Done, guide.Broken}, got); diff != "" {
			t.Errorf("after (-want +got):\n%s", diff)
		}
		b.s.forgetReport()
		read()
		if got[0] != guide.Todo {
			t.Errorf("of another connection: %v", got)
		}
	})
}

func TestGuidePathAndValues(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		if got := b.s.State().Guide.Path; got != guide.Modern {
			t.Errorf("it begins with %s", got)
		}
		b.s.ChoosePath(guide.Classic)
		g := b.s.State().Guide
		if g.Steps[1].Step.ID != guide.User || g.Steps[1].Step.Since.Empty() || len(g.Steps) != 8 {
			t.Errorf("it shows %+v", g.Steps[1].Step)
		}
		b.s.Fill(otherForm())
		if b.s.State().Guide.Path != guide.Classic {
			t.Error("another connection changes the path")
		}
		found := false
		for _, step := range b.s.State().Guide.Steps {
			for _, link := range step.Step.Links {
				found = found || cmp.Equal(link.URL, "https://contoso.crm4.dynamics.com") || len(link.URL) > 0
			}
		}
		if !found {
			t.Error("no step has a link")
		}
	})
}

// TestGuideProgress guards the progress that is saved with a connection.
func TestGuideProgress(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		b.s.ChoosePath(guide.Classic)
		b.s.AnswerTenant(guide.Yes)
		b.s.Tick(guide.Register, true)
		b.s.Tick(guide.User, true)
		b.s.Tick(guide.User, false)
		got := b.s.guideProgress()
		if diff := cmp.Diff(map[string]bool{string(guide.Register): true}, got.Ticks); diff != "" || got.Path != "classic" || got.SameTenant != "yes" {
			t.Errorf("%+v, the ticks (-want +got):\n%s", got, diff)
		}
	})
}
