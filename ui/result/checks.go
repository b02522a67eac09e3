package result

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// checkList shows every check of the examination as it goes.
type checkList struct {
	screen *Screen
	object *fyne.Container
	// tally is how they came out, in words.
	tally  string
	rows   []*checkRow
	report exam.Report

	resetting bool
}

func newCheckList(s *Screen) *checkList {
	l := &checkList{screen: s}
	list := layout.Column(0)
	for i, c := range exam.Checks() {
		row := newCheckRow(l, c.ID, c.Title, i)
		l.rows = append(l.rows, row)
		list.Add(row.fold)
	}
	l.object = layout.InsetSides(theme.Near, 0, theme.Near, theme.Near, list)
	l.reset()
	return l
}

// reset is before the first test. The caller makes room once all rows are closed.
func (l *checkList) reset() {
	l.report = exam.Report{}
	l.resetting = true
	for _, row := range l.rows {
		row.reset()
	}
	l.resetting = false
	l.tally = i18n.N("{{.N}} check", "{{.N}} checks", len(l.rows))
}

func (l *checkList) count(done, total int) {
	l.tally = i18n.F("{{.Done}} of {{.All}} done", i18n.V{"Done": done, "All": total})
}

// draw shows what has changed in a running examination.
func (l *checkList) draw(checks, before map[exam.CheckID]session.Check) {
	for _, row := range l.rows {
		c, old := checks[row.id], before[row.id]
		if c.Phase != old.Phase || !c.Note.Equal(old.Note) {
			row.draw(c)
		}
	}
}

// finish shows the outcome of all.
func (l *checkList) finish(r exam.Report) {
	l.report = r
	root, broken := r.Root()
	tally := map[exam.Status]int{}
	for _, c := range r.Checks {
		tally[c.Status]++
		if row := l.row(c.ID); row != nil {
			row.finish(c, broken && c.ID == root.ID)
		}
	}
	l.tally = tallyText(tally)
}

// tallyText is "9 passed · 1 warning · 2 not tried".
func tallyText(tally map[exam.Status]int) string {
	text := ""
	add := func(s exam.Status, said string) {
		if tally[s] == 0 {
			return
		}
		if text != "" {
			text += " · "
		}
		text += said
	}
	add(exam.Fail, i18n.N("{{.N}} failed", "{{.N}} failed", tally[exam.Fail]))
	add(exam.Warn, i18n.N("{{.N}} warning", "{{.N}} warnings", tally[exam.Warn]))
	add(exam.Pass, i18n.N("{{.N}} passed", "{{.N}} passed", tally[exam.Pass]))
	add(exam.Manual, i18n.N("{{.N}} for you", "{{.N}} for you", tally[exam.Manual]))
	add(exam.Skip, i18n.N("{{.N}} not tried", "{{.N}} not tried", tally[exam.Skip]))
	return text
}

func (l *checkList) row(id exam.CheckID) *checkRow {
	for _, row := range l.rows {
		if row.id == id {
			return row
		}
	}
	return nil
}

// focusFirst goes to the first broken check, or else to the first.
func (l *checkList) focusFirst() {
	for _, row := range l.rows {
		if row.root {
			l.visit(row)
			return
		}
	}
	l.visit(l.rows[0])
}

// reveal opens a row and brings it into sight.
func (l *checkList) reveal(id exam.CheckID) {
	if row := l.row(id); row != nil {
		row.fold.SetOpen(true)
		l.visit(row)
	}
}

// drawn is how long a list that was out of sight takes to be drawn, generously.
const drawn = 50 * time.Millisecond

// visit moves the focus to a row and scrolls to it. Fyne does not know the position of an
// object that was never drawn: a list that was behind the other list is scrolled after it
// is drawn.
func (l *checkList) visit(row *checkRow) {
	l.screen.lists.show(showChecks)
	row.fold.FocusIn(l.screen.env.Canvas)
	l.bring(row)
	l.screen.env.Later(drawn, func() { l.bring(row) })
}

// bring scrolls until all of a row is in sight, or as much as there is room for.
func (l *checkList) bring(row *checkRow) { l.screen.Object.Reveal(row.fold) }

// checkRow is a row of a check: its icon, its title, the owner of a fix, and its state as
// a word. It opens to what was seen, the reason, and the next actions.
type checkRow struct {
	list   *checkList
	id     exam.CheckID
	check  text.Text // its title
	title  string    // the same, in the window's language
	fold   *kit.Disclosure
	mark   *kit.StatusIcon
	text   *kit.Text
	chip   *kit.Badge
	word   *kit.Text
	state  kit.Status
	result exam.Result
	note   string
	root   bool
}

func newCheckRow(l *checkList, id exam.CheckID, check text.Text, index int) *checkRow {
	title := i18n.Text(check)
	r := &checkRow{list: l, id: id, check: check, title: title}
	r.mark = kit.NewStatusIcon(kit.Waiting, 18)
	r.text = kit.NewText(title, kit.Style{})
	r.chip = kit.NewBadge("", kit.Neutral)
	r.word = kit.NewText("", kit.Style{Fixed: true, Size: theme.SizeCaption})
	r.chip.Hide()
	r.fold = kit.NewDisclosure(title, layout.ListLine(r.mark, r.text, r.chip, r.word), r.inside)
	r.fold.Copy = func() string { return resultText(r.result) }
	r.fold.OnCopy = func(text string) {
		l.screen.env.Copy(text)
		l.screen.env.Tell(i18n.F("Copied: {{.What}}", i18n.V{"What": title}), kit.Good)
	}
	r.fold.OnMove = func(step int) {
		if next := index + step; next >= 0 && next < len(l.rows) {
			l.rows[next].fold.Focus()
		}
	}
	r.fold.OnToggle = func(open bool) {
		if l.resetting {
			return
		}
		l.screen.relayout()
		if open {
			l.bring(r)
		}
	}
	r.reset()
	return r
}

func (r *checkRow) reset() {
	r.result, r.note, r.root = exam.Result{ID: r.id, Title: r.check}, "", false
	r.chip.Raised = false
	r.set(kit.Waiting)
	r.fold.SetOpen(false)
	r.fold.SetTone(kit.Neutral)
	r.fold.Forget()
}

func (r *checkRow) draw(c session.Check) {
	r.note = i18n.Text(c.Note)
	switch c.Phase {
	case exam.Running:
		r.set(kit.Running)
	case exam.Done:
		r.finish(c.Result, false)
	}
}

func (r *checkRow) finish(c exam.Result, root bool) {
	r.result, r.note, r.root = c, "", root
	r.chip.Raised = root
	r.set(stateOf(c.Status))
	if root {
		r.fold.SetTone(kit.Bad)
	}
	r.fold.Forget()
}

// set shows a state: shape, word and colour.
func (r *checkRow) set(s kit.Status) {
	r.state = s
	r.mark.Set(s)
	word := s.Word()
	ink := s.Color()
	if s == kit.Waiting {
		word, ink = "", theme.Muted
	}
	r.word.SetText(word)
	r.word.SetColor(ink)
	text := theme.Ink
	if s == kit.Waiting || s == kit.Skipped {
		text = theme.Muted
	}
	r.text.SetColor(text)
	owner := ""
	if s == kit.Failed || s == kit.Warned || s == kit.Manual {
		owner = i18n.Text(r.result.Owner.Text())
	}
	r.chip.Set(owner, s.Tone())
	r.fold.Name = r.title + ": " + s.Word()
	if owner != "" {
		r.fold.Name += ", " + owner
	}
	r.fold.Refresh()
}

// stateOf is how an outcome is shown.
func stateOf(s exam.Status) kit.Status {
	return map[exam.Status]kit.Status{
		exam.Pass: kit.Passed, exam.Warn: kit.Warned, exam.Fail: kit.Failed,
		exam.Skip: kit.Skipped, exam.Manual: kit.Manual,
	}[s]
}

func (r *checkRow) inside() fyne.CanvasObject { return details(r) }
