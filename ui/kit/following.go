package kit

import "fyne.io/fyne/v2"

// Following opens, draws and closes a dialog as a state asks for it. The user may close
// it as well.
type Following[S any] struct {
	canvas fyne.Canvas
	build  func(s S) View[S]
	closed func()
	view   View[S] // nil while it is closed
}

// View is a dialog that shows a state.
type View[S any] interface {
	// Box returns the dialog. [Following] sets its OnClose.
	Box() *Dialog
	// Draw shows a state.
	Draw(s S)
	// First returns what has the focus when the dialog opens, nil for its default button.
	// It is called after the first Draw.
	First() fyne.Focusable
}

// NewFollowing returns a closed dialog that build makes each time it opens. closed is
// called when the user closes it, and not when the state does.
func NewFollowing[S any](canvas fyne.Canvas, build func(s S) View[S], closed func()) *Following[S] {
	return &Following[S]{canvas: canvas, build: build, closed: closed}
}

// Draw shows a state. open reports whether the dialog is open in it.
func (f *Following[S]) Draw(open bool, s S) {
	switch {
	case open && f.view == nil:
		f.open(f.build(s), s)
	case open:
		f.view.Draw(s)
	case f.view != nil:
		closing := f.view
		f.view = nil
		closing.Box().Close()
	}
}

func (f *Following[S]) open(v View[S], s S) {
	f.view = v
	v.Box().OnClose = func() {
		if f.view == v { // by the user: the state still has it open
			f.view = nil
			f.closed()
		}
	}
	v.Draw(s)
	v.Box().Open(f.canvas, v.First())
}
