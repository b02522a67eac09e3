package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Select is a choice between things that need a line of explanation each. It shows the
// label, the chosen one in a box, and its line below; the others are in a list, which
// Enter, Space, the arrow keys and a click open. It is one stop of the Tab key.
type Select struct {
	widget.BaseWidget
	Label string
	// Empty is shown while nothing is chosen.
	Empty    string
	OnChosen func(index int)
	// OnOpen is called in the place of opening the list: for a choice of many. May be nil.
	OnOpen func()

	pressable
	options []SelectOption
	chosen  int

	at    fyne.Position // of the box
	frame fyne.Size     // of the box
}

// SelectOption is what can be chosen.
type SelectOption struct {
	Name string
	// Detail is one line: when to choose it.
	Detail string
}

// NewSelect returns a choice without options.
func NewSelect(label string, chosen func(index int)) *Select {
	s := &Select{Label: label, OnChosen: chosen}
	s.pressableBy(s, s.open)
	s.typed = func(ev *fyne.KeyEvent) bool { return handleArrow(ev, func(int) { s.open() }) }
	s.ExtendBaseWidget(s)
	return s
}

// Set shows options with one of them chosen, and does not call OnChosen.
func (s *Select) Set(options []SelectOption, chosen int) {
	s.options, s.chosen = options, chosen
	s.Refresh()
}

// Options returns what can be chosen, and the index of what is.
func (s *Select) Options() ([]SelectOption, int) { return s.options, s.chosen }

// Choose calls OnChosen if it is another one.
func (s *Select) Choose(index int) {
	if index != s.chosen && index >= 0 && index < len(s.options) {
		s.OnChosen(index)
	}
}

// current returns what is chosen.
func (s *Select) current() SelectOption {
	if s.chosen < 0 || s.chosen >= len(s.options) {
		return SelectOption{Name: s.Empty}
	}
	return s.options[s.chosen]
}

// AccessibilityLabel returns the label with the choice.
func (s *Select) AccessibilityLabel() string { return s.Label + ": " + s.current().Name }

// AccessibilityRole returns button.
func (s *Select) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer returns the renderer.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	r := &selectRenderer{control: s, back: box(theme.Radius), wash: box(theme.Radius), edge: box(theme.Radius + 1)}
	r.label = NewText(s.Label, Style{Bold: true})
	r.name = NewText("", Style{})
	r.detail = Caption("")
	r.icon = picture(theme.ChevronDown, theme.Muted)
	r.objects = []fyne.CanvasObject{r.label, r.back, r.wash, r.name, r.icon, r.edge, r.detail}
	r.Refresh()
	return r
}

type selectRenderer struct {
	baseRenderer
	control      *Select
	label        *Text
	back, wash   *canvas.Rectangle
	edge         *canvas.Rectangle // around the box while it has the focus
	name, detail *Text
	icon         *canvas.Image
}

// boxHeight returns the height of an entry, which is that of a box with a name of one line.
func boxHeight() float32 {
	return fyne.MeasureText("M", fynetheme.TextSize(), fyne.TextStyle{}).Height + 2*fynetheme.InnerPadding()
}

// boxHeight returns the height of the box, which grows with a name that wraps.
func (r *selectRenderer) boxHeight() float32 {
	return max(boxHeight(), r.name.MinSize().Height+2*fynetheme.InnerPadding())
}

// boxTop returns where the box begins.
func (r *selectRenderer) boxTop() float32 { return r.label.MinSize().Height + theme.Tight }

func (r *selectRenderer) MinSize() fyne.Size {
	size := fyne.NewSize(120, r.boxTop()+r.boxHeight())
	if r.detail.Visible() {
		size.Height += theme.Tight + r.detail.MinSize().Height
	}
	return size
}

func (r *selectRenderer) Layout(size fyne.Size) {
	if size.Width <= 0 {
		return // not laid out yet: each letter would be a line
	}
	pad, mark := fynetheme.InnerPadding(), 16*theme.Em()
	layout.Fit(r.label, size.Width)
	line := layout.Fit(r.name, size.Width-3*pad-mark)
	frame, at := fyne.NewSize(size.Width, r.boxHeight()), fyne.NewPos(0, r.boxTop())
	r.control.frame, r.control.at = frame, at
	for _, o := range []*canvas.Rectangle{r.back, r.wash} {
		o.Move(at)
		o.Resize(frame)
	}
	r.edge.Move(at.AddXY(-1, -1))
	r.edge.Resize(frame.AddWidthHeight(2, 2))
	r.name.Move(at.AddXY(pad, (frame.Height-line)/2))
	r.icon.Move(at.AddXY(size.Width-pad-mark, (frame.Height-mark)/2))
	r.icon.Resize(fyne.NewSquareSize(mark))
	r.detail.Move(at.AddXY(0, frame.Height+theme.Tight))
	layout.Fit(r.detail, size.Width)
}

func (r *selectRenderer) Refresh() {
	s := r.control
	chosen := s.current()
	r.name.SetText(chosen.Name)
	r.detail.SetText(chosen.Detail)
	layout.SetVisible(r.detail, chosen.Detail != "")
	paint(r.back, theme.Surface, theme.Edge)
	wash := fyne.ThemeColorName("")
	if s.hovered() {
		wash = fynetheme.ColorNameHover
	}
	paint(r.wash, wash, "")
	paint(r.edge, "", theme.Accent)
	r.edge.StrokeWidth, r.edge.Hidden = 2, !s.showsRing()
	r.edge.Refresh()
	repaint(r.icon, theme.ChevronDown, theme.Muted)
	for _, t := range []*Text{r.label, r.name, r.detail} {
		t.Refresh()
	}
	r.Layout(s.Size())
	canvas.Refresh(s)
}
