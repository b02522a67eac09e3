package uitest

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Window is a window as its user sees it.
type Window struct {
	T       testing.TB
	Canvas  fyne.Canvas
	Content fyne.CanvasObject // the window's content, without dialogs
	// Asked contains the commands of [Window.Ask].
	Asked []string
}

// Open opens an empty window of a size, in the light theme. Its content is a
// [container.NewStack], to which tests add the objects to show.
func Open(t *testing.T, width, height float32) *Window {
	t.Helper()
	NewApp(t).Settings().SetTheme(theme.New(theme.Light))
	content := container.NewStack()
	w := test.NewWindow(content)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return &Window{T: t, Canvas: w.Canvas(), Content: content}
}

// Show puts an object into a window of [Open].
func (w *Window) Show(o fyne.CanvasObject) {
	w.Content.(*fyne.Container).Add(o)
	w.Content.Refresh()
}

// roots returns the content and the dialogs over it.
func (w *Window) roots() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{w.Content}, w.Canvas.Overlays().List()...)
}

// Outline returns the outlines of the content and of the dialogs over it.
func (w *Window) Outline() string {
	outline := ""
	for i, root := range w.roots() {
		if i > 0 {
			outline += "--- over it\n"
		}
		outline += Outline(root)
	}
	return outline
}

// Over returns the outline of what is over the content, or "".
func (w *Window) Over() string {
	_, over, _ := strings.Cut(w.Outline(), "--- over it\n")
	return over
}

// WantShown fails for each of the lines that the outline lacks.
func (w *Window) WantShown(lines ...string) {
	w.T.Helper()
	wantIn(w.T, w.Outline(), lines)
}

// WantOver fails for each of the lines that the outline of [Window.Over] lacks.
func (w *Window) WantOver(lines ...string) {
	w.T.Helper()
	wantIn(w.T, w.Over(), lines)
}

func wantIn(t testing.TB, outline string, lines []string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(outline, line) {
			t.Errorf("it does not show %s:\n%s", line, outline)
		}
	}
}

// Button returns the button with an English name; it fails if there is no such button.
func (w *Window) Button(name string) *kit.Button {
	w.T.Helper()
	for _, root := range w.roots() {
		for _, o := range Visible(root) {
			if b, ok := o.CanvasObject.(*kit.Button); ok && ButtonName(b) == i18n.Translate(name) {
				return b
			}
		}
	}
	w.T.Fatalf("there is no button %q in\n%s", name, w.Outline())
	return nil
}

// Entry returns the entry with an English name in the topmost dialog; it fails if there
// is no such entry.
func (w *Window) Entry(name string) *kit.Entry {
	w.T.Helper()
	roots := w.roots()
	for _, o := range Visible(roots[len(roots)-1]) {
		if e, ok := o.CanvasObject.(*kit.Entry); ok && e.Name == i18n.Translate(name) {
			return e
		}
	}
	w.T.Fatalf("there is no entry %q in\n%s", name, w.Outline())
	return nil
}

// Press taps the button with a name.
func (w *Window) Press(name string) {
	w.T.Helper()
	test.Tap(w.Button(name))
}

// Key presses a key for the focused control, or else for the canvas.
func (w *Window) Key(name fyne.KeyName) {
	if f := w.Canvas.Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: name})
	} else if handle := w.Canvas.OnTypedKey(); handle != nil {
		handle(&fyne.KeyEvent{Name: name})
	}
}

// DialogOpen reports whether a dialog or a menu is over the content.
func (w *Window) DialogOpen() bool { return w.Canvas.Overlays().Top() != nil }

// NameOf returns the name of a control, without its content; "nothing" for nil.
func NameOf(f fyne.Focusable) string {
	switch f := f.(type) {
	case *kit.Entry:
		return f.Name
	case fyne.Accessible:
		return f.AccessibilityLabel()
	}
	return "nothing"
}

// Ask records a command that the screen sends to the session, which the test plays.
func (w *Window) Ask(command string) { w.Asked = append(w.Asked, command) }

// WantAsked fails unless the recorded commands equal want, and clears them.
func (w *Window) WantAsked(want ...string) {
	w.T.Helper()
	if !slices.Equal(w.Asked, want) {
		w.T.Errorf("it asked for %q, want %q", w.Asked, want)
	}
	w.Asked = nil
}
