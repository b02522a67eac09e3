package theme

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// TextSize is how large text is, in per cent of the usual.
type TextSize int

// Usual is the size to begin with.
const Usual TextSize = 100

// TextSizes are those that can be chosen, the smallest first. Text can be made
// twice as large without anything being lost: WCAG 2.2, success criterion 1.4.4.
var TextSizes = []TextSize{90, Usual, 115, 130, 150, 175, 200}

// grows are the sizes that go with the text's.
var grows = map[fyne.ThemeSizeName]bool{
	theme.SizeNameText: true, theme.SizeNameCaptionText: true, theme.SizeNameSubHeadingText: true,
	theme.SizeNameHeadingText: true, theme.SizeNameInlineIcon: true, theme.SizeNameLineSpacing: true,
}

// Larger is the next size, or the largest.
func (t TextSize) Larger() TextSize { return t.step(1) }

// Smaller is the size before, or the smallest.
func (t TextSize) Smaller() TextSize { return t.step(-1) }

func (t TextSize) step(by int) TextSize {
	i := slices.Index(TextSizes, t.nearest()) + by
	return TextSizes[min(max(i, 0), len(TextSizes)-1)]
}

// nearest is t where it can be chosen, else the next that can: a setting may come
// from another version. The zero value is the usual size.
func (t TextSize) nearest() TextSize {
	if t == 0 {
		return Usual
	}
	i, _ := slices.BinarySearch(TextSizes, t)
	return TextSizes[min(i, len(TextSizes)-1)]
}

// Em is how much larger than usual the text is now: widths that hold text are
// multiplied by it.
func Em() float32 {
	if t, ok := current().(*Theme); ok {
		return float32(t.text) / float32(Usual)
	}
	return 1
}
