package form

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// credential is the part of the form in which the application proves itself:
// with a secret or with a certificate.
type credential struct {
	form   *Screen
	object *fyne.Container

	kind                        *kit.Segmented
	secret, file, key, password *kit.Field
	certificate                 *fyne.Container
}

// The choices, in the order of the control.
const (
	bySecret = iota
	byCertificate
)

func newCredential(f *Screen) *credential {
	c := &credential{form: f}
	c.kind = kit.NewSegmented(i18n.L("Credential"), []string{i18n.L("Secret"), i18n.L("Certificate")}, c.choseKind)
	c.secret = f.listen(kit.NewSecretEntry(i18n.L("Client secret (Value)")), connection.FieldSecret,
		"", i18n.L("The Value, not the Secret ID. Formerly Key."))
	c.file = f.listen(kit.NewEntry(i18n.L("Certificate file")), connection.FieldCertificate,
		i18n.L("PEM or PFX with its private key"), "")
	c.file.Entry.ActionItem = chooser(f.env.Certificate, f.session.UseCertificate)
	c.key = f.listen(kit.NewEntry(i18n.L("Key file")), session.FieldKeyFile, "", i18n.L("Only when the private key is a file of its own."))
	c.key.Entry.ActionItem = chooser(f.env.Key, f.session.UseKey)
	c.password = f.listen(kit.NewSecretEntry(i18n.L("Password of the file")), session.FieldPassword, "", i18n.L("Empty when it has none."))
	c.certificate = layout.Column(theme.Near, c.file, c.key, c.password)
	c.certificate.Hide()
	c.kind.Compact = true
	c.secret.Beside = c.kind
	c.object = layout.Column(theme.Near, c.secret, c.certificate)
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

// read puts both kinds into a form: what is typed under the one that does not count
// is kept, in case the user comes back to it.
func (c *credential) read(form *connection.Form) {
	form.CertificateFile = c.file.Entry.Text
	form.KeyFile = c.key.Entry.Text
	form.CertificatePassword = secret.New(c.password.Entry.Text)
	form.Secret = secret.New(c.secret.Entry.Text)
}

// fill writes texts into the entries; a secret that changes is shown as dots.
func (c *credential) fill(t session.Typed) {
	for _, s := range []struct {
		entry *kit.Entry
		value secret.Value
	}{{c.secret.Entry, t.Secret}, {c.password.Entry, t.CertificatePassword}} {
		if !s.value.Equal(secret.New(s.entry.Text)) {
			s.entry.Conceal()
			s.value.Use(s.entry.SetText)
		}
	}
	c.file.Entry.SetText(t.CertificateFile)
	c.key.Entry.SetText(t.KeyFile)
	kind := bySecret
	if t.ByCertificate {
		kind = byCertificate
	}
	c.kind.Choose(kind)
}

// chooser is the button inside a field that asks for its file.
func chooser(ask Chooser, use func(path string)) *kit.Button {
	b := kit.NewButton(i18n.L("Choose…"), kit.Quiet, func() { ask.Ask(use) })
	b.Scale, b.Name = kit.Compact, ask.Title
	return b
}
