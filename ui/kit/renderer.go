package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// baseRenderer is embedded in every renderer: it has the objects, and nothing to
// destroy.
type baseRenderer struct{ objects []fyne.CanvasObject }

func (p *baseRenderer) Objects() []fyne.CanvasObject { return p.objects }
func (p *baseRenderer) Destroy()                     {}

var transparent = color.Transparent

// box returns a transparent rectangle with rounded corners.
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
		return // decoding the same picture again is slow
	}
	i.Resource = icon
	i.Refresh()
}

// ring shows the focus: a line around the control, with a gap.
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
