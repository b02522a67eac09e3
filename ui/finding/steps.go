package finding

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// NextStep returns the next action: its owner, the steps, and the pages where they are
// done. ways and request are those of [Places].
func NextStep(env kit.Env, c exam.Result, request func() string, ways ...fyne.CanvasObject) fyne.CanvasObject {
	return layout.Column(theme.Near,
		layout.Row(theme.Small, nil, Heading(i18n.L("Do this next")), kit.NewBadge(i18n.Text(c.Owner.Text()), kit.Info)),
		Steps(i18n.TextList(c.Fix), true),
		Places(env, c, kit.Normal, request, ways...))
}

// Steps is a numbered list of actions. With lead the first is emphasised.
func Steps(fix []string, lead bool) fyne.CanvasObject {
	list := layout.Column(theme.Small)
	for i, text := range fix {
		number := kit.NewText(strconv.Itoa(i+1), kit.Style{Bold: true, Color: theme.Accent, Fixed: true})
		action := kit.NewText(text, kit.Style{Bold: lead && i == 0})
		list.Add(layout.TopRow(theme.Near, action, number, action))
	}
	return list
}

// Places are the buttons below the steps: ways first, then the pages to go to, and
// the text of request for the owner, if that is another user.
func Places(env kit.Env, c exam.Result, scale kit.Scale, request func() string, ways ...fyne.CanvasObject) fyne.CanvasObject {
	row, further := layout.Flow(theme.Small, ways...), layout.Flow(theme.Tight)
	for i, link := range c.Links {
		open := kit.NewButton(i18n.Text(link.Title), kit.Secondary, func() { env.Open(link.URL) })
		open.Glyph, open.Trailing, open.Name, open.Scale = theme.Out, true, i18n.F("Open {{.What}}", i18n.V{"What": i18n.Text(link.Title)}), scale
		if i > 0 {
			open.Kind, open.Scale = kit.Quiet, kit.Compact
			further.Add(open)
			continue
		}
		row.Add(open)
	}
	if c.Owner != "" && c.Owner != catalog.OwnerWhoeverFillsInTheForm {
		hand := kit.NewCopyButton(env, i18n.L("Copy for them"), i18n.F("the request for: {{.Who}}", i18n.V{"Who": i18n.Text(c.Owner.Text())}), request)
		hand.Scale, hand.Kind = scale, kit.Secondary
		row.Add(hand.Button)
	}
	if len(further.Objects) == 0 {
		return row
	}
	// The words of the quiet buttons begin where everything else begins.
	return layout.Column(theme.Tight, row, layout.InsetSides(-theme.Small, 0, 0, 0, further))
}
