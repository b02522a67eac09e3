package setup

import (
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
	rows := layout.Column(0)
	for i, id := range plan.IDs() {
		row := newStepRow(d, id, i)
		l.rows = append(l.rows, row)
		rows.Add(row.object)
	}
	for i, row := range l.rows {
		row.fold.OnMove = func(step int) {
			if next := i + step; next >= 0 && next < len(l.rows) {
				l.rows[next].fold.Focus()
			}
		}
	}
	// The rings of the rows begin where everything else begins.
	l.object = layout.Column(theme.Tight, finding.Heading(i18n.L("The plan")), layout.InsetSides(0, 0, -theme.Near, 0, rows))
	return l
}

func (l *stepList) draw(u session.Setup) {
	for i, row := range l.rows {
		if i < len(u.Plan.Steps) {
			row.show(u.Plan.Steps[i], u)
		}
	}
}

// show leads to a step; "" is for none.
func (l *stepList) show(id plan.ID) {
	for _, row := range l.rows {
		if row.id == id {
			l.dialog.box.Reveal(row.fold)
			row.fold.FocusIn(l.dialog.screen.env.Canvas)
			return
		}
	}
}

// stepRow is one step: whether it is to be done, its state, what it changes, and its
// requests.
type stepRow struct {
	dialog *dialog
	number int
	id     plan.ID
	object *fyne.Container
	tick   *kit.Checkbox
	room   *fyne.Container // of tick
	fold   *kit.Disclosure
	mark   *kit.StatusIcon
	title  *kit.Text
	chip   *kit.Badge
	word   *kit.Text
	about  *kit.Text
	step   plan.Step
	shown  string // what the row says, to leave it alone while that is the same
}

func newStepRow(d *dialog, id plan.ID, index int) *stepRow {
	r := &stepRow{dialog: d, id: id, number: index + 1}
	r.mark = kit.NewStatusIcon(kit.Waiting, 18)
	r.title = kit.NewText("", kit.Style{Bold: true})
	r.chip = kit.NewBadge("", kit.Neutral)
	r.word = kit.NewText("", kit.Style{Fixed: true, Size: theme.SizeCaption})
	r.about = kit.NewText("", kit.Style{Color: theme.Muted})
	line := layout.Column(theme.Hair, layout.ListLine(r.mark, r.title, r.chip, r.word), layout.InsetSides(18+theme.Near, 0, 0, 0, r.about))
	r.fold = kit.NewDisclosure("", line, r.inside)
	r.fold.Copy = r.plain
	r.fold.OnCopy = func(text string) {
		d.screen.env.Copy(text)
		d.screen.env.Copied(r.title.Text())
	}
	r.fold.OnToggle = func(open bool) {
		d.box.Refresh()
		if open {
			d.box.Reveal(r.fold)
		}
	}
	r.tick = kit.NewCheckbox("", true, func(on bool) { d.screen.commands.TickSetup(id, on) })
	room := canvas.NewRectangle(color.Transparent)
	room.SetMinSize(fyne.NewSquareSize(18 * theme.Em()))
	r.room = layout.InsetSides(0, theme.Small, 0, 0, container.NewStack(room, r.tick))
	r.object = layout.TopRow(theme.Tight, r.fold, r.room, r.fold)
	return r
}

// show shows the step.
func (r *stepRow) show(s plan.Step, u session.Setup) {
	r.step = s
	left := u.Left[s.ID]
	state, word := standing(s, left)
	about := []string{i18n.Text(s.Change), i18n.Text(s.Reason)}
	if s.Status == plan.Applied && about[1] != "" {
		about = about[1:] // as it was read again
	}
	if u.Phase == session.SetupApplying || u.Phase == session.SetupUndoing {
		if u.Step == s.ID && s.Status != plan.Applied && s.Status != plan.Undone {
			state, word = kit.Running, i18n.L("Under way")
		}
	}
	said := strings.Join(append(slices.Clone(about), word, i18n.Text(s.Title), strconv.FormatBool(left), strconv.Itoa(len(s.Requests)), string(u.Phase)), "\n")
	if said == r.shown {
		return
	}
	r.shown = said
	r.mark.Set(state)
	r.title.SetText(strconv.Itoa(r.number) + ". " + i18n.Text(s.Title))
	r.word.SetText(word)
	r.word.SetColor(state.Color())
	ink := theme.Ink
	if state == kit.Waiting || state == kit.Skipped {
		r.word.SetColor(theme.Muted)
	}
	if state == kit.Skipped {
		ink = theme.Muted
	}
	r.title.SetColor(ink)
	r.about.SetText(join(about...))
	layout.SetVisible(r.about, r.about.Text() != "")
	owner, tone := "", kit.Neutral
	if s.Status == plan.Blocked || left {
		owner = i18n.Text(s.Who.Text())
	}
	if (s.Status == plan.Blocked || s.Status == plan.Failed) && !left {
		tone = kit.Bad
	}
	r.chip.Set(owner, tone)
	r.fold.SetTone(tone)
	r.fold.Name = r.title.Text() + ": " + word
	r.tick.Name = i18n.F("Do: {{.Step}}", i18n.V{"Step": i18n.Text(s.Title)})
	r.tick.Set(!left)
	layout.SetVisible(r.tick, u.CanTick(s))
	layout.SetVisible(r.room, u.Phase.Editable())
	r.fold.Forget()
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
	return layout.InsetSides(theme.Near+18+theme.Near, theme.Tight, theme.Near, theme.Space, parts)
}

// requests returns requests for a box of code, which ends with its last line.
func requests(r []plan.Request) string { return strings.TrimSuffix(plan.HTTP(r), "\n") }

// plain is the step in words, for the clipboard.
func (r *stepRow) plain() string {
	s := r.step
	lines := []string{r.fold.Name}
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
