package guide

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// played plays a session and ignores all commands.
type played struct{ draw func(session.State) }

func (p *played) Observe(observer func(session.State)) { p.draw = observer; observer(session.State{}) }
func (*played) AnswerTenant(guide.Answer)              {}
func (*played) Tick(guide.StepID, bool)                {}
func (*played) OpenConsent()                           {}
func (*played) Test()                                  {}

// TestTargetsAreShown guards the word next to each icon, the proof, and that on the
// modern path a target that WhoAmI does not need is no failure.
func TestTargetsAreShown(t *testing.T) {
	test.NewTempApp(t)
	p := &played{}
	laidOut := 0
	l := New(p, kit.Env{}, finding.Pane{Relayout: func() { laidOut++ }})
	g := session.Guide{Path: guide.Modern, Steps: guide.Input{}.Evaluate(guide.Modern), Targets: []guide.Target{
		{Number: 1, Title: text.Raw("User"), State: guide.Done, Seen: text.Raw("it is user 1")},
		{Number: 2, Title: text.Raw("Fields"), State: guide.Broken, Seen: text.Raw("Empty: Application ID URI."), Optional: true},
		{Number: 3, Title: text.Raw("Licence"), State: guide.Unseen},
		{Number: 4, Title: text.Raw("Role"), State: guide.Todo},
	}}
	for _, c := range []struct {
		path  guide.Path
		words [4]string
	}{
		{guide.Modern, [4]string{"Done", "Works without it", "Your turn", "To do"}},
		{guide.Classic, [4]string{"Done", "Not done", "Your turn", "To do"}},
	} {
		g.Path, g.Steps = c.path, guide.Input{}.Evaluate(c.path)
		p.draw(session.State{Guide: g})
		for i, row := range l.targets {
			if got := row.word.Text(); got != c.words[i] {
				t.Errorf("%s, target %d: %q, want %q", c.path, i+1, got, c.words[i])
			}
			if row.seen.Visible() == g.Targets[i].Seen.Empty() {
				t.Errorf("%s, target %d shows %q: %v", c.path, i+1, row.seen.Text(), row.seen.Visible())
			}
		}
	}
	if got := l.targets[0].seen.Text(); got != "It is user 1." || l.targets[1].title.Text() != "2. Fields" {
		t.Errorf("it shows %q and %q", got, l.targets[1].title.Text())
	}
	before := laidOut
	p.draw(session.State{Guide: g})
	if laidOut != before {
		t.Error("it is laid out again although nothing has changed")
	}
}
