package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
)

// TestCodeBlockFocus guards that Tab stops once, with a focus ring, and that Esc is
// passed on to the window.
func TestCodeBlockFocus(t *testing.T) {
	quote, after := NewCodeBlock("https://login.microsoftonline.com/"), NewButton("after", Secondary, nil)
	b := newBench(t, layout.Column(0, quote, after))
	handed := false
	b.win.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) { handed = ev.Name == fyne.KeyEscape })
	ring := test.WidgetRenderer(quote).(*codeBlockRenderer).ring.line
	b.win.Canvas().FocusNext()
	if b.win.Canvas().Focused() != fyne.Focusable(quote) || !ring.Visible() {
		t.Fatalf("the focus is on %T, and its ring is visible: %v", b.win.Canvas().Focused(), ring.Visible())
	}
	b.key(fyne.KeyEscape)
	if !handed {
		t.Error("Esc goes nowhere")
	}
	b.win.Canvas().FocusNext()
	if b.win.Canvas().Focused() != fyne.Focusable(after) || ring.Visible() {
		t.Errorf("then it is on %T, and the ring is visible: %v", b.win.Canvas().Focused(), ring.Visible())
	}
}

// TestCodeBlockCopies copies the whole text, including its hidden part, or the selection.
func TestCodeBlockCopies(t *testing.T) {
	long := strings.Repeat("0123456789", codeBlockLimit/5)
	drag := func(q *CodeBlock) {
		at := fyne.NewPos(9, 14)
		q.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
		for range 3 {
			at = at.AddXY(25, 0)
			q.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}, Dragged: fyne.NewDelta(25, 0)})
		}
		q.DragEnd()
		q.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
	}
	for _, c := range []struct {
		name, text string
		before     func(*CodeBlock)
		is         func(copied string) bool
	}{
		{"whole", "https://contoso.com/", nil, func(s string) bool { return s == "https://contoso.com/" }},
		{"too long to show", long, nil, func(s string) bool { return s == long }},
		{"after a change", "one", func(q *CodeBlock) { q.SetText("another") }, func(s string) bool { return s == "another" }},
		{"selected", "https://contoso.com/", drag, func(s string) bool { return len(s) > 3 && len(s) < 20 && strings.HasPrefix("https://contoso.com/", s) }},
		{"a word", "https://contoso.com/ here", func(q *CodeBlock) {
			q.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(30, 14)})
		}, func(s string) bool { return s == "https" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			quote := NewCodeBlock(c.text)
			b := newBench(t, quote)
			b.focus(quote)
			if c.before != nil {
				c.before(quote)
			}
			quote.TypedShortcut(&fyne.ShortcutCopy{Clipboard: fyne.CurrentApp().Clipboard()})
			if got := fyne.CurrentApp().Clipboard().Content(); !c.is(got) {
				t.Errorf("copied %d letters: %.40q", len(got), got)
			}
		})
	}
}

// TestCodeBlockClick clicks as on a button; the selection is visible.
func TestCodeBlockClick(t *testing.T) {
	quote := NewCodeBlock("https://contoso.com/ here")
	b := newBench(t, quote)
	quote.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	quote.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(30, 14)})
	if b.win.Canvas().Focused() != fyne.Focusable(quote) || test.WidgetRenderer(quote).(*codeBlockRenderer).ring.line.Visible() {
		t.Errorf("the focus is on %T", b.win.Canvas().Focused())
	}
	shown := func() (n int) {
		for _, o := range test.WidgetRenderer(quote.layer).Objects() {
			if o.Visible() {
				n++
			}
		}
		return n
	}
	if shown() != 1 {
		t.Errorf("%d lines are marked", shown())
	}
	b.focus(nil)
	if shown() != 0 {
		t.Error("it is still marked without the focus")
	}
}
