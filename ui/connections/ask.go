package connections

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// The buttons of a question stay: the dialog closes once the session has taken the
// answer.

func leaveDialog(s *session.Session, q *session.LeaveQuestion) *kit.Dialog {
	title := i18n.L("Save this connection?")
	body := i18n.L("It is not saved yet. Without saving, what you typed is lost.")
	if q.Open != "" {
		title = i18n.F("Save the changes to “{{.Name}}”?", i18n.V{"Name": q.Open})
		body = i18n.L("They are not saved yet. Without saving, the connection stays as it was.")
	}
	return kit.NewDialog(title, kit.NewText(body, kit.Style{}),
		kit.Action{Text: i18n.L("Cancel")},
		kit.Action{Text: i18n.L("Discard"), Danger: true, Stay: true, Do: s.DiscardAndLeave},
		kit.Action{Text: i18n.L("Save"), Default: true, Stay: true, Do: s.SaveAndLeave})
}

func forgetDialog(s *session.Session, q *session.ForgetQuestion) *kit.Dialog {
	body := i18n.L("The connection, its ticks and its secret are deleted from this computer. Nothing changes in Microsoft Entra or in Dataverse.")
	return kit.NewDialog(i18n.F("Forget “{{.Name}}”?", i18n.V{"Name": q.Name}), kit.NewText(body, kit.Style{}),
		kit.Action{Text: i18n.L("Cancel")},
		kit.Action{Text: i18n.L("Forget"), Danger: true, Stay: true, Do: s.ConfirmForget})
}

// nameDialog asks for the name of a connection.
type nameDialog struct {
	field  *kit.Field
	dialog *kit.Dialog
}

func newNameDialog(s *session.Session, q *session.NameQuestion) *nameDialog {
	title, verb := i18n.L("Save connection"), i18n.L("Save")
	switch q.Purpose {
	case session.ToDuplicate:
		title, verb = i18n.F("Duplicate “{{.Name}}”", i18n.V{"Name": q.Of}), i18n.L("Duplicate")
	case session.ToRename:
		title, verb = i18n.F("Rename “{{.Name}}”", i18n.V{"Name": q.Of}), i18n.L("Rename")
	}
	entry := kit.NewEntry(i18n.L("Name"))
	entry.SetPlaceHolder("Contoso UAT")
	entry.SetText(q.Proposal)
	d := &nameDialog{field: kit.NewField(entry, i18n.L("What you call it. The address and the IDs are written to a file of yours, the secret is not."))}
	answer := func() { s.AnswerName(entry.Text) }
	entry.OnChanged = func(string) { d.field.SetProblem("") }
	entry.OnSubmitted = func(string) { answer() }
	d.dialog = kit.NewDialog(title, layout.Column(theme.Near, d.field),
		kit.Action{Text: i18n.L("Cancel")}, kit.Action{Text: verb, Default: true, Stay: true, Do: answer})
	return d
}

func (d *nameDialog) update(q *session.NameQuestion) {
	d.field.SetProblem(i18n.Text(q.Problem))
	d.dialog.Refresh()
}

func (d *nameDialog) selectAll() { d.field.Entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }
