package compare

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// page lays out the screen: the list gets the height that is left.
type page struct {
	object  *kit.Group
	screen  *Screen
	title   *kit.Text
	actions *fyne.Container
	card    *kit.Card
}

func newPage(s *Screen, title *kit.Text, actions *fyne.Container) *page {
	p := &page{screen: s, title: title, actions: actions}
	list := container.New(&listLayout{s}, s.header, s.rows)
	p.card = kit.NewCard(container.NewStack(layout.Inset(theme.Wide, theme.Wide, s.nothing), layout.Inset(0, theme.Hair, list)))
	p.object = kit.NewGroup(container.New(p, title, actions, s.sides[0].object, s.sides[1].object, s.tally, s.search.Field, s.bar, p.card))
	return p
}

// Sizes at the usual text size: in a lower page the title and the numbers are hidden, in a
// narrower one the sides are below each other.
const (
	lowPage    float32 = 420
	narrowPage float32 = 400
)

// MinSize returns zero: the list scrolls in any size.
func (p *page) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (p *page) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	s, em := p.screen, theme.Em()
	low := size.Height < lowPage*em
	edge, near := theme.Space, theme.Near
	if low {
		edge, near = theme.Small, theme.Small
	}
	width := min(size.Width, s.env.Width*em) - 2*edge
	x, y := (size.Width-width)/2, edge
	put := func(o fyne.CanvasObject, x, width float32) float32 {
		height := layout.Fit(o, width)
		o.Move(fyne.NewPos(x, y))
		return height
	}
	title, actions := p.title.MinSize(), layout.FlowWidth(p.actions)
	layout.SetVisible(p.title, !low)
	for _, side := range s.sides {
		side.setLow(low)
	}
	switch {
	case low:
		y += put(p.actions, x, width) + near
	case title.Width+theme.Wide+actions <= width:
		height := put(p.actions, x+width-actions, actions)
		p.title.Resize(title)
		p.title.Move(fyne.NewPos(x, y+(height-title.Height)/2))
		y += height + near
	default:
		y += put(p.title, x, width) + theme.Small
		y += put(p.actions, x, width) + near
	}
	a, b := s.sides[0].object, s.sides[1].object
	if width >= narrowPage*em {
		half := (width - theme.Space) / 2
		y += max(put(a, x, half), put(b, x+half+theme.Space, half)) + near
	} else {
		y += put(a, x, width) + theme.Small
		y += put(b, x, width) + near
	}
	y = p.findLine(x, y, width, low)
	if s.bar.Visible() {
		y += put(s.bar, x, width) + theme.Small
	}
	height := max(size.Height-y-edge, 0)
	layout.SetVisible(s.nothing, len(s.lines) == 0 && layout.Fit(s.nothing, width-2*theme.Wide)+2*theme.Wide <= height)
	p.card.Move(fyne.NewPos(x, y))
	p.card.Resize(fyne.NewSize(width, height))
}

// findWidth is the width of the entry at the usual text size where the numbers are beside
// it.
const findWidth float32 = 260

// findLine puts the numbers and the entry below the sides, and returns where what follows
// begins.
func (p *page) findLine(x, y, width float32, low bool) float32 {
	s := p.screen
	layout.SetVisible(s.tally, !low && len(s.tally.Objects) > 0)
	layout.SetVisible(s.search.Field, !low && s.drawn.Result != nil)
	if !s.tally.Visible() {
		return y
	}
	find, entry := s.search.MinSize().Height, min(findWidth*theme.Em(), width)
	beside := width - entry - theme.Space
	tally := layout.Fit(s.tally, beside)
	if beside < entry || layout.FlowWidth(s.tally) > beside {
		tally = layout.Fit(s.tally, width)
		s.tally.Move(fyne.NewPos(x, y))
		s.search.Move(fyne.NewPos(x, y+tally+theme.Small))
		s.search.Resize(fyne.NewSize(width, find))
		return y + tally + theme.Small + find + theme.Small
	}
	height := max(tally, find)
	s.tally.Move(fyne.NewPos(x, y+(height-tally)/2))
	s.search.Move(fyne.NewPos(x+width-entry, y))
	s.search.Resize(fyne.NewSize(entry, find))
	return y + height + theme.Small
}

// listLayout puts the names of the columns above the rows, if there are columns.
type listLayout struct{ screen *Screen }

func (l *listLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l *listLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	header, rows := l.screen.header, l.screen.rows
	columns := size.Width >= columnsWidth*theme.Em()
	layout.SetVisible(header, columns && rows.Visible())
	height, top := tallRow, float32(0)
	if columns {
		height, top = lowRow, lowRow*theme.Em()
	}
	header.Resize(fyne.NewSize(size.Width, top))
	rows.SetRowHeight(height)
	rows.Move(fyne.NewPos(0, top))
	rows.Resize(fyne.NewSize(size.Width, max(size.Height-top, 0)))
}
