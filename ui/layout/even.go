package layout

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Even puts objects next to each other, all equally wide, or below each other if any
// object is too wide for that.
func Even(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&even{gap: gap}, objects...)
}

type even struct {
	gap, width float32 // width is that of the last layout
}

// share returns the width of each object, false if they are below each other.
func (l *even) share(objects []fyne.CanvasObject) (float32, bool) {
	n, widest := float32(0), float32(0)
	for _, o := range objects {
		if o.Visible() {
			n++
			widest = max(widest, o.MinSize().Width)
		}
	}
	if n == 0 {
		return 0, true
	}
	share := (l.width - (n-1)*l.gap) / n
	return share, l.width == 0 || share >= widest
}

func (l *even) MinSize(objects []fyne.CanvasObject) fyne.Size {
	_, beside := l.share(objects)
	var size fyne.Size
	n := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := within(o, l.width)
		size.Width = max(size.Width, min(m.Width, shrinkableMin))
		if beside {
			size.Height = max(size.Height, m.Height)
			continue
		}
		if n++; n > 1 {
			size.Height += l.gap
		}
		size.Height += m.Height
	}
	return size
}

func (l *even) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	share, beside := l.share(objects)
	var at fyne.Position
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Move(at)
		if beside {
			o.Resize(fyne.NewSize(share, size.Height))
			at.X += share + l.gap
			continue
		}
		h := within(o, size.Width).Height
		o.Resize(fyne.NewSize(size.Width, h))
		at.Y += h + l.gap
	}
}

// within returns the size of o in a width, 0 for its minimum size.
func within(o fyne.CanvasObject, width float32) fyne.Size {
	m := o.MinSize()
	if narrow, ok := o.(shrinkable); ok && width > 0 && m.Width > width {
		return narrow.Within(width)
	}
	return m
}
