package layout

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Cells puts objects into cells that are all as wide as the widest object, as many in a
// line as there is room for, so that they are aligned from line to line.
func Cells(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&cells{gap: gap}, objects...)
}

type cells struct {
	gap, width float32 // width is that of the last layout
}

// cell returns the size of a cell, and how many are in a line.
func (l *cells) cell(objects []fyne.CanvasObject) (size fyne.Size, columns int) {
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size, max(int((l.width+l.gap)/(size.Width+l.gap)), 1)
}

func (l *cells) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size, columns := l.cell(objects)
	lines := float32((len(objects) + columns - 1) / columns)
	return fyne.NewSize(size.Width, lines*size.Height+max(lines-1, 0)*l.gap)
}

func (l *cells) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	cell, columns := l.cell(objects)
	for i, o := range objects {
		o.Resize(cell)
		o.Move(fyne.NewPos(float32(i%columns)*(cell.Width+l.gap), float32(i/columns)*(cell.Height+l.gap)))
	}
}
