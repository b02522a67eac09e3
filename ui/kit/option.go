package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Pick is a row of a list from which one is taken: its name and, below it, what
// tells it from the others. Enter, Space and a click take it.
type Option struct {
	widget.BaseWidget
	OnTapped func()
	// OnMove is told of the arrow keys: -1 is up, 1 is down. May be nil.
	OnMove func(step int)
	// OnFocus is told when the focus comes. May be nil.
	OnFocus func()

	pressable
	name, detail  *Text
	mark          *canvas.Image
	lead, current bool
}

// NewPick makes a row; the current one, which was taken before, has a tick.
func NewOption(name, detail string, current bool, tapped func()) *Option {
	p := &Option{OnTapped: tapped, current: current, name: NewText(name, Style{}), detail: Caption(detail)}
	p.mark = picture(theme.MarkPass, theme.Success)
	p.pressableBy(p, func() { p.OnTapped() })
	p.typed = func(ev *fyne.KeyEvent) bool { return moves(ev, p.OnMove) }
	p.ExtendBaseWidget(p)
	return p
}

// Name is what is taken.
func (p *Option) Name() string { return p.name.Text() }

// Lead marks it as the one that Enter takes from elsewhere.
func (p *Option) Lead(lead bool) {
	if p.lead != lead {
		p.lead = lead
		p.Refresh()
	}
}

// Leads tells whether it is the one that Enter takes.
func (p *Option) Leads() bool { return p.lead }

// FocusGained shows the ring and calls OnFocus.
func (p *Option) FocusGained() {
	p.pressable.FocusGained()
	if p.OnFocus != nil {
		p.OnFocus()
	}
}

// AccessibilityLabel is the name and the detail, with a word for the tick.
func (p *Option) AccessibilityLabel() string {
	said := p.name.Text()
	if detail := p.detail.Text(); detail != "" {
		said += ", " + detail
	}
	if p.current {
		said = i18n.F("{{.Name}}, ticked", i18n.V{"Name": said})
	}
	return said
}

// AccessibilityRole is button.
func (p *Option) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is Fyne's.
func (p *Option) CreateRenderer() fyne.WidgetRenderer {
	r := &optionRenderer{option: p, wash: box(theme.Radius), bar: box(optionBar / 2)}
	r.objects = []fyne.CanvasObject{r.wash, r.bar, p.name, p.detail, p.mark}
	r.Refresh()
	return r
}

type optionRenderer struct {
	parts
	option *Option
	wash   *canvas.Rectangle
	bar    *canvas.Rectangle // tells the one that leads from the others by more than a colour
}

const optionBar float32 = 4

// markRoom is what the tick takes at the end of the row.
func (r *optionRenderer) markRoom() float32 {
	if !r.option.current {
		return 0
	}
	return 16*theme.Em() + theme.Small
}

func (r *optionRenderer) MinSize() fyne.Size {
	return fyne.NewSize(120, r.option.name.MinSize().Height+r.option.detail.MinSize().Height+2*theme.Small)
}

func (r *optionRenderer) Layout(size fyne.Size) {
	r.wash.Resize(size)
	r.bar.Move(fyne.NewPos(2, theme.Small))
	r.bar.Resize(fyne.NewSize(optionBar, size.Height-2*theme.Small))
	y := theme.Small
	for _, text := range []*Text{r.option.name, r.option.detail} {
		text.Move(fyne.NewPos(theme.Near, y))
		y += layout.Fit(text, size.Width-2*theme.Near-r.markRoom())
	}
	mark := fyne.NewSquareSize(16 * theme.Em())
	layout.Center(r.option.mark, mark, size, size.Width-theme.Near-mark.Width)
}

func (r *optionRenderer) Refresh() {
	p := r.option
	r.wash.FillColor, r.wash.StrokeColor, r.wash.StrokeWidth = transparent, transparent, 0
	if p.hovered() {
		r.wash.FillColor = fynetheme.Color(fynetheme.ColorNameHover)
	}
	if p.lead {
		r.wash.FillColor = fynetheme.Color(theme.AccentTint)
	}
	r.bar.FillColor, r.bar.Hidden = fynetheme.Color(theme.Accent), !p.lead
	r.bar.Refresh()
	if p.showsRing() {
		r.wash.StrokeColor, r.wash.StrokeWidth = fynetheme.Color(theme.Accent), 2
	}
	r.wash.Refresh()
	p.mark.Hidden = !p.current
	repaint(p.mark, theme.MarkPass, theme.Success)
	p.name.Refresh()
	p.detail.Refresh()
	r.Layout(p.Size())
	canvas.Refresh(p)
}
