package theme

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// TextSize is the size of text in per cent of the usual size.
type TextSize int

// Usual is the default size.
const Usual TextSize = 100

// TextSizes are the sizes that can be chosen, in ascending order. Up to 200 % nothing is
// cut off: WCAG 2.2, success criterion 1.4.4.
var TextSizes = []TextSize{90, Usual, 115, 130, 150, 175, 200}

// grows has the sizes that depend on the text size.
var grows = map[fyne.ThemeSizeName]bool{
	theme.SizeNameText: true, theme.SizeNameCaptionText: true, theme.SizeNameSubHeadingText: true,
	theme.SizeNameHeadingText: true, theme.SizeNameInlineIcon: true, theme.SizeNameLineSpacing: true,
}

// Larger returns the next size, or the largest.
func (t TextSize) Larger() TextSize { return t.step(1) }

// Smaller returns the size before, or the smallest.
func (t TextSize) Smaller() TextSize { return t.step(-1) }

func (t TextSize) step(by int) TextSize {
	i := slices.Index(TextSizes, t.nearest()) + by
	return TextSizes[min(max(i, 0), len(TextSizes)-1)]
}

// nearest returns t if it can be chosen, else the next larger size: a setting may come
// from another version. For zero it returns the usual size.
func (t TextSize) nearest() TextSize {
	if t == 0 {
		return Usual
	}
	i, _ := slices.BinarySearch(TextSizes, t)
	return TextSizes[min(i, len(TextSizes)-1)]
}

// Em returns the current text size as a factor, by which widths of objects with text are
// multiplied.
func Em() float32 {
	if t, ok := current().(*Theme); ok {
		return float32(t.text) / float32(Usual)
	}
	return 1
}

func current() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }
