package ui

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// credential is the part of the form in which the application proves itself:
// with a secret or with a certificate.
type credential struct {
	form   *formCard
	object *fyne.Container

	kind                        *kit.Segmented
	secret, file, key, password *kit.Field
	certificate                 *fyne.Container
	choosing                    bool // a file dialog is open

	// missing says why a secret that was saved is not here; "" when none is.
	missing string
	// wanted is the thumbprint of the certificate whose file is still to be chosen,
	// in a connection that was imported; "" for none.
	wanted string
}

// explain says at the secret's field why it is empty, until something is typed.
func (c *credential) explain() {
	field := c.secret
	if c.kind.Chosen() == byCertificate {
		field = c.password
	}
	if field.Entry.Text != "" {
		c.missing = ""
	}
	c.password.SetProblem("")
	switch lacking := c.lacking(); lacking {
	case nil:
	case c.file:
		lacking.SetProblem(i18n.F("Choose the file of the certificate {{.Thumbprint}}, and save.", i18n.V{"Thumbprint": c.wanted}))
	default:
		lacking.SetProblem(c.missing)
	}
}

// lacking is the field that asks for what was not saved with the connection; nil
// when nothing is missing.
func (c *credential) lacking() *kit.Field {
	certificate := c.kind.Chosen() == byCertificate
	switch {
	case certificate && c.wanted != "" && c.file.Entry.Text == "":
		return c.file
	case c.missing == "":
		return nil
	case certificate:
		return c.password
	}
	return c.secret
}

// want asks for the file of a certificate that is known by its thumbprint; "" asks
// for none.
func (c *credential) want(thumbprint string) {
	if c.wanted = thumbprint; thumbprint == "" {
		return
	}
	c.kind.Choose(byCertificate)
	c.form.changed()
}

// The choices, in the order of the control.
const (
	bySecret = iota
	byCertificate
)

func newCredential(f *formCard) *credential {
	c := &credential{form: f}
	c.kind = kit.NewSegmented(i18n.L("Credential"), []string{i18n.L("Secret"), i18n.L("Certificate")}, c.choseKind)
	c.secret = f.listen(kit.NewSecretEntry(i18n.L("Client secret (Value)")), connection.FieldSecret,
		"", i18n.L("The Value, not the Secret ID. Formerly Key."))
	c.file = f.listen(kit.NewEntry(i18n.L("Certificate file")), connection.FieldCertificate,
		i18n.L("PEM or PFX with its private key"), "")
	c.file.Entry.ActionItem = c.chooser(certificateChoice(), c.useFile)
	c.key = f.listen(kit.NewEntry(i18n.L("Key file")), "keyFile", "", i18n.L("Only when the private key is a file of its own."))
	c.key.Entry.ActionItem = c.chooser(keyChoice(), c.useKey)
	c.password = f.listen(kit.NewSecretEntry(i18n.L("Password of the file")), "certificatePassword", "", i18n.L("Empty when it has none."))
	c.certificate = kit.Column(theme.Near, c.file, c.key, c.password)
	c.certificate.Hide()
	c.kind.Compact = true
	c.secret.Beside = c.kind
	c.object = kit.Column(theme.Near, c.secret, c.certificate)
	return c
}

func (c *credential) choseKind(kind int) {
	// The control goes along: it keeps its place, and the focus.
	c.secret.Beside, c.file.Beside = nil, nil
	if kind == byCertificate {
		c.file.Beside = c.kind
		c.secret.Hide()
		c.certificate.Show()
	} else {
		c.secret.Beside = c.kind
		c.certificate.Hide()
		c.secret.Show()
	}
	c.object.Refresh()
	c.form.relayout()
	c.form.typed()
}

// read puts the chosen kind into a form; what is typed under the other one stays
// where it is, in case somebody changes their mind.
func (c *credential) read(form *connection.Form) {
	if c.kind.Chosen() == byCertificate {
		form.CertificateFile = c.file.Entry.Text
		form.KeyFile = c.key.Entry.Text
		form.CertificatePassword = secret.New(c.password.Entry.Text)
		return
	}
	form.Secret = secret.New(c.secret.Entry.Text)
}

func (c *credential) fill(form connection.Form) {
	c.wanted = ""
	c.secret.Entry.Conceal()
	c.password.Entry.Conceal()
	form.Secret.Use(c.secret.Entry.SetText)
	form.CertificatePassword.Use(c.password.Entry.SetText)
	c.file.Entry.SetText(form.CertificateFile)
	c.key.Entry.SetText(form.KeyFile)
	kind := bySecret
	if form.CertificateFile != "" {
		kind = byCertificate
	}
	c.kind.Choose(kind)
}

func (c *credential) empty() bool {
	return c.secret.Entry.Text == "" && c.file.Entry.Text == "" && c.key.Entry.Text == "" && c.password.Entry.Text == ""
}

func (c *credential) useFile(path string) {
	c.kind.Choose(byCertificate)
	c.file.Entry.SetText(path)
	c.key.Entry.SetText("") // it was the other certificate's
	c.form.changed()
}

func (c *credential) useKey(path string) {
	c.key.Entry.SetText(path)
	c.form.changed()
}

// dropped takes a file that was dropped on the window for the certificate, or for
// connections of another program when it has the ending of such a file.
func (w *Window) dropped(_ fyne.Position, files []fyne.URI) {
	if len(files) != 1 || files[0].Scheme() != "file" || w.busyElsewhere() {
		return
	}
	if importable(files[0].Path()) {
		w.importFile(files[0].Path())
		return
	}
	w.form.credential.useFile(files[0].Path())
}
