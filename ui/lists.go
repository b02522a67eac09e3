package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// lists is the card below the answer: the guide, and the checks that prove it.
type lists struct {
	w      *Window
	object *widgets.Card
	which  *widgets.Segmented // nil without a guide
	counts *widgets.Text
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
	l.counts = widgets.NewText("", widgets.Style{Color: look.Muted})
	var head fyne.CanvasObject
	if w.deps.Guide == nil {
		title := widgets.NewText(words.L("Checks"), widgets.Style{Size: look.SizeTitle, Bold: true, Fixed: true})
		head = widgets.Ends(title, l.counts)
		l.body = container.NewStack(l.checks.object)
	} else {
		l.guide = newGuideList(w)
		l.which = widgets.NewSegmented(words.L("Show"), []string{words.L("Guide"), words.L("Checks")}, func(int) { l.refresh() })
		head = widgets.Ends(l.which, l.counts)
		l.body = container.NewStack(l.guide.object)
	}
	l.object = widgets.NewCard(widgets.Column(0, widgets.InsetSides(cardX, look.Space, cardX, look.Near, head), l.body))
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
