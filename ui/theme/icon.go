package theme

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Glyph is an icon as SVG, 24 × 24 with strokes of 2: {c} is its colour, {o} the colour
// of what is drawn on a filled shape.
type Glyph string

// The icons.
const (
	// Marks of a status. Their shapes differ, so that they are distinguished without
	// colours.
	MarkPass    Glyph = `<circle cx="12" cy="12" r="10" fill="{c}" stroke="none"/><path d="M7.5 12.4 L10.8 15.6 L16.6 8.9" fill="none" stroke="{o}"/>` // #nosec G101 -- a drawing
	MarkFail    Glyph = `<path d="M8.2 2 H15.8 L22 8.2 V15.8 L15.8 22 H8.2 L2 15.8 V8.2 Z" fill="{c}" stroke="none"/><path d="M8.6 8.6 L15.4 15.4 M15.4 8.6 L8.6 15.4" fill="none" stroke="{o}"/>`
	MarkWarn    Glyph = `<path d="M12 2.5 L22.5 21 H1.5 Z" fill="{c}" stroke="{c}"/><path d="M12 9.2 V14.2" fill="none" stroke="{o}"/><circle cx="12" cy="17.8" r="1.3" fill="{o}" stroke="none"/>`
	MarkSkip    Glyph = `<circle cx="12" cy="12" r="9" fill="none" stroke="{c}"/><path d="M8 12 H16" fill="none" stroke="{c}"/>`
	MarkWaiting Glyph = `<circle cx="12" cy="12" r="9" fill="none" stroke="{c}"/>`
	MarkRunning Glyph = `<circle cx="12" cy="12" r="9" fill="none" stroke="{c}"/><circle cx="12" cy="12" r="4.5" fill="{c}" stroke="none"/>`
	MarkManual  Glyph = `<circle cx="12" cy="8" r="4" fill="none" stroke="{c}"/><path d="M4.5 21 C4.5 16.6 8 14.5 12 14.5 C16 14.5 19.5 16.6 19.5 21" fill="none" stroke="{c}"/>`

	Copy         Glyph = `<rect x="9" y="9" width="11" height="12" rx="2" fill="none" stroke="{c}"/><path d="M5.5 15 H5 C4.2 15 3.5 14.3 3.5 13.5 V5 C3.5 4.2 4.2 3.5 5 3.5 H13 C13.8 3.5 14.5 4.2 14.5 5 V5.5" fill="none" stroke="{c}"/>`
	Check        Glyph = `<path d="M4.5 12.5 L9.8 17.6 L19.5 6.8" fill="none" stroke="{c}"/>`
	Cross        Glyph = `<path d="M6 6 L18 18 M18 6 L6 18" fill="none" stroke="{c}"/>`
	Out          Glyph = `<path d="M14 4 H20 V10 M20 4 L11 13 M17 14 V18.5 C17 19.3 16.3 20 15.5 20 H5.5 C4.7 20 4 19.3 4 18.5 V8.5 C4 7.7 4.7 7 5.5 7 H10" fill="none" stroke="{c}"/>`
	ChevronRight Glyph = `<path d="M9.5 6 L15.5 12 L9.5 18" fill="none" stroke="{c}"/>`
	ChevronDown  Glyph = `<path d="M6 9.5 L12 15.5 L18 9.5" fill="none" stroke="{c}"/>`
	More         Glyph = `<circle cx="5" cy="12" r="1.9" fill="{c}" stroke="none"/><circle cx="12" cy="12" r="1.9" fill="{c}" stroke="none"/><circle cx="19" cy="12" r="1.9" fill="{c}" stroke="none"/>`
	Flask        Glyph = `<path d="M9.5 3 H14.5 M10.5 3 V9 L5 18.4 C4.3 19.7 5.1 21 6.5 21 H17.5 C18.9 21 19.7 19.7 19 18.4 L13.5 9 V3 M7.8 15 H16.2" fill="none" stroke="{c}"/>`
	Clipboard    Glyph = `<rect x="5" y="4.5" width="14" height="17" rx="2" fill="none" stroke="{c}"/><path d="M9 2.8 H15 V6.5 H9 Z" fill="{c}" stroke="{c}"/><path d="M9 12 H15 M9 16 H13" fill="none" stroke="{c}"/>`
	// Logo is the ear piece and tube of a stethoscope that end in a link.
	Logo Glyph = `<path d="M5 3 V8.5 C5 11.6 7 13.5 9.5 13.5 C12 13.5 14 11.6 14 8.5 V3" fill="none" stroke="{c}"/><path d="M9.5 13.5 V16 C9.5 18.8 11.4 20.5 13.8 20.5 C16.2 20.5 18 18.8 18 16.2 V15" fill="none" stroke="{c}"/><circle cx="18" cy="12" r="3" fill="none" stroke="{c}"/>`
)

// Icon returns a glyph in a colour of the current theme. After a change of the theme it
// must be called again. Like everything of a window it is called on its goroutine.
func Icon(g Glyph, name fyne.ThemeColorName) fyne.Resource {
	key := drawnIcon{g, theme.Color(name), theme.Color(OnMark)}
	icon, ok := icons[key]
	if !ok {
		icon = newIcon(g, hex(key.ink), hex(key.on))
		icons[key] = icon
	}
	return icon
}

// icons are those that were drawn: every refresh of a control asks for its icon.
var icons = map[drawnIcon]fyne.Resource{}

type drawnIcon struct {
	glyph   Glyph
	ink, on color.Color
}

func newIcon(g Glyph, ink, on string) fyne.Resource {
	body := strings.NewReplacer("{c}", ink, "{o}", on).Replace(string(g))
	return fyne.NewStaticResource(
		// Fyne caches pictures by name.
		fmt.Sprintf("%x%s%s.svg", hash(string(g)), ink, on),
		[]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"><g stroke-width="2" stroke-linecap="round" stroke-linejoin="round">`+body+`</g></svg>`))
}

func hex(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
}

// hash returns the FNV-1a hash of s, as a short name.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}
