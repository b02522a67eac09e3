package overview

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/rotate"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// rotationDialog is the steps to a new certificate.
type rotationDialog struct {
	screen *Screen
	drawn  session.Rotation
	box    *kit.Dialog
	body   *fyne.Container
}

func newRotationDialog(s *Screen, r session.Rotation) *rotationDialog {
	d := &rotationDialog{screen: s, body: layout.Column(theme.Near)}
	d.box = kit.NewDialog(i18n.F("New certificate for “{{.Name}}”", i18n.V{"Name": r.Name}), d.body,
		kit.Action{Text: i18n.L("Close")}, kit.Action{Text: "", Default: true, Stay: true, Do: s.commands.Rotate})
	d.box.Width = 640
	d.box.Hold = s.commands.StopRotation
	return d
}

// Box implements [kit.View].
func (d *rotationDialog) Box() *kit.Dialog { return d.box }

// First returns nil: the focus is on the next step.
func (d *rotationDialog) First() fyne.Focusable { return nil }

// Draw shows the step of the rotation.
func (d *rotationDialog) Draw(r session.Rotation) {
	if same(r, d.drawn) {
		return
	}
	d.drawn = r
	d.body.Objects = nil
	add := func(o fyne.CanvasObject) { d.body.Objects = append(d.body.Objects, o) }
	next, stop := i18n.L("Make the certificate"), i18n.L("Close")
	switch {
	case r.Result.Step == rotate.Switched:
		d.switched(r, add)
		next = ""
	case r.Result.Step == rotate.Upload:
		d.upload(r, add)
		next = i18n.L("Test and switch")
	case r.Begun:
		add(kit.NewText(i18n.L("A new certificate was made for it earlier, and waits. Go on: it is tested, and the connection switches to it once Entra takes it."), kit.Style{}))
		next = i18n.L("Go on")
	default:
		add(kit.NewText(i18n.L("A key and a certificate are made on this computer, for a year. The old credential stays in use until Entra takes the new one; the steps are remembered if you close this."), kit.Style{}))
	}
	if r.Active {
		add(layout.Row(theme.Small, nil, kit.NewStatusIcon(kit.Running, 18), kit.NewText(i18n.L("Under way."), kit.Style{Color: theme.Muted, Fixed: true})))
		stop = i18n.L("Stop")
	}
	if !r.Problem.Empty() {
		failure := kit.NewFailure()
		failure.Set(i18n.Text(r.Problem))
		add(failure.Object)
	}
	if r.Begun && !r.Active {
		abandon := kit.NewButton(i18n.L("Take it back"), kit.Danger, d.screen.commands.AbandonRotation)
		add(layout.Column(theme.Tight, layout.Flow(theme.Small, abandon), kit.Caption(i18n.L("Deletes the new files. The connection keeps its old credential."))))
	}
	d.box.Rename(0, stop)
	d.box.SetDefault(next, !r.Active)
	d.box.Refresh()
}

// same reports whether two states look the same.
func same(a, b session.Rotation) bool {
	return a.Open == b.Open && a.Begun == b.Begun && a.Active == b.Active && a.Result.Step == b.Result.Step && a.Answer.Equal(b.Answer) && a.Problem.Equal(b.Problem)
}

// upload shows what the user must do in Entra.
func (d *rotationDialog) upload(r session.Rotation, add func(fyne.CanvasObject)) {
	env := d.screen.env.Env
	add(kit.NewText(i18n.L("The new certificate is made, and Entra does not take it yet."), kit.Style{Bold: true}))
	add(finding.Steps([]string{
		i18n.L("Open the application's Certificates & secrets."),
		i18n.L("Choose Certificates › Upload certificate, and upload the file below."),
		i18n.L("Test and switch. Nothing is switched before it works."),
	}, false))
	page := kit.NewButton(i18n.L("Certificates & secrets"), kit.Secondary, func() { env.Open(r.Link) })
	page.Glyph, page.Trailing, page.Name = theme.Out, true, i18n.F("Open {{.What}}", i18n.V{"What": i18n.L("Certificates & secrets")})
	add(layout.Flow(theme.Small, page))
	add(kit.FactLine(env, i18n.L("File to upload"), r.Result.CER, true))
	add(kit.FactLine(env, i18n.L("Thumbprint"), r.Result.Thumbprint, true))
	if !r.Answer.Empty() {
		add(kit.NewText(i18n.Text(r.Answer), kit.Style{Color: theme.Muted}))
	}
}

// switched is the end.
func (d *rotationDialog) switched(r session.Rotation, add func(fyne.CanvasObject)) {
	env, n := d.screen.env.Env, len(r.Result.Switched)
	words := i18n.N("The connection uses the new certificate.", "{{.N}} connections use the new certificate.", n)
	text := kit.NewText(words, kit.Style{Bold: true})
	add(layout.TopRow(theme.Small, text, kit.NewStatusIcon(kit.Passed, 18), text))
	add(kit.FactLine(env, i18n.L("Ends on"), day(r.Result.Ends), false))
	add(kit.FactLine(env, i18n.L("Thumbprint"), r.Result.Thumbprint, true))
	add(kit.FactLine(env, i18n.L("File"), r.Result.File, true))
	add(kit.NewText(i18n.L("The password of its key is in the operating system's store. Once no other program uses the old credential, delete it from the registration."), kit.Style{Color: theme.Muted}))
}
