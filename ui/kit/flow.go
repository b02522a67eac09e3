package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Flow puts its objects beside each other and begins a new line when one is
// full, as words do. What alone is wider than a line, and knows how to be less
// wide, is made to fit the line.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: gap}, objects...)
}

// FlowEnd is a Flow whose lines end at the right.
func FlowEnd(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: gap, end: true}, objects...)
}

// yielding is an object that can be less wide than its least size: it is higher
// then, or shows less.
type yielding interface {
	Within(width float32) fyne.Size
}

// yieldingLeast is how narrow such an object becomes, as a rule.
const yieldingLeast float32 = 120

type flow struct {
	gap float32
	end bool
	// width is that of the last layout: the height depends on it.
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

// natural is the width of all objects on one line.
func (l *flow) natural(objects []fyne.CanvasObject) float32 {
	var sizes []fyne.Size
	for _, o := range objects {
		if o.Visible() {
			sizes = append(sizes, o.MinSize())
		}
	}
	return l.sum(sizes)
}

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

// place walks the lines and returns the least size: the widest object that
// cannot yield, and the height of all lines.
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
		if yields, ok := o.(yielding); ok {
			least.Width = max(least.Width, min(m.Width, yieldingLeast))
			if width > 0 && m.Width > width {
				m = yields.Within(width)
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
