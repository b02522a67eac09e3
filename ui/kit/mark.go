package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// State is how something stands: it has a shape, a word and a colour.
type State int

// The states.
const (
	Waiting State = iota
	Running
	Passed
	Warned
	Failed
	Skipped
	Manual
)

// face is how a state looks and reads.
type face struct {
	glyph theme.Glyph
	color fyne.ThemeColorName
	word  i18n.Key
	tone  Tone
}

var faces = [...]face{
	Waiting: {theme.MarkWaiting, theme.Edge, i18n.Key("Waiting"), Neutral},
	Running: {theme.MarkRunning, theme.Accent, i18n.Key("Checking"), Info},
	Passed:  {theme.MarkPass, theme.Success, i18n.Key("Passed"), Good},
	Warned:  {theme.MarkWarn, theme.Warning, i18n.Key("Warning"), Caution},
	Failed:  {theme.MarkFail, theme.Error, i18n.Key("Failed"), Bad},
	Skipped: {theme.MarkSkip, theme.Muted, i18n.Key("Not tried"), Neutral},
	Manual:  {theme.MarkManual, theme.Accent, i18n.Key("For you to check"), Info},
}

// Word is what a state is called.
func (s State) Word() string { return faces[s].word.String() }

// English is the same in English, for what is copied.
func (s State) English() string { return string(faces[s].word) }

// Tone is the mood of a state.
func (s State) Tone() Tone { return faces[s].tone }

// Color is the colour of its word and its mark.
func (s State) Color() fyne.ThemeColorName { return faces[s].color }

// Mark is the picture of a state.
type Mark struct {
	widget.BaseWidget
	state State
	size  float32
}

// NewMark makes a mark of a size.
func NewMark(s State, size float32) *Mark {
	m := &Mark{state: s, size: size}
	m.ExtendBaseWidget(m)
	return m
}

// Set changes the state.
func (m *Mark) Set(s State) {
	if m.state != s {
		m.state = s
		m.Refresh()
	}
}

// AccessibilityLabel is the state's word.
func (m *Mark) AccessibilityLabel() string { return m.state.Word() }

// AccessibilityRole is text: the picture stands for a word.
func (m *Mark) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is Fyne's.
func (m *Mark) CreateRenderer() fyne.WidgetRenderer {
	r := &markRenderer{mark: m, image: picture(faces[m.state].glyph, faces[m.state].color)}
	r.objects = []fyne.CanvasObject{r.image}
	return r
}

type markRenderer struct {
	parts
	mark  *Mark
	image *canvas.Image
}

func (r *markRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(r.mark.size * theme.Em()) }

func (r *markRenderer) Layout(size fyne.Size) {
	center(r.image, fyne.NewSquareSize(r.mark.size*theme.Em()), size, (size.Width-r.mark.size*theme.Em())/2)
}

func (r *markRenderer) Refresh() {
	f := faces[r.mark.state]
	repaint(r.image, f.glyph, f.color)
}
