package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Tone is the mood of a chip, a card or a banner.
type Tone int

// The tones.
const (
	Neutral Tone = iota
	Info
	Good
	Caution
	Bad
)

// Tint is the wash of a tone, Color what is written or drawn on it.
func (t Tone) Tint() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{theme.NeutralTint, theme.AccentTint, theme.SuccessTint, theme.WarningTint, theme.ErrorTint}[t]
}

// Color is the strong colour of a tone.
func (t Tone) Color() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{theme.Muted, theme.Accent, theme.Success, theme.Warning, theme.Error}[t]
}

// Chip is a short word in a rounded wash: who mends it, what it is.
type Chip struct {
	widget.BaseWidget
	text string
	tone Tone
}

// NewChip makes a chip.
func NewChip(text string, tone Tone) *Chip {
	c := &Chip{text: text, tone: tone}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes what it says; an empty text hides it.
func (c *Chip) Set(text string, tone Tone) {
	c.text, c.tone = text, tone
	if text == "" {
		c.Hide()
		return
	}
	c.Show()
	c.Refresh()
}

// Text is what it says.
func (c *Chip) Text() string { return c.text }

const chipHeight float32 = 22 // with usual text

func (c *Chip) measure(text string) float32 {
	return fyne.MeasureText(text, fynetheme.Size(theme.SizeCaption), fyne.TextStyle{}).Width
}

// natural is the width at which nothing is cut.
func (c *Chip) natural() float32 { return c.measure(c.text) + 2*theme.Small }

// Within is the chip's size where there is a width: where that is not enough the
// text ends in "…".
func (c *Chip) Within(width float32) fyne.Size {
	return fyne.NewSize(min(c.natural(), width), chipHeight*theme.Em())
}

// AccessibilityLabel is the text.
func (c *Chip) AccessibilityLabel() string { return c.text }

// AccessibilityRole is text.
func (c *Chip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is Fyne's.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	r := &chipRenderer{chip: c, back: box(10), label: canvas.NewText("", nil)}
	r.objects = []fyne.CanvasObject{r.back, r.label}
	r.Refresh()
	return r
}

type chipRenderer struct {
	parts
	chip  *Chip
	back  *canvas.Rectangle
	label *canvas.Text
}

func (r *chipRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.chip.natural(), chipHeight*theme.Em())
}

func (r *chipRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.label.Text = r.chip.text
	if size.Width > 0 && size.Width+0.5 < r.chip.natural() {
		r.label.Text = ended(r.chip.text, func(text string) bool { return r.chip.measure(text)+2*theme.Small <= size.Width })
	}
	center(r.label, r.label.MinSize(), size, theme.Small)
}

func (r *chipRenderer) Refresh() {
	paint(r.back, r.chip.tone.Tint(), "")
	r.label.TextSize = fynetheme.Size(theme.SizeCaption)
	r.label.Color = fynetheme.Color(r.chip.tone.Color())
	r.Layout(r.chip.Size())
	r.label.Refresh()
}
