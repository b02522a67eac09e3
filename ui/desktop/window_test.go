package desktop

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
)

// TestOpenFindsMissingWindow guards against an invisible process: without OpenGL Fyne
// creates no window and then runs for ever.
func TestOpenFindsMissingWindow(t *testing.T) {
	for _, c := range []struct {
		name string
		open func() fyne.Window
		want error
	}{
		{"no display", func() fyne.Window { panic("NotInitialized: The GLFW library is not initialized") }, ErrNoDisplay},
		{"no OpenGL", func() fyne.Window { return fakeWindow{context: driver.X11WindowContext{}} }, ErrNoOpenGL},
		{"the window is open", func() fyne.Window { return fakeWindow{context: driver.X11WindowContext{WindowHandle: 7}} }, nil},
		{"no OpenGL on Windows", func() fyne.Window { return fakeWindow{context: driver.WindowsWindowContext{}} }, ErrNoOpenGL},
		{"an unknown driver", func() fyne.Window { return fakeWindow{context: driver.UnknownContext{}} }, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := new(Window).Open(c.open, func() {})
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if err != nil && !strings.Contains(Explain(err, "S2S Doctor"), "s2scheck") {
				t.Error("the explanation does not mention the command, which needs no window")
			}
		})
	}
}

// TestExplainIsTranslated guards the message box, which is the only visible output of the
// program in that case.
func TestExplainIsTranslated(t *testing.T) {
	t.Cleanup(func() { _ = i18n.Use(i18n.English) })
	for _, l := range i18n.Languages {
		if err := i18n.Use(l.Code); err != nil {
			t.Fatal(err)
		}
		for _, why := range []error{ErrNoDisplay, ErrNoOpenGL} {
			for _, english := range []string{"What you can do:", "cannot open its window", "s2scheck in a terminal"} {
				if text := Explain(why, "S2S Doctor"); strings.Contains(text, english) != (l.Code == i18n.English) {
					t.Errorf("%s, %v: %q", l.Code, why, text)
				}
			}
		}
	}
}

// TestOpenPassesPanicsOn guards that a panic of the program is not reported as a missing
// display.
func TestOpenPassesPanicsOn(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a panic was taken for a missing display")
		}
	}()
	_ = new(Window).Open(func() fyne.Window { panic("index out of range") }, func() {})
}

type fakeWindow struct {
	fyne.Window
	context any
}

func (w fakeWindow) RunNative(f func(any)) { f(w.context) }
