package layout

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Pair puts an object next to another. The left one has a fixed width, so that pairs
// below each other are aligned.
func Pair(width float32, left, right fyne.CanvasObject) *fyne.Container {
	return container.New(&pair{width}, left, right)
}

type pair struct{ left float32 }

func (l *pair) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(l.left+theme.Small+b.Width, max(a.Height, b.Height))
}

func (l *pair) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	Fit(objects[0], l.left)
	objects[0].Move(fyne.NewPos(0, 0))
	objects[1].Move(fyne.NewPos(l.left+theme.Small, 0))
	Fit(objects[1], size.Width-l.left-theme.Small)
}
