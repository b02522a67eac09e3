package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Progress is a thin bar. It is not animated: over a remote desktop every frame is sent.
type Progress struct {
	widget.BaseWidget
	done, total int
}

// NewProgress returns an empty bar.
func NewProgress() *Progress {
	p := &Progress{}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes how much is done.
func (p *Progress) Set(done, total int) {
	if p.done != done || p.total != total {
		p.done, p.total = done, total
		p.Refresh()
	}
}

// CreateRenderer returns the renderer.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	r := &progressRenderer{progress: p, track: box(3), bar: box(3)}
	r.objects = []fyne.CanvasObject{r.track, r.bar}
	r.Refresh()
	return r
}

type progressRenderer struct {
	baseRenderer
	progress   *Progress
	track, bar *canvas.Rectangle
}

func (r *progressRenderer) MinSize() fyne.Size { return fyne.NewSize(80, 6) }

func (r *progressRenderer) Layout(size fyne.Size) {
	r.track.Resize(size)
	var part float32
	if r.progress.total > 0 {
		part = float32(r.progress.done) / float32(r.progress.total)
	}
	r.bar.Resize(fyne.NewSize(size.Width*min(part, 1), size.Height))
}

func (r *progressRenderer) Refresh() {
	paint(r.track, theme.Border, "")
	paint(r.bar, theme.Accent, "")
	r.Layout(r.progress.Size())
}
