package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"s2sdoctor/core/exam"
	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// checkList shows every check of the examination as it goes.
type checkList struct {
	w      *Window
	object *fyne.Container
	// tally is how they came out, in words.
	tally  string
	rows   []*checkRow
	report exam.Report
}

func newCheckList(w *Window) *checkList {
	l := &checkList{w: w}
	list := widgets.Column(0)
	for i, c := range exam.Checks() {
		row := newCheckRow(l, c.ID, words.Say(c.Title), i)
		l.rows = append(l.rows, row)
		list.Add(row.fold)
	}
	l.object = widgets.InsetSides(look.Near, 0, look.Near, look.Near, list)
	l.reset()
	return l
}

// reset is before the first test.
func (l *checkList) reset() {
	l.report = exam.Report{}
	for _, row := range l.rows {
		row.reset()
	}
	l.tally = words.N("{{.N}} check", "{{.N}} checks", len(l.rows))
}

func (l *checkList) count(done, total int) {
	l.tally = words.F("{{.Done}} of {{.All}} done", words.V{"Done": done, "All": total})
}

// observe shows one step of a running examination.
func (l *checkList) observe(e exam.Event) {
	if row := l.row(e.Result.ID); row != nil {
		row.observe(e)
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
	add(exam.Fail, words.N("{{.N}} failed", "{{.N}} failed", tally[exam.Fail]))
	add(exam.Warn, words.N("{{.N}} warning", "{{.N}} warnings", tally[exam.Warn]))
	add(exam.Pass, words.N("{{.N}} passed", "{{.N}} passed", tally[exam.Pass]))
	add(exam.Manual, words.N("{{.N}} for you", "{{.N}} for you", tally[exam.Manual]))
	add(exam.Skip, words.N("{{.N}} not tried", "{{.N}} not tried", tally[exam.Skip]))
	return text
}

func (l *checkList) row(id string) *checkRow {
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
func (l *checkList) reveal(id string) {
	if row := l.row(id); row != nil {
		row.fold.SetOpen(true)
		l.visit(row)
	}
}

// drawn is how long a list that was out of sight takes to be drawn, generously.
const drawn = 50 * time.Millisecond

// visit gives a row the focus and brings it into sight. Fyne knows the place of
// nothing that was never drawn: a list that was behind the other one is scrolled
// once it is.
func (l *checkList) visit(row *checkRow) {
	l.w.answer.lists.show(showChecks)
	row.fold.FocusIn(l.w.win.Canvas())
	l.bring(row)
	l.w.deps.Later(drawn, func() { l.bring(row) })
}

// bring scrolls until all of a row is in sight, or as much as there is room for.
func (l *checkList) bring(row *checkRow) { l.w.answer.object.Reveal(row.fold) }

// checkRow is one check: its mark, its title, who mends it, and its state in a
// word. It opens to what was seen, why, and what to do.
type checkRow struct {
	list   *checkList
	id     string
	title  string
	fold   *widgets.Fold
	mark   *widgets.Mark
	text   *widgets.Text
	chip   *widgets.Chip
	word   *widgets.Text
	state  widgets.State
	result exam.Result
	note   string
	root   bool
}

func newCheckRow(l *checkList, id, title string, index int) *checkRow {
	r := &checkRow{list: l, id: id, title: title}
	r.mark = widgets.NewMark(widgets.Waiting, 18)
	r.text = widgets.NewText(title, widgets.Style{})
	r.chip = widgets.NewChip("", widgets.Neutral)
	r.word = widgets.NewText("", widgets.Style{Fixed: true, Size: look.SizeCaption})
	r.chip.Hide()
	r.fold = widgets.NewFold(title, widgets.Line(r.mark, r.text, r.chip, r.word), r.inside)
	r.fold.Copy = func() string { return resultText(r.result) }
	r.fold.OnCopy = func(text string) {
		l.w.deps.Copy(text)
		l.w.say(words.F("Copied: {{.What}}", words.V{"What": title}), widgets.Good)
	}
	r.fold.OnMove = func(step int) {
		if next := index + step; next >= 0 && next < len(l.rows) {
			l.rows[next].fold.Focus()
		}
	}
	r.fold.OnToggle = func(open bool) {
		l.w.answer.relayout()
		if open {
			l.bring(r)
		}
	}
	r.reset()
	return r
}

func (r *checkRow) reset() {
	r.result, r.note, r.root = exam.Result{ID: r.id, Title: r.title}, "", false
	r.set(widgets.Waiting)
	r.fold.SetOpen(false)
	r.fold.SetTone(widgets.Neutral)
	r.fold.Forget()
}

func (r *checkRow) observe(e exam.Event) {
	r.note = e.Note.String()
	switch e.Phase {
	case exam.Running:
		r.set(widgets.Running)
	case exam.Done:
		r.finish(e.Result, false)
	}
}

func (r *checkRow) finish(c exam.Result, root bool) {
	r.result, r.note, r.root = c, "", root
	r.set(stateOf(c.Status))
	if root {
		r.fold.SetTone(widgets.Bad)
	}
	r.fold.Forget()
}

// set shows a state: shape, word and colour.
func (r *checkRow) set(s widgets.State) {
	r.state = s
	r.mark.Set(s)
	word := s.Word()
	ink := s.Color()
	if s == widgets.Waiting {
		word, ink = "", look.Muted
	}
	r.word.SetText(word)
	r.word.SetColor(ink)
	text := look.Ink
	if s == widgets.Waiting || s == widgets.Skipped {
		text = look.Muted
	}
	r.text.SetColor(text)
	owner := ""
	if s == widgets.Failed || s == widgets.Warned || s == widgets.Manual {
		owner = r.result.Owner
	}
	r.chip.Set(owner, s.Tone())
	r.fold.Name = r.title + ": " + s.Word()
	if owner != "" {
		r.fold.Name += ", " + owner
	}
	r.fold.Refresh()
}

// stateOf is how an outcome is shown.
func stateOf(s exam.Status) widgets.State {
	return map[exam.Status]widgets.State{
		exam.Pass: widgets.Passed, exam.Warn: widgets.Warned, exam.Fail: widgets.Failed,
		exam.Skip: widgets.Skipped, exam.Manual: widgets.Manual,
	}[s]
}

func (r *checkRow) inside() fyne.CanvasObject { return details(r) }
