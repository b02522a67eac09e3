package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Columns puts two panes side by side, the left one only as wide as a form needs
// to be. Both scroll by themselves, so that neither ever hides the other.
func Columns(left, right fyne.CanvasObject) *fyne.Container {
	return container.New(&columns{}, left, right)
}

// How wide the left pane is: its part of a narrow window, then a while nothing
// more, then its part of a wide one.
const (
	leftLeast  float32 = 290
	leftUsual  float32 = 360
	leftMost   float32 = 420
	narrowPart float32 = 0.4
	widePart   float32 = 0.33
)

type columns struct{}

func (l *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left, right := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(left.Width, leftLeast)+right.Width, max(left.Height, right.Height))
}

func (l *columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := max(min(size.Width*narrowPart, leftUsual), size.Width*widePart)
	w = min(max(w, leftLeast, objects[0].MinSize().Width), leftMost)
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(w, size.Height))
	objects[1].Move(fyne.NewPos(w, 0))
	objects[1].Resize(fyne.NewSize(size.Width-w, size.Height))
}
