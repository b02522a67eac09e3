package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// codeBlockLimit is the number of characters that are shown; copying copies the whole text.
const codeBlockLimit = 6000

// CodeBlock shows a response or an address literally, in a monospaced font. It can be
// selected with the pointer; Ctrl/⌘+C copies the selection, or the whole text if there
// is none.
//
// It is Fyne's label with the focus on the block itself: the selection inside the label
// would take the focus without showing it, and would not pass Esc on.
type CodeBlock struct {
	widget.Label
	focusState
	whole     string
	selection fyne.CanvasObject
	layer     *selectionLayer
}

// NewCodeBlock returns a block with a text.
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

// SetText changes the text.
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

// TypedShortcut copies for Ctrl/⌘+C.
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

// TypedKey passes every key on to the window.
func (q *CodeBlock) TypedKey(ev *fyne.KeyEvent) { PassKey(q, ev) }

// TypedRune does nothing.
func (q *CodeBlock) TypedRune(rune) {}

// FocusGained shows the ring.
func (q *CodeBlock) FocusGained() {
	q.focused = true
	q.selecting(func(f fyne.Focusable) { f.FocusGained() })
	q.Refresh()
	reveal(q)
}

// FocusLost hides the ring and the selection.
func (q *CodeBlock) FocusLost() {
	q.focused, q.clicked = false, false
	q.selecting(func(f fyne.Focusable) { f.FocusLost() })
	q.Refresh()
}

// MouseDown takes the focus without showing the ring, as a click on a button does.
func (q *CodeBlock) MouseDown(ev *desktop.MouseEvent) {
	q.clicked = true
	focus(q)
	with(q, func(m desktop.Mouseable) { m.MouseDown(ev) })
}

// MouseUp ends a selection.
func (q *CodeBlock) MouseUp(ev *desktop.MouseEvent) {
	with(q, func(m desktop.Mouseable) { m.MouseUp(ev) })
}

// Dragged extends the selection.
func (q *CodeBlock) Dragged(ev *fyne.DragEvent) { with(q, func(d fyne.Draggable) { d.Dragged(ev) }) }

// DragEnd ends the selection.
func (q *CodeBlock) DragEnd() { with(q, fyne.Draggable.DragEnd) }

// DoubleTapped selects a word.
func (q *CodeBlock) DoubleTapped(ev *fyne.PointEvent) {
	with(q, func(d fyne.DoubleTappable) { d.DoubleTapped(ev) })
}

// TappedSecondary shows a menu with Copy.
func (q *CodeBlock) TappedSecondary(ev *fyne.PointEvent) {
	if c := canvasOf(q); c != nil {
		menu := fyne.NewMenu("", fyne.NewMenuItem(i18n.L("Copy"), q.copy))
		widget.ShowPopUpMenuAtPosition(menu, c, ev.AbsolutePosition)
	}
}

// Cursor returns the cursor of text.
func (q *CodeBlock) Cursor() desktop.Cursor { return desktop.TextCursor }

func (q *CodeBlock) selecting(do func(fyne.Focusable)) { with(q, do) }

// with passes an event on to the label's selection and shows the result.
func with[T any](q *CodeBlock, do func(T)) {
	if s, ok := q.selection.(T); ok {
		do(s)
		q.layer.Refresh()
		canvas.Refresh(q)
	}
}

// CreateRenderer returns the renderer.
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
	baseRenderer
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

// selectionLayer draws the selection. Unlike the selection itself it cannot have the focus.
type selectionLayer struct {
	widget.BaseWidget
	selection fyne.Widget
}

// CreateRenderer returns the renderer of the selection.
func (m *selectionLayer) CreateRenderer() fyne.WidgetRenderer { return m.selection.CreateRenderer() }
