package overview

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// endsDialog asks on which day a secret ends.
type endsDialog struct {
	box   *kit.Dialog
	field *kit.Field
}

func newEndsDialog(s *Screen, q session.EndsQuestion) *endsDialog {
	entry := kit.NewEntry(i18n.L("Ends on"))
	entry.SetPlaceHolder("2027-03-31")
	entry.SetText(q.Known)
	d := &endsDialog{field: kit.NewField(entry, i18n.L("As Certificates & secrets shows it: year-month-day. Empty forgets it."))}
	save := func() { s.commands.AnswerEnds(entry.Text) }
	entry.OnChanged = func(string) { d.field.SetProblem("") }
	entry.OnSubmitted = func(string) { save() }
	title := i18n.F("When does the secret of these {{.N}} end?", i18n.V{"N": len(q.Names)})
	if len(q.Names) == 1 {
		title = i18n.F("When does the secret of “{{.Name}}” end?", i18n.V{"Name": q.Names[0]})
	}
	d.box = kit.NewDialog(title, layout.Column(theme.Near, d.field),
		kit.Action{Text: i18n.L("Cancel")}, kit.Action{Text: i18n.L("Save"), Default: true, Stay: true, Do: save})
	return d
}

// Box implements [kit.View].
func (d *endsDialog) Box() *kit.Dialog { return d.box }

// First returns the entry, with the known date selected, so that typing replaces it.
func (d *endsDialog) First() fyne.Focusable {
	d.field.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	return d.field.Entry
}

// Draw shows why the last answer is not a day.
func (d *endsDialog) Draw(q session.EndsQuestion) {
	d.field.SetProblem(i18n.Text(q.Problem))
	d.box.Refresh()
}
