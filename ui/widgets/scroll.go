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
	Area *Area
}

// Area is what a [Scroll] puts into the layout.
type Area struct {
	container.Scroll
	page *Page // nil for one of its own
}

// scrolls are the scroll areas that exist, for [reveal]. They are held weakly:
// those of a closed window go away by themselves.
var scrolls []weak.Pointer[Area]

// NewScroll makes a scroll area.
func NewScroll(content fyne.CanvasObject) *Scroll { return newScroll(content, nil) }

func newScroll(content fyne.CanvasObject, page *Page) *Scroll {
	a := &Area{page: page}
	a.Direction, a.Content = container.ScrollVerticalOnly, content
	a.ExtendBaseWidget(a)
	scrolls = slices.DeleteFunc(scrolls, func(p weak.Pointer[Area]) bool { return p.Value() == nil })
	scrolls = append(scrolls, weak.Make(a))
	return &Scroll{Area: a}
}

// inline tells whether the page scrolls instead, because it is narrow.
func (a *Area) inline() bool { return a.page != nil && a.page.narrow }

// MinSize is Fyne's, and the whole content where the page scrolls instead.
func (a *Area) MinSize() fyne.Size {
	if a.inline() {
		return a.Content.MinSize()
	}
	return a.Scroll.MinSize()
}

// Refresh is Fyne's, and tells the page that there may be more or less.
func (a *Area) Refresh() {
	a.Scroll.Refresh()
	if a.inline() {
		a.page.relayout()
	}
}

// Reveal scrolls as little as needed to show o, if it is inside.
func (s *Scroll) Reveal(o fyne.CanvasObject) { bring(s.Area, o) }

// Top scrolls to the top; where the page scrolls instead it stays as it is.
func (s *Scroll) Top() { s.Area.ScrollToTop() }

// Lead shows the beginning of the right pane, whatever it is that scrolls.
func (s *Scroll) Lead() {
	s.Top()
	if s.Area.inline() {
		p := s.Area.page
		p.whole.Area.ScrollToOffset(fyne.NewPos(0, p.right.Position().Y))
	}
}

// reveal shows o in whatever scroll area it is in: that of the dialog while one
// is open, for what is under it stays where it is.
func reveal(o fyne.CanvasObject) {
	c := canvasOf(o)
	if c == nil {
		return
	}
	if top := c.Overlays().Top(); top != nil {
		if d, ok := top.(*Dialog); ok {
			d.scroll.Reveal(o)
		}
		return
	}
	for _, p := range scrolls {
		if a := p.Value(); a != nil && canvasOf(a) == c {
			bring(a, o)
		}
	}
}

// margin is how much of what is around a revealed object is shown too.
const margin float32 = 12

func bring(a *Area, o fyne.CanvasObject) {
	if a.inline() {
		a = a.page.whole.Area
	}
	if a.Content == nil {
		return
	}
	driver := fyne.CurrentApp().Driver()
	in := driver.AbsolutePositionForObject(o).Subtract(driver.AbsolutePositionForObject(a.Content))
	inside := in.X >= 0 && in.Y >= 0 && in.X < a.Content.Size().Width && in.Y < a.Content.Size().Height
	if !inside || a.Size().Height <= 0 {
		return
	}
	top, bottom := in.Y-margin, in.Y+o.Size().Height+margin
	y := a.Offset.Y
	if bottom > y+a.Size().Height {
		y = bottom - a.Size().Height
	}
	y = max(min(y, top), 0)
	if y != a.Offset.Y {
		a.ScrollToOffset(fyne.NewPos(a.Offset.X, y))
	}
}
