package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Disclosure is a line that opens to show more. The content is created when it is
// opened for the first time, and again after [Disclosure.Forget].
type Disclosure struct {
	widget.BaseWidget
	// Name is for assistive technology; the state, open or closed, is added.
	Name string
	// Inside creates the content.
	Inside func() fyne.CanvasObject
	// Copy returns what Ctrl/⌘+C copies while the line has the focus; OnCopy receives it.
	Copy   func() string
	OnCopy func(text string)
	// OnMove is called for the arrow keys: -1 is up, 1 is down. May be nil.
	OnMove func(step int)
	// OnToggle is called when it opens or closes. May be nil.
	OnToggle func(open bool)

	head   *disclosureHead
	inside fyne.CanvasObject
	open   bool
	tone   Tone
}

// NewDisclosure returns a closed disclosure whose line is any object.
func NewDisclosure(name string, line fyne.CanvasObject, inside func() fyne.CanvasObject) *Disclosure {
	f := &Disclosure{Name: name, Inside: inside}
	f.head = &disclosureHead{disclosure: f, line: line}
	f.head.pressableBy(f.head, func() { f.SetOpen(!f.open) })
	f.head.typed = f.head.arrow
	f.head.ExtendBaseWidget(f.head)
	f.ExtendBaseWidget(f)
	return f
}

// NewTextDisclosure returns a closed disclosure whose line is a text.
func NewTextDisclosure(title string, inside func() fyne.CanvasObject) *Disclosure {
	return NewDisclosure(title, NewText(title, Style{OneLine: true}), inside)
}

// Open reports whether the content is shown.
func (f *Disclosure) Open() bool { return f.open }

// SetOpen shows or hides the content.
func (f *Disclosure) SetOpen(open bool) {
	if f.open == open {
		return
	}
	f.open = open
	f.Refresh()
	if f.OnToggle != nil {
		f.OnToggle(open)
	}
}

// SetTone colours the line, so that it is not overlooked.
func (f *Disclosure) SetTone(t Tone) {
	if f.tone != t {
		f.tone = t
		f.head.Refresh()
	}
}

// Forget drops the content, which is then created again.
func (f *Disclosure) Forget() {
	f.inside = nil
	f.Refresh()
}

// Focus moves the focus to the line.
func (f *Disclosure) Focus() { focus(f.head) }

// FocusIn moves the focus to the line on a canvas that may not have drawn it yet: Fyne
// knows no canvas of such an object, and [Disclosure.Focus] would do nothing.
func (f *Disclosure) FocusIn(c fyne.Canvas) { c.Focus(f.head) }

// CreateRenderer returns the renderer.
func (f *Disclosure) CreateRenderer() fyne.WidgetRenderer {
	r := &disclosureRenderer{disclosure: f}
	r.collect()
	return r
}

type disclosureRenderer struct {
	baseRenderer
	disclosure *Disclosure
}

func (r *disclosureRenderer) MinSize() fyne.Size {
	size := r.disclosure.head.MinSize()
	if r.disclosure.open && r.disclosure.inside != nil {
		m := r.disclosure.inside.MinSize()
		size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height)
	}
	return size
}

func (r *disclosureRenderer) Layout(size fyne.Size) {
	h := layout.Fit(r.disclosure.head, size.Width)
	if r.disclosure.open && r.disclosure.inside != nil {
		r.disclosure.inside.Move(fyne.NewPos(0, h))
		layout.Fit(r.disclosure.inside, size.Width)
	}
}

// collect sets the objects: the content is created when it is first shown.
func (r *disclosureRenderer) collect() {
	f := r.disclosure
	if f.open && f.inside == nil && f.Inside != nil {
		f.inside = f.Inside()
	}
	r.objects = []fyne.CanvasObject{f.head}
	if f.open && f.inside != nil {
		r.objects = append(r.objects, f.inside)
	}
}

func (r *disclosureRenderer) Refresh() {
	f := r.disclosure
	r.collect()
	for _, o := range r.objects[1:] {
		o.Refresh()
	}
	f.head.Refresh()
	r.Layout(f.Size())
	canvas.Refresh(f)
}

// disclosureHead is the line: the part that is pressed and has the focus.
type disclosureHead struct {
	widget.BaseWidget
	pressable
	disclosure *Disclosure
	line       fyne.CanvasObject
}

// arrow opens and closes the disclosure, and moves from line to line.
func (h *disclosureHead) arrow(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyRight:
		h.disclosure.SetOpen(true)
	case fyne.KeyLeft:
		h.disclosure.SetOpen(false)
	default:
		return handleArrow(ev, h.disclosure.OnMove)
	}
	return true
}

// TypedShortcut copies for Ctrl/⌘+C and passes other shortcuts on.
func (h *disclosureHead) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok && h.disclosure.Copy != nil && h.disclosure.OnCopy != nil {
		h.disclosure.OnCopy(h.disclosure.Copy())
	}
	PassShortcut(h, s)
}

func (h *disclosureHead) AccessibilityLabel() string {
	if h.disclosure.open {
		return i18n.F("{{.Name}}, open", i18n.V{"Name": h.disclosure.Name})
	}
	return i18n.F("{{.Name}}, closed", i18n.V{"Name": h.disclosure.Name})
}

func (h *disclosureHead) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (h *disclosureHead) CreateRenderer() fyne.WidgetRenderer {
	r := &disclosureHeadRenderer{head: h, wash: box(theme.Radius), edge: box(theme.Radius), chevron: picture(theme.ChevronRight, theme.Muted)}
	r.objects = []fyne.CanvasObject{r.wash, r.line(), r.chevron, r.edge}
	r.Refresh()
	return r
}

type disclosureHeadRenderer struct {
	baseRenderer
	head       *disclosureHead
	wash, edge *canvas.Rectangle
	chevron    *canvas.Image
}

func (r *disclosureHeadRenderer) line() fyne.CanvasObject { return r.head.line }

const (
	chevronUsual     float32 = 16 // at the usual text size
	disclosureHeight float32 = 38
)

func chevronSize() float32 { return chevronUsual * theme.Em() }

func (r *disclosureHeadRenderer) MinSize() fyne.Size {
	m := r.head.line.MinSize()
	return fyne.NewSize(m.Width+2*theme.Near+chevronSize()+theme.Small, max(disclosureHeight*theme.Em(), m.Height+theme.Small*2))
}

// Layout puts the line first and the chevron at its end, so that the titles of a list
// are aligned, and the chevron with what else is on the title's line.
func (r *disclosureHeadRenderer) Layout(size fyne.Size) {
	r.wash.Resize(size)
	r.edge.Resize(size.SubtractWidthHeight(2, 2))
	r.edge.Move(fyne.NewPos(1, 1))
	w := size.Width - 2*theme.Near - chevronSize() - theme.Small
	h := layout.Fit(r.head.line, w)
	layout.Center(r.head.line, fyne.NewSize(w, h), size, theme.Near)
	first := fyne.NewSize(0, 2*r.head.line.Position().Y+layout.FirstLine(r.head.line))
	layout.Center(r.chevron, fyne.NewSquareSize(chevronSize()), first, size.Width-theme.Near-chevronSize())
}

func (r *disclosureHeadRenderer) Refresh() {
	wash := fyne.ThemeColorName("")
	if r.head.disclosure.tone != Neutral {
		wash = r.head.disclosure.tone.Tint()
	}
	if r.head.hovered() {
		wash = fynetheme.ColorNameHover
	}
	paint(r.wash, wash, "")
	r.edge.FillColor, r.edge.StrokeColor, r.edge.StrokeWidth = transparent, fynetheme.Color(theme.Accent), 2
	r.edge.Hidden = !r.head.showsRing()
	r.edge.Refresh()
	glyph := theme.ChevronRight
	if r.head.disclosure.open {
		glyph = theme.ChevronDown
	}
	repaint(r.chevron, glyph, theme.Muted)
	r.head.line.Refresh()
	r.Layout(r.head.Size())
	canvas.Refresh(r.head)
}
