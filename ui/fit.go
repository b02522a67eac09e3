package ui

import "fyne.io/fyne/v2"

// titleBar is an upper limit for the height of a window's title bar, in Fyne's units.
const titleBar = 32

// Fit shrinks a window that has just been shown to the free pixels of the screen. At
// 200 % many screens are smaller than the default size, and the title bar, with which the
// user moves the window, would be out of reach. A size from the command line stays.
func (w *Window) Fit(width, height int) {
	scale := w.win.Canvas().Scale()
	if scale <= 0 || w.opts.Width > 0 {
		return
	}
	size := w.win.Canvas().Size()
	room := fyne.NewSize(float32(width)/scale, float32(height)/scale-titleBar)
	if fits := size.Min(room); fits != size {
		w.win.Resize(fits.Max(fyne.NewSize(leastWidth, leastHeight)))
		w.win.CenterOnScreen()
	}
}
