package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Glyph is an icon as decoration, next to a text with the same meaning.
type Glyph struct {
	widget.BaseWidget
	glyph theme.Glyph
	color fyne.ThemeColorName
	size  float32
}

// NewGlyph returns an icon; size is for the usual text size.
func NewGlyph(g theme.Glyph, color fyne.ThemeColorName, size float32) *Glyph {
	o := &Glyph{glyph: g, color: color, size: size}
	o.ExtendBaseWidget(o)
	return o
}

// CreateRenderer returns the renderer.
func (g *Glyph) CreateRenderer() fyne.WidgetRenderer {
	r := &glyphRenderer{glyph: g, image: picture(g.glyph, g.color)}
	r.objects = []fyne.CanvasObject{r.image}
	return r
}

type glyphRenderer struct {
	baseRenderer
	glyph *Glyph
	image *canvas.Image
}

func (r *glyphRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(r.glyph.size * theme.Em()) }

func (r *glyphRenderer) Layout(size fyne.Size) {
	layout.Center(r.image, fyne.NewSquareSize(r.glyph.size*theme.Em()), size, (size.Width-r.glyph.size*theme.Em())/2)
}

func (r *glyphRenderer) Refresh() { repaint(r.image, r.glyph.glyph, r.glyph.color) }
