package overview

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// replaceDialog asks for a new credential and shows which connections have it.
type replaceDialog struct {
	screen *Screen
	box    *kit.Dialog
	fields *fyne.Container

	secret, file, password, ends *kit.Field
	rows                         []*replaceRow
	list                         *fyne.Container
	progress                     *kit.Text
	failure                      *kit.Failure
}

// replaceRow is a connection in the dialog.
type replaceRow struct {
	name string
	icon *kit.StatusIcon
}

func newReplaceDialog(s *Screen, r session.Replacement) *replaceDialog {
	d := &replaceDialog{screen: s, list: layout.Column(theme.Tight)}
	d.secret = kit.NewField(kit.NewSecretEntry(i18n.L("New client secret (Value)")), i18n.L("The Value, not the Secret ID. Formerly Key."))
	d.ends = kit.NewField(kit.NewEntry(i18n.L("Ends on")), i18n.L("As Certificates & secrets shows it: year-month-day. May be empty."))
	d.ends.Entry.SetPlaceHolder("2027-03-31")
	d.file = kit.NewField(kit.NewEntry(i18n.L("New certificate file")), i18n.L("PEM or PFX, with the certificate and its key."))
	d.file.Beside = kit.NewButton(i18n.L("Choose…"), kit.Quiet, func() { s.env.ChooseCertificate(d.file.Entry.SetText) })
	d.file.Beside.(*kit.Button).Scale = kit.Compact
	d.password = kit.NewField(kit.NewSecretEntry(i18n.L("Its password")), i18n.L("Empty if the file has none."))
	d.fields = layout.Column(theme.Near, d.secret, d.ends)
	if r.Kind == connection.CertificateKind {
		d.fields = layout.Column(theme.Near, d.file, d.password)
	}
	for _, o := range d.fields.Objects {
		o.(*kit.Field).Entry.OnSubmitted = func(string) { d.start() }
	}
	for _, name := range r.Names {
		row := &replaceRow{name, kit.NewStatusIcon(kit.Waiting, 16)}
		d.rows = append(d.rows, row)
		text := kit.NewText(name, kit.Style{})
		d.list.Add(layout.Row(theme.Small, text, row.icon, text))
	}
	d.progress = kit.NewText("", kit.Style{Color: theme.Muted})
	d.failure = kit.NewFailure()
	body := layout.Column(theme.Space, d.fields, d.progress, d.failure.Object, d.list)
	d.box = kit.NewDialog(i18n.N("Replace the credential of 1 connection", "Replace the credential of {{.N}} connections", len(r.Names)), body,
		kit.Action{Text: i18n.L("Close")}, kit.Action{Text: i18n.L("Test and replace"), Default: true, Stay: true, Do: d.start})
	d.box.Width = 600
	d.box.Hold = s.commands.StopReplacement
	return d
}

// Box implements [kit.View].
func (d *replaceDialog) Box() *kit.Dialog { return d.box }

// First returns the first entry.
func (d *replaceDialog) First() fyne.Focusable { return d.fields.Objects[0].(*kit.Field).Entry }

// start begins, or moves the focus to the first field with a problem.
func (d *replaceDialog) start() {
	d.screen.commands.Replace(session.TypedCredential{
		Secret: secret.New(plain.Trim(d.secret.Entry.Text)), Ends: d.ends.Entry.Text,
		CertificateFile: d.file.Entry.Text, Password: secret.New(d.password.Entry.Text),
	})
	for _, o := range d.fields.Objects {
		if field := o.(*kit.Field); field.Problem() != "" {
			d.screen.env.Canvas.Focus(field.Entry)
			return
		}
	}
}

// Draw shows the progress at each connection, and the problems with what is typed.
func (d *replaceDialog) Draw(r session.Replacement) {
	words := i18n.L("Each connection is tested with the new one before it gets it. The first that does not work stops the rest, which keep the old one.")
	switch {
	case r.Active:
		words = i18n.F("{{.Done}} of {{.All}} · {{.What}}", i18n.V{"Done": len(r.Done), "All": len(r.Names), "What": r.Now})
	case r.Failed != "":
		words = i18n.F("{{.Done}} of {{.All}} have the new one. It stopped at “{{.Name}}”; the rest keep the old one.", i18n.V{"Done": len(r.Done), "All": len(r.Names), "Name": r.Failed})
	case len(r.Done) == len(r.Names):
		words = i18n.L("All have the new one. Once no other program uses the old one, delete it from the registration.")
	}
	d.progress.SetText(words)
	d.secret.SetProblem(i18n.Text(r.Problems[connection.FieldSecret]))
	d.ends.SetProblem(i18n.Text(r.Problems[session.FieldEnds]))
	d.file.SetProblem(i18n.Text(r.Problems[connection.FieldCertificate]))
	d.failure.Set(i18n.Text(r.Why))
	done := map[string]bool{}
	for _, name := range r.Done {
		done[name] = true
	}
	for _, row := range d.rows {
		status := kit.Waiting
		switch {
		case done[row.name]:
			status = kit.Passed
		case r.Active && row.name == r.Now:
			status = kit.Running
		case row.name == r.Failed:
			status = kit.Failed
		}
		row.icon.Set(status)
	}
	layout.SetVisible(d.fields, !r.Active && len(r.Done) < len(r.Names))
	stop := i18n.L("Close")
	if r.Active {
		stop = i18n.L("Stop")
	}
	next := i18n.L("Test and replace")
	if len(r.Done) == len(r.Names) {
		next = ""
	}
	d.box.Rename(0, stop)
	d.box.SetDefault(next, !r.Active)
	d.box.Refresh()
}
