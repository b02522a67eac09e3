package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Tone is the meaning of a colour: of a badge, a card or a message.
type Tone int

// The tones.
const (
	Neutral Tone = iota
	Info
	Good
	Caution
	Bad
	// Strong is for what must not be mistaken, such as production.
	Strong
)

// Tint returns the background of a tone.
func (t Tone) Tint() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{theme.NeutralTint, theme.AccentTint, theme.SuccessTint, theme.WarningTint, theme.ErrorTint, theme.Accent}[t]
}

// Color returns the colour of text and icons on the tint.
func (t Tone) Color() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{theme.Muted, theme.Accent, theme.Success, theme.Warning, theme.Error, theme.OnAccent}[t]
}

// Badge is a short word on a rounded, coloured background, such as who fixes a finding.
type Badge struct {
	widget.BaseWidget
	// Raised is that the badge is on a tint, which may be its own; it is drawn on the
	// colour of a card then, or it would look like a text that is not aligned. A strong
	// badge stays as it is.
	Raised bool

	text string
	tone Tone
}

// NewBadge returns a badge.
func NewBadge(text string, tone Tone) *Badge {
	c := &Badge{text: text, tone: tone}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes the text and the tone; an empty text hides the badge.
func (c *Badge) Set(text string, tone Tone) {
	c.text, c.tone = text, tone
	if text == "" {
		c.Hide()
		return
	}
	c.Show()
	c.Refresh()
}

// Text returns the text.
func (c *Badge) Text() string { return c.text }

const badgeHeight float32 = 22 // at the usual text size

func (c *Badge) measure(text string) float32 {
	return fyne.MeasureText(text, fynetheme.Size(theme.SizeCaption), fyne.TextStyle{}).Width
}

// natural returns the width at which the text is not shortened.
func (c *Badge) natural() float32 { return c.measure(c.text) + 2*theme.Small }

// Within returns the size of the badge in a width that may be less than its minimum: the
// text then ends in "…". It is for [layout.Flow].
func (c *Badge) Within(width float32) fyne.Size {
	return fyne.NewSize(min(c.natural(), width), badgeHeight*theme.Em())
}

// AccessibilityLabel returns the text.
func (c *Badge) AccessibilityLabel() string { return c.text }

// AccessibilityRole returns text.
func (c *Badge) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer returns the renderer.
func (c *Badge) CreateRenderer() fyne.WidgetRenderer {
	r := &badgeRenderer{badge: c, back: box(10), label: canvas.NewText("", nil)}
	r.objects = []fyne.CanvasObject{r.back, r.label}
	r.Refresh()
	return r
}

type badgeRenderer struct {
	baseRenderer
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
		r.label.Text = ellipsize(r.badge.text, func(text string) bool { return r.badge.measure(text)+2*theme.Small <= size.Width })
	}
	layout.Center(r.label, r.label.MinSize(), size, theme.Small)
}

func (r *badgeRenderer) Refresh() {
	back := r.badge.tone.Tint()
	if r.badge.Raised && r.badge.tone != Strong {
		back = theme.Surface
	}
	paint(r.back, back, "")
	r.label.TextSize = fynetheme.Size(theme.SizeCaption)
	r.label.Color = fynetheme.Color(r.badge.tone.Color())
	r.Layout(r.badge.Size())
	r.label.Refresh()
}
