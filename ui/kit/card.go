package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Card is a surface with a border and rounded corners. Its band is a coloured part at
// the top.
type Card struct {
	widget.BaseWidget
	Body fyne.CanvasObject
	Band fyne.CanvasObject // may be nil
	tone Tone
}

// NewCard returns a card without a band; body has its own margins.
func NewCard(body fyne.CanvasObject) *Card {
	c := &Card{Body: body}
	c.ExtendBaseWidget(c)
	return c
}

// NewBandCard returns a card with a band; band and body have their own margins.
func NewBandCard(tone Tone, band, body fyne.CanvasObject) *Card {
	c := &Card{Body: body, Band: band, tone: tone}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer returns the renderer.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	r := &cardRenderer{card: c, back: box(theme.CardRadius), edge: box(theme.CardRadius), wash: box(0)}
	r.wash.TopLeftCornerRadius, r.wash.TopRightCornerRadius = theme.CardRadius, theme.CardRadius
	r.objects = []fyne.CanvasObject{r.back}
	if c.Band != nil {
		r.objects = append(r.objects, r.wash, r.edge, c.Band)
	} else {
		r.objects = append(r.objects, r.edge)
	}
	if c.Body != nil {
		r.objects = append(r.objects, c.Body)
	}
	r.Refresh()
	return r
}

type cardRenderer struct {
	baseRenderer
	card             *Card
	back, edge, wash *canvas.Rectangle
}

func (r *cardRenderer) MinSize() fyne.Size {
	var size fyne.Size
	for _, o := range []fyne.CanvasObject{r.card.Band, r.card.Body} {
		if o != nil && o.Visible() {
			m := o.MinSize()
			size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height)
		}
	}
	return size
}

func (r *cardRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.edge.Resize(size)
	var y float32
	if r.card.Band != nil {
		y = layout.Fit(r.card.Band, size.Width)
		if r.card.Body == nil || !r.card.Body.Visible() {
			y = size.Height
		}
		r.wash.Resize(fyne.NewSize(size.Width, y))
		r.card.Band.Resize(fyne.NewSize(size.Width, y))
	}
	if r.card.Body != nil {
		r.card.Body.Move(fyne.NewPos(0, y))
		layout.Fit(r.card.Body, size.Width)
		r.card.Body.Resize(fyne.NewSize(size.Width, size.Height-y))
	}
}

func (r *cardRenderer) Refresh() {
	paint(r.back, theme.Surface, "")
	edge := theme.Border
	if r.card.Band != nil {
		paint(r.wash, r.card.tone.Tint(), "")
		if r.card.tone == Bad || r.card.tone == Good {
			edge = r.card.tone.Color()
		}
	}
	paint(r.edge, "", edge)
	for _, o := range []fyne.CanvasObject{r.card.Band, r.card.Body} {
		if o != nil {
			o.Refresh()
		}
	}
	r.Layout(r.card.Size())
	canvas.Refresh(r.card)
}
