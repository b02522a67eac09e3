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
const codeBlockLimit = 6000

// Quote shows what somebody else said, letter by letter, to read and to select.
// It is one stop of the Tab key; Ctrl/⌘+C copies what the pointer has selected,
// or else the whole of it.
//
// It is Fyne's label without its selection among the stops: that one would take
// the focus and neither show it nor hand Esc on.
type CodeBlock struct {
	widget.Label
	focusState
	whole     string
	selection fyne.CanvasObject
	layer     *selectionLayer
}

// NewQuote makes a quotation.
func NewCodeBlock(text string) *CodeBlock {
	q := &CodeBlock{whole: text}
	q.Text = shortened(text)
	q.Selectable = true
	q.Wrapping = fyne.TextWrapBreak
	q.TextStyle = fyne.TextStyle{Monospace: true}
	q.SizeName = theme.SizeCaption
	q.ExtendBaseWidget(q)
	return q
}

// SetText quotes something else.
func (q *CodeBlock) SetText(text string) {
	if text != q.whole {
		q.whole = text
		q.Label.SetText(shortened(text))
	}
}

func shortened(text string) string {
	if runes := []rune(text); len(runes) > codeBlockLimit {
		return string(runes[:codeBlockLimit]) + "\n" + i18n.F("… and {{.N}} more characters: Copy has them all.", i18n.V{"N": len(runes) - codeBlockLimit})
	}
	return text
}

// TypedShortcut copies.
func (q *CodeBlock) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok {
		q.copy()
	}
}

func (q *CodeBlock) copy() {
	text := q.SelectedText()
	if text == "" {
		text = q.whole
	}
	fyne.CurrentApp().Clipboard().SetContent(text)
}

// TypedKey hands every key on.
func (q *CodeBlock) TypedKey(ev *fyne.KeyEvent) { PassOn(q, ev) }

// TypedRune does nothing.
func (q *CodeBlock) TypedRune(rune) {}

// FocusGained shows the ring.
func (q *CodeBlock) FocusGained() {
	q.focused = true
	q.selecting(func(f fyne.Focusable) { f.FocusGained() })
	q.Refresh()
	reveal(q)
}

// FocusLost hides the ring, and what was selected.
func (q *CodeBlock) FocusLost() {
	q.focused, q.clicked = false, false
	q.selecting(func(f fyne.Focusable) { f.FocusLost() })
	q.Refresh()
}

// MouseDown takes the focus without showing it, as a click on a button does.
func (q *CodeBlock) MouseDown(ev *desktop.MouseEvent) {
	q.clicked = true
	focus(q)
	with(q, func(m desktop.Mouseable) { m.MouseDown(ev) })
}

// MouseUp ends a click.
func (q *CodeBlock) MouseUp(ev *desktop.MouseEvent) {
	with(q, func(m desktop.Mouseable) { m.MouseUp(ev) })
}

// Dragged selects.
func (q *CodeBlock) Dragged(ev *fyne.DragEvent) { with(q, func(d fyne.Draggable) { d.Dragged(ev) }) }

// DragEnd ends it.
func (q *CodeBlock) DragEnd() { with(q, fyne.Draggable.DragEnd) }

// DoubleTapped selects a word.
func (q *CodeBlock) DoubleTapped(ev *fyne.PointEvent) {
	with(q, func(d fyne.DoubleTappable) { d.DoubleTapped(ev) })
}

// TappedSecondary offers to copy.
func (q *CodeBlock) TappedSecondary(ev *fyne.PointEvent) {
	if c := canvasOf(q); c != nil {
		menu := fyne.NewMenu("", fyne.NewMenuItem(i18n.L("Copy"), q.copy))
		widget.ShowPopUpMenuAtPosition(menu, c, ev.AbsolutePosition)
	}
}

// Cursor is the one of text.
func (q *CodeBlock) Cursor() desktop.Cursor { return desktop.TextCursor }

func (q *CodeBlock) selecting(do func(fyne.Focusable)) { with(q, do) }

// with gives the label's selection what the pointer does, and shows what came of
// it.
func with[T any](q *CodeBlock, do func(T)) {
	if s, ok := q.selection.(T); ok {
		do(s)
		q.layer.Refresh()
		canvas.Refresh(q)
	}
}

// CreateRenderer is Fyne's.
func (q *CodeBlock) CreateRenderer() fyne.WidgetRenderer {
	label := q.Label.CreateRenderer()
	r := &codeBlockRenderer{block: q, label: label, ring: newRing(), back: box(theme.Radius)}
	q.selection = label.Objects()[0]
	q.layer = &selectionLayer{selection: q.selection.(fyne.Widget)}
	q.layer.ExtendBaseWidget(q.layer)
	r.objects = []fyne.CanvasObject{r.back, q.layer, label.Objects()[1], r.ring.line}
	r.Refresh()
	return r
}

type codeBlockRenderer struct {
	parts
	block *CodeBlock
	label fyne.WidgetRenderer
	ring  ring
	back  *canvas.Rectangle
}

func (r *codeBlockRenderer) MinSize() fyne.Size { return r.label.MinSize() }

func (r *codeBlockRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.block.layer.Resize(size)
	r.ring.layout(size)
	r.label.Layout(size)
}

func (r *codeBlockRenderer) Refresh() {
	paint(r.back, theme.Sunken, theme.Border)
	r.label.Refresh()
	r.block.layer.Refresh()
	r.ring.refresh(r.block.showsRing())
	r.Layout(r.block.Size())
	canvas.Refresh(r.block)
}

// marked draws what is selected, and is no stop of the Tab key.
type selectionLayer struct {
	widget.BaseWidget
	selection fyne.Widget
}

// CreateRenderer is that of the selection.
func (m *selectionLayer) CreateRenderer() fyne.WidgetRenderer { return m.selection.CreateRenderer() }
