// Package theme is the look of S2S Doctor: two palettes, sizes, spaces and icons.
//
// Text has a contrast of at least 4.5 : 1 on every background that it is used on, icons
// and borders of controls at least 3 : 1 (WCAG 2.2, success criteria 1.4.3 and 1.4.11).
// A test computes all of them.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Names of colours, in addition to Fyne's.
const (
	Ink         fyne.ThemeColorName = theme.ColorNameForeground
	Muted       fyne.ThemeColorName = "s2s.muted"   // secondary text
	Page        fyne.ThemeColorName = "s2s.page"    // behind everything
	Surface     fyne.ThemeColorName = "s2s.surface" // cards
	Sunken      fyne.ThemeColorName = "s2s.sunken"  // quoted text inside a card
	Border      fyne.ThemeColorName = "s2s.border"  // separators
	Edge        fyne.ThemeColorName = "s2s.edge"    // borders of controls
	Accent      fyne.ThemeColorName = theme.ColorNamePrimary
	OnAccent    fyne.ThemeColorName = theme.ColorNameForegroundOnPrimary
	AccentTint  fyne.ThemeColorName = "s2s.accentTint" // background in the accent colour
	Success     fyne.ThemeColorName = theme.ColorNameSuccess
	SuccessTint fyne.ThemeColorName = "s2s.successTint"
	Warning     fyne.ThemeColorName = theme.ColorNameWarning
	WarningTint fyne.ThemeColorName = "s2s.warningTint"
	Error       fyne.ThemeColorName = theme.ColorNameError
	ErrorTint   fyne.ThemeColorName = "s2s.errorTint"
	NeutralTint fyne.ThemeColorName = "s2s.neutralTint"
	Scrim       fyne.ThemeColorName = "s2s.scrim" // over the window while a dialog is open
	// OnMark is the colour of what is drawn on Success, Warning, Error and Muted.
	OnMark fyne.ThemeColorName = "s2s.onMark"
)

// palette maps names to colours.
type palette map[fyne.ThemeColorName]color.NRGBA

var light = palette{
	Ink: rgb(0x1A2433), Muted: rgb(0x526074), Page: rgb(0xF2F4F8), Surface: rgb(0xFFFFFF), Sunken: rgb(0xF6F8FB),
	Border: rgb(0xD9DFE8), Edge: rgb(0x7C899E),
	Accent: rgb(0x2C5AD6), OnAccent: rgb(0xFFFFFF), AccentTint: rgb(0xEAF0FE),
	Success: rgb(0x177245), SuccessTint: rgb(0xE6F4EC),
	Warning: rgb(0x8F5A00), WarningTint: rgb(0xFFF3DC),
	Error: rgb(0xBE2B33), ErrorTint: rgb(0xFDEBEB),
	NeutralTint: rgb(0xEDF0F5), OnMark: rgb(0xFFFFFF), Scrim: rgba(0x0F1B3366),

	theme.ColorNamePlaceHolder:    rgb(0x606D80),
	theme.ColorNameDisabled:       rgb(0x5A6778),
	theme.ColorNameDisabledButton: rgb(0xE8ECF2),
	theme.ColorNameHover:          rgba(0x10204012),
	theme.ColorNamePressed:        rgba(0x10204024),
	theme.ColorNameFocus:          rgba(0x2C5AD633),
	theme.ColorNameSelection:      rgba(0x2C5AD638),
	theme.ColorNameShadow:         rgba(0x0F1B3347),
	theme.ColorNameScrollBar:      rgba(0x52607499),
}

var dark = palette{
	Ink: rgb(0xE7ECF3), Muted: rgb(0xA7B2C2), Page: rgb(0x0F141B), Surface: rgb(0x19202A), Sunken: rgb(0x141A22),
	Border: rgb(0x2C3644), Edge: rgb(0x6B798D),
	Accent: rgb(0x86ABFF), OnAccent: rgb(0x0B1B3D), AccentTint: rgb(0x1C2A47),
	Success: rgb(0x5FCF92), SuccessTint: rgb(0x152A20),
	Warning: rgb(0xF2BB5B), WarningTint: rgb(0x2C2413),
	Error: rgb(0xFF8D8A), ErrorTint: rgb(0x331C1E),
	NeutralTint: rgb(0x222B37), OnMark: rgb(0x10161E), Scrim: rgba(0x00000080),

	theme.ColorNamePlaceHolder:    rgb(0x8E9AAB),
	theme.ColorNameDisabled:       rgb(0x8C98A8),
	theme.ColorNameDisabledButton: rgb(0x232C38),
	theme.ColorNameHover:          rgba(0xDCE8FF14),
	theme.ColorNamePressed:        rgba(0xDCE8FF28),
	theme.ColorNameFocus:          rgba(0x86ABFF3D),
	theme.ColorNameSelection:      rgba(0x86ABFF4D),
	theme.ColorNameShadow:         rgba(0x00000080),
	theme.ColorNameScrollBar:      rgba(0xA7B2C299),
}

// same maps names of Fyne's to the name with the same colour.
var same = map[fyne.ThemeColorName]fyne.ThemeColorName{
	theme.ColorNameBackground:          Page,
	theme.ColorNameButton:              NeutralTint,
	theme.ColorNameForegroundOnError:   OnMark,
	theme.ColorNameForegroundOnSuccess: OnMark,
	theme.ColorNameForegroundOnWarning: OnMark,
	theme.ColorNameHeaderBackground:    NeutralTint,
	theme.ColorNameHyperlink:           Accent,
	theme.ColorNameInputBackground:     Surface,
	theme.ColorNameInputBorder:         Edge,
	theme.ColorNameMenuBackground:      Surface,
	theme.ColorNameOverlayBackground:   Surface,
	theme.ColorNameScrollBarBackground: Sunken,
	theme.ColorNameSeparator:           Border,
}

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
}

func rgba(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 24), G: uint8(v >> 16), B: uint8(v >> 8), A: uint8(v)}
}
