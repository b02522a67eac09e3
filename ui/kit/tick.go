package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Tick is a box that a person ticks. Unlike Fyne's its text wraps, and Enter
// ticks it too.
type Tick struct {
	widget.BaseWidget
	OnChanged func(on bool)

	text           *Text
	on             bool
	hover          hover
	focused, quiet bool
}

// NewTick makes a box.
func NewTick(text string, on bool, changed func(bool)) *Tick {
	t := &Tick{text: NewText(text, Style{}), on: on, OnChanged: changed}
	t.ExtendBaseWidget(t)
	return t
}

// On tells whether it is ticked.
func (t *Tick) On() bool { return t.on }

// Tapped ticks or unticks.
func (t *Tick) Tapped(*fyne.PointEvent) {
	t.quiet = true
	focus(t)
	t.toggle()
}

func (t *Tick) toggle() {
	t.on = !t.on
	t.Refresh()
	if t.OnChanged != nil {
		t.OnChanged(t.on)
	}
}

// TypedKey ticks or unticks.
func (t *Tick) TypedKey(ev *fyne.KeyEvent) {
	if !activates(ev) {
		PassOn(t, ev)
		return
	}
	t.quiet = false
	t.toggle()
}

// TypedRune does nothing.
func (t *Tick) TypedRune(rune) {}

// FocusGained shows the ring.
func (t *Tick) FocusGained() { t.focused = true; t.Refresh(); reveal(t) }

// FocusLost hides the ring.
func (t *Tick) FocusLost() { t.focused, t.quiet = false, false; t.Refresh() }

// MouseIn follows the pointer.
func (t *Tick) MouseIn(*desktop.MouseEvent) { t.hover.enter(t.Refresh) }

// MouseMoved does nothing.
func (t *Tick) MouseMoved(*desktop.MouseEvent) {}

// MouseOut follows the pointer.
func (t *Tick) MouseOut() { t.hover.leave(t.Refresh) }

// Cursor is a hand.
func (t *Tick) Cursor() desktop.Cursor { return pointerCursor }

// AccessibilityLabel is the text with its state.
func (t *Tick) AccessibilityLabel() string {
	if t.on {
		return i18n.F("{{.Name}}, ticked", i18n.V{"Name": t.text.Text()})
	}
	return i18n.F("{{.Name}}, not ticked", i18n.V{"Name": t.text.Text()})
}

// AccessibilityRole is button: Fyne 2.8 has none for a box.
func (t *Tick) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is Fyne's.
func (t *Tick) CreateRenderer() fyne.WidgetRenderer {
	r := &tickRenderer{tick: t, ring: newRing(), box: box(4), mark: picture(theme.Check, theme.OnAccent)}
	r.objects = []fyne.CanvasObject{r.box, r.mark, t.text, r.ring.line}
	r.Refresh()
	return r
}

type tickRenderer struct {
	parts
	tick *Tick
	ring ring
	box  *canvas.Rectangle
	mark *canvas.Image
}

func tickBox() float32 { return 18 * theme.Em() }

func (r *tickRenderer) MinSize() fyne.Size {
	m := r.tick.text.MinSize()
	return fyne.NewSize(tickBox()+theme.Small+m.Width, max(m.Height, tickBox())+2*theme.Hair)
}

func (r *tickRenderer) Layout(size fyne.Size) {
	r.box.Move(fyne.NewPos(0, theme.Hair))
	r.box.Resize(fyne.NewSquareSize(tickBox()))
	r.mark.Move(fyne.NewPos(2, theme.Hair+2))
	r.mark.Resize(fyne.NewSquareSize(tickBox() - 4))
	r.tick.text.Move(fyne.NewPos(tickBox()+theme.Small, theme.Hair))
	fit(r.tick.text, size.Width-tickBox()-theme.Small)
	r.ring.layout(size)
}

func (r *tickRenderer) Refresh() {
	switch {
	case r.tick.on:
		paint(r.box, theme.Accent, "")
	case r.tick.hover.over:
		paint(r.box, fynetheme.ColorNameHover, theme.Edge)
	default:
		paint(r.box, theme.Surface, theme.Edge)
	}
	r.mark.Hidden = !r.tick.on
	repaint(r.mark, theme.Check, theme.OnAccent)
	r.tick.text.Refresh()
	r.ring.refresh(r.tick.focused && !r.tick.quiet)
	r.Layout(r.tick.Size())
	canvas.Refresh(r.tick)
}
