package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// lists is the card below the answer: the guide, and the checks that prove it.
type lists struct {
	w      *Window
	object *kit.Card
	which  *kit.Segmented // nil without a guide
	counts *kit.Text
	body   *fyne.Container
	guide  *guideList // nil without a guide
	checks *checkList
}

// The two lists, in the order of the control.
const (
	showGuide = iota
	showChecks
)

func newLists(w *Window) *lists {
	l := &lists{w: w, checks: newCheckList(w)}
	l.counts = kit.NewText("", kit.Style{Color: theme.Muted})
	var head fyne.CanvasObject
	if w.deps.Guide == nil {
		title := kit.NewText(i18n.L("Checks"), kit.Style{Size: theme.SizeTitle, Bold: true, Fixed: true})
		head = layout.Ends(title, l.counts)
		l.body = container.NewStack(l.checks.object)
	} else {
		l.guide = newGuideList(w)
		l.which = kit.NewSegmented(i18n.L("Show"), []string{i18n.L("Guide"), i18n.L("Checks")}, func(int) { l.refresh() })
		head = layout.Ends(l.which, l.counts)
		l.body = container.NewStack(l.guide.object)
	}
	l.object = kit.NewCard(layout.Column(0, layout.InsetSides(cardX, theme.Space, cardX, theme.Near, head), l.body))
	return l
}

// show turns to one of the lists.
func (l *lists) show(index int) {
	if l.which != nil {
		l.which.Choose(index)
	}
	l.refresh()
}

// refresh shows what is chosen, with its own count.
func (l *lists) refresh() {
	if l.which == nil || l.which.Chosen() == showChecks {
		l.body.Objects = []fyne.CanvasObject{l.checks.object}
	} else {
		l.body.Objects = []fyne.CanvasObject{l.guide.object}
	}
	l.recount()
	l.w.answer.relayout()
}

// recount brings the count up to date; nothing else moves.
func (l *lists) recount() {
	if l.which == nil || l.which.Chosen() == showChecks {
		l.counts.SetText(l.checks.tally)
	} else {
		l.counts.SetText(l.guide.summary())
	}
}

// learned tells the guide that there is a new report, or another connection.
func (l *lists) learned() {
	if l.guide != nil {
		l.guide.evaluate()
	}
	l.refresh()
}

// choosePath is the switch in the header.
func (l *lists) choosePath(index int) {
	l.guide.choosePath(paths[index])
	l.show(showGuide)
}
