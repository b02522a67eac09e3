package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Hairline is a thin line between two parts of a card.
func Hairline() fyne.CanvasObject {
	h := &hairline{}
	h.ExtendBaseWidget(h)
	return h
}

type hairline struct{ widget.BaseWidget }

func (h *hairline) CreateRenderer() fyne.WidgetRenderer {
	r := &hairlineRenderer{line: canvas.NewRectangle(transparent)}
	r.objects = []fyne.CanvasObject{r.line}
	r.Refresh()
	return r
}

type hairlineRenderer struct {
	parts
	line *canvas.Rectangle
}

func (r *hairlineRenderer) MinSize() fyne.Size    { return fyne.NewSize(1, 1) }
func (r *hairlineRenderer) Layout(size fyne.Size) { r.line.Resize(size) }
func (r *hairlineRenderer) Refresh()              { paint(r.line, theme.Border, "") }
