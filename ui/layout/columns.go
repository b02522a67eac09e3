package layout

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Columns puts two objects next to each other, the left object with a part of the width,
// or below each other in a width below wide. wide applies to the usual text size and
// grows with the text. A hidden object leaves its room to the other object.
func Columns(wide, part, gap float32, left, right fyne.CanvasObject) *fyne.Container {
	return container.New(&columns{wide: wide, part: part, gap: gap}, left, right)
}

type columns struct {
	wide, part, gap float32
	width           float32 // of the last layout
}

func (l *columns) beside(objects []fyne.CanvasObject) bool {
	return objects[0].Visible() && objects[1].Visible() && l.width >= l.wide*theme.Em()
}

func (l *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if size.Height > 0 {
			m.Height += l.gap
		}
		size.Width = max(size.Width, m.Width)
		size.Height += m.Height
	}
	if l.beside(objects) {
		size.Height = max(objects[0].MinSize().Height, objects[1].MinSize().Height)
	}
	return size
}

func (l *columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	if l.beside(objects) {
		left := (size.Width - l.gap) * l.part
		Fit(objects[0], left)
		objects[0].Move(fyne.Position{})
		Fit(objects[1], size.Width-l.gap-left)
		objects[1].Move(fyne.NewPos(left+l.gap, 0))
		return
	}
	var y float32
	for _, o := range objects {
		if o.Visible() {
			o.Move(fyne.NewPos(0, y))
			y += Fit(o, size.Width) + l.gap
		}
	}
}
