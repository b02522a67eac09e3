package layout

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Flow puts objects next to each other and starts a new line when one is full, as
// words in a paragraph. An object that is wider than the whole line, and has a method
// Within, gets the size that this returns.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: gap}, objects...)
}

// FlowEnd is a [Flow] whose lines are aligned at the right.
func FlowEnd(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: gap, end: true}, objects...)
}

// FlowWidth returns the width at which all objects of a [Flow] are on one line.
func FlowWidth(flowing *fyne.Container) float32 {
	var sizes []fyne.Size
	for _, o := range flowing.Objects {
		if o.Visible() {
			sizes = append(sizes, o.MinSize())
		}
	}
	return flowing.Layout.(*flow).sum(sizes)
}

// shrinkable is an object that can be narrower than its minimum size: it is higher
// then, or shows less.
type shrinkable interface {
	Within(width float32) fyne.Size
}

// shrinkableMin is the width that is reserved for such an object.
const shrinkableMin float32 = 120

type flow struct {
	gap float32
	end bool
	// width is that of the last layout: the minimum height depends on it.
	width float32
}

func (l *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return l.place(objects, l.width, func([]fyne.CanvasObject, []fyne.Size, float32, float32) {})
}

func (l *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.place(objects, size.Width, func(line []fyne.CanvasObject, sizes []fyne.Size, y, height float32) {
		var x float32
		if l.end {
			x = size.Width - l.sum(sizes)
		}
		for i, o := range line {
			o.Resize(sizes[i])
			o.Move(fyne.NewPos(x, y+(height-sizes[i].Height)/2))
			x += sizes[i].Width + l.gap
		}
	})
}

// sum returns the width of objects of the given sizes on one line.
func (l *flow) sum(sizes []fyne.Size) float32 {
	var sum float32
	for i, s := range sizes {
		if i > 0 {
			sum += l.gap
		}
		sum += s.Width
	}
	return sum
}

// place calls put for each line and returns the minimum size: the widest object that
// cannot shrink, and the height of all lines.
func (l *flow) place(objects []fyne.CanvasObject, width float32, put func(line []fyne.CanvasObject, sizes []fyne.Size, y, height float32)) fyne.Size {
	var least fyne.Size
	var line []fyne.CanvasObject
	var sizes []fyne.Size
	var y, height float32
	end := func() {
		if len(line) == 0 {
			return
		}
		put(line, sizes, y, height)
		least.Height = y + height
		y += height + l.gap
		line, sizes, height = nil, nil, 0
	}
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if narrow, ok := o.(shrinkable); ok {
			least.Width = max(least.Width, min(m.Width, shrinkableMin))
			if width > 0 && m.Width > width {
				m = narrow.Within(width)
			}
		} else {
			least.Width = max(least.Width, m.Width)
		}
		if len(line) > 0 && l.sum(sizes)+l.gap+m.Width > width {
			end()
		}
		line, sizes = append(line, o), append(sizes, m)
		height = max(height, m.Height)
	}
	end()
	return least
}
