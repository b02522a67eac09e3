package ui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"s2sdoctor/ui/look"
)

// TestLargerTextCutsNothingOff guards that text can be twice as large without
// anything being lost (WCAG 2.2, 1.4.4), in every state, in two windows.
func TestLargerTextCutsNothingOff(t *testing.T) {
	for _, text := range []look.TextSize{150, 200} {
		for _, size := range []fyne.Size{fyne.NewSize(1000, 700), fyne.NewSize(1600, 1000)} {
			for _, scene := range scenes {
				t.Run(fmt.Sprintf("%s-%d-%.0fx%.0f", scene.name, text, size.Width, size.Height), func(t *testing.T) {
					s := newStage(t, Options{Width: size.Width, Height: size.Height}, withSandbox)
					s.w.app.Settings().SetTheme(look.New(look.Light).With(text))
					scene.reach(s)
					s.settle()
					nothingIsCutOff(t, s, size)
				})
			}
		}
	}
}

// TestTheHeaderStandsAboveThePage guards that both keep the same left edge where
// the window is wider than they are, however large the text is.
func TestTheHeaderStandsAboveThePage(t *testing.T) {
	for _, width := range []float32{1000, 1500, 2000, 3840} {
		for _, text := range []look.TextSize{look.Usual, 150, 200} {
			s := newStage(t, Options{Width: width, Height: 1000})
			s.w.app.Settings().SetTheme(look.New(look.Light).With(text))
			s.settle()
			driver := fyne.CurrentApp().Driver()
			logo, form := driver.AbsolutePositionForObject(s.w.header.logo), driver.AbsolutePositionForObject(s.w.form.object)
			if far := logo.X - form.X - look.Space; far < -1 || far > 1 {
				t.Errorf("%v wide, %d %%: the header begins %v from the form", width, text, far)
			}
		}
	}
}

// TestTextSizeIsKept guards the ends of the scale, that the choice is kept, and
// that a theme does not undo it. The keys are tried in the real window: the test
// driver's canvas takes none.
func TestTextSizeIsKept(t *testing.T) {
	s := newStage(t, Options{})
	text := func() look.TextSize { return s.w.app.Settings().Theme().(*look.Theme).Text() }
	if text() != look.Usual {
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
	s.w.chooseTheme(look.Dark)
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
	if text() != look.Usual {
		t.Errorf("the usual is %d", text())
	}
}
