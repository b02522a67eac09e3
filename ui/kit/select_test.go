package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// openSelect shows a choice of three in a window.
func openSelect(t *testing.T, size fyne.Size) (*Select, fyne.Canvas, *[]int) {
	t.Helper()
	test.NewTempApp(t)
	var chosen []int
	s := NewSelect("Credential", func(index int) { chosen = append(chosen, index) })
	s.Set([]SelectOption{{"Secret", "to begin"}, {"Certificate", "later"}, {"Identity", "in Azure"}}, 1)
	w := test.NewTempWindow(t, container.NewWithoutLayout(s))
	w.SetPadded(false)
	w.Resize(size)
	s.Resize(fyne.NewSize(200, s.MinSize().Height))
	w.Canvas().Focus(s)
	return s, w.Canvas(), &chosen
}

func press(c fyne.Canvas, keys ...fyne.KeyName) {
	for _, key := range keys {
		if f := c.Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: key})
		}
	}
}

// TestSelectByKeysAlone opens the list, moves, chooses and returns, by keyboard only.
func TestSelectByKeysAlone(t *testing.T) {
	s, c, chosen := openSelect(t, fyne.NewSize(600, 500))
	for _, opens := range []fyne.KeyName{fyne.KeyReturn, fyne.KeySpace, fyne.KeyDown, fyne.KeyUp} {
		press(c, opens)
		row, ok := c.Focused().(*Option)
		if !ok || row.Name() != "Certificate" || c.Overlays().Top() == nil {
			t.Fatalf("%s: the focus is on %T", opens, c.Focused())
		}
		press(c, fyne.KeyEscape)
		if c.Overlays().Top() != nil || c.Focused() != fyne.Focusable(s) {
			t.Fatalf("%s: after Esc the focus is on %T", opens, c.Focused())
		}
	}
	press(c, fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	press(c, fyne.KeyReturn, fyne.KeyUp, fyne.KeyUp, fyne.KeyUp, fyne.KeySpace)
	press(c, fyne.KeyReturn, fyne.KeyReturn) // the chosen entry again
	if len(*chosen) != 2 || (*chosen)[0] != 2 || (*chosen)[1] != 0 {
		t.Errorf("chose %v", *chosen)
	}
	if c.Focused() != fyne.Focusable(s) {
		t.Errorf("the focus is on %T", c.Focused())
	}
}

// TestSelectIsReadOut guards the text for assistive technology.
func TestSelectIsReadOut(t *testing.T) {
	s, c, _ := openSelect(t, fyne.NewSize(600, 500))
	if got := s.AccessibilityLabel(); got != "Credential: Certificate" {
		t.Errorf("it is called %q", got)
	}
	press(c, fyne.KeyReturn)
	if got := c.Focused().(fyne.Accessible).AccessibilityLabel(); got != "Certificate, later, ticked" {
		t.Errorf("the row is called %q", got)
	}
}

// TestSelectListIsInTheWindow opens the list without room below, above, or on either
// side: it is always inside the window, and each row can be reached.
func TestSelectListIsInTheWindow(t *testing.T) {
	for _, test := range []struct {
		name string
		size fyne.Size
		y    float32
	}{
		{"below", fyne.NewSize(600, 500), 0}, {"above", fyne.NewSize(600, 500), 400}, {"between", fyne.NewSize(600, 260), 100}, {"small", fyne.NewSize(300, 120), 30},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, c, _ := openSelect(t, test.size)
			s.Move(fyne.NewPos(20, test.y))
			press(c, fyne.KeyReturn)
			l := c.Overlays().Top().(*selectList)
			if l.at.X < 0 || l.at.Y < 0 || l.at.X+l.size.Width > test.size.Width || l.at.Y+l.size.Height > test.size.Height {
				t.Errorf("at %v, %v large, in a window of %v", l.at, l.size, test.size)
			}
			if top := test.y + s.at.Y; test.name == "above" && l.at.Y+l.size.Height > top {
				t.Errorf("it covers what it belongs to: until %v", l.at.Y+l.size.Height)
			}
			for range l.rows {
				press(c, fyne.KeyDown)
				row := c.Focused().(*Option)
				at := fyne.CurrentApp().Driver().AbsolutePositionForObject(row)
				if at.Y+row.Size().Height > l.at.Y+l.size.Height+1 || at.Y < l.at.Y-row.Size().Height {
					t.Errorf("%s is at %v, the list at %v until %v", row.Name(), at.Y, l.at.Y, l.at.Y+l.size.Height)
				}
			}
		})
	}
}

// TestSelectShowsALongName guards against a name that is cut off in a narrow window: the
// box grows with it, and the list begins below the box.
func TestSelectShowsALongName(t *testing.T) {
	s, c, _ := openSelect(t, fyne.NewSize(600, 500))
	one := s.frame.Height
	if one != boxHeight() {
		t.Errorf("one line: a box of %v, an entry has %v", one, boxHeight())
	}
	s.Set([]SelectOption{{"Certificate of the store of Windows", "later"}}, 0)
	s.Resize(fyne.NewSize(200, s.MinSize().Height))
	if s.frame.Height <= one {
		t.Errorf("two lines: a box of %v, one line has %v", s.frame.Height, one)
	}
	if end := s.at.Y + s.frame.Height; end >= s.MinSize().Height {
		t.Errorf("the box ends at %v, the choice at %v", end, s.MinSize().Height)
	}
	press(c, fyne.KeyReturn)
	if l := c.Overlays().Top().(*selectList); l.at.Y < s.at.Y+s.frame.Height {
		t.Errorf("the list is at %v, the box ends at %v", l.at.Y, s.at.Y+s.frame.Height)
	}
}

// TestSelectClosesByClick guards that a click outside the list closes it, and that a
// click on its margin does not.
func TestSelectClosesByClick(t *testing.T) {
	s, c, chosen := openSelect(t, fyne.NewSize(600, 500))
	test.Tap(s)
	l := c.Overlays().Top().(*selectList)
	l.Tapped(&fyne.PointEvent{Position: l.at.AddXY(1, 1)})
	if c.Overlays().Top() == nil {
		t.Fatal("a click on its margin closes it")
	}
	l.Tapped(&fyne.PointEvent{Position: l.at.AddXY(-1, 1)})
	if c.Overlays().Top() != nil {
		t.Error("a click beside it does not close it")
	}
	test.Tap(s)
	test.Tap(c.Overlays().Top().(*selectList).rows[2])
	if c.Overlays().Top() != nil || len(*chosen) != 1 || (*chosen)[0] != 2 {
		t.Errorf("chose %v", *chosen)
	}
}
