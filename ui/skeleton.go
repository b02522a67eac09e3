package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
)

// skeleton is the first frame: the window without a word of ours, for which no
// font must be read and nothing laid out. What there is to read follows with the
// next frame, and is there sooner for it: the graphics driver is busy by then.
func skeleton() fyne.CanvasObject {
	return layout.Frame(fyne.NewSize(leastWidth, leastHeight), kit.NewBanner(kit.Neutral, gap()), gap())
}

// gap is an empty place that grows.
func gap() fyne.CanvasObject { return canvas.NewRectangle(color.Transparent) }
