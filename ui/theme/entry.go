package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Inner is the theme inside an entry: the current one, without the scroll bar
// and the shadows that Fyne draws over a text which is longer than the entry.
type Inner struct{}

// Color is the current theme's, transparent for what is left out.
func (Inner) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch name {
	case theme.ColorNameShadow, theme.ColorNameScrollBar, theme.ColorNameScrollBarBackground:
		return color.Transparent
	}
	return current().Color(name, variant)
}

// Font is the current theme's.
func (Inner) Font(style fyne.TextStyle) fyne.Resource { return current().Font(style) }

// Icon is the current theme's.
func (Inner) Icon(name fyne.ThemeIconName) fyne.Resource { return current().Icon(name) }

// Size is the current theme's.
func (Inner) Size(name fyne.ThemeSizeName) float32 { return current().Size(name) }

func current() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }
