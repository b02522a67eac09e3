package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// focusState is how a control has the focus.
type focusState struct {
	focused bool
	// clicked is true if the focus came with a click: the ring is for the keyboard.
	clicked bool
}

// showsRing reports whether the control shows that it has the focus.
func (s *focusState) showsRing() bool { return s.focused && !s.clicked }

// pressable is embedded in every control that can be pressed: it takes the focus and
// keeps it, and is pressed by Enter, Space and a click. Fyne's own controls know
// Space only, and lose the focus when they are pressed.
type pressable struct {
	focusState
	self interface {
		fyne.Widget
		fyne.Focusable
	}
	press func() // Enter and Space, and a click if clickedPart is nil

	// A control of several parts, such as a segmented one: partAt returns the part at
	// a position, clickedPart is called for a click on it. Both may be nil.
	partAt      func(fyne.Position) int
	clickedPart func(part int)
	// typed handles further keys, and reports whether it did. May be nil.
	typed func(*fyne.KeyEvent) bool

	hoveredPart int // -1 if the pointer is elsewhere
}

// pressableBy prepares an embedded pressable for a control.
func (p *pressable) pressableBy(self interface {
	fyne.Widget
	fyne.Focusable
}, press func(),
) {
	p.self, p.press, p.hoveredPart = self, press, -1
}

// hovered reports whether the pointer is over the control.
func (p *pressable) hovered() bool { return p.hoveredPart >= 0 }

func (p *pressable) disabled() bool {
	d, ok := p.self.(fyne.Disableable)
	return ok && d.Disabled()
}

func (p *pressable) part(at fyne.Position) int {
	if p.partAt == nil {
		return 0
	}
	return p.partAt(at)
}

// Tapped presses the control. It takes the focus without showing it, so that Tab goes
// on from there.
func (p *pressable) Tapped(ev *fyne.PointEvent) {
	if p.disabled() {
		return
	}
	p.clicked = true
	focus(p.self)
	if p.clickedPart != nil {
		p.clickedPart(p.part(ev.Position))
		return
	}
	p.press()
}

// TypedKey presses the control for Enter and Space, and passes on to the window what
// the control has no use for.
func (p *pressable) TypedKey(ev *fyne.KeyEvent) {
	if p.clicked {
		p.clicked = false
		p.self.Refresh()
	}
	switch {
	case activates(ev):
		if !p.disabled() {
			p.press()
		}
	case p.typed != nil && p.typed(ev):
	default:
		PassKey(p.self, ev)
	}
}

// TypedRune does nothing: a letter has no meaning for the control.
func (p *pressable) TypedRune(rune) {}

// FocusGained shows the ring and scrolls to the control.
func (p *pressable) FocusGained() {
	p.focused = true
	p.self.Refresh()
	reveal(p.self)
}

// FocusLost hides the ring.
func (p *pressable) FocusLost() {
	p.focused, p.clicked = false, false
	p.self.Refresh()
}

// MouseIn highlights the control.
func (p *pressable) MouseIn(ev *desktop.MouseEvent) { p.MouseMoved(ev) }

// MouseMoved highlights the part under the pointer.
func (p *pressable) MouseMoved(ev *desktop.MouseEvent) {
	if part := p.part(ev.Position); part != p.hoveredPart {
		p.hoveredPart = part
		p.self.Refresh()
	}
}

// MouseOut ends the highlight.
func (p *pressable) MouseOut() {
	p.hoveredPart = -1
	p.self.Refresh()
}

// Cursor returns a hand for what can be pressed.
func (p *pressable) Cursor() desktop.Cursor {
	if p.disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}
