package kit

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Style is how a text looks. The zero value is the body text.
type Style struct {
	Size   fyne.ThemeSizeName  // "" is look.SizeBody
	Color  fyne.ThemeColorName // "" is look.Ink
	Bold   bool
	Mono   bool
	Center bool
	// OneLine keeps the text on one line; what does not fit ends in "…".
	OneLine bool
	// Fixed keeps the text on one line and as wide as it is: it is never cut.
	Fixed bool
}

// Text is text without the margin that Fyne's label has, so that it lines up
// with the controls around it. It wraps unless its style says OneLine.
type Text struct {
	widget.BaseWidget
	text    string
	rich    *widget.RichText
	segment *widget.TextSegment // the text, with the ends of lines that Fyne would not find
	style   Style
}

// NewText makes a text.
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

// Caption is small, secondary text.
func Caption(text string) *Text {
	return NewText(text, Style{Size: theme.SizeCaption, Color: theme.Muted})
}

// Text is what it says.
func (t *Text) Text() string { return t.text }

// SetText changes what it says.
func (t *Text) SetText(text string) {
	if text == t.text {
		return
	}
	t.text, t.segment.Text = text, text
	t.Refresh()
}

// SetColor changes its colour.
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

// AccessibilityLabel is the text.
func (t *Text) AccessibilityLabel() string { return t.text }

// AccessibilityRole is text.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is Fyne's.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	return &textRenderer{parts{[]fyne.CanvasObject{t.rich}}, t}
}

// NaturalWidth is the width at which the text needs no wrapping.
func (t *Text) NaturalWidth() float32 { return t.measure(t.text) }

func (t *Text) measure(line string) float32 {
	return fyne.MeasureText(line, fynetheme.Size(t.segment.Style.SizeName), t.segment.Style.TextStyle).Width
}

// wrap ends the lines where Fyne would not; true when that has changed any.
func (t *Text) wrap(width float32) bool {
	if t.rich.Wrapping == fyne.TextWrapOff || width <= 0 {
		return false
	}
	before := t.segment.Text
	t.segment.Text = breakLines(t.text, func(line string) bool { return t.measure(line) <= width })
	return t.segment.Text != before
}

type textRenderer struct {
	parts
	text *Text
}

// inset is the margin that RichText draws around its text; we cut it off.
func inset() float32 { return fynetheme.Size(fynetheme.SizeNameInnerPadding) }

func (r *textRenderer) Layout(size fyne.Size) {
	r.text.rich.Move(fyne.NewPos(-inset(), -inset()))
	changed := r.text.wrap(size.Width)
	r.text.rich.Resize(size.AddWidthHeight(2*inset(), 2*inset()))
	if changed {
		r.text.rich.Refresh()
	}
}

func (r *textRenderer) MinSize() fyne.Size {
	return r.text.rich.MinSize().SubtractWidthHeight(2*inset(), 2*inset())
}

func (r *textRenderer) Refresh() {
	r.text.wrap(r.text.Size().Width)
	r.text.rich.Refresh()
	r.Layout(r.text.Size())
}
