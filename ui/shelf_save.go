package ui

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// saveConnection keeps the form under its name, and asks for one the first time.
func (w *Window) saveConnection() {
	s := w.shelf
	switch {
	case s.deps == nil:
	case w.banner.active:
		w.say(i18n.L("Nothing is saved in the sandbox. Leave it to save a connection of your own."), kit.Caution)
	case s.open == "" && w.form.empty():
		w.say(i18n.L("There is nothing to save yet: the form is empty."), kit.Caution)
		w.focusForm()
	default:
		s.keep(func(bool) {})
	}
}

// save keeps the form. In the window ended is called, with nil when it worked; and
// then, when it worked, with whether more was said than that.
func (s *shelf) save(name string, ended func(error), then func(saidMore bool)) {
	form, guide := s.w.form.form(), s.w.guideState()
	identity, wish := s.w.identity(), s.wish
	s.later(func(ctx context.Context) func() {
		saved, err := s.deps.Save(ctx, name, form)
		if err != nil {
			return func() { ended(err) }
		}
		kept := s.deps.SetGuide(ctx, saved.Profile.Name, guide)
		listed := s.relist(ctx)
		return func() {
			listed()
			if s.wish == wish { // nobody has opened another one meanwhile
				s.open, s.identity, s.kept = saved.Profile.Name, identity, form
				s.sessionOnly = saved.Kept == profile.InSession
				s.guides[savedKey(s.open)] = guide
				s.w.followGuide()
				s.w.header.rename()
			}
			if kept != nil {
				s.complain(kept)
			}
			ended(nil)
			then(s.tell(saved, form))
		}
	})
}

// tell says what became of a form: above all, where its secret is. It tells
// whether that should be read.
func (s *shelf) tell(saved profile.Saved, form connection.Form) (warned bool) {
	certificate := form.CertificateFile != ""
	text := []string{i18n.F("Saved as “{{.Name}}”.", i18n.V{"Name": saved.Profile.Name})}
	m := kit.Message{Tone: kit.Good}
	warn := func(sentences ...string) {
		text = append(text, sentences...)
		m.Tone, m.Stay = kit.Caution, true
	}
	switch {
	case saved.Kept == profile.InStore && certificate:
		text = append(text, i18n.L("The password of the certificate is in the operating system's store."))
	case saved.Kept == profile.InStore:
		text = append(text, i18n.L("The secret is in the operating system's store."))
	case saved.Kept == profile.InSession && certificate:
		warn(i18n.L("The password of the certificate is kept for this session only."), i18n.Said(saved.Why))
	case saved.Kept == profile.InSession:
		warn(i18n.L("The secret is kept for this session only."), i18n.Said(saved.Why))
	case !certificate:
		text = append(text, i18n.L("There is no secret in it."))
	}
	if len(saved.LeftOut) > 0 {
		warn(i18n.F("Left out, because it cannot be used as it is: {{.Fields}}.", i18n.V{"Fields": strings.Join(s.labels(saved.LeftOut), ", ")}))
	}
	if saved.SetAside != "" {
		warn(i18n.F("The file of connections was damaged; it is kept as {{.File}}.", i18n.V{"File": saved.SetAside}))
	}
	m.Text = strings.TrimSpace(strings.Join(text, " "))
	s.w.toasts.Say(m)
	return m.Stay
}

func (s *shelf) labels(fields []connection.Field) []string {
	var words []string
	for _, id := range fields {
		if f, ok := s.w.form.fields()[id]; ok {
			words = append(words, f.Label)
		}
	}
	return words
}

// proposal is a name that is free: the organisation's, or what its address
// begins with.
func (s *shelf) proposal() string {
	name := connectionName(s.w.form.form().Environment)
	if name == unnamed.String() {
		name = ""
	}
	e := s.w.examination()
	if r := e.Report; r != nil && r.WhoAmI != nil && r.WhoAmI.OrganizationName != "" && !e.Stale {
		name = r.WhoAmI.OrganizationName
	}
	if s.taken(name) {
		return ""
	}
	return name
}

func (s *shelf) taken(name string) bool {
	for _, p := range s.list {
		if strings.EqualFold(strings.TrimSpace(name), p.Name) {
			return true
		}
	}
	return false
}

// askName asks what a connection is to be called, and stays until that worked.
func (s *shelf) askName(title, verb, proposal string, do func(name string, ended func(error))) {
	entry := kit.NewEntry(i18n.L("Name"))
	entry.SetPlaceHolder("Contoso UAT")
	entry.SetText(proposal)
	field := kit.NewField(entry, i18n.L("What you call it. The address and the IDs are written to a file of yours, the secret is not."))
	var d *kit.Dialog
	waiting := false
	try := func() {
		name := strings.TrimSpace(entry.Text)
		if waiting {
			return
		}
		if s.taken(name) && !strings.EqualFold(name, s.open) {
			field.SetProblem(i18n.L("Another connection already has this name. Choose a different one."))
			d.Refresh()
			return
		}
		waiting = true
		do(name, func(err error) {
			waiting = false
			switch {
			case err == nil:
				d.Close()
			case errors.As(err, new(*profile.NameError)):
				field.SetProblem(i18n.Error(err))
				d.Refresh()
			default:
				d.Close()
				s.complain(err)
			}
		})
	}
	entry.OnChanged = func(string) { field.SetProblem("") }
	entry.OnSubmitted = func(string) { try() }
	d = kit.NewDialog(title, layout.Column(theme.Near, field),
		kit.Action{Text: i18n.L("Cancel")}, kit.Action{Text: verb, Default: true, Stay: true, Do: try})
	d.Open(s.w.win.Canvas(), entry)
	entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// renameConnection gives the open connection another name.
func (w *Window) renameConnection() {
	s := w.shelf
	if s.deps == nil || s.open == "" || w.banner.active {
		return
	}
	from := s.open
	s.askName(i18n.F("Rename “{{.Name}}”", i18n.V{"Name": from}), i18n.L("Rename"), from, func(to string, ended func(error)) {
		s.later(func(ctx context.Context) func() {
			err := s.deps.Rename(ctx, from, to)
			listed := s.relist(ctx)
			return func() {
				listed()
				if err == nil {
					s.guides[savedKey(to)] = s.guides[savedKey(from)]
					delete(s.guides, savedKey(from))
					if s.open == from {
						s.open = to
						w.followGuide()
						w.header.rename()
					}
				}
				ended(err)
			}
		})
	})
}

// forgetConnection deletes the open connection, when that is meant.
func (w *Window) forgetConnection() {
	s := w.shelf
	if s.deps == nil || s.open == "" || w.banner.active {
		return
	}
	name := s.open
	text := kit.NewText(i18n.L("The connection, its ticks and its secret are deleted from this computer. Nothing changes in Microsoft Entra or in Dataverse."), kit.Style{})
	d := kit.NewDialog(i18n.F("Forget “{{.Name}}”?", i18n.V{"Name": name}), text,
		kit.Action{Text: i18n.L("Cancel")}, kit.Action{Text: i18n.L("Forget"), Danger: true, Do: func() { s.forget(name) }})
	d.Open(w.win.Canvas(), nil)
}

func (s *shelf) forget(name string) {
	s.later(func(ctx context.Context) func() {
		err := s.deps.Forget(ctx, name)
		listed := s.relist(ctx)
		return func() {
			listed()
			if err != nil && !errors.Is(err, profile.ErrNoProfile) {
				s.complain(err)
				return
			}
			delete(s.guides, savedKey(name))
			if s.open == name {
				s.w.session.Drop()
				s.open = ""
				s.w.session.FillSaved(connection.Form{}, text.Text{}, "")
				s.adopt("")
				s.w.session.ForgetReport()
			}
			s.w.say(i18n.F("“{{.Name}}” is forgotten, and its secret with it.", i18n.V{"Name": name}), kit.Good)
		}
	})
}
