package ui

import (
	"image/color"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"s2sdoctor/core/exam"
	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// Margins of the card that holds the answer.
const (
	cardX = look.Wide
	cardY = look.Space + look.Tight
)

// headline is the band of a result: the mark, the one sentence that matters, and
// below it where it comes from.
func headline(s widgets.State, sentence, below string, beside ...fyne.CanvasObject) fyne.CanvasObject {
	title := widgets.NewText(sentence, widgets.Style{Size: look.SizeVerdict, Bold: true})
	lines := widgets.Column(look.Tight, title)
	if below != "" {
		lines.Add(widgets.NewText(below, widgets.Style{Color: look.Muted}))
	}
	line := append([]fyne.CanvasObject{widgets.NewMark(s, 30), lines}, beside...)
	return widgets.Inset(cardX, cardY, widgets.TopRow(look.Near+look.Hair, lines, line...))
}

// idleCard is the first thing that anybody sees.
func idleCard(w *Window) fyne.CanvasObject {
	title := widgets.NewText(words.L("Find the broken link"), widgets.Style{Size: look.SizeVerdict, Bold: true})
	text := widgets.NewText(words.L("Fill in the connection and test it. Every link of the chain is examined, from this form to Dataverse's answer; the first broken one is named, with who can fix it and how."), widgets.Style{Color: look.Muted})
	paste := widgets.NewButton(words.L("Paste what you have"), widgets.Secondary, w.pasteConnection)
	paste.Glyph = look.Clipboard
	buttons := widgets.Flow(look.Small, paste)
	note := words.L("A connection string, a .env file, a JSON of credentials or an address: it is spread over the form.")
	if w.deps.Sandbox != nil && !w.banner.active {
		try := widgets.NewButton(words.L("Try it in the sandbox"), widgets.Secondary, func() { w.enterSandbox("") })
		try.Glyph = look.Flask
		buttons.Add(try)
		note += " " + words.L("The sandbox is a practice tenant on this computer: no account needed, nothing is sent.")
	}
	body := widgets.Column(look.Space, widgets.Column(look.Small, title, text), buttons, widgets.Caption(note))
	return widgets.NewCard(widgets.Inset(cardX, cardX, body))
}

// runningCard shows how far an examination is. It is changed in place.
type runningCard struct {
	object              *widgets.Card
	title, doing, clock *widgets.Text
	bar                 *widgets.Progress
}

func newRunningCard(w *Window) *runningCard {
	c := &runningCard{bar: widgets.NewProgress()}
	c.title = widgets.NewText("", widgets.Style{Size: look.SizeTitle, Bold: true})
	c.clock = widgets.NewText("", widgets.Style{Color: look.Muted, Fixed: true})
	c.doing = widgets.NewText("", widgets.Style{Color: look.Muted})
	stop := widgets.NewButton(words.L("Cancel (Esc)"), widgets.Quiet, func() {
		w.win.Canvas().Focus(w.form.test) // this button goes away with its card
		w.cancelTest()
	})
	stop.Scale = widgets.Compact
	line := widgets.Row(look.Near, c.title, widgets.NewMark(widgets.Running, 22), c.title, c.clock, stop)
	c.object = widgets.NewBandCard(widgets.Info, widgets.Inset(cardX, cardY,
		widgets.Column(look.Near, line, c.bar, c.doing)), nil)
	return c
}

func (c *runningCard) set(p progress) {
	c.bar.Set(p.Done, p.Total)
	c.title.SetText(progressTitle(p))
	doing := p.Note
	if doing == "" {
		doing = words.L("Nothing is changed anywhere: the examination only reads.")
	}
	c.doing.SetText(sentence(doing))
	clock := ""
	if p.Elapsed >= 5*time.Second { // shorter than that, a clock only makes nervous
		clock = strconv.Itoa(int(p.Elapsed.Seconds())) + " s"
	}
	c.clock.SetText(clock)
}

// progressTitle is "4 of 12 · Dataverse answers WhoAmI".
func progressTitle(p progress) string {
	switch {
	case p.Stopping:
		return words.L("Cancelling…")
	case p.Doing == "":
		return words.L("Beginning…")
	}
	return words.F("{{.Done}} of {{.All}} · {{.What}}", words.V{"Done": p.Done, "All": p.Total, "What": p.Doing})
}

// stoppedCard is for an examination that did not come to an end.
func stoppedCard(w *Window, r exam.Report) fyne.CanvasObject {
	done := 0
	for _, c := range r.Checks {
		if c.Status != exam.Skip {
			done++
		}
	}
	title, below := words.L("Cancelled"), words.F("{{.Done}} of {{.All}} checks ran, and none of them found anything broken.", words.V{"Done": done, "All": len(r.Checks)})
	if r.Complete {
		title, below = words.L("Not examined to the end"), words.L("Nothing that could be examined is broken, but Dataverse did not name the application's user.")
	}
	again := widgets.NewButton(words.L("Test again"), widgets.Secondary, func() {
		w.win.Canvas().Focus(w.form.test)
		w.test()
	})
	body := widgets.Column(look.Space, widgets.Flow(look.Small, again), more(w, r, nil))
	return widgets.NewBandCard(widgets.Neutral, headline(widgets.Skipped, title, below), cardBody(body))
}

func cardBody(o fyne.CanvasObject) fyne.CanvasObject { return widgets.Inset(cardX, cardY, o) }

// heading stands above a part of a card.
func heading(text string) *widgets.Text {
	return widgets.NewText(text, widgets.Style{Size: look.SizeCaption, Bold: true, Color: look.Muted, Fixed: true})
}

// hair is a thin line between two parts.
func hair() fyne.CanvasObject { return widgets.Hairline() }

// gap is an empty place that grows.
func gap() fyne.CanvasObject { return canvas.NewRectangle(color.Transparent) }
