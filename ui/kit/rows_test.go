package kit

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
)

// rowsDriver is a list of texts in a window that is 400 high, with rows of 50.
type rowsDriver struct {
	*Rows
	canvas fyne.Canvas
	opened []int
	typed  string
}

func openRows(t *testing.T, length int) *rowsDriver {
	t.Helper()
	test.NewTempApp(t)
	d := &rowsDriver{Rows: NewRows("Connections", 50)}
	d.Make = func() fyne.CanvasObject { return NewText("", Style{OneLine: true}) }
	d.Fill = func(o fyne.CanvasObject, i int) { o.(*Text).SetText(fmt.Sprint("row ", i)) }
	d.Say = func(i int) string { return fmt.Sprint("row ", i) }
	d.OnOpen = func(i int) { d.opened = append(d.opened, i) }
	d.OnRune = func(r rune) { d.typed += string(r) }
	w := test.NewTempWindow(t, d.Rows)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(600, 400))
	d.SetLength(length)
	d.canvas = w.Canvas()
	d.canvas.Focus(d.Rows)
	return d
}

// inSight returns the texts of the visible rows, from the top.
func (d *rowsDriver) inSight() string {
	var words []string
	for _, o := range d.body.Objects {
		slot := o.(*rowSlot)
		if y := slot.Position().Y - d.scroll.Offset.Y; slot.Visible() && y >= 0 && y+slot.Size().Height <= d.scroll.Size().Height {
			words = append(words, strings.TrimPrefix(slot.content.(*Text).Text(), "row "))
		}
	}
	return strings.Join(words, " ")
}

// TestRowsByKeysAlone guards that the leading row stays visible.
func TestRowsByKeysAlone(t *testing.T) {
	d := openRows(t, 500)
	for _, step := range []struct {
		key     fyne.KeyName
		lead    int
		inSight string
	}{
		{fyne.KeyUp, 0, "0 1 2 3 4 5 6 7"},
		{fyne.KeyDown, 1, "0 1 2 3 4 5 6 7"},
		{fyne.KeyPageDown, 8, "1 2 3 4 5 6 7 8"},
		{fyne.KeyEnd, 499, "492 493 494 495 496 497 498 499"},
		{fyne.KeyDown, 499, "492 493 494 495 496 497 498 499"},
		{fyne.KeyPageUp, 492, "492 493 494 495 496 497 498 499"},
		{fyne.KeyHome, 0, "0 1 2 3 4 5 6 7"},
	} {
		press(d.canvas, step.key)
		if d.Lead() != step.lead || d.inSight() != step.inSight {
			t.Errorf("%s: lead %d, in sight %s; want %d, %s", step.key, d.Lead(), d.inSight(), step.lead, step.inSight)
		}
	}
	press(d.canvas, fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown, fyne.KeySpace)
	if fmt.Sprint(d.opened) != "[1 2]" || d.canvas.Focused() != fyne.Focusable(d.Rows) {
		t.Errorf("opened %v, focus on %T", d.opened, d.canvas.Focused())
	}
	d.canvas.Focused().TypedRune('u')
	d.canvas.Focused().TypedRune(' ') // opens the row
	if d.typed != "u" {
		t.Errorf("typed %q", d.typed)
	}
	if got := d.AccessibilityLabel(); got != "Connections: row 2" {
		t.Errorf("it is called %q", got)
	}
	if n := len(d.slots); n > 12 {
		t.Errorf("%d rows exist for 8 in sight", n)
	}
}

// TestRowsShrink guards that a list that becomes shorter shows its end, and that the lead
// moves if its row is gone.
func TestRowsShrink(t *testing.T) {
	d := openRows(t, 500)
	press(d.canvas, fyne.KeyEnd)
	d.SetLength(10)
	if d.Lead() != 9 || d.inSight() != "2 3 4 5 6 7 8 9" {
		t.Errorf("lead %d, in sight %s", d.Lead(), d.inSight())
	}
	d.SetLength(2)
	if d.Lead() != 1 || d.inSight() != "0 1" {
		t.Errorf("lead %d, in sight %s", d.Lead(), d.inSight())
	}
	d.SetLength(0)
	press(d.canvas, fyne.KeyReturn, fyne.KeyDown, fyne.KeyEnd)
	if d.inSight() != "" || len(d.opened) != 0 || d.AccessibilityLabel() != "Connections" {
		t.Errorf("in sight %s, opened %v, called %q", d.inSight(), d.opened, d.AccessibilityLabel())
	}
}

// TestRowsByThePointer guards that a click opens the row under the pointer, also after
// scrolling.
func TestRowsByThePointer(t *testing.T) {
	d := openRows(t, 500)
	test.Scroll(d.canvas, fyne.NewPos(100, 100), 0, -1010)
	test.TapCanvas(d.canvas, fyne.NewPos(100, 65)) // 1010 + 65 is in row 21
	if fmt.Sprint(d.opened) != "[21]" || d.Lead() != 21 || d.canvas.Focused() != fyne.Focusable(d.Rows) {
		t.Errorf("opened %v, lead %d, focus on %T", d.opened, d.Lead(), d.canvas.Focused())
	}
}

// TestLineIsSplit guards that no word is lost, and that what fits stays on one line.
func TestLineIsSplit(t *testing.T) {
	test.NewTempApp(t)
	first, second := NewLine(fynetheme.SizeNameText, false), NewLine(fynetheme.SizeNameText, false)
	first.Set("There is no application user", fynetheme.ColorNameForeground)
	width := first.Natural()
	first.Split(second, width+1)
	if first.Text() != "There is no application user" || second.Text() != "" {
		t.Errorf("%q, %q", first.Text(), second.Text())
	}
	first.Split(second, width-1)
	if first.Text() != "There is no application" || second.Text() != "user" {
		t.Errorf("%q, %q", first.Text(), second.Text())
	}
}

// TestLineIsShortened guards that a line that is too long ends in "…" and fits.
func TestLineIsShortened(t *testing.T) {
	test.NewTempApp(t)
	l := NewLine(fynetheme.SizeNameText, false)
	l.Set("Contoso integration of the northern region", fynetheme.ColorNameForeground)
	natural := l.Natural()
	for _, width := range []float32{0, 1, 20, natural / 2, natural - 1, natural, natural + 10} {
		used := l.Fit(fyne.NewPos(0, 0), width)
		short := strings.HasSuffix(l.Object.Text, "…")
		if short != (width < natural) || width > 20 && used > width {
			t.Errorf("width %v: %q uses %v", width, l.Object.Text, used)
		}
	}
	if l.Text() != "Contoso integration of the northern region" {
		t.Errorf("the whole is %q", l.Text())
	}
}
