package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Kind is how prominent a button is.
type Kind int

// The kinds. A screen has at most one Primary button.
const (
	Secondary Kind = iota
	Primary
	Quiet  // without a border, for less important actions
	Danger // for actions that cannot be undone
)

// Scale is the size of a button.
type Scale int

// The scales. Normal is the zero value.
const (
	Normal Scale = iota
	Big
	Compact
)

var buttonHeights = map[Scale]float32{Normal: 34, Big: 40, Compact: 28} // at the usual text size

// Button is as wide as its text. In less width the text wraps to a second line if
// there is the height for it, and ends in "…" if it is still too long.
type Button struct {
	widget.DisableableWidget
	Kind  Kind
	Scale Scale
	// Glyph is shown before the text, or behind it if Trailing; "" for no icon.
	Glyph    theme.Glyph
	Trailing bool
	// Name is the name for assistive technology, "" for the text.
	Name string
	// State is read out after the name, such as "Copied".
	State    string
	OnTapped func()

	pressable
	text string
}

// NewButton returns a button.
func NewButton(text string, kind Kind, tapped func()) *Button {
	b := &Button{text: text, Kind: kind, OnTapped: tapped}
	b.pressableBy(b, func() {
		if b.OnTapped != nil {
			b.OnTapped()
		}
	})
	b.ExtendBaseWidget(b)
	return b
}

// NewIconButton returns a quiet button without text; name is its action.
func NewIconButton(g theme.Glyph, name string, tapped func()) *Button {
	b := NewButton("", Quiet, tapped)
	b.Glyph, b.Name = g, name
	return b
}

// Text returns the label.
func (b *Button) Text() string { return b.text }

// SetText changes the label.
func (b *Button) SetText(text string) {
	if b.text != text {
		b.text = text
		b.Refresh()
	}
}

// SetKind changes the kind.
func (b *Button) SetKind(k Kind) {
	if b.Kind != k {
		b.Kind = k
		b.Refresh()
	}
}

// SetGlyph changes the icon.
func (b *Button) SetGlyph(g theme.Glyph) {
	if b.Glyph != g {
		b.Glyph = g
		b.Refresh()
	}
}

// CreateRenderer returns the renderer.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{button: b, ring: newRing(), back: box(theme.Radius), wash: box(theme.Radius)}
	r.icon = picture(theme.Check, theme.Ink)
	r.label, r.second = canvas.NewText("", nil), canvas.NewText("", nil)
	r.objects = []fyne.CanvasObject{r.back, r.wash, r.icon, r.label, r.second, r.ring.line}
	r.Refresh()
	return r
}

type buttonRenderer struct {
	baseRenderer
	button     *Button
	ring       ring
	back, wash *canvas.Rectangle
	icon       *canvas.Image
	// label is the first line of the text; second is hidden if there is one line.
	label, second *canvas.Text
}

// colors returns the colours of background, border and text; "" for transparent.
func (r *buttonRenderer) colors() (back, edge, ink fyne.ThemeColorName) {
	switch {
	case r.button.Disabled() && r.button.Kind == Quiet:
		return "", "", fynetheme.ColorNameDisabled
	case r.button.Disabled():
		return fynetheme.ColorNameDisabledButton, "", fynetheme.ColorNameDisabled
	case r.button.Kind == Primary:
		return theme.Accent, "", theme.OnAccent
	case r.button.Kind == Quiet:
		return "", "", theme.Accent
	case r.button.Kind == Danger:
		return theme.Surface, theme.Error, theme.Error
	}
	return theme.Surface, theme.Edge, theme.Ink
}

func (r *buttonRenderer) Refresh() {
	back, edge, ink := r.colors()
	paint(r.back, back, edge)
	wash := fyne.ThemeColorName("")
	if r.button.hovered() && !r.button.Disabled() {
		wash = fynetheme.ColorNameHover
		if r.button.Kind == Primary {
			wash = fynetheme.ColorNamePressed
		}
	}
	paint(r.wash, wash, "")
	for _, label := range []*canvas.Text{r.label, r.second} {
		label.TextSize, label.TextStyle = r.button.letters()
		label.Color = fynetheme.Color(ink)
	}
	if r.button.Glyph == "" {
		r.icon.Hide()
	} else {
		r.icon.Show()
		repaint(r.icon, r.button.Glyph, ink)
	}
	r.ring.refresh(r.button.showsRing())
	r.Layout(r.button.Size())
	r.label.Refresh()
	canvas.Refresh(r.button)
}

// paint sets the colours of a rectangle and its border; "" for transparent.
func paint(r *canvas.Rectangle, fill, edge fyne.ThemeColorName) {
	r.FillColor, r.StrokeColor, r.StrokeWidth = transparent, transparent, 0
	if fill != "" {
		r.FillColor = fynetheme.Color(fill)
	}
	if edge != "" {
		r.StrokeColor, r.StrokeWidth = fynetheme.Color(edge), 1
	}
	r.Refresh()
}
