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

// Option is a row of a list from which the user chooses: a name and, below it, a detail
// that distinguishes it from the others.
type Option struct {
	widget.BaseWidget
	OnTapped func()
	// OnMove is called for the arrow keys: -1 is up, 1 is down. May be nil.
	OnMove func(step int)
	// OnFocus is called when the option gets the focus. May be nil.
	OnFocus func()

	pressable
	name, detail         *Text
	mark                 *canvas.Image
	highlighted, current bool
}

// NewOption returns a row; current is true for the one in use, which has a tick.
func NewOption(name, detail string, current bool, tapped func()) *Option {
	p := &Option{OnTapped: tapped, current: current, name: NewText(name, Style{}), detail: Caption(detail)}
	p.mark = picture(theme.MarkPass, theme.Success)
	p.pressableBy(p, func() { p.OnTapped() })
	p.typed = func(ev *fyne.KeyEvent) bool { return handleArrow(ev, p.OnMove) }
	p.ExtendBaseWidget(p)
	return p
}

// Name returns the name.
func (p *Option) Name() string { return p.name.Text() }

// SetHighlighted marks the option that Enter chooses while the focus is elsewhere.
func (p *Option) SetHighlighted(lead bool) {
	if p.highlighted != lead {
		p.highlighted = lead
		p.Refresh()
	}
}

// Highlighted reports whether Enter chooses the option.
func (p *Option) Highlighted() bool { return p.highlighted }

// FocusGained shows the ring and calls OnFocus.
func (p *Option) FocusGained() {
	p.pressable.FocusGained()
	if p.OnFocus != nil {
		p.OnFocus()
	}
}

// AccessibilityLabel returns the name and the detail, with a word for the tick.
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

// AccessibilityRole returns button.
func (p *Option) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer returns the renderer.
func (p *Option) CreateRenderer() fyne.WidgetRenderer {
	r := &optionRenderer{option: p, wash: box(theme.Radius), bar: box(optionBar / 2)}
	r.objects = []fyne.CanvasObject{r.wash, r.bar, p.name, p.detail, p.mark}
	if p.detail.Text() == "" {
		p.detail.Hide()
	}
	r.Refresh()
	return r
}

type optionRenderer struct {
	baseRenderer
	option *Option
	wash   *canvas.Rectangle
	bar    *canvas.Rectangle // marks the highlighted option by more than a colour
}

const optionBar float32 = 4

// markRoom returns the room for the tick at the end of the row.
func (r *optionRenderer) markRoom() float32 {
	if !r.option.current {
		return 0
	}
	return 16*theme.Em() + theme.Small
}

func (r *optionRenderer) MinSize() fyne.Size {
	size := fyne.NewSize(120, r.option.name.MinSize().Height+2*theme.Small)
	if r.option.detail.Visible() {
		size.Height += r.option.detail.MinSize().Height
	}
	return size
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
	if p.highlighted {
		r.wash.FillColor = fynetheme.Color(theme.AccentTint)
	}
	r.bar.FillColor, r.bar.Hidden = fynetheme.Color(theme.Accent), !p.highlighted
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
