package widgets

import (
	"slices"
	"weak"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Scroll is Fyne's vertical scroll that follows the focus: with the keyboard
// alone one would otherwise type into something out of sight.
type Scroll struct {
	// Area is what goes into the layout.
	Area *container.Scroll
}

// scrolls are the scroll areas that exist, for [reveal]. They are held weakly:
// those of a closed window go away by themselves.
var scrolls []weak.Pointer[container.Scroll]

// NewScroll makes a scroll area.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{Area: container.NewVScroll(content)}
	scrolls = slices.DeleteFunc(scrolls, func(p weak.Pointer[container.Scroll]) bool { return p.Value() == nil })
	scrolls = append(scrolls, weak.Make(s.Area))
	return s
}

// Reveal scrolls as little as needed to show o, if it is inside.
func (s *Scroll) Reveal(o fyne.CanvasObject) { bring(s.Area, o) }

// Top scrolls to the top.
func (s *Scroll) Top() { s.Area.ScrollToTop() }

// reveal shows o in whatever scroll area it is in.
func reveal(o fyne.CanvasObject) {
	c := canvasOf(o)
	if c == nil || c.Overlays().Top() != nil { // what is under a dialog stays where it is
		return
	}
	for _, p := range scrolls {
		if s := p.Value(); s != nil && canvasOf(s) == c {
			bring(s, o)
		}
	}
}

// margin is how much of what is around a revealed object is shown too.
const margin float32 = 12

func bring(s *container.Scroll, o fyne.CanvasObject) {
	if s.Content == nil {
		return
	}
	driver := fyne.CurrentApp().Driver()
	in := driver.AbsolutePositionForObject(o).Subtract(driver.AbsolutePositionForObject(s.Content))
	inside := in.X >= 0 && in.Y >= 0 && in.X < s.Content.Size().Width && in.Y < s.Content.Size().Height
	if !inside || s.Size().Height <= 0 {
		return
	}
	top, bottom := in.Y-margin, in.Y+o.Size().Height+margin
	y := s.Offset.Y
	if bottom > y+s.Size().Height {
		y = bottom - s.Size().Height
	}
	y = max(min(y, top), 0)
	if y != s.Offset.Y {
		s.ScrollToOffset(fyne.NewPos(s.Offset.X, y))
	}
}
