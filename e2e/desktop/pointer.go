//go:build e2e

package desktop

import (
	"image"
	"image/color"
	"strconv"
)

// Click clicks at a position on the screen.
func (w *Window) Click(at image.Point) {
	w.t.Helper()
	w.Clicks++
	w.do("mousemove", "--sync", strconv.Itoa(at.X), strconv.Itoa(at.Y), "click", "1")
}

// Point moves the pointer: the control under it changes its colour.
func (w *Window) Point(at image.Point) {
	w.t.Helper()
	w.do("mousemove", "--sync", strconv.Itoa(at.X), strconv.Itoa(at.Y))
}

// Changed returns the part of an area that looks different after do, such as the ring
// around the control that gets the focus.
func (w *Window) Changed(in image.Rectangle, do func()) (changed image.Rectangle) {
	w.t.Helper()
	before := w.settle()
	do()
	after := w.settle()
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if before.RGBAAt(x, y) != after.RGBAAt(x, y) {
				changed = changed.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return changed
}

// Block returns the middle of the largest even area of a colour, such as a filled button,
// after all movement has stopped; or false.
func (w *Window) Block(c color.Color) (image.Point, bool) {
	w.t.Helper()
	at, width := w.BlockBelow(0, c)
	return at, width > 60
}

// BlockBelow is Block for areas that begin at a height or below it. It also returns the
// width of the area.
func (w *Window) BlockBelow(top int, c color.Color) (at image.Point, width int) {
	w.t.Helper()
	picture, want := w.settle(), color.RGBAModel.Convert(c).(color.RGBA)
	size := picture.Bounds().Size()
	// The first row of the longest run; a filled shape repeats it below.
	var best image.Point
	longest := 0
	for y := top; y < size.Y; y++ {
		run := 0
		for x := range size.X {
			if picture.RGBAAt(x, y) != want {
				run = 0
				continue
			}
			if run++; run > longest {
				longest, best = run, image.Pt(x-run/2, y)
			}
		}
	}
	for best.Y+1 < size.Y && picture.RGBAAt(best.X-longest/2+1, best.Y+1) == want {
		best.Y++ // down its left edge, past the text in the middle
	}
	return image.Pt(best.X, best.Y-4), longest
}
