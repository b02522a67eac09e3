package ui

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// unsaved tells whether something would be lost that a person would want back: what
// [shelf.edited] says, but for practice, for a secret alone, and for a secret that
// would not be kept anyway.
func (s *shelf) unsaved() bool {
	if s.deps == nil || s.w.banner.active || s.opening != "" {
		return false // the form of one that is being opened was given up already
	}
	form := s.w.form.form()
	if s.open == "" {
		return !blank(withoutSecrets(form))
	}
	if s.sessionOnly && sameForm(withoutSecrets(form), withoutSecrets(s.kept)) {
		return false // typed to test with; the store does not take it
	}
	return !sameForm(form, s.kept)
}

func withoutSecrets(form connection.Form) connection.Form {
	form.Secret, form.CertificatePassword = secret.Value{}, secret.Value{}
	return form
}

// blank tells whether nothing but spaces is typed.
func blank(form connection.Form) bool {
	return strings.TrimSpace(form.Environment+form.Tenant+form.ClientID+form.RedirectURI+form.CertificateFile+form.KeyFile) == ""
}

// leave goes on with then when nothing would be lost by it. Otherwise it asks once:
// Save, Discard or Cancel. saidMore is that saving had something to say that is to
// be read, such as a secret that lives for this session only.
func (s *shelf) leave(then func(saidMore bool)) {
	if s.asking {
		return
	}
	if !s.unsaved() {
		then(false)
		return
	}
	s.asking = true
	title := i18n.L("Save this connection?")
	text := i18n.L("It is not saved yet. Without saving, what you typed is lost.")
	if s.open != "" {
		title = i18n.F("Save the changes to “{{.Name}}”?", i18n.V{"Name": s.open})
		text = i18n.L("They are not saved yet. Without saving, the connection stays as it was.")
	}
	d := kit.NewDialog(title, kit.NewText(text, kit.Style{}),
		kit.Action{Text: i18n.L("Cancel")},
		kit.Action{Text: i18n.L("Discard"), Danger: true, Do: func() { then(false) }},
		kit.Action{Text: i18n.L("Save"), Default: true, Do: func() { s.keep(then) }})
	d.OnClose = func() { s.asking = false }
	d.Open(s.w.win.Canvas(), nil)
}

// keep saves the form, under a name that it asks for the first time, and goes on
// when that worked.
func (s *shelf) keep(then func(saidMore bool)) {
	if s.open == "" {
		s.askName(i18n.L("Save connection"), i18n.L("Save"), s.proposal(), func(name string, ended func(error)) {
			s.save(name, ended, then)
		})
		return
	}
	s.save(s.open, func(err error) {
		if err != nil {
			s.complain(err)
		}
	}, then)
}
