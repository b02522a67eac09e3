package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Status is the result of a check or a step: it has a shape, a word and a colour.
type Status int

// The statuses.
const (
	Waiting Status = iota
	Running
	Passed
	Warned
	Failed
	Skipped
	Manual
)

// appearance is how a status is shown.
type appearance struct {
	glyph theme.Glyph
	color fyne.ThemeColorName
	word  i18n.Key
	tone  Tone
}

var appearances = [...]appearance{
	Waiting: {theme.MarkWaiting, theme.Edge, i18n.Key("Waiting"), Neutral},
	Running: {theme.MarkRunning, theme.Accent, i18n.Key("Checking"), Info},
	Passed:  {theme.MarkPass, theme.Success, i18n.Key("Passed"), Good},
	Warned:  {theme.MarkWarn, theme.Warning, i18n.Key("Warning"), Caution},
	Failed:  {theme.MarkFail, theme.Error, i18n.Key("Failed"), Bad},
	Skipped: {theme.MarkSkip, theme.Muted, i18n.Key("Not tried"), Neutral},
	Manual:  {theme.MarkManual, theme.Accent, i18n.Key("For you to check"), Info},
}

// Word returns the name of the status.
func (s Status) Word() string { return appearances[s].word.String() }

// English returns the name in English, for reports.
func (s Status) English() string { return string(appearances[s].word) }

// Tone returns the tone of the status.
func (s Status) Tone() Tone { return appearances[s].tone }

// Color returns the colour of word and icon.
func (s Status) Color() fyne.ThemeColorName { return appearances[s].color }

// StatusIcon is the picture of a status.
type StatusIcon struct {
	widget.BaseWidget
	status Status
	size   float32
}

// NewStatusIcon returns an icon of a size, in units of the usual text size.
func NewStatusIcon(s Status, size float32) *StatusIcon {
	m := &StatusIcon{status: s, size: size}
	m.ExtendBaseWidget(m)
	return m
}

// Set changes the status.
func (m *StatusIcon) Set(s Status) {
	if m.status != s {
		m.status = s
		m.Refresh()
	}
}

// AccessibilityLabel returns the name of the status.
func (m *StatusIcon) AccessibilityLabel() string { return m.status.Word() }

// AccessibilityRole returns text: the picture represents a word.
func (m *StatusIcon) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer returns the renderer.
func (m *StatusIcon) CreateRenderer() fyne.WidgetRenderer {
	r := &statusIconRenderer{icon: m, image: picture(appearances[m.status].glyph, appearances[m.status].color)}
	r.objects = []fyne.CanvasObject{r.image}
	return r
}

type statusIconRenderer struct {
	baseRenderer
	icon  *StatusIcon
	image *canvas.Image
}

func (r *statusIconRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(r.icon.size * theme.Em()) }

func (r *statusIconRenderer) Layout(size fyne.Size) {
	layout.Center(r.image, fyne.NewSquareSize(r.icon.size*theme.Em()), size, (size.Width-r.icon.size*theme.Em())/2)
}

func (r *statusIconRenderer) Refresh() {
	f := appearances[r.icon.status]
	repaint(r.image, f.glyph, f.color)
}
