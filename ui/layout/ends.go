package layout

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Ends puts two objects at the two ends of a line, or the second below the first if
// the line is too short for both.
func Ends(first, second fyne.CanvasObject) *fyne.Container {
	return container.New(&ends{}, first, second)
}

type ends struct{ width float32 }

// stacked reports whether the second object is below the first.
func (l *ends) stacked(objects []fyne.CanvasObject) bool {
	return l.width > 0 && Natural(objects[0])+theme.Near+Natural(objects[1]) > l.width
}

func (l *ends) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	size := fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
	if l.stacked(objects) {
		size.Height = a.Height + theme.Tight + b.Height
	}
	return size
}

func (l *ends) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	a, b := Natural(objects[0]), Natural(objects[1])
	if l.stacked(objects) {
		h := Fit(objects[0], min(a, size.Width))
		objects[0].Move(fyne.NewPos(0, 0))
		Fit(objects[1], min(b, size.Width))
		objects[1].Move(fyne.NewPos(0, h+theme.Tight))
		return
	}
	Center(objects[0], fyne.NewSize(a, objects[0].MinSize().Height), size, 0)
	Center(objects[1], fyne.NewSize(b, objects[1].MinSize().Height), size, size.Width-b)
}
