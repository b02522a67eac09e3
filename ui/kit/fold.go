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

// Fold is a line that opens to show more. What is inside is made when it is
// opened for the first time, and again after [Fold.Forget].
type Fold struct {
	widget.BaseWidget
	// Name is for assistive technology; the state of the fold is added.
	Name string
	// Inside makes the content.
	Inside func() fyne.CanvasObject
	// Copy is what Ctrl/⌘+C copies while the line has the focus; OnCopy gets it.
	Copy   func() string
	OnCopy func(text string)
	// OnMove is told of the arrow keys: -1 is up, 1 is down. May be nil.
	OnMove func(step int)
	// OnToggle is told when it opens or closes. May be nil.
	OnToggle func(open bool)

	head   *foldHead
	inside fyne.CanvasObject
	open   bool
	tone   Tone
}

// NewFold makes a closed fold with a line of its own.
func NewDisclosure(name string, line fyne.CanvasObject, inside func() fyne.CanvasObject) *Fold {
	f := &Fold{Name: name, Inside: inside}
	f.head = &foldHead{fold: f, line: line}
	f.head.ExtendBaseWidget(f.head)
	f.ExtendBaseWidget(f)
	return f
}

// Disclosure is a fold whose line is a text.
func NewTextDisclosure(title string, inside func() fyne.CanvasObject) *Fold {
	return NewDisclosure(title, NewText(title, Style{OneLine: true}), inside)
}

// Open tells whether it is open.
func (f *Fold) Open() bool { return f.open }

// SetOpen opens or closes it.
func (f *Fold) SetOpen(open bool) {
	if f.open == open {
		return
	}
	f.open = open
	f.Refresh()
	if f.OnToggle != nil {
		f.OnToggle(open)
	}
}

// SetTone washes the line: the one that must not be overlooked.
func (f *Fold) SetTone(t Tone) {
	if f.tone != t {
		f.tone = t
		f.head.Refresh()
	}
}

// Forget drops the content, to be made anew.
func (f *Fold) Forget() {
	f.inside = nil
	f.Refresh()
}

// Focus gives the line the focus.
func (f *Fold) Focus() { focus(f.head) }

// FocusIn gives the line the focus on a canvas that may not have drawn it yet:
// Fyne tells no canvas for such an object, and [Fold.Focus] would do nothing.
func (f *Fold) FocusIn(c fyne.Canvas) { c.Focus(f.head) }

// CreateRenderer is Fyne's.
func (f *Fold) CreateRenderer() fyne.WidgetRenderer {
	r := &foldRenderer{fold: f}
	r.Refresh()
	return r
}

type foldRenderer struct {
	parts
	fold *Fold
}

func (r *foldRenderer) MinSize() fyne.Size {
	size := r.fold.head.MinSize()
	if r.fold.open && r.fold.inside != nil {
		m := r.fold.inside.MinSize()
		size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height)
	}
	return size
}

func (r *foldRenderer) Layout(size fyne.Size) {
	h := fit(r.fold.head, size.Width)
	if r.fold.open && r.fold.inside != nil {
		r.fold.inside.Move(fyne.NewPos(0, h))
		fit(r.fold.inside, size.Width)
	}
}

func (r *foldRenderer) Refresh() {
	f := r.fold
	if f.open && f.inside == nil && f.Inside != nil {
		f.inside = f.Inside()
	}
	r.objects = []fyne.CanvasObject{f.head}
	if f.open && f.inside != nil {
		r.objects = append(r.objects, f.inside)
		f.inside.Refresh()
	}
	f.head.Refresh()
	r.Layout(f.Size())
	canvas.Refresh(f)
}

// foldHead is the line: the part that is clicked and has the focus.
type foldHead struct {
	widget.BaseWidget
	fold           *Fold
	line           fyne.CanvasObject
	hover          hover
	focused, quiet bool
}

func (h *foldHead) Tapped(*fyne.PointEvent) {
	h.quiet = true
	focus(h)
	h.fold.SetOpen(!h.fold.open)
}

func (h *foldHead) TypedKey(ev *fyne.KeyEvent) {
	h.quiet = false
	switch {
	case activates(ev):
		h.fold.SetOpen(!h.fold.open)
	case ev.Name == fyne.KeyRight:
		h.fold.SetOpen(true)
	case ev.Name == fyne.KeyLeft:
		h.fold.SetOpen(false)
	case moves(ev, h.fold.OnMove):
	default:
		PassOn(h, ev)
	}
	h.Refresh()
}

func (h *foldHead) TypedRune(rune) {}

// TypedShortcut copies the line.
func (h *foldHead) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok && h.fold.Copy != nil && h.fold.OnCopy != nil {
		h.fold.OnCopy(h.fold.Copy())
	}
	PassShortcut(h, s)
}

func (h *foldHead) FocusGained()                   { h.focused = true; h.Refresh(); reveal(h) }
func (h *foldHead) FocusLost()                     { h.focused, h.quiet = false, false; h.Refresh() }
func (h *foldHead) MouseIn(*desktop.MouseEvent)    { h.hover.enter(h.Refresh) }
func (h *foldHead) MouseMoved(*desktop.MouseEvent) {}
func (h *foldHead) MouseOut()                      { h.hover.leave(h.Refresh) }
func (h *foldHead) Cursor() desktop.Cursor         { return pointerCursor }

func (h *foldHead) AccessibilityLabel() string {
	if h.fold.open {
		return i18n.F("{{.Name}}, open", i18n.V{"Name": h.fold.Name})
	}
	return i18n.F("{{.Name}}, closed", i18n.V{"Name": h.fold.Name})
}

func (h *foldHead) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (h *foldHead) CreateRenderer() fyne.WidgetRenderer {
	r := &foldHeadRenderer{head: h, wash: box(theme.Radius), edge: box(theme.Radius), chevron: picture(theme.ChevronRight, theme.Muted)}
	r.objects = []fyne.CanvasObject{r.wash, r.line(), r.chevron, r.edge}
	r.Refresh()
	return r
}

type foldHeadRenderer struct {
	parts
	head       *foldHead
	wash, edge *canvas.Rectangle
	chevron    *canvas.Image
}

func (r *foldHeadRenderer) line() fyne.CanvasObject { return r.head.line }

const (
	chevronUsual float32 = 16 // with usual text
	foldHeight   float32 = 38
)

func chevronSize() float32 { return chevronUsual * theme.Em() }

func (r *foldHeadRenderer) MinSize() fyne.Size {
	m := r.head.line.MinSize()
	return fyne.NewSize(m.Width+2*theme.Near+chevronSize()+theme.Small, max(foldHeight*theme.Em(), m.Height+theme.Small*2))
}

// Layout puts the line first and the chevron at the far end, where the eye does
// not trip over it on its way down the list.
func (r *foldHeadRenderer) Layout(size fyne.Size) {
	r.wash.Resize(size)
	r.edge.Resize(size.SubtractWidthHeight(2, 2))
	r.edge.Move(fyne.NewPos(1, 1))
	w := size.Width - 2*theme.Near - chevronSize() - theme.Small
	h := fit(r.head.line, w)
	center(r.head.line, fyne.NewSize(w, h), size, theme.Near)
	center(r.chevron, fyne.NewSquareSize(chevronSize()), size, size.Width-theme.Near-chevronSize())
}

func (r *foldHeadRenderer) Refresh() {
	wash := fyne.ThemeColorName("")
	if r.head.fold.tone != Neutral {
		wash = r.head.fold.tone.Tint()
	}
	if r.head.hover.over {
		wash = fynetheme.ColorNameHover
	}
	paint(r.wash, wash, "")
	r.edge.FillColor, r.edge.StrokeColor, r.edge.StrokeWidth = transparent, fynetheme.Color(theme.Accent), 2
	r.edge.Hidden = !r.head.focused || r.head.quiet
	r.edge.Refresh()
	glyph := theme.ChevronRight
	if r.head.fold.open {
		glyph = theme.ChevronDown
	}
	repaint(r.chevron, glyph, theme.Muted)
	r.head.line.Refresh()
	r.Layout(r.head.Size())
	canvas.Refresh(r.head)
}
