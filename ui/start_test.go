package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestStart guards the order of the start: the fonts are waited for while Fyne's loop,
// which may clear them, does not run yet; the first frame is empty and takes no key; the
// content comes as the first job of the loop, with the focus in the first field.
func TestStart(t *testing.T) {
	s := &stage{t: t}
	var steps []string
	var begin func()
	deps := s.deps()
	deps.LoadFonts = func() func() {
		steps = append(steps, "load")
		return func() { steps = append(steps, "wait") }
	}
	deps.Started = func(f func()) {
		steps = append(steps, "loop")
		begin = f
	}
	s.w = New(newApp(t), deps, Options{Width: 1000, Height: 700})
	t.Cleanup(func() { s.w.Finish(t.Context()) })
	s.w.Show()
	if want := []string{"load", "wait", "loop"}; !slices.Equal(steps, want) {
		t.Errorf("the steps are %v, want %v", steps, want)
	}
	if n := len(s.w.content.Objects); n != 0 {
		t.Errorf("the first frame has %d objects, want none", n)
	}
	if key := s.w.win.Canvas().OnTypedKey(); key != nil {
		key(&fyne.KeyEvent{Name: fyne.KeyEscape})
		t.Error("the first frame takes keys")
	}
	begin()
	if got := s.w.win.Canvas().Focused(); got != fyne.Focusable(s.field("Environment URL").Entry) {
		t.Errorf("the focus is in %T, want the first field", got)
	}
	test.Type(s.w.win.Canvas().Focused(), "c")
	if got := s.field("Environment URL").Entry.Text; got != "c" {
		t.Errorf("the first field has %q, want c", got)
	}
}
