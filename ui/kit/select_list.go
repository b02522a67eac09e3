package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// selectList is the open list of a [Select], over the window. A click outside it, Esc and
// a choice close it.
type selectList struct {
	widget.BaseWidget
	control *Select
	rows    []*Option
	lead    int // the row that the arrow keys start from
	scroll  *container.Scroll
	canvas  fyne.Canvas
	before  func(*fyne.KeyEvent)

	at   fyne.Position // of the card in the window
	size fyne.Size
}

// open shows the list with the focus on what is chosen.
func (s *Select) open() {
	if s.OnOpen != nil {
		s.OnOpen()
		return
	}
	c := canvasOf(s)
	if c == nil || len(s.options) == 0 {
		return
	}
	l := &selectList{control: s, canvas: c, before: c.OnTypedKey(), lead: s.chosen}
	column := layout.Column(theme.Hair)
	for i, o := range s.options {
		row := NewOption(o.Name, o.Detail, i == s.chosen, func() {
			l.close()
			s.Choose(i)
		})
		row.OnMove = func(step int) { l.focus(l.lead + step) }
		row.OnFocus = func() { l.mark(i) }
		l.rows = append(l.rows, row)
		column.Add(row)
	}
	// The ring of a row is not cut off by the edge of what scrolls.
	l.scroll = container.NewVScroll(layout.Inset(theme.Tight, theme.Tight, column))
	l.ExtendBaseWidget(l)
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if ev.Name == fyne.KeyEscape {
			l.close()
		}
	})
	c.Overlays().Add(l)
	l.Resize(c.Size())
	l.focus(s.chosen)
}

func (l *selectList) close() {
	l.canvas.SetOnTypedKey(l.before)
	l.canvas.Overlays().Remove(l)
	l.canvas.Focus(l.control)
}

// focus moves the focus to a row.
func (l *selectList) focus(row int) {
	row = min(max(row, 0), len(l.rows)-1)
	l.canvas.Focus(l.rows[row])
	scrollTo(l.scroll, l.rows[row])
}

func (l *selectList) mark(row int) {
	l.lead = row
	for i, r := range l.rows {
		r.SetHighlighted(i == row)
	}
}

// Tapped closes the list if the click is outside it.
func (l *selectList) Tapped(ev *fyne.PointEvent) {
	if p := ev.Position.Subtract(l.at); p.X < 0 || p.Y < 0 || p.X > l.size.Width || p.Y > l.size.Height {
		l.close()
	}
}

// AccessibilityLabel returns the label of the choice.
func (l *selectList) AccessibilityLabel() string { return l.control.Label }

// AccessibilityRole returns container.
func (l *selectList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer returns the renderer.
func (l *selectList) CreateRenderer() fyne.WidgetRenderer {
	r := &selectListRenderer{list: l, shadow: box(theme.CardRadius + 1), card: box(theme.CardRadius)}
	r.objects = []fyne.CanvasObject{r.shadow, r.card, l.scroll}
	r.Refresh()
	return r
}

type selectListRenderer struct {
	baseRenderer
	list         *selectList
	shadow, card *canvas.Rectangle
}

// selectWidth is the width at which each line of explanation fits into one.
const selectWidth float32 = 440

func (r *selectListRenderer) MinSize() fyne.Size { return fyne.NewSize(120, 80) }

func (r *selectListRenderer) Layout(size fyne.Size) {
	l := r.list
	edge, _ := dialogSpaces(size)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(l.control)
	control := l.control.Size()
	width := min(max(control.Width, selectWidth*theme.Em()), size.Width-2*edge)
	height := layout.Fit(l.scroll.Content, width)
	top := at.Y + l.control.at.Y
	below, above := top+l.control.frame.Height+theme.Tight, top-theme.Tight-height
	y := below
	switch {
	case below+height <= size.Height-edge:
	case above >= edge:
		y = above
	default:
		y = size.Height - edge - height
	}
	height = min(height, size.Height-2*edge)
	frame := fyne.NewSize(width, height)
	place := fyne.NewPos(min(max(at.X, edge), size.Width-edge-width), max(y, edge))
	r.shadow.Move(place.AddXY(-1, -1))
	r.shadow.Resize(frame.AddWidthHeight(2, 3))
	r.card.Move(place)
	r.card.Resize(frame)
	l.at, l.size = place, frame
	l.scroll.Move(place)
	l.scroll.Resize(frame)
}

func (r *selectListRenderer) Refresh() {
	paint(r.shadow, theme.Border, "")
	paint(r.card, theme.Surface, theme.Edge)
	r.Layout(r.list.Size())
	r.list.scroll.Refresh()
	canvas.Refresh(r.list)
}
