package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// iconGap is the space between icon and text.
const iconGap float32 = 6

// letters returns the size and the style of the text.
func (b *Button) letters() (float32, fyne.TextStyle) {
	size := fynetheme.Size(theme.SizeBody)
	if b.Scale == Compact {
		size = 13 * theme.Em()
	}
	return size, fyne.TextStyle{Bold: b.Kind == Primary || b.Scale == Big}
}

func (b *Button) measure(text string) fyne.Size {
	size, style := b.letters()
	return fyne.MeasureText(text, size, style)
}

func (b *Button) iconSize() float32 {
	if b.Scale == Compact {
		return 14 * theme.Em()
	}
	return 16 * theme.Em()
}

// height returns the height with one line of text.
func (b *Button) height() float32 { return buttonHeights[b.Scale] * theme.Em() }

func (b *Button) margin() float32 {
	switch {
	case b.text == "":
		return (b.height() - b.iconSize()) / 2
	case b.Scale == Compact:
		return theme.Small
	case b.Kind == Quiet:
		return 10
	}
	return theme.Space
}

// frame returns the width of everything but the text.
func (b *Button) frame() float32 {
	w := 2 * b.margin()
	if b.Glyph != "" {
		w += b.iconSize()
	}
	if b.Glyph != "" && b.text != "" {
		w += iconGap
	}
	return w
}

// natural returns the size with the text on one line.
func (b *Button) natural() fyne.Size {
	w := b.frame()
	if b.text != "" {
		w += b.measure(b.text).Width
	}
	return fyne.NewSize(w, b.height())
}

// captionLines is the maximum number of lines.
const captionLines = 2

// Within returns the size of the button in a width that may be less than its minimum:
// the text then wraps to a second line. It is for [layout.Flow].
func (b *Button) Within(width float32) fyne.Size {
	size := b.natural()
	if size.Width <= width {
		return size
	}
	size.Width = b.frame()
	lines := b.lines(width, captionLines)
	for _, line := range lines {
		size.Width = max(size.Width, b.frame()+b.measure(line).Width)
	}
	if len(lines) > 1 {
		size.Height += b.measure(b.text).Height
	}
	return size
}

// lines returns the lines of the text in a button of a width.
func (b *Button) lines(width float32, most int) []string {
	return wrapCaption(b.text, most, func(line string) bool { return b.measure(line).Width <= width-b.frame()+0.5 })
}

func (r *buttonRenderer) MinSize() fyne.Size { return r.button.natural() }

func (r *buttonRenderer) Layout(size fyne.Size) {
	b := r.button
	r.back.Resize(size)
	r.wash.Resize(size)
	r.ring.layout(size)
	r.label.Text, r.second.Text = b.text, ""
	if size.Width > 0 && size.Width+0.5 < b.natural().Width {
		most := 1
		if size.Height >= b.height()+b.measure(b.text).Height {
			most = captionLines
		}
		lines := append(b.lines(size.Width, most), "")
		r.label.Text, r.second.Text = lines[0], lines[1]
	}
	r.second.Hidden = r.second.Text == ""
	r.place(size)
}

// place centres the icon and the lines of the text.
func (r *buttonRenderer) place(size fyne.Size) {
	b := r.button
	texts := []*canvas.Text{r.label}
	if !r.second.Hidden {
		texts = append(texts, r.second)
	}
	var width, height float32
	for _, t := range texts {
		m := t.MinSize()
		width, height = max(width, m.Width), height+m.Height
	}
	x := (size.Width - (b.frame() - 2*b.margin()) - width) / 2
	icon := fyne.NewSquareSize(b.iconSize())
	if b.Trailing {
		layout.Center(r.icon, icon, size, x+width+iconGap)
	} else {
		layout.Center(r.icon, icon, size, x)
		if b.Glyph != "" && b.text != "" {
			x += b.iconSize() + iconGap
		}
	}
	y := (size.Height - height) / 2
	for _, t := range texts {
		t.Resize(t.MinSize())
		t.Move(fyne.NewPos(x, y))
		y += t.MinSize().Height
	}
}
