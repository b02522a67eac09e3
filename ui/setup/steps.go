package setup

import (
	"fmt"
	"image/color"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// stepList is the plan as a checklist.
type stepList struct {
	dialog *dialog
	object *fyne.Container
	rows   []*stepRow
}

func newStepList(d *dialog) *stepList {
	l := &stepList{dialog: d}
	column := layout.Column(0)
	var rows []*finding.StepRow
	for i, id := range plan.IDs() {
		row := newStepRow(d, id, i)
		l.rows, rows = append(l.rows, row), append(rows, row.row)
		column.Add(row.object)
	}
	finding.MoveBetween(rows)
	// The rings of the rows begin where everything else begins.
	l.object = layout.Column(theme.Tight, finding.Heading(i18n.L("The plan")), layout.InsetSides(0, 0, -theme.Near, 0, column))
	return l
}

func (l *stepList) draw(u session.Setup) {
	for i, row := range l.rows {
		if i < len(u.Plan.Steps) {
			row.show(u.Plan.Steps[i], u)
		}
	}
}

// show moves the focus to a step and scrolls to it; "" does nothing.
func (l *stepList) show(id plan.ID) {
	for _, row := range l.rows {
		if row.id == id {
			l.dialog.box.Reveal(row.row.Fold)
			row.row.Fold.FocusIn(l.dialog.screen.env.Canvas)
			return
		}
	}
}

// stepRow is a row of a step: its tick, its state, its change, and its requests.
type stepRow struct {
	dialog *dialog
	number int
	id     plan.ID
	object *fyne.Container
	tick   *kit.Checkbox
	room   *fyne.Container // of tick
	row    *finding.StepRow
	about  *kit.Text
	step   plan.Step
	shown  string // everything that the row was made from, to skip equal states
}

func newStepRow(d *dialog, id plan.ID, index int) *stepRow {
	r := &stepRow{dialog: d, id: id, number: index + 1}
	r.about = kit.NewText("", kit.Style{Color: theme.Muted})
	pane := finding.Pane{ // the box is made after its rows
		Relayout: func() { d.box.Refresh() }, Reveal: func(o fyne.CanvasObject) { d.box.Reveal(o) }, Copied: d.screen.env.Copied,
	}
	r.row = finding.NewStepRow(d.screen.env.Env, pane, kit.Style{Bold: true}, r.about, r.inside, r.plain)
	r.tick = kit.NewCheckbox("", true, func(on bool) { d.screen.commands.TickSetup(id, on) })
	room := canvas.NewRectangle(color.Transparent)
	room.SetMinSize(fyne.NewSquareSize(18 * theme.Em()))
	r.room = layout.InsetSides(0, theme.Small, 0, 0, container.NewStack(room, r.tick))
	r.object = layout.TopRow(theme.Tight, r.row.Fold, r.room, r.row.Fold)
	return r
}

// show shows the step.
func (r *stepRow) show(s plan.Step, u session.Setup) {
	r.step = s
	left := u.Left[s.ID]
	state := finding.StepState{Number: r.number, Title: i18n.Text(s.Title)}
	state.Status, state.Word = standing(s, left)
	about := []string{i18n.Text(s.Change), i18n.Text(s.Reason)}
	if s.Status == plan.Applied && about[1] != "" {
		about = about[1:] // as it was read again
	}
	if u.Phase == session.SetupApplying || u.Phase == session.SetupUndoing {
		if u.Step == s.ID && s.Status != plan.Applied && s.Status != plan.Undone {
			state.Status, state.Word = kit.Running, i18n.L("Under way")
		}
	}
	said := strings.Join(append(slices.Clone(about), state.Word, state.Title, strconv.FormatBool(left), plan.HTTP(s.Requests), fmt.Sprint(s.Result), string(u.Phase)), "\n")
	if said == r.shown {
		return
	}
	r.shown = said
	state.Muted = state.Status == kit.Skipped
	if s.Status == plan.Blocked || left {
		state.Owner = i18n.Text(s.Who.Text())
	}
	if (s.Status == plan.Blocked || s.Status == plan.Failed) && !left {
		state.Tone = kit.Bad
	}
	r.about.SetText(kit.Sentences(about...))
	layout.SetVisible(r.about, r.about.Text() != "")
	r.tick.Name = i18n.F("Do: {{.Step}}", i18n.V{"Step": state.Title})
	r.tick.Set(!left)
	layout.SetVisible(r.tick, u.CanTick(s))
	layout.SetVisible(r.room, u.Phase.Editable())
	r.row.Set(state)
}

// standing is how a step's state is shown: with which icon, and which word.
func standing(s plan.Step, left bool) (kit.Status, string) {
	if left {
		return kit.Skipped, i18n.L("Left out")
	}
	switch s.Status {
	case plan.Done:
		return kit.Passed, i18n.L("Done")
	case plan.Applied:
		return kit.Passed, i18n.L("Set up")
	case plan.Optional:
		return kit.Skipped, i18n.L("Not needed")
	case plan.Blocked:
		return kit.Failed, i18n.L("Blocked")
	case plan.Failed:
		return kit.Failed, i18n.L("Failed")
	case plan.Undone:
		return kit.Skipped, i18n.L("Taken back")
	case plan.Manual:
		return kit.Manual, i18n.L("Your turn")
	}
	return kit.Waiting, i18n.L("To do")
}

// inside are the requests, those that take them back, and the IDs.
func (r *stepRow) inside() fyne.CanvasObject {
	s := r.step
	parts := layout.Column(theme.Near)
	section := func(title string, objects ...fyne.CanvasObject) {
		parts.Add(layout.Column(theme.Tight, append([]fyne.CanvasObject{finding.Heading(title)}, objects...)...))
	}
	section(i18n.L("Who"), kit.NewText(i18n.Text(s.Who.Text()), kit.Style{}))
	if len(s.Requests) > 0 {
		section(i18n.L("Requests"), kit.NewCodeBlock(requests(s.Requests)))
	}
	if len(s.Undo) > 0 {
		section(i18n.L("To take it back"), kit.NewCodeBlock(requests(s.Undo)))
	}
	if len(s.Requests) == 0 {
		section(i18n.L("Requests"), kit.NewText(i18n.L("This step sends no request that changes anything."), kit.Style{}))
	}
	facts := layout.Column(theme.Hair)
	for _, v := range plan.Values() {
		if id := s.Result[v]; id != "" {
			facts.Add(kit.FactLine(r.dialog.screen.env.Env, string(v), id, true))
		}
	}
	if len(facts.Objects) > 0 {
		parts.Add(facts)
	}
	return finding.StepBody(theme.Near, parts)
}

// requests returns requests for a box of code, which ends with its last line.
func requests(r []plan.Request) string { return strings.TrimSuffix(plan.HTTP(r), "\n") }

// plain is the step in words, for the clipboard.
func (r *stepRow) plain() string {
	s := r.step
	lines := []string{r.row.Fold.Name}
	for _, t := range []text.Text{s.Change, s.Reason} {
		if !t.Empty() {
			lines = append(lines, i18n.Text(t))
		}
	}
	if len(s.Requests) > 0 {
		lines = append(lines, requests(s.Requests))
	}
	return strings.Join(lines, "\n") + "\n"
}
