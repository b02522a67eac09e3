package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// quoteLimit is how much of a quotation is shown; copying has it all.
const quoteLimit = 6000

// Quote shows what somebody else said, letter by letter, to read and to select.
// It is one stop of the Tab key; Ctrl/⌘+C copies what the pointer has selected,
// or else the whole of it.
//
// It is Fyne's label without its selection among the stops: that one would take
// the focus and neither show it nor hand Esc on.
type Quote struct {
	widget.Label
	whole          string
	selection      fyne.CanvasObject
	marked         *marked
	focused, quiet bool
}

// NewQuote makes a quotation.
func NewQuote(text string) *Quote {
	q := &Quote{whole: text}
	q.Text = shortened(text)
	q.Selectable = true
	q.Wrapping = fyne.TextWrapBreak
	q.TextStyle = fyne.TextStyle{Monospace: true}
	q.SizeName = theme.SizeCaption
	q.ExtendBaseWidget(q)
	return q
}

// SetText quotes something else.
func (q *Quote) SetText(text string) {
	if text != q.whole {
		q.whole = text
		q.Label.SetText(shortened(text))
	}
}

func shortened(text string) string {
	if runes := []rune(text); len(runes) > quoteLimit {
		return string(runes[:quoteLimit]) + "\n" + i18n.F("… and {{.N}} more characters: Copy has them all.", i18n.V{"N": len(runes) - quoteLimit})
	}
	return text
}

// TypedShortcut copies.
func (q *Quote) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok {
		q.copy()
	}
}

func (q *Quote) copy() {
	text := q.SelectedText()
	if text == "" {
		text = q.whole
	}
	fyne.CurrentApp().Clipboard().SetContent(text)
}

// TypedKey hands every key on.
func (q *Quote) TypedKey(ev *fyne.KeyEvent) { PassOn(q, ev) }

// TypedRune does nothing.
func (q *Quote) TypedRune(rune) {}

// FocusGained shows the ring.
func (q *Quote) FocusGained() {
	q.focused = true
	q.selecting(func(f fyne.Focusable) { f.FocusGained() })
	q.Refresh()
	reveal(q)
}

// FocusLost hides the ring, and what was selected.
func (q *Quote) FocusLost() {
	q.focused, q.quiet = false, false
	q.selecting(func(f fyne.Focusable) { f.FocusLost() })
	q.Refresh()
}

// MouseDown takes the focus without showing it, as a click on a button does.
func (q *Quote) MouseDown(ev *desktop.MouseEvent) {
	q.quiet = true
	focus(q)
	with(q, func(m desktop.Mouseable) { m.MouseDown(ev) })
}

// MouseUp ends a click.
func (q *Quote) MouseUp(ev *desktop.MouseEvent) { with(q, func(m desktop.Mouseable) { m.MouseUp(ev) }) }

// Dragged selects.
func (q *Quote) Dragged(ev *fyne.DragEvent) { with(q, func(d fyne.Draggable) { d.Dragged(ev) }) }

// DragEnd ends it.
func (q *Quote) DragEnd() { with(q, fyne.Draggable.DragEnd) }

// DoubleTapped selects a word.
func (q *Quote) DoubleTapped(ev *fyne.PointEvent) {
	with(q, func(d fyne.DoubleTappable) { d.DoubleTapped(ev) })
}

// TappedSecondary offers to copy.
func (q *Quote) TappedSecondary(ev *fyne.PointEvent) {
	if c := canvasOf(q); c != nil {
		menu := fyne.NewMenu("", fyne.NewMenuItem(i18n.L("Copy"), q.copy))
		widget.ShowPopUpMenuAtPosition(menu, c, ev.AbsolutePosition)
	}
}

// Cursor is the one of text.
func (q *Quote) Cursor() desktop.Cursor { return desktop.TextCursor }

func (q *Quote) selecting(do func(fyne.Focusable)) { with(q, do) }

// with gives the label's selection what the pointer does, and shows what came of
// it.
func with[T any](q *Quote, do func(T)) {
	if s, ok := q.selection.(T); ok {
		do(s)
		q.marked.Refresh()
		canvas.Refresh(q)
	}
}

// CreateRenderer is Fyne's.
func (q *Quote) CreateRenderer() fyne.WidgetRenderer {
	label := q.Label.CreateRenderer()
	r := &quoteRenderer{quote: q, label: label, ring: newRing(), back: box(theme.Radius)}
	q.selection = label.Objects()[0]
	q.marked = &marked{selection: q.selection.(fyne.Widget)}
	q.marked.ExtendBaseWidget(q.marked)
	r.objects = []fyne.CanvasObject{r.back, q.marked, label.Objects()[1], r.ring.line}
	r.Refresh()
	return r
}

type quoteRenderer struct {
	parts
	quote *Quote
	label fyne.WidgetRenderer
	ring  ring
	back  *canvas.Rectangle
}

func (r *quoteRenderer) MinSize() fyne.Size { return r.label.MinSize() }

func (r *quoteRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.quote.marked.Resize(size)
	r.ring.layout(size)
	r.label.Layout(size)
}

func (r *quoteRenderer) Refresh() {
	paint(r.back, theme.Sunken, theme.Border)
	r.label.Refresh()
	r.quote.marked.Refresh()
	r.ring.refresh(r.quote.focused && !r.quote.quiet)
	r.Layout(r.quote.Size())
	canvas.Refresh(r.quote)
}

// marked draws what is selected, and is no stop of the Tab key.
type marked struct {
	widget.BaseWidget
	selection fyne.Widget
}

// CreateRenderer is that of the selection.
func (m *marked) CreateRenderer() fyne.WidgetRenderer { return m.selection.CreateRenderer() }
