// Package finding draws what was found: the headline of a result, what to do next,
// where, and the evidence. Several screens show findings, and all the same way.
//
// It promises that each value of the evidence can be copied, and that no step is a
// picture alone.
package finding

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Margins of a card that holds a result.
const (
	CardX = theme.Wide
	CardY = theme.Space + theme.Tight
)

// Headline is the band of a result: the status icon, the sentence that matters, and
// below it where that comes from, unless that is empty.
func Headline(s kit.Status, sentence, below string, beside ...fyne.CanvasObject) fyne.CanvasObject {
	title := kit.NewText(sentence, kit.Style{Size: theme.SizeVerdict, Bold: true})
	lines := layout.Column(theme.Tight, title)
	if below != "" {
		lines.Add(kit.NewText(below, kit.Style{Color: theme.Muted}))
	}
	line := append([]fyne.CanvasObject{kit.NewStatusIcon(s, 30), lines}, beside...)
	return layout.Inset(CardX, CardY, layout.TopRow(theme.Near+theme.Hair, lines, line...))
}

// CardBody returns the body of a card with its margins.
func CardBody(o fyne.CanvasObject) fyne.CanvasObject { return layout.Inset(CardX, CardY, o) }

// FoldBody returns the content of a [kit.Disclosure] with its margins.
func FoldBody(o fyne.CanvasObject) fyne.CanvasObject {
	return layout.InsetSides(theme.Near, theme.Tight, theme.Near, theme.Near, o)
}

// Heading is the small line above a part of a card.
func Heading(text string) *kit.Text {
	return kit.NewText(text, kit.Style{Size: theme.SizeCaption, Bold: true, Color: theme.Muted, Fixed: true})
}
