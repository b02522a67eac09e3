package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"s2sdoctor/ui/look"
)

// Ends puts two objects at the two ends of a line, or the second below the first
// where there is no room for both.
func Ends(first, second fyne.CanvasObject) *fyne.Container {
	return container.New(&ends{}, first, second)
}

type ends struct{ width float32 }

func (l *ends) stacked(a, b fyne.Size) bool {
	return l.width > 0 && a.Width+look.Near+b.Width > l.width
}

func (l *ends) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	size := fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
	if l.stacked(a, b) {
		size.Height = a.Height + look.Tight + b.Height
	}
	return size
}

func (l *ends) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	a, b := objects[0].MinSize(), objects[1].MinSize()
	if l.stacked(a, b) {
		objects[0].Resize(a)
		objects[0].Move(fyne.NewPos(0, 0))
		objects[1].Resize(b)
		objects[1].Move(fyne.NewPos(0, a.Height+look.Tight))
		return
	}
	center(objects[0], a, size, 0)
	center(objects[1], b, size, size.Width-b.Width)
}
