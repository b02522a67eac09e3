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
	r := &cardRenderer{card: c, back: box(theme.CardRadius)}
	r.objects = []fyne.CanvasObject{r.back}
	if c.Band != nil {
		r.wash, r.edge = box(0), box(theme.CardRadius)
		r.wash.TopLeftCornerRadius, r.wash.TopRightCornerRadius = theme.CardRadius, theme.CardRadius
		r.objects = append(r.objects, r.wash, r.edge, c.Band)
	}
	if c.Body != nil {
		r.objects = append(r.objects, c.Body)
	}
	r.paint()
	return r
}

type cardRenderer struct {
	baseRenderer
	card *Card
	back *canvas.Rectangle // the surface; with its edge, if there is no band
	// The band's colour, and the edge above it; nil without a band. An edge of its own
	// draws all of the card once more, which takes time where there is no graphics card.
	wash, edge *canvas.Rectangle
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
	var y float32
	if r.card.Band != nil {
		r.edge.Resize(size)
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
	r.paint()
	for _, o := range []fyne.CanvasObject{r.card.Band, r.card.Body} {
		if o != nil {
			o.Refresh()
		}
	}
	r.Layout(r.card.Size())
	canvas.Refresh(r.card)
}

// paint sets the colours.
func (r *cardRenderer) paint() {
	if r.card.Band == nil {
		paint(r.back, theme.Surface, theme.Border)
	} else {
		edge := theme.Border
		if r.card.tone == Bad || r.card.tone == Good {
			edge = r.card.tone.Color()
		}
		paint(r.back, theme.Surface, "")
		paint(r.wash, r.card.tone.Tint(), "")
		paint(r.edge, "", edge)
	}
}
