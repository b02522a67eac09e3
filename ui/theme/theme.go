package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Mode is which palette to show. The zero value follows the system.
type Mode string

// The modes; the words are those of the --theme flag and of the saved setting.
const (
	System Mode = ""
	Light  Mode = "light"
	Dark   Mode = "dark"
)

// Spaces between objects, in Fyne's units (1/160 inch at 100 %).
const (
	Hair  float32 = 2
	Tight float32 = 4
	Small float32 = 8
	Near  float32 = 12
	Space float32 = 16
	Wide  float32 = 24
	Broad float32 = 32

	// Radius rounds controls, CardRadius cards.
	Radius     float32 = 6
	CardRadius float32 = 10
)

// Sizes of text.
const (
	SizeTitle   fyne.ThemeSizeName = theme.SizeNameSubHeadingText // of a card
	SizeVerdict fyne.ThemeSizeName = theme.SizeNameHeadingText    // the sentence that names the cause
	SizeBody    fyne.ThemeSizeName = theme.SizeNameText
	SizeCaption fyne.ThemeSizeName = theme.SizeNameCaptionText
)

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNamePadding:            4,
	theme.SizeNameInnerPadding:       8,
	theme.SizeNameLineSpacing:        4,
	theme.SizeNameText:               14,
	theme.SizeNameCaptionText:        12,
	theme.SizeNameSubHeadingText:     16,
	theme.SizeNameHeadingText:        21,
	theme.SizeNameInlineIcon:         18,
	theme.SizeNameInputBorder:        1,
	theme.SizeNameInputRadius:        Radius,
	theme.SizeNameButtonRadius:       Radius,
	theme.SizeNameSelectionRadius:    3,
	theme.SizeNamePopupRadius:        8,
	theme.SizeNameMenuRadius:         8,
	theme.SizeNameDialogRadius:       CardRadius,
	theme.SizeNameScrollBar:          10,
	theme.SizeNameScrollBarSmall:     4,
	theme.SizeNameScrollBarRadius:    4,
	theme.SizeNameModalBlurRadius:    0, // a blur of the whole window is slow without a graphics card
	theme.SizeNameSeparatorThickness: 1,
}

// Theme is Fyne's theme with other colours and sizes.
type Theme struct {
	mode Mode
	text TextSize
	base fyne.Theme
}

// New returns the theme with the usual text size.
func New(mode Mode) *Theme { return &Theme{mode: mode, text: Usual, base: theme.DefaultTheme()} }

// With returns the theme with another text size.
func (t *Theme) With(text TextSize) *Theme {
	return &Theme{mode: t.mode, text: text.nearest(), base: t.base}
}

// Text returns the text size.
func (t *Theme) Text() TextSize { return t.text }

// Mode returns the mode of the theme.
func (t *Theme) Mode() Mode { return t.mode }

// Color returns a colour of the palette, or Fyne's for a name that is not in it.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	variant = t.variant(variant)
	p := light
	if variant == theme.VariantDark {
		p = dark
	}
	if ours, ok := same[name]; ok {
		name = ours
	}
	if c, ok := p[name]; ok {
		return c
	}
	return t.base.Color(name, variant)
}

// Size returns a size, or Fyne's for a name without one; sizes of text depend on
// [Theme.Text].
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	s, ok := sizes[name]
	if !ok {
		s = t.base.Size(name)
	}
	if grows[name] {
		s = s * float32(t.text) / float32(Usual)
	}
	return s
}

// Font returns the bundled font.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource { return t.base.Font(style) }

// Icon returns Fyne's icon, which Fyne's own controls need; see [Icon].
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return t.base.Icon(name) }

func (t *Theme) variant(system fyne.ThemeVariant) fyne.ThemeVariant {
	switch t.mode {
	case Light:
		return theme.VariantLight
	case Dark:
		return theme.VariantDark
	}
	return system
}
