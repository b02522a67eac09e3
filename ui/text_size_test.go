package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// roomForLargerText guards that text can be twice as large without loss (WCAG 2.2,
// 1.4.4), in two windows. It enlarges the text at the user's position in the window, as
// the command does.
func roomForLargerText(t *testing.T, s *stage) {
	usual := s.w.app.Settings().Theme()
	defer s.w.app.Settings().SetTheme(usual)
	for _, text := range []theme.TextSize{150, 200} {
		s.w.app.Settings().SetTheme(theme.New(theme.Light).With(text))
		for _, size := range []fyne.Size{fyne.NewSize(1000, 700), fyne.NewSize(1600, 1000)} {
			s.resize(size.Width, size.Height)
			if nothingIsCutOff(t, s, size); t.Failed() {
				t.Fatalf("with text of %d %%", text)
			}
		}
	}
}

// TestHeaderIsAlignedWithPage guards that the header and the page have the same left edge
// if the window is wider than both, with any text size.
func TestHeaderIsAlignedWithPage(t *testing.T) {
	race.Skip(t, measures)
	s := newStage(t, Options{})
	for _, text := range []theme.TextSize{theme.Usual, 150, 200} {
		s.w.app.Settings().SetTheme(theme.New(theme.Light).With(text))
		for _, width := range []float32{1000, 1500, 2000, 3840} {
			s.resize(width, 1000)
			driver := fyne.CurrentApp().Driver()
			logo, form := driver.AbsolutePositionForObject(s.w.header.logo), driver.AbsolutePositionForObject(s.w.form.Object)
			if far := logo.X - form.X - theme.Space; far < -1 || far > 1 {
				t.Errorf("%v wide, %d %%: the header begins %v from the form", width, text, far)
			}
		}
	}
}

// TestTextSizeIsKept guards the ends of the scale, that the choice is saved, and that a
// theme does not undo it. It does not press the keys, because the canvas of the test
// driver takes none.
func TestTextSizeIsKept(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	s := newStage(t, Options{})
	text := func() theme.TextSize { return s.w.app.Settings().Theme().(*theme.Theme).Text() }
	if text() != theme.Usual {
		t.Fatalf("it begins with %d", text())
	}
	s.w.largerText()
	s.w.largerText()
	if text() != 130 {
		t.Errorf("twice larger is %d", text())
	}
	for range 9 {
		s.w.largerText()
	}
	if text() != 200 {
		t.Errorf("the largest is %d", text())
	}
	if kept := s.w.app.Preferences().Int(keyText); kept != 200 {
		t.Errorf("kept is %d", kept)
	}
	s.w.chooseTheme(theme.Dark)
	if text() != 200 {
		t.Errorf("another theme makes the text %d", text())
	}
	for range 9 {
		s.w.smallerText()
	}
	if text() != 90 {
		t.Errorf("the smallest is %d", text())
	}
	s.w.usualText()
	if text() != theme.Usual {
		t.Errorf("the usual is %d", text())
	}
}
