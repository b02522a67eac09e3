package kit

import (
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Line is a text on one line that is drawn directly, for lists that scroll: a [Text] costs
// many times as much. It ends in "…" where it is too long; the whole of it must be
// readable elsewhere.
type Line struct {
	// Object is the text in a renderer.
	Object *canvas.Text

	size  fyne.ThemeSizeName
	bold  bool
	whole string
	color fyne.ThemeColorName
}

// NewLine returns an empty line.
func NewLine(size fyne.ThemeSizeName, bold bool) *Line {
	return &Line{Object: canvas.NewText("", nil), size: size, bold: bold}
}

// Set changes the text and its colour. [Line.Fit] shows it.
func (l *Line) Set(text string, color fyne.ThemeColorName) { l.whole, l.color = text, color }

// Text returns the whole text.
func (l *Line) Text() string { return l.whole }

// Natural returns the width at which the text is not shortened.
func (l *Line) Natural() float32 { return l.measure(l.whole).Width }

// Fit shows the text in a width at a position, and returns how wide it is.
func (l *Line) Fit(at fyne.Position, width float32) float32 {
	text := l.whole
	natural := l.measure(text)
	if natural.Width > width {
		text = l.shorten(width)
		natural = l.measure(text)
	}
	o := l.Object
	color := fynetheme.Color(l.color)
	o.Move(at)
	o.Resize(natural)
	if o.Text != text || o.Color != color || o.TextSize != fynetheme.Size(l.size) {
		o.Text, o.Color, o.TextSize, o.TextStyle.Bold = text, color, fynetheme.Size(l.size), l.bold
		o.Refresh()
	}
	return natural.Width
}

// Split moves what does not fit into a width to a second line, and gives that line its
// colour. It breaks at a space if it can.
func (l *Line) Split(second *Line, width float32) {
	head, tail := splitLine(l.whole, func(text string) bool { return l.measure(text).Width <= width })
	if tail == "" || l.Natural() <= width {
		return
	}
	l.whole = head
	second.Set(tail, l.color)
}

// Height returns the height of a line.
func (l *Line) Height() float32 { return l.measure("M").Height }

func (l *Line) measure(text string) fyne.Size {
	return fyne.MeasureText(text, fynetheme.Size(l.size), fyne.TextStyle{Bold: l.bold})
}

// shorten returns as much of the text as fits, with "…" at its end.
func (l *Line) shorten(width float32) string {
	runes := []rune(l.whole)
	short := func(n int) string { return strings.TrimRight(string(runes[:n]), " ") + "…" }
	n := sort.Search(len(runes), func(n int) bool { return l.measure(short(n)).Width > width })
	return short(max(n-1, 0))
}
