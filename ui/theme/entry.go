package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Inner is the theme inside an entry: the current theme without the scroll bar and the
// shadows that Fyne draws over a text which is longer than the entry.
type Inner struct{}

// Color returns the current theme's colour, transparent for scroll bar and shadow.
func (Inner) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch name {
	case theme.ColorNameShadow, theme.ColorNameScrollBar, theme.ColorNameScrollBarBackground:
		return color.Transparent
	}
	return current().Color(name, variant)
}

// Font returns the current theme's font.
func (Inner) Font(style fyne.TextStyle) fyne.Resource { return current().Font(style) }

// Icon returns the current theme's icon.
func (Inner) Icon(name fyne.ThemeIconName) fyne.Resource { return current().Icon(name) }

// Size returns the current theme's size.
func (Inner) Size(name fyne.ThemeSizeName) float32 { return current().Size(name) }

func current() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }
