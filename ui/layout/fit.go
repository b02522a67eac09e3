package layout

import "fyne.io/fyne/v2"

// Fit sets o to a width and the height that it needs at that width, and returns that
// height. It does nothing without a width, which objects have before they are in a window:
// Fyne lays a container out as soon as it is made.
func Fit(o fyne.CanvasObject, width float32) float32 {
	if width <= 0 {
		return 0
	}
	h := o.MinSize().Height
	// Wrapped text inside wrapped text has its height after the second pass at the latest.
	for range 3 {
		o.Resize(fyne.NewSize(width, h))
		now := o.MinSize().Height
		if now == h {
			break
		}
		h = now
	}
	return h
}

// FitLine sets o to a width and the height that it needs at that width, and puts it at x
// in the middle of a line of a height.
func FitLine(o fyne.CanvasObject, x, width, line float32) {
	Center(o, fyne.NewSize(width, Fit(o, width)), fyne.NewSize(0, line), x)
}

// Center sets the size of o and puts it at x in the vertical middle of a box.
func Center(o fyne.CanvasObject, size, box fyne.Size, x float32) {
	o.Resize(size)
	o.Move(fyne.NewPos(x, (box.Height-size.Height)/2))
}

// FirstLine returns the height of the first line of an object that has its size: of a line
// of a list without the badge below it, of the first object of a column, and the whole
// height of everything else.
func FirstLine(o fyne.CanvasObject) float32 {
	if c, ok := o.(*fyne.Container); ok {
		if l, ok := c.Layout.(interface {
			firstLine(objects []fyne.CanvasObject) float32
		}); ok {
			return l.firstLine(c.Objects)
		}
	}
	return o.Size().Height
}

// Natural returns the width at which no text in o is wrapped.
func Natural(o fyne.CanvasObject) float32 {
	if text, ok := o.(interface{ NaturalWidth() float32 }); ok {
		return text.NaturalWidth()
	}
	return o.MinSize().Width
}

// SetVisible shows or hides o.
func SetVisible(o fyne.CanvasObject, visible bool) {
	switch {
	case visible == o.Visible():
	case visible:
		o.Show()
	default:
		o.Hide()
	}
}
