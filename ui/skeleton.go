package ui

import (
	"fyne.io/fyne/v2"

	"s2sdoctor/ui/widgets"
)

// skeleton is the first frame: the window without a word of ours, for which no
// font must be read and nothing laid out. What there is to read follows with the
// next frame, and is there sooner for it: the graphics driver is busy by then.
func skeleton() fyne.CanvasObject {
	return widgets.Frame(fyne.NewSize(leastWidth, leastHeight), widgets.NewBanner(widgets.Neutral, gap()), gap())
}
