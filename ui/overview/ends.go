package overview

import (
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/lifetime"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// askEnds asks for the day on which a secret ends: Entra tells it to administrators only.
func (s *Screen) askEnds(names []string, line session.OverviewLine) {
	entry := kit.NewEntry(i18n.L("Ends on"))
	entry.SetPlaceHolder("2027-03-31")
	var l lifetime.Lifetime
	if line.Row != nil {
		l = line.Row.Lifetime
	} else {
		l = line.Heading.Lifetime
	}
	if !l.Ends.IsZero() {
		entry.SetText(day(l.Ends))
	}
	field := kit.NewField(entry, i18n.L("As Certificates & secrets shows it: year-month-day. Empty forgets it."))
	var dialog *kit.Dialog
	save := func() {
		typed, at := strings.TrimSpace(entry.Text), time.Time{}
		if typed != "" {
			var err error
			if at, err = time.Parse(time.DateOnly, typed); err != nil {
				field.SetProblem(i18n.L("Type a day such as 2027-03-31."))
				dialog.Refresh()
				return
			}
		}
		dialog.Close()
		s.commands.SetEnds(names, at)
	}
	entry.OnChanged = func(string) { field.SetProblem("") }
	entry.OnSubmitted = func(string) { save() }
	title := i18n.N("When does the secret end?", "When does the secret of these {{.N}} end?", len(names))
	dialog = kit.NewDialog(title, layout.Column(theme.Near, field),
		kit.Action{Text: i18n.L("Cancel")}, kit.Action{Text: i18n.L("Save"), Default: true, Stay: true, Do: save})
	dialog.Open(s.env.Canvas, entry)
}
