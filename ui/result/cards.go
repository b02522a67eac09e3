package result

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// idleCard is the card before the first examination.
func idleCard(s *Screen) fyne.CanvasObject {
	title := kit.NewText(i18n.L("Find the broken link"), kit.Style{Size: theme.SizeVerdict, Bold: true})
	text := kit.NewText(i18n.L("Fill in the connection and test it. Every link of the chain is examined, from this form to Dataverse's answer; the first broken one is named, with who can fix it and how."), kit.Style{Color: theme.Muted})
	paste := kit.NewButton(i18n.L("Paste what you have"), kit.Secondary, s.env.Paste)
	paste.Glyph = theme.Clipboard
	buttons := layout.Flow(theme.Small, paste)
	note := i18n.L("A connection string, a .env file, a JSON of credentials or an address: it is spread over the form.")
	if s.env.Practise != nil && !s.sandbox {
		try := kit.NewButton(i18n.L("Try it in the sandbox"), kit.Secondary, s.env.Practise)
		try.Glyph = theme.Flask
		buttons.Add(try)
		note += " " + i18n.L("The sandbox is a practice tenant on this computer: no account needed, nothing is sent.")
	}
	body := layout.Column(theme.Space, layout.Column(theme.Small, title, text), buttons, kit.Caption(note))
	return kit.NewCard(layout.Inset(finding.CardX, finding.CardX, body))
}

// runningCard shows how far an examination is. It is changed in place.
type runningCard struct {
	object              *kit.Card
	title, doing, clock *kit.Text
	bar                 *kit.Progress
}

func newRunningCard(s *Screen) *runningCard {
	c := &runningCard{bar: kit.NewProgress()}
	c.title = kit.NewText("", kit.Style{Size: theme.SizeTitle, Bold: true})
	c.clock = kit.NewText("", kit.Style{Color: theme.Muted, Fixed: true})
	c.doing = kit.NewText("", kit.Style{Color: theme.Muted})
	stop := kit.NewButton(i18n.L("Cancel (Esc)"), kit.Quiet, func() {
		s.env.FocusTest() // this button goes away with its card
		s.commands.Cancel()
	})
	stop.Scale = kit.Compact
	line := layout.Row(theme.Near, c.title, kit.NewStatusIcon(kit.Running, 22), c.title, c.clock, stop)
	c.object = kit.NewBandCard(kit.Info, layout.Inset(finding.CardX, finding.CardY,
		layout.Column(theme.Near, line, c.bar, c.doing)), nil)
	return c
}

func (c *runningCard) set(e session.Examination) {
	p := e.Progress
	c.bar.Set(p.Done, p.Total)
	c.title.SetText(progressTitle(e))
	doing := i18n.Text(p.Note)
	if doing == "" {
		doing = i18n.L("Nothing is changed anywhere: the examination only reads.")
	}
	c.doing.SetText(sentence(doing))
	clock := ""
	if p.Elapsed >= 5*time.Second { // shorter than that, a clock only makes nervous
		clock = kit.TimeSpan(p.Elapsed)
	}
	c.clock.SetText(clock)
}

// progressTitle is "4 of 12 · Dataverse answers WhoAmI".
func progressTitle(e session.Examination) string {
	p := e.Progress
	switch {
	case e.Stopping:
		return i18n.L("Cancelling…")
	case p.Doing.Empty():
		return i18n.L("Beginning…")
	}
	return i18n.F("{{.Done}} of {{.All}} · {{.What}}", i18n.V{"Done": p.Done, "All": p.Total, "What": i18n.Text(p.Doing)})
}

// stoppedCard is for an examination that did not come to an end.
func stoppedCard(s *Screen, r exam.Report) fyne.CanvasObject {
	done := 0
	for _, c := range r.Checks {
		if c.Status != exam.Skip {
			done++
		}
	}
	title, below := i18n.L("Cancelled"), i18n.F("{{.Done}} of {{.All}} checks ran, and none of them found anything broken.", i18n.V{"Done": done, "All": len(r.Checks)})
	if r.Complete {
		title, below = i18n.L("Not examined to the end"), i18n.L("Nothing that could be examined is broken, but Dataverse did not name the application's user.")
	}
	again := kit.NewButton(i18n.L("Test again"), kit.Secondary, func() {
		s.env.FocusTest()
		s.commands.Test()
	})
	body := layout.Column(theme.Space, layout.Flow(theme.Small, again), more(s, r, nil))
	return kit.NewBandCard(kit.Neutral, finding.Headline(kit.Skipped, title, below), finding.CardBody(body))
}

// hair is a thin line between two parts.
func hair() fyne.CanvasObject { return widget.NewSeparator() }
