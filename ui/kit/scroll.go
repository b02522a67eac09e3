package kit

import (
	"slices"
	"weak"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Scroll is Fyne's vertical scroll that follows the focus: with the keyboard
// alone one would otherwise type into something out of sight.
type Scroll struct {
	// Object is what goes into the layout.
	Object fyne.CanvasObject
	// Area is what scrolls. In a narrow [Page] that is the page, and the content
	// is in the layout as it is.
	Area *container.Scroll

	page *Page // nil for a scroll on its own
}

// scrolls are those that exist, for [reveal]. They are held weakly: those of a
// closed window go away by themselves.
var scrolls []weak.Pointer[Scroll]

// NewScroll makes a scroll area.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{Area: container.NewVScroll(content)}
	s.Object = s.Area
	scrolls = slices.DeleteFunc(scrolls, func(p weak.Pointer[Scroll]) bool { return p.Value() == nil })
	scrolls = append(scrolls, weak.Make(s))
	return s
}

// inline tells whether the page scrolls instead, because it is narrow.
func (s *Scroll) inline() bool { return s.page != nil && s.page.panes.Narrow }

// Refresh makes room after something inside has grown or shrunk.
func (s *Scroll) Refresh() {
	s.Object.Refresh()
	if s.page != nil {
		s.page.Settle()
	}
}

// Reveal scrolls as little as needed to show o, if it is inside.
func (s *Scroll) Reveal(o fyne.CanvasObject) {
	if s.inline() {
		s = s.page.whole
	}
	bring(s.Area, o)
}

// Top scrolls to the top. A page that scrolls instead stays as it is.
func (s *Scroll) Top() {
	if !s.inline() {
		s.Area.ScrollToTop()
	}
}

// Lead shows the beginning of the right pane, whatever it is that scrolls.
func (s *Scroll) Lead() {
	s.Top()
	if s.inline() {
		s.page.whole.Area.ScrollToOffset(fyne.NewPos(0, s.page.right.Position().Y))
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
		if s := p.Value(); s != nil && canvasOf(s.Object) == c {
			s.Reveal(o)
		}
	}
}

// scrollDialog moves the dialog that o is in. A page has a wheel of its own.
func scrollDialog(o fyne.CanvasObject, ev *fyne.ScrollEvent) {
	c := canvasOf(o)
	if c == nil {
		return
	}
	if d, ok := c.Overlays().Top().(*Dialog); ok {
		d.scroll.Area.Scrolled(ev)
	}
}

// holds tells whether o is somewhere inside. Places do not tell: what is above
// the scroll is where its content has been scrolled away to.
func holds(root, o fyne.CanvasObject) bool {
	if root == o {
		return true
	}
	return slices.ContainsFunc(within(root), func(part fyne.CanvasObject) bool { return part != nil && holds(part, o) })
}

// margin is how much of what is around a revealed object is shown too.
const margin float32 = 12

func bring(a *container.Scroll, o fyne.CanvasObject) {
	if a.Content == nil || a.Size().Height <= 0 || !holds(a.Content, o) {
		return
	}
	driver := fyne.CurrentApp().Driver()
	in := driver.AbsolutePositionForObject(o).Subtract(driver.AbsolutePositionForObject(a.Content))
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
