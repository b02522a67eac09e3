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

// face is how a state looks and reads.
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

// Word is what a state is called.
func (s Status) Word() string { return appearances[s].word.String() }

// English is the same in English, for what is copied.
func (s Status) English() string { return string(appearances[s].word) }

// Tone is the mood of a state.
func (s Status) Tone() Tone { return appearances[s].tone }

// Color is the colour of its word and its mark.
func (s Status) Color() fyne.ThemeColorName { return appearances[s].color }

// StatusIcon is the picture of a status.
type StatusIcon struct {
	widget.BaseWidget
	state Status
	size  float32
}

// NewStatusIcon returns an icon of a size, in units of the usual text size.
func NewStatusIcon(s Status, size float32) *StatusIcon {
	m := &StatusIcon{state: s, size: size}
	m.ExtendBaseWidget(m)
	return m
}

// Set changes the state.
func (m *StatusIcon) Set(s Status) {
	if m.state != s {
		m.state = s
		m.Refresh()
	}
}

// AccessibilityLabel is the state's word.
func (m *StatusIcon) AccessibilityLabel() string { return m.state.Word() }

// AccessibilityRole is text: the picture stands for a word.
func (m *StatusIcon) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is Fyne's.
func (m *StatusIcon) CreateRenderer() fyne.WidgetRenderer {
	r := &statusIconRenderer{icon: m, image: picture(appearances[m.state].glyph, appearances[m.state].color)}
	r.objects = []fyne.CanvasObject{r.image}
	return r
}

type statusIconRenderer struct {
	parts
	icon  *StatusIcon
	image *canvas.Image
}

func (r *statusIconRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(r.icon.size * theme.Em()) }

func (r *statusIconRenderer) Layout(size fyne.Size) {
	layout.Center(r.image, fyne.NewSquareSize(r.icon.size*theme.Em()), size, (size.Width-r.icon.size*theme.Em())/2)
}

func (r *statusIconRenderer) Refresh() {
	f := appearances[r.icon.state]
	repaint(r.image, f.glyph, f.color)
}
