package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Banner is a strip across the window, such as the header or the line about the sandbox.
type Banner struct {
	widget.BaseWidget
	line fyne.CanvasObject
	tone Tone
}

// NewBanner returns a banner; the line has its own margins.
func NewBanner(tone Tone, line fyne.CanvasObject) *Banner {
	b := &Banner{line: line, tone: tone}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer returns the renderer.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	r := &bannerRenderer{banner: b, back: canvas.NewRectangle(transparent), hair: canvas.NewRectangle(transparent)}
	r.objects = []fyne.CanvasObject{r.back, r.hair, b.line}
	r.Refresh()
	return r
}

type bannerRenderer struct {
	baseRenderer
	banner     *Banner
	back, hair *canvas.Rectangle
}

func (r *bannerRenderer) MinSize() fyne.Size { return r.banner.line.MinSize() }

func (r *bannerRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.hair.Move(fyne.NewPos(0, size.Height-1))
	r.hair.Resize(fyne.NewSize(size.Width, 1))
	r.banner.line.Resize(size)
}

func (r *bannerRenderer) Refresh() {
	fill := theme.Surface
	if r.banner.tone != Neutral {
		fill = r.banner.tone.Tint()
	}
	paint(r.back, fill, "")
	paint(r.hair, theme.Border, "")
	r.banner.line.Refresh()
	r.Layout(r.banner.Size())
}
