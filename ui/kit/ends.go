package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Ends puts two objects at the two ends of a line, or the second below the first
// where there is no room for both.
func Ends(first, second fyne.CanvasObject) *fyne.Container {
	return container.New(&ends{}, first, second)
}

type ends struct{ width float32 }

// stacked tells whether the second is below the first.
func (l *ends) stacked(objects []fyne.CanvasObject) bool {
	return l.width > 0 && natural(objects[0])+theme.Near+natural(objects[1]) > l.width
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
	a, b := natural(objects[0]), natural(objects[1])
	if l.stacked(objects) {
		h := fit(objects[0], min(a, size.Width))
		objects[0].Move(fyne.NewPos(0, 0))
		fit(objects[1], min(b, size.Width))
		objects[1].Move(fyne.NewPos(0, h+theme.Tight))
		return
	}
	center(objects[0], fyne.NewSize(a, objects[0].MinSize().Height), size, 0)
	center(objects[1], fyne.NewSize(b, objects[1].MinSize().Height), size, size.Width-b)
}
