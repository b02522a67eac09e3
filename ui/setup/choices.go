package setup

import (
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// choices are what the user decides about the plan.
type choices struct {
	dialog *dialog
	object *fyne.Container

	roles    *kit.Segmented // the kinds of role
	kinds    []session.RoleChoice
	about    *kit.Text // about the kind that is chosen
	role     *kit.Select
	names    []string // in role
	roleName *kit.Field
	table    *table

	name       *kit.Field
	credential *kit.Segmented
	registered *fyne.Container // what is about the registration

	consent  *kit.Segmented // who grants it, on the classic path
	granting *kit.Text      // about the one that is chosen

	save    *kit.Checkbox
	saveAs  *kit.Field
	file    *kit.Field
	keeping *fyne.Container
	filling bool // while the choices are put into the controls
}

// roleChoice is a kind of role, in words.
type roleChoice struct {
	choice      session.RoleChoice
	word, about i18n.Key
}

var roleChoices = []roleChoice{
	{session.RoleExisting, i18n.Key("Existing role"), i18n.Key("The application may do what the role allows. Choose the least that the integration needs.")},
	{session.RoleMinimal, i18n.Key("New role"), i18n.Key("A new security role with exactly the privileges that are ticked here, and nothing more.")},
	{session.RoleClone, i18n.Key("Copy of System Administrator"), i18n.Key("What the article of 2017 asks for. The application may then do everything in the environment.")},
}

func newChoices(d *dialog) *choices {
	c := &choices{dialog: d}
	var words []string
	for _, r := range roleChoices {
		if r.choice != session.RoleClone || d.drawn.Classic {
			c.kinds = append(c.kinds, r.choice)
			words = append(words, r.word.String())
		}
	}
	c.roles = kit.NewSegmented(i18n.L("Security role"), words, func(i int) { c.want(func(w *session.SetupWants) { w.Role = c.kinds[i] }) })
	c.roles.Compact, c.roles.Foldable = true, true
	c.about = kit.Caption("")
	c.role = kit.NewSelect(i18n.L("Role of the environment"), func(i int) { c.want(func(w *session.SetupWants) { w.RoleName = c.names[i] }) })
	c.role.Empty = i18n.L("Choose…")
	c.roleName = c.field(i18n.L("Name of the role"), i18n.L("the name of a role of the environment"), i18n.L("After the sign-in it can be chosen from a list."), func(w *session.SetupWants, text string) { w.RoleName = text })
	c.table = newTable(c)

	c.name = c.field(i18n.L("Name of the application"), "", i18n.L("It is shown in Microsoft Entra and in Dataverse."), func(w *session.SetupWants, text string) { w.Name = text })
	c.credential = kit.NewSegmented(i18n.L("Credential"), []string{i18n.L("Certificate"), i18n.L("Client secret")}, func(i int) {
		c.want(func(w *session.SetupWants) { w.Secret = i == 1 })
	})
	c.credential.Compact, c.credential.Foldable = true, true
	c.registered = layout.Column(theme.Near, c.name, layout.Column(theme.Tight, kit.NewText(i18n.L("Credential"), kit.Style{Bold: true}), c.credential,
		kit.Caption(i18n.L("A certificate's private key never leaves this computer. A client secret lasts at most 180 days."))))

	c.consent = kit.NewSegmented(i18n.L("Consent"), []string{i18n.L("By the administrator"), i18n.L("On the consent page")}, func(i int) {
		c.want(func(w *session.SetupWants) { w.ConsentPage = i == 1 })
	})
	c.consent.Compact, c.consent.Foldable = true, true
	c.granting = kit.Caption("")
	granted := layout.Column(theme.Tight, kit.NewText(i18n.L("Consent"), kit.Style{Bold: true}), c.consent, c.granting)
	layout.SetVisible(granted, d.drawn.Classic && d.drawn.Browser)

	c.save = kit.NewCheckbox(i18n.L("Save the connection when it works"), true, func(on bool) { c.want(func(w *session.SetupWants) { w.Save = on }) })
	c.saveAs = c.field(i18n.L("Name of the connection"), "Contoso UAT", i18n.L("The key or the secret goes into the operating system's store."), func(w *session.SetupWants, text string) { w.SaveAs = text })
	c.file = c.field(i18n.L("File for the certificate"), "", i18n.L("A new PEM file with the certificate and its private key."), func(w *session.SetupWants, text string) { w.File = text })
	c.file.Entry.ActionItem = c.chooser()
	c.keeping = layout.Column(theme.Near, c.save, c.saveAs, c.file)

	role := layout.Column(theme.Near, layout.Column(theme.Tight, kit.NewText(i18n.L("Security role"), kit.Style{Bold: true}), c.roles, c.about), c.role, c.roleName, c.table.object)
	c.object = layout.Column(theme.Space, finding.Heading(i18n.L("Your choices")), role, granted, c.registered, c.keeping)
	return c
}

// field returns a field for one of the choices.
func (c *choices) field(label, placeholder, hint string, set func(*session.SetupWants, string)) *kit.Field {
	e := kit.NewEntry(label)
	e.SetPlaceHolder(placeholder)
	e.OnChanged = func(text string) { c.want(func(w *session.SetupWants) { set(w, text) }) }
	e.OnSubmitted = func(string) { c.dialog.screen.env.Canvas.FocusNext() }
	return kit.NewField(e, hint)
}

// chooser is the button that asks for the folder of the certificate.
func (c *choices) chooser() *kit.Button {
	title := i18n.L("Choose the folder for the certificate")
	b := kit.NewButton(i18n.L("Choose…"), kit.Quiet, func() {
		c.dialog.screen.env.ChooseFolder(title, func(folder string) { c.file.Entry.SetText(filepath.Join(folder, "s2s.pem")) })
	})
	b.Scale, b.Name = kit.Compact, title
	return b
}

// want changes the choices.
func (c *choices) want(change func(*session.SetupWants)) {
	if c.filling {
		return
	}
	w := c.dialog.drawn.Wants
	change(&w)
	c.dialog.screen.commands.WantSetup(w)
}

// draw shows the choices that matter for the plan.
func (c *choices) draw(u session.Setup) {
	c.filling = true
	defer func() { c.filling = false }()
	open := u.Phase.Editable()
	layout.SetVisible(c.object, open)
	if !open {
		return
	}
	w := u.Wants
	kind := max(slices.Index(c.kinds, w.Role), 0)
	if c.roles.Chosen() != kind {
		c.roles.Set(kind)
	}
	c.about.SetText(roleChoices[kind].about.String())
	existing := w.Role == session.RoleExisting
	layout.SetVisible(c.role, existing && len(u.Roles) > 0)
	layout.SetVisible(c.roleName, existing && len(u.Roles) == 0)
	c.drawRoles(u)
	put(c.roleName, w.RoleName)
	c.table.draw(w)
	layout.SetVisible(c.table.object, w.Role == session.RoleMinimal)

	layout.SetVisible(c.name, u.Plan.Step(plan.Application).Status == plan.Todo)
	layout.SetVisible(c.registered, u.Plan.Step(plan.Credential).Status == plan.Todo)
	put(c.name, w.Name)
	if secret := 0; c.credential.Chosen() != secret && !w.Secret || c.credential.Chosen() == secret && w.Secret {
		c.credential.Set(1 - c.credential.Chosen())
	}
	c.drawConsent(w)
	layout.SetVisible(c.keeping, !u.Practice)
	c.save.Set(w.Save)
	layout.SetVisible(c.saveAs, w.Save)
	layout.SetVisible(c.file, !w.Save && !w.Secret)
	put(c.saveAs, w.SaveAs)
	put(c.file, w.File)
	missing := u.Missing()
	mind(c.saveAs, missing == session.ChooseName, u)
	mind(c.file, missing == session.ChooseFile, u)
}

// drawConsent shows who grants consent, and who has to sign in for that.
func (c *choices) drawConsent(w session.SetupWants) {
	chosen, about := 0, i18n.L("The signed-in administrator grants it through Microsoft Graph, for the whole organisation.")
	if w.ConsentPage {
		chosen, about = 1, i18n.L("As in the article: once the other steps are done, the application user signs in on Microsoft's page, best in a private window.")
	}
	if c.consent.Chosen() != chosen {
		c.consent.Set(chosen)
	}
	c.granting.SetText(about)
}

// drawRoles shows the roles that can be chosen.
func (c *choices) drawRoles(u session.Setup) {
	chosen := slices.Index(u.Roles, u.Wants.RoleName)
	if _, before := c.role.Options(); slices.Equal(c.names, u.Roles) && before == chosen {
		return
	}
	c.names = u.Roles
	var options []kit.SelectOption
	for _, name := range u.Roles {
		options = append(options, kit.SelectOption{Name: name})
	}
	c.role.Set(options, chosen)
}

func put(f *kit.Field, text string) {
	if f.Entry.Text != text {
		f.Entry.SetText(text)
	}
}

// mind marks a field that the plan waits for.
func mind(f *kit.Field, missing bool, u session.Setup) {
	if missing {
		f.SetCaution(i18n.Text(u.SetupObstacle()))
		return
	}
	f.SetCaution("")
}

// show leads to the choice that the plan waits for.
func (c *choices) show(missing session.SetupChoice) {
	switch missing {
	case session.ChooseName:
		c.dialog.focus(c.saveAs.Entry)
	case session.ChooseFile:
		c.dialog.focus(c.file.Entry)
	case session.ChooseSave:
		c.dialog.focus(c.save)
	case session.ChooseRole:
		switch {
		case c.role.Visible():
			c.dialog.focus(c.role)
		case c.roleName.Visible():
			c.dialog.focus(c.roleName.Entry)
		default:
			c.dialog.focus(c.roles)
		}
	}
}
