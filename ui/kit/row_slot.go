package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// rowSlot is a row of [Rows] that is in sight. It shows one index after the other.
type rowSlot struct {
	widget.BaseWidget
	rows    *Rows
	content fyne.CanvasObject
	index   int // or -1
	hovered bool

	wash, bar *canvas.Rectangle
	line      *canvas.Rectangle // between the rows
}

func newRowSlot(r *Rows) *rowSlot {
	s := &rowSlot{rows: r, content: r.Make(), index: -1, wash: box(theme.Radius), bar: box(optionBar / 2), line: canvas.NewRectangle(transparent)}
	s.ExtendBaseWidget(s)
	return s
}

// mark shows whether the row has the lead, the focus and the pointer.
func (s *rowSlot) mark() {
	lead := s.index == s.rows.lead
	fill := fyne.ThemeColorName("")
	switch {
	case lead:
		fill = theme.AccentTint
	case s.hovered:
		fill = fynetheme.ColorNameHover
	}
	edge := fyne.ThemeColorName("")
	if lead && s.rows.showsRing() {
		edge = theme.Accent
	}
	paint(s.wash, fill, edge)
	if edge != "" {
		s.wash.StrokeWidth = 2
		s.wash.Refresh()
	}
	s.bar.Hidden = !lead
	if content, ok := s.content.(interface{ Lead(lead bool) }); ok {
		content.Lead(lead)
	}
	paint(s.bar, theme.Accent, "")
	paint(s.line, theme.Border, "")
}

// Tapped opens the row. The list takes the focus without showing it.
func (s *rowSlot) Tapped(*fyne.PointEvent) {
	s.rows.clicked = true
	focus(s.rows)
	s.rows.SetLead(s.index)
	s.rows.Open()
}

// TappedSecondary opens the menu of the row.
func (s *rowSlot) TappedSecondary(ev *fyne.PointEvent) {
	s.rows.clicked = true
	focus(s.rows)
	s.rows.menu(s.index, &ev.AbsolutePosition)
}

// MouseIn highlights the row.
func (s *rowSlot) MouseIn(*desktop.MouseEvent) {
	s.hovered = true
	s.mark()
}

// MouseMoved does nothing.
func (s *rowSlot) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends the highlight.
func (s *rowSlot) MouseOut() {
	s.hovered = false
	s.mark()
}

// Cursor returns a hand.
func (s *rowSlot) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel returns the row in words.
func (s *rowSlot) AccessibilityLabel() string {
	if s.index < 0 || s.index >= s.rows.length {
		return ""
	}
	return s.rows.Say(s.index)
}

// AccessibilityRole returns button.
func (s *rowSlot) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer returns the renderer.
func (s *rowSlot) CreateRenderer() fyne.WidgetRenderer {
	return &rowSlotRenderer{baseRenderer{[]fyne.CanvasObject{s.line, s.wash, s.bar, s.content}}, s}
}

type rowSlotRenderer struct {
	baseRenderer
	slot *rowSlot
}

func (r *rowSlotRenderer) MinSize() fyne.Size { return fyne.NewSize(0, r.slot.rows.rowHeight()) }

func (r *rowSlotRenderer) Layout(size fyne.Size) {
	s := r.slot
	s.line.Move(fyne.NewPos(theme.Near, size.Height-1))
	s.line.Resize(fyne.NewSize(size.Width-2*theme.Near, 1))
	s.wash.Move(fyne.NewPos(theme.Tight, 1))
	s.wash.Resize(size.SubtractWidthHeight(2*theme.Tight, 3))
	s.bar.Move(fyne.NewPos(theme.Tight+2, theme.Small))
	s.bar.Resize(fyne.NewSize(optionBar, size.Height-2*theme.Small-1))
	s.content.Resize(size)
}

func (r *rowSlotRenderer) Refresh() { r.slot.mark() }
