package desktop

import (
	"image"
	"testing"
)

// TestPositionIsReachable guards a window whose last screen was removed.
func TestPositionIsReachable(t *testing.T) {
	left, right := image.Rect(-1920, 0, 0, 1040), image.Rect(0, 28, 2560, 1440)
	for _, c := range []struct {
		name    string
		x, y    int
		screens []image.Rectangle
		want    bool
	}{
		{"in the middle", 500, 300, []image.Rectangle{right}, true},
		{"on the other screen", -1500, 200, []image.Rectangle{left, right}, true},
		{"on a screen that is gone", -1500, 200, []image.Rectangle{right}, false},
		{"half over the edge", 2000, 1300, []image.Rectangle{right}, true},
		{"with a corner to move it by", 2480, 300, []image.Rectangle{right}, true},
		{"with too little to move it by", 2481, 300, []image.Rectangle{right}, false},
		{"over the left edge", -900, 300, []image.Rectangle{right}, true},
		{"its title under the menu bar", 500, 10, []image.Rectangle{right}, false},
		{"below everything", 500, 1430, []image.Rectangle{right}, false},
		{"no screen at all", 500, 300, nil, false},
	} {
		window := image.Rect(c.x, c.y, c.x+1080, c.y+800)
		if got := isReachable(window, c.screens); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
