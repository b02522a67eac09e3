package finding

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
)

// TestStepRow guards the text of a row, its copy key and what opening does, and that the
// arrow keys move from row to row and stop at the ends.
func TestStepRow(t *testing.T) {
	app := test.NewTempApp(t)
	copied, noticed, revealed, laidOut := "", "", 0, 0
	env := kit.Env{Copy: func(text string) { copied = text }}
	pane := Pane{Relayout: func() { laidOut++ }, Reveal: func(fyne.CanvasObject) { revealed++ }, Copied: func(what string) { noticed = what }}
	var rows []*StepRow
	list := layout.Column(0)
	for i, title := range []string{"Register", "Consent"} {
		row := NewStepRow(env, pane, kit.Style{}, nil, func() fyne.CanvasObject { return kit.Caption("inside") }, func() string { return title + ", whole" })
		row.Set(StepState{Number: i + 1, Title: title, Status: kit.Failed, Word: "Not done", Owner: "Administrator", Tone: kit.Bad})
		rows = append(rows, row)
		list.Add(row.Fold)
	}
	MoveBetween(rows)
	win := app.NewWindow("test")
	win.SetContent(list)
	if got := rows[1].Fold.Name; got != "2. Consent: Not done" || rows[1].Title() != "2. Consent" {
		t.Errorf("it is %q, with the title %q", got, rows[1].Title())
	}
	rows[1].Fold.OnCopy(rows[1].Fold.Copy())
	if copied != "Consent, whole" || noticed != "Consent" {
		t.Errorf("copied %q, and said %q", copied, noticed)
	}
	rows[0].Fold.SetOpen(true)
	rows[0].Fold.SetOpen(false)
	if laidOut != 2 || revealed != 1 {
		t.Errorf("laid out %d times, brought into sight %d times", laidOut, revealed)
	}
	focused := func(row *StepRow) bool {
		before := win.Canvas().Focused()
		row.Fold.Focus()
		return win.Canvas().Focused() == before
	}
	rows[0].Fold.Focus()
	for _, c := range []struct {
		from, step, to int
	}{{0, 1, 1}, {1, 1, 1}, {1, -1, 0}, {0, -1, 0}} {
		rows[c.from].Fold.OnMove(c.step)
		if !focused(rows[c.to]) {
			t.Errorf("from %d by %d: not at %d", c.from, c.step, c.to)
		}
	}
}
