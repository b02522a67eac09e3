package theme

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// surfaces are the background colours of text.
var surfaces = []fyne.ThemeColorName{Page, Surface, Sunken, AccentTint, SuccessTint, WarningTint, ErrorTint, NeutralTint}

// TestContrast measures every pair of colours that the window uses.
func TestContrast(t *testing.T) {
	const text, mark = 4.5, 3.0
	type pair struct {
		on, back fyne.ThemeColorName
		least    float64
	}
	var pairs []pair
	for _, ink := range []fyne.ThemeColorName{Ink, Muted, Accent, Success, Warning, Error, theme.ColorNameHyperlink} {
		for _, back := range surfaces {
			pairs = append(pairs, pair{ink, back, text})
		}
	}
	pairs = append(pairs,
		pair{theme.ColorNamePlaceHolder, theme.ColorNameInputBackground, text},
		pair{theme.ColorNameDisabled, theme.ColorNameDisabledButton, text},
		pair{theme.ColorNameDisabled, Surface, text},
		pair{OnAccent, Accent, text},
		pair{OnMark, Success, text}, pair{OnMark, Warning, text}, pair{OnMark, Error, text}, pair{OnMark, Muted, mark},
		pair{Edge, Surface, mark}, pair{Edge, Page, mark},
		pair{theme.ColorNameInputBorder, theme.ColorNameInputBackground, mark},
		pair{Accent, Border, mark}, // progress on its track
		pair{Ink, theme.ColorNameMenuBackground, text}, pair{Ink, theme.ColorNameOverlayBackground, text},
	)
	for _, mode := range []Mode{Light, Dark} {
		th := New(mode)
		for _, p := range pairs {
			back := opaque(th.Color(p.back, 0), color.NRGBA{A: 255})
			if got := contrast(opaque(th.Color(p.on, 0), back), back); got < p.least {
				t.Errorf("%s: %s on %s is %.2f : 1, less than %.1f", mode, p.on, p.back, got, p.least)
			}
		}
	}
}

// TestContrastHovered guards that text stays readable under the pointer and in a
// selection.
func TestContrastHovered(t *testing.T) {
	for _, mode := range []Mode{Light, Dark} {
		th := New(mode)
		for _, wash := range []fyne.ThemeColorName{theme.ColorNameHover, theme.ColorNameFocus, theme.ColorNameSelection, theme.ColorNamePressed} {
			for _, back := range []fyne.ThemeColorName{Surface, NeutralTint, AccentTint} {
				under := opaque(th.Color(wash, 0), opaque(th.Color(back, 0), color.NRGBA{A: 255}))
				if got := contrast(opaque(th.Color(Ink, 0), under), under); got < 4.5 {
					t.Errorf("%s: text on %s under %s is %.2f : 1", mode, back, wash, got)
				}
			}
		}
		primary := opaque(th.Color(theme.ColorNamePressed, 0), opaque(th.Color(Accent, 0), color.NRGBA{A: 255}))
		if got := contrast(opaque(th.Color(OnAccent, 0), primary), primary); got < 4.5 {
			t.Errorf("%s: the primary button under the pointer is %.2f : 1", mode, got)
		}
	}
}

// TestThemeComplete guards that every name of Fyne's colours and of ours has a chosen
// colour.
func TestThemeComplete(t *testing.T) {
	test.NewTempApp(t)
	for _, mode := range []Mode{Light, Dark} {
		test.AssertAllColorNamesDefined(t, New(mode), "s2sdoctor "+string(mode))
	}
	for name := range light {
		if _, ok := dark[name]; !ok {
			t.Errorf("%s is in the light palette only", name)
		}
	}
	for name := range dark {
		if _, ok := light[name]; !ok {
			t.Errorf("%s is in the dark palette only", name)
		}
	}
	for from, to := range same {
		if _, ok := light[to]; !ok {
			t.Errorf("%s points to %s, which is no colour", from, to)
		}
	}
}

// TestModeOverridesSystem guards that a chosen mode does not follow the system.
func TestModeOverridesSystem(t *testing.T) {
	for _, variant := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		if got := New(Dark).Color(Page, variant); got != color.Color(dark[Page]) {
			t.Errorf("dark under variant %d: %v", variant, got)
		}
	}
	if New(System).Color(Page, theme.VariantDark) != color.Color(dark[Page]) || New(System).Color(Page, theme.VariantLight) != color.Color(light[Page]) {
		t.Error("the system's mode is not followed")
	}
}

// opaque blends a colour over an opaque colour.
func opaque(c color.Color, back color.NRGBA) color.NRGBA {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	mix := func(a, b uint8) uint8 { return uint8((int(a)*int(n.A) + int(b)*(255-int(n.A)) + 127) / 255) }
	return color.NRGBA{R: mix(n.R, back.R), G: mix(n.G, back.G), B: mix(n.B, back.B), A: 255}
}

// contrast returns WCAG 2.2's contrast ratio.
func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
