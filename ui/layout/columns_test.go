package layout

import (
	"testing"

	"fyne.io/fyne/v2"
)

// at returns the position and size of an object.
func at(o *object) [4]float32 {
	return [4]float32{o.position.X, o.position.Y, o.size.Width, o.size.Height}
}

// TestEven guards that two buttons share a line, that each gets its own line if one of
// them is too wide, and that a single button gets the whole line.
func TestEven(t *testing.T) {
	for _, c := range []struct {
		name       string
		width      float32
		hidden     bool
		first, two [4]float32
		height     float32
	}{
		{"beside each other", 208, false, [4]float32{0, 0, 100, 40}, [4]float32{108, 0, 100, 40}, 40},
		{"below each other", 150, false, [4]float32{0, 0, 150, 40}, [4]float32{0, 48, 150, 40}, 88},
		{"alone", 208, true, [4]float32{}, [4]float32{0, 0, 208, 40}, 40},
	} {
		t.Run(c.name, func(t *testing.T) {
			first, two := fixed("a", 60, 40), fixed("b", 90, 40)
			first.hidden = c.hidden
			even := Even(8, first, two)
			even.Resize(fyne.NewSize(c.width, 40))
			even.Resize(fyne.NewSize(c.width, even.MinSize().Height))
			if at(first) != c.first || at(two) != c.two || even.MinSize().Height != c.height {
				t.Errorf("%v and %v, %v high", at(first), at(two), even.MinSize().Height)
			}
		})
	}
}

// TestColumns guards that the columns are below each other if there is not enough room,
// and that a hidden column leaves its room to the other column.
func TestColumns(t *testing.T) {
	for _, c := range []struct {
		name        string
		width       float32
		hidden      bool
		left, right [4]float32
		height      float32
	}{
		{"wide", 820, false, [4]float32{0, 0, 200, 30}, [4]float32{220, 0, 600, 50}, 50},
		{"narrow", 500, false, [4]float32{0, 0, 500, 30}, [4]float32{0, 50, 500, 50}, 100},
		{"one", 820, true, [4]float32{}, [4]float32{0, 0, 820, 50}, 50},
	} {
		t.Run(c.name, func(t *testing.T) {
			left, right := fixed("l", 50, 30), fixed("r", 60, 50)
			left.hidden = c.hidden
			columns := Columns(700, 0.25, 20, left, right)
			columns.Resize(fyne.NewSize(c.width, 200))
			if at(left) != c.left || at(right) != c.right || columns.MinSize().Height != c.height {
				t.Errorf("%v and %v, %v high", at(left), at(right), columns.MinSize().Height)
			}
		})
	}
}

// TestCells guards that cells are aligned from line to line.
func TestCells(t *testing.T) {
	a, b, c := fixed("a", 20, 10), fixed("b", 40, 10), fixed("c", 30, 12)
	cells := Cells(10, a, b, c)
	cells.Resize(fyne.NewSize(95, 40))
	if at(a) != [4]float32{0, 0, 40, 12} || at(b) != [4]float32{50, 0, 40, 12} || at(c) != [4]float32{0, 22, 40, 12} || cells.MinSize() != fyne.NewSize(40, 34) {
		t.Errorf("%v, %v, %v; least %v", at(a), at(b), at(c), cells.MinSize())
	}
}
