package theme

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
)

// TestIconsAreDrawn guards that Fyne can draw every icon and that no icon is empty: with
// a typo in a path Fyne draws nothing and reports no error.
func TestIconsAreDrawn(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(New(Light))
	names := map[string]Glyph{}
	for _, g := range []Glyph{
		MarkPass, MarkFail, MarkWarn, MarkSkip, MarkWaiting, MarkRunning, MarkManual, Copy, Check, Cross, Out,
		ChevronRight, ChevronDown, More, Flask, Clipboard, Logo,
	} {
		icon := Icon(g, Ink)
		if other, twice := names[icon.Name()]; twice {
			t.Errorf("two icons share the name %s: %s and %s", icon.Name(), other, g)
		}
		names[icon.Name()] = g
		c := software.NewTransparentCanvas()
		c.SetPadded(false)
		c.SetContent(canvas.NewImageFromResource(icon))
		c.Resize(fyne.NewSize(48, 48))
		if inked := ink(c); inked < 40 {
			t.Errorf("%d dots are drawn of %s", inked, g)
		}
	}
}

// TestIconFollowsTheme guards that the dark theme does not show the light theme's icon.
func TestIconFollowsTheme(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(New(Light))
	before := Icon(Check, Ink).Name()
	app.Settings().SetTheme(New(Dark))
	if Icon(Check, Ink).Name() == before {
		t.Error("the same name in both themes: Fyne would show the old picture")
	}
}

func ink(c fyne.Canvas) int {
	picture, dots := c.Capture(), 0
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y++ {
		for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x++ {
			if _, _, _, a := picture.At(x, y).RGBA(); a > 0x7FFF {
				dots++
			}
		}
	}
	return dots
}
