package form

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// credential is the part of the form in which the application proves itself: the kind of
// credential, and its fields.
type credential struct {
	form   *Screen
	object *fyne.Container

	kind                                           *kit.Select
	kinds                                          []connection.Kind // in the order of kind
	secret, file, key, password, thumbprint, token *kit.Field
}

func newCredential(f *Screen) *credential {
	c := &credential{form: f}
	c.kind = kit.NewSelect(i18n.L("Credential"), func(index int) { f.commands.ChooseCredential(c.kinds[index]) })
	c.secret = f.listen(kit.NewSecretEntry(i18n.L("Client secret (Value)")), connection.FieldSecret,
		"", i18n.L("The Value, not the Secret ID. Formerly Key."))
	c.file = f.listen(kit.NewEntry(i18n.L("Certificate file")), connection.FieldCertificate,
		i18n.L("PEM or PFX with its private key"), "")
	c.file.Entry.ActionItem = chooser(f.env.Certificate, f.commands.UseCertificate)
	c.key = f.listen(kit.NewEntry(i18n.L("Key file")), session.FieldKeyFile, "", i18n.L("Only when the private key is a file of its own."))
	c.key.Entry.ActionItem = chooser(f.env.Key, f.commands.UseKey)
	c.password = f.listen(kit.NewSecretEntry(i18n.L("Password of the file")), session.FieldPassword, "", i18n.L("Empty when it has none."))
	c.thumbprint = f.listen(kit.NewEntry(i18n.L("Thumbprint")), connection.FieldThumbprint,
		i18n.L("40 hexadecimal digits"), i18n.L("Copy it from the certificate's properties: Details › Thumbprint."))
	c.token = f.listen(kit.NewEntry(i18n.L("Token file")), connection.FieldTokenFile,
		i18n.L("what AZURE_FEDERATED_TOKEN_FILE names"), i18n.L("It is read anew for each test."))
	c.token.Entry.ActionItem = chooser(f.env.Token, f.commands.UseTokenFile)
	c.object = layout.Column(theme.Near, c.kind, c.secret, c.file, c.key, c.password, c.thumbprint, c.token)
	return c
}

// read puts what is typed for every kind into a form.
func (c *credential) read(form *connection.Form) {
	form.CertificateFile = c.file.Entry.Text
	form.KeyFile = c.key.Entry.Text
	form.CertificatePassword = secret.New(c.password.Entry.Text)
	form.Secret = secret.New(c.secret.Entry.Text)
	form.Thumbprint = c.thumbprint.Entry.Text
	form.Federation.File = c.token.Entry.Text
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
	c.thumbprint.Entry.SetText(t.Thumbprint)
	c.token.Entry.SetText(t.Federation.File)
}

// draw shows the kinds that can be chosen, and reports whether that changed anything.
func (c *credential) draw(form session.Form) bool {
	var kinds []connection.Kind
	var options []kit.SelectOption
	for _, choice := range form.Credentials() {
		kinds = append(kinds, choice.Kind)
		options = append(options, kit.SelectOption{Name: i18n.Text(choice.Title), Detail: i18n.Text(choice.Use)})
	}
	chosen := slices.Index(kinds, form.Typed.CredentialKind())
	if _, before := c.kind.Options(); before == chosen && slices.Equal(kinds, c.kinds) {
		return false
	}
	c.kinds = kinds
	c.kind.Set(options, chosen)
	return true
}

// chooser is the button inside a field that asks for its file.
func chooser(ask Chooser, use func(path string)) *kit.Button {
	b := kit.NewButton(i18n.L("Choose…"), kit.Quiet, func() { ask.Ask(use) })
	b.Scale, b.Name = kit.Compact, ask.Title
	return b
}
