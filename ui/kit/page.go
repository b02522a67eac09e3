package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Page has the two panes of a window. In a large window they are next to each other and
// scroll separately; in a small one they are below each other and scroll together.
type Page struct {
	// Object is put into the layout.
	Object *fyne.Container

	panes       *layout.Panes
	whole       *Scroll
	content     *fyne.Container
	right       fyne.CanvasObject
	leftScroll  *Scroll
	rightScroll *Scroll
}

// NewPage returns a page without panes; limit is the width beyond which it does not grow.
func NewPage(limit float32) *Page {
	p := &Page{panes: &layout.Panes{Limit: limit}}
	p.content = container.New(p.panes)
	p.whole = NewScroll(p.content)
	p.Object = container.New(&pageLayout{p}, p.whole.Object, newWheel(p.scrolled))
	return p
}

// Left returns the scroll of the left pane.
func (p *Page) Left(content fyne.CanvasObject) *Scroll {
	p.leftScroll = p.scroll(content)
	return p.leftScroll
}

// Right returns the scroll of the right pane.
func (p *Page) Right(content fyne.CanvasObject) *Scroll {
	p.rightScroll = p.scroll(content)
	return p.rightScroll
}

// scroll returns a scroll for a pane. In a narrow page the content is in the layout in
// its place: in a scroll inside another, Fyne ignores the bounds of the outer one, and a
// click above the page would hit what is scrolled away behind it.
func (p *Page) scroll(content fyne.CanvasObject) *Scroll {
	s := NewScroll(content)
	s.page, s.Object = p, container.NewStack(s.Area)
	if p.panes.Narrow {
		p.turn(s)
	}
	return s
}

// turn puts the scroll into the layout, or its content in a narrow page.
func (p *Page) turn(s *Scroll) {
	slot := s.Object.(*fyne.Container)
	if p.panes.Narrow {
		slot.Objects = []fyne.CanvasObject{s.Area.Content}
		return
	}
	slot.Objects = []fyne.CanvasObject{s.Area}
	s.Area.Refresh() // the content has been elsewhere
}

// SetPanes sets the panes and the note, which is shown above them in a narrow window
// only. The margins of the panes are described at [layout.Panes].
func (p *Page) SetPanes(note *Text, left, right fyne.CanvasObject) {
	p.right = right
	p.panes.HasNote = func() bool { return note.Text() != "" }
	p.content.Objects = []fyne.CanvasObject{layout.InsetSides(theme.Space, theme.Near, theme.Space, 0, note), left, right}
}

// Narrow reports whether the panes are below each other.
func (p *Page) Narrow() bool { return p.panes.Narrow }

// Reveal scrolls as little as needed to show o, if it is in the page.
func (p *Page) Reveal(o fyne.CanvasObject) {
	for _, s := range p.scrolls() {
		s.Reveal(o)
	}
}

// scrolls returns the scrolls of the panes.
func (p *Page) scrolls() []*Scroll {
	return slices.DeleteFunc([]*Scroll{p.leftScroll, p.rightScroll}, func(s *Scroll) bool { return s == nil })
}

// Relayout lays a narrow page out again after a change of size inside.
func (p *Page) Relayout() {
	size := p.whole.Area.Size()
	if size.IsZero() || len(p.content.Objects) == 0 {
		return
	}
	p.content.Layout.Layout(p.content.Objects, p.content.Size())
	for range 3 { // wrapped text knows its height once it has its width
		want := fyne.NewSize(size.Width, max(size.Height, p.content.MinSize().Height))
		if want == p.content.Size() {
			break
		}
		p.content.Resize(want)
	}
	p.whole.Area.Base.Refresh()
}

// turned keeps what has the focus visible after a change of the arrangement.
func (p *Page) turned() {
	c := canvasOf(p.Object)
	if c == nil {
		return
	}
	if o, ok := c.Focused().(fyne.CanvasObject); ok {
		reveal(o)
	}
}

// pageLayout chooses the arrangement by the size of the page.
type pageLayout struct{ page *Page }

// MinSize returns zero: a page scrolls in any size.
func (l *pageLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l *pageLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	p, before := l.page, l.page.panes.Narrow
	p.panes.Narrow = layout.IsNarrow(size)
	if p.panes.Narrow != before {
		for _, s := range p.scrolls() {
			p.turn(s)
		}
	}
	for _, o := range objects {
		o.Resize(size)
	}
	p.Relayout()
	if p.panes.Narrow != before {
		p.turned()
	}
}

// scrolled scrolls the page, or the pane under the pointer.
func (p *Page) scrolled(ev *fyne.ScrollEvent) {
	s := p.whole
	if !p.panes.Narrow {
		s = p.leftScroll
		if p.right != nil && ev.Position.X >= p.right.Position().X {
			s = p.rightScroll
		}
	}
	if s != nil {
		s.Area.Scrolled(ev)
	}
}
