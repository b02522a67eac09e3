package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// wheel is put over an object and receives only the mouse wheel. Fyne passes that to the
// innermost object that can scroll: entries and the margins of a wide window would stop
// it.
type wheel struct {
	widget.BaseWidget
	scrolled func(*fyne.ScrollEvent)
}

func newWheel(scrolled func(*fyne.ScrollEvent)) *wheel {
	w := &wheel{scrolled: scrolled}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled passes the event on.
func (w *wheel) Scrolled(ev *fyne.ScrollEvent) { w.scrolled(ev) }

// CreateRenderer draws nothing.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(transparent))
}
