package kit

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Style is how a text is shown. The zero value is the body text.
type Style struct {
	Size   fyne.ThemeSizeName  // "" is theme.SizeBody
	Color  fyne.ThemeColorName // "" is theme.Ink
	Bold   bool
	Mono   bool
	Center bool
	// OneLine keeps the text on one line, which ends in "…" if it is too long.
	OneLine bool
	// Fixed keeps the text on one line and is as wide as the text.
	Fixed bool
}

// Text is a text without the margin of Fyne's label, so that it is aligned with the
// controls around it. It wraps unless its style is OneLine or Fixed.
type Text struct {
	widget.BaseWidget
	text    string
	rich    *widget.RichText
	segment *widget.TextSegment // the text with line breaks that Fyne does not find
	style   Style
}

// NewText returns a text.
func NewText(text string, style Style) *Text {
	t := &Text{text: text, style: style}
	t.segment = &widget.TextSegment{Text: text}
	t.rich = widget.NewRichText(t.segment)
	t.rich.Wrapping = fyne.TextWrapWord
	if style.OneLine {
		t.rich.Wrapping, t.rich.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	}
	if style.Fixed {
		t.rich.Wrapping = fyne.TextWrapOff
	}
	t.apply()
	t.ExtendBaseWidget(t)
	return t
}

// Caption returns a small, secondary text.
func Caption(text string) *Text {
	return NewText(text, Style{Size: theme.SizeCaption, Color: theme.Muted})
}

// Text returns the text.
func (t *Text) Text() string { return t.text }

// SetText changes the text.
func (t *Text) SetText(text string) {
	if text == t.text {
		return
	}
	t.text, t.segment.Text = text, text
	t.Refresh()
}

// SetColor changes the colour.
func (t *Text) SetColor(name fyne.ThemeColorName) {
	if name == t.style.Color {
		return
	}
	t.style.Color = name
	t.apply()
	t.Refresh()
}

func (t *Text) apply() {
	s := widget.RichTextStyle{ColorName: t.style.Color, SizeName: t.style.Size}
	s.TextStyle = fyne.TextStyle{Bold: t.style.Bold, Monospace: t.style.Mono}
	if s.ColorName == "" {
		s.ColorName = theme.Ink
	}
	if s.SizeName == "" {
		s.SizeName = theme.SizeBody
	}
	if t.style.Center {
		s.Alignment = fyne.TextAlignCenter
	}
	t.segment.Style = s
}

// AccessibilityLabel returns the text.
func (t *Text) AccessibilityLabel() string { return t.text }

// AccessibilityRole returns text.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer returns the renderer.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	return &textRenderer{baseRenderer: baseRenderer{[]fyne.CanvasObject{t.rich}}, text: t}
}

// NaturalWidth returns the width at which the text does not wrap.
func (t *Text) NaturalWidth() float32 { return t.measure(t.text) }

func (t *Text) measure(line string) float32 {
	return fyne.MeasureText(line, fynetheme.Size(t.segment.Style.SizeName), t.segment.Style.TextStyle).Width
}

// wrap adds the line breaks that Fyne does not find, and reports whether any changed.
func (t *Text) wrap(width float32) bool {
	if t.rich.Wrapping == fyne.TextWrapOff || width <= 0 {
		return false
	}
	before := t.segment.Text
	lines := breakLines
	if t.style.Mono && isPath(t.text) {
		lines = breakPath
	}
	t.segment.Text = lines(t.text, func(line string) bool { return t.measure(line) <= width })
	return t.segment.Text != before
}

type textRenderer struct {
	baseRenderer
	text  *Text
	drawn drawnText
}

// drawnText is everything that the look of a text depends on.
type drawnText struct {
	text    string
	style   Style
	size    fyne.Size
	theme   fyne.Theme
	variant fyne.ThemeVariant
}

func (t *Text) look() drawnText {
	settings := fyne.CurrentApp().Settings()
	return drawnText{t.text, t.style, t.Size(), settings.Theme(), settings.ThemeVariant()}
}

// richTextMargin returns the margin of RichText around its text, which is cut off.
func richTextMargin() float32 { return fynetheme.Size(fynetheme.SizeNameInnerPadding) }

func (r *textRenderer) Layout(size fyne.Size) {
	r.text.rich.Move(fyne.NewPos(-richTextMargin(), -richTextMargin()))
	changed := r.text.wrap(size.Width)
	r.text.rich.Resize(size.AddWidthHeight(2*richTextMargin(), 2*richTextMargin()))
	if changed {
		r.text.rich.Refresh()
	}
}

func (r *textRenderer) MinSize() fyne.Size {
	return r.text.rich.MinSize().SubtractWidthHeight(2*richTextMargin(), 2*richTextMargin())
}

// Refresh does nothing if nothing has changed: a container refreshes all its texts, and
// finding the line breaks again is slow.
func (r *textRenderer) Refresh() {
	if r.drawn == r.text.look() {
		return
	}
	r.text.wrap(r.text.Size().Width)
	r.text.rich.Refresh()
	r.Layout(r.text.Size())
	r.drawn = r.text.look()
}
