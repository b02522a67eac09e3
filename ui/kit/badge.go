package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Tone is the mood of a badge, a card or a banner.
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

// Badge is a short word on a rounded, coloured background, such as who fixes a finding.
type Badge struct {
	widget.BaseWidget
	text string
	tone Tone
}

// NewBadge returns a badge.
func NewBadge(text string, tone Tone) *Badge {
	c := &Badge{text: text, tone: tone}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes what it says; an empty text hides it.
func (c *Badge) Set(text string, tone Tone) {
	c.text, c.tone = text, tone
	if text == "" {
		c.Hide()
		return
	}
	c.Show()
	c.Refresh()
}

// Text is what it says.
func (c *Badge) Text() string { return c.text }

const badgeHeight float32 = 22 // with usual text

func (c *Badge) measure(text string) float32 {
	return fyne.MeasureText(text, fynetheme.Size(theme.SizeCaption), fyne.TextStyle{}).Width
}

// natural is the width at which nothing is cut.
func (c *Badge) natural() float32 { return c.measure(c.text) + 2*theme.Small }

// Within is the badge's size where there is a width: where that is not enough the
// text ends in "…".
func (c *Badge) Within(width float32) fyne.Size {
	return fyne.NewSize(min(c.natural(), width), badgeHeight*theme.Em())
}

// AccessibilityLabel is the text.
func (c *Badge) AccessibilityLabel() string { return c.text }

// AccessibilityRole is text.
func (c *Badge) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is Fyne's.
func (c *Badge) CreateRenderer() fyne.WidgetRenderer {
	r := &badgeRenderer{badge: c, back: box(10), label: canvas.NewText("", nil)}
	r.objects = []fyne.CanvasObject{r.back, r.label}
	r.Refresh()
	return r
}

type badgeRenderer struct {
	parts
	badge *Badge
	back  *canvas.Rectangle
	label *canvas.Text
}

func (r *badgeRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.badge.natural(), badgeHeight*theme.Em())
}

func (r *badgeRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.label.Text = r.badge.text
	if size.Width > 0 && size.Width+0.5 < r.badge.natural() {
		r.label.Text = ended(r.badge.text, func(text string) bool { return r.badge.measure(text)+2*theme.Small <= size.Width })
	}
	layout.Center(r.label, r.label.MinSize(), size, theme.Small)
}

func (r *badgeRenderer) Refresh() {
	paint(r.back, r.badge.tone.Tint(), "")
	r.label.TextSize = fynetheme.Size(theme.SizeCaption)
	r.label.Color = fynetheme.Color(r.badge.tone.Color())
	r.Layout(r.badge.Size())
	r.label.Refresh()
}
