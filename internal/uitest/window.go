package uitest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// Window is a window as its user sees it.
type Window struct {
	T       testing.TB
	Canvas  fyne.Canvas
	Content fyne.CanvasObject // of the window, without dialogs
}

// roots are the content and the dialogs over it.
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

// Button returns the button with a name, which is in English here; it fails without
// one.
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

// Entry returns the entry with a name, which is in English here, in the topmost
// dialog; it fails without one.
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

// Key presses a key: for what has the focus, or else for the canvas.
func (w *Window) Key(name fyne.KeyName) {
	if f := w.Canvas.Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: name})
	} else if handle := w.Canvas.OnTypedKey(); handle != nil {
		handle(&fyne.KeyEvent{Name: name})
	}
}

// DialogOpen reports whether a dialog or a menu is over the content.
func (w *Window) DialogOpen() bool { return w.Canvas.Overlays().Top() != nil }
