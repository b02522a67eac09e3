package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Page holds the two panes of a window. Where there is room they stand side by
// side, and each scrolls by itself, so that neither ever hides the other; else
// they stand below each other, all in one scroll. Its size alone decides.
type Page struct {
	// Object is what goes into the layout.
	Object *fyne.Container

	panes       *layout.Panes
	whole       *Scroll
	content     *fyne.Container
	right       fyne.CanvasObject
	leftScroll  *Scroll
	rightScroll *Scroll
}

// NewPage makes a page without panes; limit is where it stops growing.
func NewPage(limit float32) *Page {
	p := &Page{panes: &layout.Panes{Limit: limit}}
	p.content = container.New(p.panes)
	p.whole = NewScroll(p.content)
	p.Object = container.New(&pageLayout{p}, p.whole.Object, newWheel(p.scrolled))
	return p
}

// Left makes the scroll of the left pane: it hands on to the page where that
// scrolls as a whole.
func (p *Page) Left(content fyne.CanvasObject) *Scroll {
	p.leftScroll = p.scroll(content)
	return p.leftScroll
}

// Right makes the scroll of the right pane.
func (p *Page) Right(content fyne.CanvasObject) *Scroll {
	p.rightScroll = p.scroll(content)
	return p.rightScroll
}

// scroll makes a scroll that gives way to the page's. It leaves the layout then:
// Fyne forgets the bounds of a scroll around another, and a click on what is
// above the page would go to what has been scrolled away behind it.
func (p *Page) scroll(content fyne.CanvasObject) *Scroll {
	s := NewScroll(content)
	s.page, s.Object = p, container.NewStack(s.Area)
	if p.panes.Narrow {
		p.turn(s)
	}
	return s
}

// turn puts into the layout what belongs there now: the scroll, or its content.
func (p *Page) turn(s *Scroll) {
	slot := s.Object.(*fyne.Container)
	if p.panes.Narrow {
		slot.Objects = []fyne.CanvasObject{s.Area.Content}
		return
	}
	slot.Objects = []fyne.CanvasObject{s.Area}
	s.Area.Refresh() // the content has been elsewhere
}

// Put gives the page its panes. The note stands above them in a narrow window,
// and only there. The left pane brings its margins but the right one, the right
// pane all of its own.
func (p *Page) Put(note *Text, left, right fyne.CanvasObject) {
	p.right = right
	p.panes.HasNote = func() bool { return note.Text() != "" }
	p.content.Objects = []fyne.CanvasObject{layout.InsetSides(theme.Space, theme.Near, theme.Space, 0, note), left, right}
}

// Narrow tells whether the panes stand below each other.
func (p *Page) Narrow() bool { return p.panes.Narrow }

// Reveal scrolls as little as needed to show o, if it is in the page.
func (p *Page) Reveal(o fyne.CanvasObject) {
	for _, s := range p.scrolls() {
		s.Reveal(o)
	}
}

// scrolls are those of the panes that are there.
func (p *Page) scrolls() []*Scroll {
	return slices.DeleteFunc([]*Scroll{p.leftScroll, p.rightScroll}, func(s *Scroll) bool { return s == nil })
}

// Settle makes room after something in a narrow page has grown or shrunk.
func (p *Page) Settle() {
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

// turned is after a change from one arrangement to the other: what has the focus
// stays in sight.
func (p *Page) turned() {
	c := canvasOf(p.Object)
	if c == nil {
		return
	}
	if o, ok := c.Focused().(fyne.CanvasObject); ok {
		reveal(o)
	}
}

// pageLayout decides between the arrangements.
type pageLayout struct{ page *Page }

// MinSize is nothing: a page shows a part of itself in whatever room it gets.
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
	p.Settle()
	if p.panes.Narrow != before {
		p.turned()
	}
}

// scrolled moves the page, or the pane under the pointer.
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
