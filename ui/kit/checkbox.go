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

// Checkbox is a box with a text. Unlike Fyne's its text wraps, and Enter changes it, too.
type Checkbox struct {
	widget.BaseWidget
	// Name is the name for assistive technology, "" for the text.
	Name      string
	OnChanged func(on bool)

	pressable
	text *Text
	on   bool
}

// NewCheckbox returns a checkbox.
func NewCheckbox(text string, on bool, changed func(bool)) *Checkbox {
	t := &Checkbox{text: NewText(text, Style{}), on: on, OnChanged: changed}
	t.pressableBy(t, t.toggle)
	t.ExtendBaseWidget(t)
	return t
}

// NewWordCheckbox returns a checkbox whose text stays on one line, for a [layout.Flow].
func NewWordCheckbox(text string, on bool, changed func(bool)) *Checkbox {
	t := NewCheckbox("", on, changed)
	t.text = NewText(text, Style{Fixed: true})
	return t
}

// Set changes the state without calling OnChanged.
func (t *Checkbox) Set(on bool) {
	if t.on != on {
		t.on = on
		t.Refresh()
	}
}

// On reports whether it is ticked.
func (t *Checkbox) On() bool { return t.on }

func (t *Checkbox) toggle() {
	t.on = !t.on
	t.Refresh()
	if t.OnChanged != nil {
		t.OnChanged(t.on)
	}
}

// AccessibilityLabel returns the text with the state.
func (t *Checkbox) AccessibilityLabel() string {
	name := t.Name
	if name == "" {
		name = t.text.Text()
	}
	if t.on {
		return i18n.F("{{.Name}}, ticked", i18n.V{"Name": name})
	}
	return i18n.F("{{.Name}}, not ticked", i18n.V{"Name": name})
}

// AccessibilityRole returns button: Fyne 2.8 has no role for a checkbox.
func (t *Checkbox) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer returns the renderer.
func (t *Checkbox) CreateRenderer() fyne.WidgetRenderer {
	r := &checkboxRenderer{checkbox: t, ring: newRing(), box: box(4), mark: picture(theme.Check, theme.OnAccent)}
	r.objects = []fyne.CanvasObject{r.box, r.mark, t.text, r.ring.line}
	if t.text.Text() == "" {
		t.text.Hide()
	}
	r.Refresh()
	return r
}

type checkboxRenderer struct {
	baseRenderer
	checkbox *Checkbox
	ring     ring
	box      *canvas.Rectangle
	mark     *canvas.Image
}

func checkboxSize() float32 { return 18 * theme.Em() }

func (r *checkboxRenderer) MinSize() fyne.Size {
	m := r.checkbox.text.MinSize()
	if !r.checkbox.text.Visible() {
		return fyne.NewSquareSize(checkboxSize()).AddWidthHeight(0, 2*theme.Hair)
	}
	return fyne.NewSize(checkboxSize()+theme.Small+m.Width, max(m.Height, checkboxSize())+2*theme.Hair)
}

func (r *checkboxRenderer) Layout(size fyne.Size) {
	r.box.Move(fyne.NewPos(0, theme.Hair))
	r.box.Resize(fyne.NewSquareSize(checkboxSize()))
	r.mark.Move(fyne.NewPos(2, theme.Hair+2))
	r.mark.Resize(fyne.NewSquareSize(checkboxSize() - 4))
	r.checkbox.text.Move(fyne.NewPos(checkboxSize()+theme.Small, theme.Hair))
	layout.Fit(r.checkbox.text, size.Width-checkboxSize()-theme.Small)
	r.ring.layout(size)
}

func (r *checkboxRenderer) Refresh() {
	switch {
	case r.checkbox.on:
		paint(r.box, theme.Accent, "")
	case r.checkbox.hovered():
		paint(r.box, fynetheme.ColorNameHover, theme.Edge)
	default:
		paint(r.box, theme.Surface, theme.Edge)
	}
	r.mark.Hidden = !r.checkbox.on
	repaint(r.mark, theme.Check, theme.OnAccent)
	r.checkbox.text.Refresh()
	r.ring.refresh(r.checkbox.showsRing())
	r.Layout(r.checkbox.Size())
	canvas.Refresh(r.checkbox)
}
