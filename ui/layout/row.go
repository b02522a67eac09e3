package layout

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Row puts objects next to each other, a gap apart, vertically centred. The filler, which
// is one of the objects, gets the remaining width; nil leaves that width empty.
func Row(gap float32, filler fyne.CanvasObject, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&row{gap: gap, filler: filler}, objects...)
}

// TopRow is a [Row] whose objects are aligned at the top.
func TopRow(gap float32, filler fyne.CanvasObject, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&row{gap: gap, filler: filler, top: true}, objects...)
}

type row struct {
	gap    float32
	filler fyne.CanvasObject
	top    bool
}

func (l *row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	count := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		size.Width += m.Width
		size.Height = max(size.Height, m.Height)
		count++
	}
	if count > 1 {
		size.Width += float32(count-1) * l.gap
	}
	return size
}

func (l *row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	rest := size.Width - l.MinSize(objects).Width
	if l.filler != nil && l.filler.Visible() {
		rest += l.filler.MinSize().Width
	}
	var x float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		w, h := o.MinSize().Width, o.MinSize().Height
		if o == l.filler {
			w = max(rest, 0)
			h = Fit(o, w)
		}
		o.Resize(fyne.NewSize(w, h))
		y := (size.Height - h) / 2
		if l.top {
			y = 0
		}
		o.Move(fyne.NewPos(x, y))
		x += w + l.gap
	}
}
