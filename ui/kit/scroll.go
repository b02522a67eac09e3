package kit

import (
	"slices"
	"weak"

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

// scrolls are all that exist, for [reveal]. The pointers are weak, so that those of a
// closed window are freed.
var scrolls []weak.Pointer[Scroll]

// NewScroll returns a scroll.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{Area: container.NewVScroll(content)}
	s.Object = s.Area
	scrolls = slices.DeleteFunc(scrolls, func(p weak.Pointer[Scroll]) bool { return p.Value() == nil })
	scrolls = append(scrolls, weak.Make(s))
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
	scrollTo(s.Area, o)
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
	for _, p := range scrolls {
		if s := p.Value(); s != nil && canvasOf(s.Object) == c {
			s.Reveal(o)
		}
	}
}

// scrollDialog scrolls the dialog that o is in. A page has a [wheel] of its own.
func scrollDialog(o fyne.CanvasObject, ev *fyne.ScrollEvent) {
	c := canvasOf(o)
	if c == nil {
		return
	}
	if d, ok := c.Overlays().Top().(*Dialog); ok {
		d.scroll.Area.Scrolled(ev)
	}
}

// contains reports whether o is root or inside it. Positions do not show it: content that
// is scrolled away has the position of what is above the scroll.
func contains(root, o fyne.CanvasObject) bool {
	if root == o {
		return true
	}
	return slices.ContainsFunc(children(root), func(part fyne.CanvasObject) bool { return part != nil && contains(part, o) })
}

// margin is the space that is shown above and below a revealed object.
const margin float32 = 12

func scrollTo(a *container.Scroll, o fyne.CanvasObject) {
	if a.Content == nil || a.Size().Height <= 0 || !contains(a.Content, o) {
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
