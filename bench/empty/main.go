//go:build bench

// Command empty is the reference of the comparison: an empty Fyne window of the same
// size, built the same way.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	const id = "io.github.s2sdoctor.empty"
	app.SetMetadata(fyne.AppMetadata{ID: id, Name: "Empty", Release: true})
	window := app.NewWithID(id).NewWindow("Empty")
	window.SetContent(widget.NewLabel(""))
	window.Resize(fyne.NewSize(1080, 760))
	window.CenterOnScreen()
	window.ShowAndRun()
}
