package ui

import "fyne.io/fyne/v2"

// titleBar is what the system puts above a window, generously, in Fyne's units.
const titleBar = 32

// Fit makes a window that has just been shown no larger than the screen, of which
// so many pixels are free: at 200 % the usual size is more than many have, and
// the title, which one moves a window by, would be out of reach. A size that was
// asked for stays.
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
