package compare

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Heights of a line at the usual text size: in columns, and with the values below the item.
const (
	lowRow  float32 = 36
	tallRow float32 = 52
)

// columnsWidth is the width at the usual text size from which the values are in columns.
const columnsWidth float32 = 640

// row shows a line. It draws its texts directly, because it shows another line with each
// step of the wheel.
type row struct {
	widget.BaseWidget
	line                         line
	title, heading, a, b, values *kit.Line
	closed, open                 *kit.Glyph
}

func newRow() *row {
	r := &row{
		title: kit.NewLine(theme.SizeBody, false), heading: kit.NewLine(theme.SizeTitle, true),
		a: kit.NewLine(theme.SizeBody, false), b: kit.NewLine(theme.SizeBody, false), values: kit.NewLine(theme.SizeCaption, false),
		closed: kit.NewGlyph(theme.ChevronRight, theme.Muted, chevron), open: kit.NewGlyph(theme.ChevronDown, theme.Muted, chevron),
	}
	r.ExtendBaseWidget(r)
	return r
}

const chevron float32 = 16

// show fills in a line.
func (r *row) show(l line) {
	r.line = l
	for _, text := range r.texts() {
		text.Set("", theme.Ink)
	}
	switch l.kind {
	case areaLine:
		ink := theme.Ink
		if l.quiet {
			ink = theme.Muted
		}
		r.heading.Set(l.title, ink)
		r.values.Set(l.a, theme.Muted)
	case headerLine:
		r.title.Set(l.title, theme.Muted)
		r.a.Set(l.a, theme.Muted)
		r.b.Set(l.b, theme.Muted)
	case differentLine:
		r.title.Set(l.title, theme.Ink)
		r.a.Set(shown(l.a), valueInk(l.a))
		r.b.Set(shown(l.b), valueInk(l.b))
		r.values.Set(shown(l.a)+" → "+shown(l.b), theme.Muted)
	case sameLine:
		r.title.Set(l.title, theme.Muted)
		r.a.Set(shown(l.a), theme.Muted)
		r.b.Set(shown(l.b), theme.Muted)
		r.values.Set(shown(l.a), theme.Muted)
	default:
		r.title.Set(l.title, theme.Muted)
	}
	r.place(r.Size())
}

func valueInk(value string) fyne.ThemeColorName {
	if value == "" {
		return theme.Muted
	}
	return theme.Ink
}

func (r *row) texts() []*kit.Line { return []*kit.Line{r.title, r.heading, r.a, r.b, r.values} }

// place puts the texts where they fit.
func (r *row) place(size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	columns := size.Width >= columnsWidth*theme.Em()
	item := r.line.kind == differentLine || r.line.kind == sameLine || r.line.kind == headerLine
	r.title.Object.Hidden = r.line.kind == areaLine
	r.heading.Object.Hidden = r.line.kind != areaLine
	r.a.Object.Hidden, r.b.Object.Hidden = !item || !columns, !item || !columns
	r.values.Object.Hidden = item && columns || r.values.Text() == ""
	r.closed.Hidden, r.open.Hidden = !r.line.folds || r.line.open, !r.line.folds || !r.line.open
	x, width := theme.Wide, size.Width-2*theme.Wide
	middle := func(l *kit.Line) float32 { return (size.Height - l.Height()) / 2 }
	switch {
	case r.line.kind == areaLine:
		icon := fyne.NewSquareSize(chevron * theme.Em())
		used := theme.Near + r.heading.Fit(fyne.NewPos(x, middle(r.heading)), width*0.5)
		at := middle(r.heading) + r.heading.Height() - r.values.Height() - 1 // on one line with it
		used += theme.Tight + r.values.Fit(fyne.NewPos(x+used, at), width-used-theme.Tight-icon.Width)
		for _, g := range []*kit.Glyph{r.closed, r.open} {
			g.Resize(icon)
			g.Move(fyne.NewPos(x+used, at+(r.values.Height()-icon.Height)/2))
		}
	case !item:
		r.title.Fit(fyne.NewPos(x, middle(r.title)), width)
	case columns:
		first := width * 0.36
		value := (width - first) / 2
		r.title.Fit(fyne.NewPos(x, middle(r.title)), first-theme.Space)
		r.a.Fit(fyne.NewPos(x+first, middle(r.a)), value-theme.Space)
		r.b.Fit(fyne.NewPos(x+first+value, middle(r.b)), value)
	default:
		top := (size.Height - r.title.Height() - theme.Hair - r.values.Height()) / 2
		r.title.Fit(fyne.NewPos(x, top), width)
		r.values.Fit(fyne.NewPos(x, top+r.title.Height()+theme.Hair), width)
	}
}

// CreateRenderer returns the renderer.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{r.closed, r.open}
	for _, text := range r.texts() {
		objects = append(objects, text.Object)
	}
	return &rowRenderer{r, objects}
}

type rowRenderer struct {
	row     *row
	objects []fyne.CanvasObject
}

func (r *rowRenderer) MinSize() fyne.Size           { return fyne.NewSize(0, lowRow*theme.Em()) }
func (r *rowRenderer) Layout(size fyne.Size)        { r.row.place(size) }
func (r *rowRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *rowRenderer) Destroy()                     {}

// Refresh draws the texts in the present theme.
func (r *rowRenderer) Refresh() {
	r.row.closed.Refresh()
	r.row.open.Refresh()
	r.row.place(r.row.Size())
}
