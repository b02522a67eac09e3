package overview

import (
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

// drawEnds opens, draws or closes the dialog.
func (s *Screen) drawEnds(q session.EndsQuestion) {
	switch {
	case q.Open && s.ends == nil:
		s.ends = newEndsDialog(s, q)
		s.ends.box.Open(s.env.Canvas, s.ends.field.Entry)
	case q.Open:
		s.ends.field.SetProblem(i18n.Text(q.Problem))
		s.ends.box.Refresh()
	case s.ends != nil:
		closing := s.ends
		s.ends = nil
		closing.box.Close()
	}
}

func newEndsDialog(s *Screen, q session.EndsQuestion) *endsDialog {
	entry := kit.NewEntry(i18n.L("Ends on"))
	entry.SetPlaceHolder("2027-03-31")
	entry.SetText(q.Known)
	d := &endsDialog{field: kit.NewField(entry, i18n.L("As Certificates & secrets shows it: year-month-day. Empty forgets it."))}
	save := func() { s.commands.AnswerEnds(entry.Text) }
	entry.OnChanged = func(string) { d.field.SetProblem("") }
	entry.OnSubmitted = func(string) { save() }
	title := i18n.N("When does the secret end?", "When does the secret of these {{.N}} end?", len(q.Names))
	d.box = kit.NewDialog(title, layout.Column(theme.Near, d.field),
		kit.Action{Text: i18n.L("Cancel")}, kit.Action{Text: i18n.L("Save"), Default: true, Stay: true, Do: save})
	d.box.OnClose = func() {
		if s.ends == d { // by the user
			s.ends = nil
			s.commands.CloseEnds()
		}
	}
	return d
}
