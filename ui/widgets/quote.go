package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"s2sdoctor/ui/look"
	"s2sdoctor/ui/words"
)

// quoteLimit is how much of a quotation is shown; the copy button has it all.
const quoteLimit = 6000

// Quote shows what somebody else said, letter by letter, to read and to select.
type Quote struct {
	widget.BaseWidget
	label *widget.Label
}

// NewQuote makes a quotation.
func NewQuote(text string) *Quote {
	q := &Quote{label: widget.NewLabel(shortened(text))}
	q.label.Selectable = true
	q.label.Wrapping = fyne.TextWrapBreak
	q.label.TextStyle = fyne.TextStyle{Monospace: true}
	q.label.SizeName = look.SizeCaption
	q.ExtendBaseWidget(q)
	return q
}

// SetText quotes something else.
func (q *Quote) SetText(text string) { q.label.SetText(shortened(text)) }

func shortened(text string) string {
	if runes := []rune(text); len(runes) > quoteLimit {
		return string(runes[:quoteLimit]) + "\n" + words.F("… and {{.N}} more characters: Copy has them all.", words.V{"N": len(runes) - quoteLimit})
	}
	return text
}

// AccessibilityLabel is the text.
func (q *Quote) AccessibilityLabel() string { return q.label.Text }

// AccessibilityRole is text.
func (q *Quote) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is Fyne's.
func (q *Quote) CreateRenderer() fyne.WidgetRenderer {
	r := &quoteRenderer{quote: q, back: box(look.Radius)}
	r.objects = []fyne.CanvasObject{r.back, q.label}
	r.Refresh()
	return r
}

type quoteRenderer struct {
	parts
	quote *Quote
	back  *canvas.Rectangle
}

func (r *quoteRenderer) MinSize() fyne.Size { return r.quote.label.MinSize() }

func (r *quoteRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.quote.label.Resize(size)
}

func (r *quoteRenderer) Refresh() {
	paint(r.back, look.Sunken, look.Border)
	r.quote.label.Refresh()
	r.Layout(r.quote.Size())
}
