package guide

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// targetRow is a target of the article, with its state and evidence.
type targetRow struct {
	mark  *kit.StatusIcon
	title *kit.Text
	seen  *kit.Text
	word  *kit.Text
}

// targetList lists what the article checks at its end, below the steps.
func (l *List) targetList() fyne.CanvasObject {
	rows := layout.Column(theme.Near)
	for range guide.Targets(nil) {
		r := &targetRow{
			mark: kit.NewStatusIcon(kit.Waiting, 18), title: kit.NewText("", kit.Style{}),
			seen: kit.NewText("", kit.Style{Size: theme.SizeCaption, Color: theme.Muted}),
			word: kit.NewText("", kit.Style{Size: theme.SizeCaption, Fixed: true}),
		}
		l.targets = append(l.targets, r)
		lines := layout.Column(theme.Hair, layout.Row(theme.Near, r.title, r.title, r.word), r.seen)
		rows.Add(layout.TopRow(theme.Near, lines, r.mark, lines))
	}
	intro := layout.Column(theme.Tight,
		kit.NewText(i18n.L("Finally your target"), kit.Style{Bold: true}),
		kit.Caption(i18n.L("What the article of 2017 wants to see in the end. Each test of the connection looks at it.")))
	return layout.Column(theme.Space, widget.NewSeparator(),
		layout.InsetSides(finding.CardX, 0, finding.CardX, finding.CardX, layout.Column(theme.Space, intro, rows)))
}

func (r *targetRow) show(t guide.Target, path guide.Path) {
	state, word := standing(guide.Progress{State: t.State, Cause: t.Cause})
	if t.Optional && path == guide.Modern { // the article is stricter than today's services
		state, word = kit.Warned, i18n.L("Works without it")
	}
	r.mark.Set(state)
	r.title.SetText(strconv.Itoa(t.Number) + ". " + i18n.Text(t.Title))
	r.seen.SetText(i18n.Text(t.Seen.Sentence()))
	r.seen.Hidden = t.Seen.Empty()
	finding.SetWord(r.word, state, word)
}
