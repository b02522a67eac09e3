package overview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// newPage puts the parts of the screen below each other; the list gets the height that is
// left.
func newPage(s *Screen, actions *fyne.Container) *kit.Group {
	choices := layout.Flow(theme.Small, s.group, s.sort)
	card := kit.NewCard(container.NewStack(layout.Inset(theme.Wide, theme.Wide, s.nothing), layout.Inset(0, theme.Hair, s.rows)))
	p := &page{width: s.env.Width, title: s.title, actions: actions, find: s.search.Field, choices: choices, tally: s.tally, bar: s.bar, card: card}
	return kit.NewGroup(container.New(p, s.title, actions, s.search.Field, choices, s.tally, s.bar, card))
}

// page lays out the screen.
type page struct {
	width                                           float32
	title, actions, find, choices, tally, bar, card fyne.CanvasObject
}

// Sizes at the usual text size: in a lower page the title and the numbers are hidden, in a
// narrower one the choices are below the entry.
const (
	lowPage    float32 = 420
	narrowPage float32 = 640
)

// MinSize returns zero: the list scrolls in any size.
func (p *page) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (p *page) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	em := theme.Em()
	low := size.Height < lowPage*em
	edge := theme.Space
	if low {
		edge = theme.Small
	}
	width := min(size.Width, p.width*em) - 2*edge
	x, y := (size.Width-width)/2, edge
	put := func(o fyne.CanvasObject, x, width float32) float32 {
		height := layout.Fit(o, width)
		o.Move(fyne.NewPos(x, y))
		return height
	}
	title := p.title.MinSize()
	actions := layout.FlowWidth(p.actions.(*fyne.Container))
	beside := title.Width+theme.Wide+actions <= width
	layout.SetVisible(p.title, !low)
	layout.SetVisible(p.tally, !low && len(p.tally.(*fyne.Container).Objects) > 0)
	switch {
	case low:
		y += put(p.actions, x, width) + theme.Small
	case beside:
		height := put(p.actions, x+width-actions, actions)
		p.title.Resize(title)
		p.title.Move(fyne.NewPos(x, y+(height-title.Height)/2))
		y += height + theme.Near
	default:
		y += put(p.title, x, width) + theme.Small
		y += put(p.actions, x, width) + theme.Near
	}
	choices := layout.FlowWidth(p.choices.(*fyne.Container))
	if width >= narrowPage*em && choices < width*0.6 {
		height := p.find.MinSize().Height
		p.find.Resize(fyne.NewSize(width-choices-theme.Small, height))
		p.find.Move(fyne.NewPos(x, y))
		layout.Fit(p.choices, choices)
		p.choices.Move(fyne.NewPos(x+width-choices, y+(height-p.choices.Size().Height)/2))
		y += height + theme.Small
	} else {
		y += put(p.find, x, width) + theme.Small
		y += put(p.choices, x, width) + theme.Small
	}
	if p.tally.Visible() {
		y += put(p.tally, x, width) + theme.Small
	}
	if p.bar.Visible() {
		y += put(p.bar, x, width) + theme.Small
	}
	p.card.Move(fyne.NewPos(x, y))
	p.card.Resize(fyne.NewSize(width, max(size.Height-y-edge, 0)))
}
