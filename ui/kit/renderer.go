package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// parts is the plain part of every renderer here: its objects, and nothing to
// destroy.
type parts struct{ objects []fyne.CanvasObject }

func (p *parts) Objects() []fyne.CanvasObject { return p.objects }
func (p *parts) Destroy()                     {}

var transparent = color.Transparent

// box is a rectangle in colours of the theme.
func box(radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(color.Transparent)
	r.CornerRadius = radius
	return r
}

func picture(g theme.Glyph, name fyne.ThemeColorName) *canvas.Image {
	i := canvas.NewImageFromResource(theme.Icon(g, name))
	i.FillMode = canvas.ImageFillContain
	return i
}

func repaint(i *canvas.Image, g theme.Glyph, name fyne.ThemeColorName) {
	icon := theme.Icon(g, name)
	if i.Resource != nil && i.Resource.Name() == icon.Name() {
		return // the same picture: decoding it again is what costs
	}
	i.Resource = icon
	i.Refresh()
}

// ring shows the focus: a line of the accent, a gap away from the control.
type ring struct{ line *canvas.Rectangle }

func newRing() ring {
	line := box(theme.Radius + ringGap)
	line.StrokeWidth = 2
	line.Hide()
	return ring{line}
}

const ringGap float32 = 3

func (r ring) layout(size fyne.Size) {
	r.line.Move(fyne.NewPos(-ringGap, -ringGap))
	r.line.Resize(size.AddWidthHeight(2*ringGap, 2*ringGap))
}

func (r ring) refresh(visible bool) {
	r.line.StrokeColor = fynetheme.Color(theme.Accent)
	if visible {
		r.line.Show()
	} else {
		r.line.Hide()
	}
	r.line.Refresh()
}
