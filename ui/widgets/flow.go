package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Flow puts its objects beside each other and begins a new line when one is
// full, as words do.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: gap}, objects...)
}

type flow struct {
	gap float32
	// width is that of the last layout: the height depends on it.
	width float32
}

func (l *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return l.place(objects, l.width, func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
}

func (l *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.place(objects, size.Width, func(o fyne.CanvasObject, p fyne.Position, s fyne.Size) {
		o.Resize(s)
		o.Move(p)
	})
}

// place walks the lines and returns the least size: the widest object, and the
// height of all lines.
func (l *flow) place(objects []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) fyne.Size {
	var least fyne.Size
	var x, y, line float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		least.Width = max(least.Width, m.Width)
		if x > 0 && x+m.Width > width {
			x, y, line = 0, y+line+l.gap, 0
		}
		put(o, fyne.NewPos(x, y), m)
		x += m.Width + l.gap
		line = max(line, m.Height)
	}
	least.Height = y + line
	return least
}
