package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Scroll is Fyne's vertical scroll that scrolls to what gets the focus: otherwise the
// user could type into an entry that is not visible.
type Scroll struct {
	// Object is put into the layout.
	Object fyne.CanvasObject
	// Area is what scrolls. In a narrow [Page] the page scrolls instead, and the content
	// is in the layout without the area.
	Area *container.Scroll

	page *Page // may be nil
}

// NewScroll returns a scroll.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{Area: container.NewVScroll(content)}
	s.Object = s.Area
	return s
}

// inline reports whether the page scrolls instead, because it is narrow.
func (s *Scroll) inline() bool { return s.page != nil && s.page.panes.Narrow }

// Refresh lays the scroll out again after a change of size inside.
func (s *Scroll) Refresh() {
	s.Object.Refresh()
	if s.page != nil {
		s.page.Relayout()
	}
}

// Reveal scrolls as little as needed to show o, if it is inside.
func (s *Scroll) Reveal(o fyne.CanvasObject) {
	if s.inline() {
		s = s.page.whole
	}
	if contains(s.Area.Content, o) {
		scrollTo(s.Area, o)
	}
}

// Top scrolls to the top, unless the page scrolls instead.
func (s *Scroll) Top() {
	if !s.inline() {
		s.Area.ScrollToTop()
	}
}

// ShowStart scrolls to the beginning of the right pane, also if the page scrolls.
func (s *Scroll) ShowStart() {
	s.Top()
	if s.inline() {
		s.page.whole.Area.ScrollToOffset(fyne.NewPos(0, s.page.right.Position().Y))
	}
}

// reveal scrolls to o in the scroll that it is in; while a dialog is open, only in the
// dialog.
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
	around, _ := scrollsAround(c.Content(), o)
	for _, area := range around {
		scrollTo(area, o)
	}
}

// scrollsAround returns the scrolls inside root that o is in, the outermost first, and
// reports whether o is root or inside it.
func scrollsAround(root, o fyne.CanvasObject) ([]*container.Scroll, bool) {
	if root == o {
		return nil, true
	}
	for _, part := range children(root) {
		if part == nil {
			continue
		}
		if around, inside := scrollsAround(part, o); inside {
			if area, ok := root.(*container.Scroll); ok {
				around = slices.Insert(around, 0, area)
			}
			return around, true
		}
	}
	return nil, false
}

// contains reports whether o is root or inside it. Positions do not show it: content that
// is scrolled away has the position of what is above the scroll.
func contains(root, o fyne.CanvasObject) bool {
	_, inside := scrollsAround(root, o)
	return inside
}

// margin is the space that is shown above and below a revealed object.
const margin float32 = 12

// scrollTo scrolls an area as little as needed to show o, which is inside.
func scrollTo(a *container.Scroll, o fyne.CanvasObject) {
	if a.Size().Height <= 0 {
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
