package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"s2sdoctor/ui/look"
)

// Columns puts two panes side by side where there is room, and below each other
// where there is not.
func Columns(left, right fyne.CanvasObject) *fyne.Container {
	return container.New(&columns{}, left, right)
}

// The widths at which the layout changes.
const (
	sideBySide float32 = 780
	leftMin    float32 = 360
	leftMax    float32 = 420
)

type columns struct{}

func (l *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	// The panes scroll, so there is a least useful size rather than a sum.
	w := max(objects[0].MinSize().Width, objects[1].MinSize().Width)
	return fyne.NewSize(w, 320)
}

func (l *columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left, right := objects[0], objects[1]
	if size.Width < sideBySide {
		h := (size.Height - look.Space) / 2
		left.Move(fyne.NewPos(0, 0))
		left.Resize(fyne.NewSize(size.Width, h))
		right.Move(fyne.NewPos(0, h+look.Space))
		right.Resize(fyne.NewSize(size.Width, h))
		return
	}
	w := min(max(size.Width*0.33, leftMin), leftMax)
	w = max(w, left.MinSize().Width)
	left.Move(fyne.NewPos(0, 0))
	left.Resize(fyne.NewSize(w, size.Height))
	right.Move(fyne.NewPos(w+look.Space, 0))
	right.Resize(fyne.NewSize(size.Width-w-look.Space, size.Height))
}
