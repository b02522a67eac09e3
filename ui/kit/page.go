package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Page holds the two panes of a window. Where there is room they stand side by
// side, and each scrolls by itself, so that neither ever hides the other; else
// they stand below each other, all in one scroll. Its size alone decides.
type Page struct {
	// Object is what goes into the layout.
	Object *fyne.Container

	limit             float32
	narrow            bool
	whole             *Scroll
	content           *fyne.Container
	note, left, right fyne.CanvasObject
	leftScroll        *Scroll
	rightScroll       *Scroll
}

// Below these sizes the panes stand below each other; larger text needs more, and
// so does every width here.
const (
	NarrowPage float32 = 700
	LowPage    float32 = 300
)

// How wide the left pane is: its part of a narrow window, then a while nothing
// more, then its part of a wide one.
const (
	leftLeast  float32 = 290
	leftUsual  float32 = 360
	leftMost   float32 = 420
	narrowPart float32 = 0.4
	widePart   float32 = 0.33
	// onlyMost is the width of the panes where they stand below each other.
	onlyMost float32 = 760
)

// NewPage makes a page without panes; limit is where it stops growing.
func NewPage(limit float32) *Page {
	p := &Page{limit: limit, content: container.New(nil)}
	p.content.Layout = &panes{p}
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
	if p.narrow {
		p.turn(s)
	}
	return s
}

// turn puts into the layout what belongs there now: the scroll, or its content.
func (p *Page) turn(s *Scroll) {
	slot := s.Object.(*fyne.Container)
	if p.narrow {
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
	p.note, p.left, p.right = InsetSides(theme.Space, theme.Near, theme.Space, 0, note), left, right
	p.content.Objects = []fyne.CanvasObject{p.note, left, right}
}

// Narrow tells whether the panes stand below each other.
func (p *Page) Narrow() bool { return p.narrow }

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
	p, before := l.page, l.page.narrow
	p.narrow = size.Width < NarrowPage*theme.Em() || size.Height < LowPage
	if p.narrow != before {
		for _, s := range p.scrolls() {
			p.turn(s)
		}
	}
	for _, o := range objects {
		o.Resize(size)
	}
	p.Settle()
	if p.narrow != before {
		p.turned()
	}
}

// panes arranges the note and the two panes.
type panes struct{ page *Page }

func (l *panes) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if !l.page.narrow || len(objects) == 0 {
		return fyne.Size{}
	}
	p := l.page
	height := p.left.MinSize().Height - theme.Space + p.right.MinSize().Height
	if p.note.Visible() {
		height += p.note.MinSize().Height
	}
	return fyne.NewSize(0, height)
}

func (l *panes) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if len(objects) == 0 {
		return
	}
	if l.page.narrow {
		l.stack(size)
		return
	}
	p := l.page
	p.note.Hide()
	width, em := min(size.Width, p.limit*theme.Em()), theme.Em()
	x := (size.Width - width) / 2
	w := max(min(width*narrowPart, leftUsual*em), width*widePart)
	w = min(max(w, leftLeast*em, p.left.MinSize().Width), leftMost*em)
	p.left.Move(fyne.NewPos(x, 0))
	p.left.Resize(fyne.NewSize(w, size.Height))
	p.right.Move(fyne.NewPos(x+w, 0))
	p.right.Resize(fyne.NewSize(width-w, size.Height))
}

// stack puts the panes below each other, each as high as it is.
func (l *panes) stack(size fyne.Size) {
	p := l.page
	width := min(size.Width, onlyMost*theme.Em())
	x := (size.Width - width) / 2
	var y float32
	if says(p.note) && size.Width < NarrowPage*theme.Em() {
		p.note.Show()
		p.note.Move(fyne.NewPos(x, y))
		y += fit(p.note, width)
	} else {
		p.note.Hide()
	}
	p.left.Move(fyne.NewPos(x, y))
	y += fit(p.left, width-theme.Space) - theme.Space // both have a margin between them
	p.right.Move(fyne.NewPos(x, y))
	fit(p.right, width)
}

func says(note fyne.CanvasObject) bool {
	return note.(*fyne.Container).Objects[0].(*Text).Text() != ""
}

// scrolled moves the page, or the pane under the pointer.
func (p *Page) scrolled(ev *fyne.ScrollEvent) {
	s := p.whole
	if !p.narrow {
		s = p.leftScroll
		if p.right != nil && ev.Position.X >= p.right.Position().X {
			s = p.rightScroll
		}
	}
	if s != nil {
		s.Area.Scrolled(ev)
	}
}
