//go:build e2e

package e2e

import (
	"image"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/e2e/desktop"
	"github.com/s2sdoctor/s2sdoctor/ui"
)

// TestPositionIsRestored guards that position and size are restored and do not move by
// the height of the title bar, and that a maximised window is maximised again and keeps
// its size from before.
func TestPositionIsRestored(t *testing.T) {
	d := desktop.Start(t)
	w := d.Open(ui.Title, program)
	place := image.Pt(40, 60)
	w.MoveTo(place)
	want := w.Bounds()
	if want.Min.X < 40 || want.Min.X > 60 || want.Min.Y < 60 || want.Min.Y > 100 {
		t.Fatalf("moved to 40, 60 it stands at %v", want)
	}
	w.Close()
	for range 2 {
		w = d.Open(ui.Title, program)
		if got := w.Bounds(); got != want {
			t.Errorf("it comes back at %v, want %v", got, want)
		}
		w.Close()
	}

	w = d.Open(ui.Title, program)
	w.DoubleClickTitle(place)
	w.Until("it is maximised", func() bool { return w.Bounds().Dx() > 1200 })
	full := w.Bounds()
	w.Close()
	w = d.Open(ui.Title, program)
	w.Until("it is maximised again", func() bool { return w.Bounds() == full })
	w.DoubleClickTitle(image.Pt(0, full.Min.Y/2)) // xdotool counts the frame twice
	w.Until("it is what it was before", func() bool { return w.Bounds() == want })
	w.Close()
}
