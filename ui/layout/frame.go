package layout

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Frame puts objects below each other, each with its minimum height; the last object gets
// the remaining height. least is the minimum size of the whole.
func Frame(least fyne.Size, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&frame{least}, objects...)
}

type frame struct{ least fyne.Size }

func (l *frame) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := l.least
	for _, o := range objects {
		if o.Visible() {
			size.Width = max(size.Width, o.MinSize().Width)
		}
	}
	return size
}

func (l *frame) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var y float32
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Move(fyne.NewPos(0, y))
		if i == len(objects)-1 {
			o.Resize(fyne.NewSize(size.Width, size.Height-y))
			return
		}
		y += Fit(o, size.Width)
	}
}
