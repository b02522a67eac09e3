package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Kind is how much a button asks for attention.
type Kind int

// The kinds. A screen has at most one Primary button.
const (
	Secondary Kind = iota
	Primary
	Quiet  // text alone, for the third-best action
	Danger // what cannot be undone
)

// Scale is how large a button is.
type Scale int

// The scales.
const (
	Normal Scale = iota
	Big
	Compact
)

var buttonHeights = map[Scale]float32{Normal: 34, Big: 40, Compact: 28} // with usual text

// Button takes Enter and Space, keeps the focus when it is pressed, and shows it.
// It is as wide as its text; where it gets less, the text goes on in a second
// line if there is the height for it, and ends in "…".
type Button struct {
	widget.DisableableWidget
	Kind  Kind
	Scale Scale
	// Glyph stands before the text; Trailing puts it behind. "" shows none.
	Glyph    theme.Glyph
	Trailing bool
	// Name is for assistive technology where Text is empty or says too little.
	Name string
	// State is said after the name, such as "Copied"; "" is none.
	State    string
	OnTapped func()

	pressable
	text string
}

// NewButton makes a button of a kind.
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

// NewIconButton makes a quiet button without text; name is what it does.
func NewIconButton(g theme.Glyph, name string, tapped func()) *Button {
	b := NewButton("", Quiet, tapped)
	b.Glyph, b.Name = g, name
	return b
}

// Text is its label.
func (b *Button) Text() string { return b.text }

// SetText changes its label.
func (b *Button) SetText(text string) {
	if b.text != text {
		b.text = text
		b.Refresh()
	}
}

// SetKind changes how much it asks for attention.
func (b *Button) SetKind(k Kind) {
	if b.Kind != k {
		b.Kind = k
		b.Refresh()
	}
}

// SetGlyph changes its icon.
func (b *Button) SetGlyph(g theme.Glyph) {
	if b.Glyph != g {
		b.Glyph = g
		b.Refresh()
	}
}

// CreateRenderer is Fyne's.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{button: b, ring: newRing(), back: box(theme.Radius), wash: box(theme.Radius)}
	r.icon = picture(theme.Check, theme.Ink)
	r.label, r.second = canvas.NewText("", nil), canvas.NewText("", nil)
	r.objects = []fyne.CanvasObject{r.back, r.wash, r.icon, r.label, r.second, r.ring.line}
	r.Refresh()
	return r
}

type buttonRenderer struct {
	parts
	button     *Button
	ring       ring
	back, wash *canvas.Rectangle
	icon       *canvas.Image
	// label is the text, or its first line; second is hidden but for a second line.
	label, second *canvas.Text
}

// colors are those of background, edge and text.
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

// paint fills a rectangle and draws its edge; "" is no colour.
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
