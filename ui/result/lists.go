package result

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// lists is the card below the answer: the guide, and the checks that prove it.
type lists struct {
	screen *Screen
	object *kit.Card
	which  *kit.Segmented
	counts *kit.Text
	body   *fyne.Container
	guide  Guide
	checks *checkList
}

// The two lists, in the order of the control.
const (
	showGuide = iota
	showChecks
)

func newLists(s *Screen) *lists {
	l := &lists{screen: s, checks: newCheckList(s)}
	l.counts = kit.NewText("", kit.Style{Color: theme.Muted})
	l.which = kit.NewSegmented(i18n.L("Show"), []string{i18n.L("Guide"), i18n.L("Checks")}, func(int) { l.refresh() })
	l.guide = s.env.Guide(l.changed, func(o fyne.CanvasObject) { s.Object.Reveal(o) })
	l.body = container.NewStack(l.guide.Object)
	head := layout.Ends(l.which, l.counts)
	l.object = kit.NewCard(layout.Column(0, layout.InsetSides(finding.CardX, theme.Space, finding.CardX, theme.Near, head), l.body))
	return l
}

// show turns to one of the lists.
func (l *lists) show(index int) {
	l.which.Choose(index)
	l.refresh()
}

// refresh shows what is chosen, with its own count.
func (l *lists) refresh() {
	if l.which.Chosen() == showChecks {
		l.body.Objects = []fyne.CanvasObject{l.checks.object}
	} else {
		l.body.Objects = []fyne.CanvasObject{l.guide.Object}
	}
	l.changed()
}

// changed makes room after one of the lists has changed.
func (l *lists) changed() {
	if l.screen.lists != nil { // not while it is made
		l.recount()
		l.screen.relayout()
	}
}

// recount brings the count up to date; nothing else moves.
func (l *lists) recount() {
	if l.which.Chosen() == showChecks {
		l.counts.SetText(l.checks.tally)
	} else {
		l.counts.SetText(l.guide.Summary())
	}
}
