package ui

import (
	"context"
	"errors"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// start reads the list and, with open, fetches the connection that was used last.
func (s *shelf) start(open bool) {
	wish := s.wish
	s.reading(func(ctx context.Context) func() {
		listed := s.relist(ctx)
		if !open {
			return listed
		}
		name, err := s.deps.Last(ctx)
		if err != nil || name == "" {
			return listed // an unreadable file has been complained of
		}
		loaded, err := s.deps.Load(ctx, name)
		return func() {
			listed()
			switch {
			case s.wish != wish || !s.w.form.empty():
				// Somebody was faster and has begun something else.
			case err != nil:
				s.complain(err)
			default:
				s.show(loaded)
			}
		}
	})
}

// choose opens a saved connection, when nothing is lost by it.
func (s *shelf) choose(name string) {
	s.w.leaveSandbox()
	s.leave(func(bool) { s.fetch(name) })
}

// fetch opens a saved connection.
func (s *shelf) fetch(name string) {
	s.wish++
	wish := s.wish
	s.opening = name
	s.w.header.rename()
	s.later(func(ctx context.Context) func() {
		loaded, err := s.deps.Load(ctx, name)
		listed := s.relist(ctx)
		if err == nil {
			err = s.deps.SetLast(ctx, loaded.Profile.Name)
		}
		return func() {
			listed()
			if s.wish != wish {
				return
			}
			s.opening = ""
			if loaded.Profile.Name != "" {
				s.show(loaded)
			}
			s.w.header.rename()
			switch {
			case errors.Is(err, profile.ErrNoProfile):
				s.w.say(i18n.F("“{{.Name}}” is gone: it was renamed or forgotten in another window.", i18n.V{"Name": name}), kit.Bad)
			case err != nil:
				s.complain(err)
			}
		}
	})
}

// show puts a saved connection into the window, and the focus on what it was saved
// without. What was in the form and was not saved can be had back.
func (s *shelf) show(l profile.Loaded) {
	before, lost := s.here(), s.edited()
	s.w.session.Drop()
	s.open = ""
	s.guides[savedKey(l.Profile.Name)] = l.Profile.Guide
	s.w.session.FillSaved(l.Form, missing(l), l.Profile.Thumbprint)
	s.adopt(l.Profile.Name)
	s.sessionOnly = l.Kept == profile.InSession || !l.Why.Empty()
	s.w.session.ForgetReport()
	if lacking := s.w.session.State().Form.Lacking(); lacking != "" && !s.w.busyElsewhere() {
		s.w.visit(s.w.form.fields()[lacking])
	}
	if lost {
		s.w.toasts.Say(kit.Message{Text: i18n.L("What you had typed was not saved."), Action: i18n.L("Undo"), Do: func() { s.back(before) }})
	}
}

// missing says why there is no secret: it cannot be had, or there never was one, as
// in a connection that was imported.
func missing(l profile.Loaded) text.Text {
	if l.Why.Empty() && l.Kept == profile.InNothing && l.Form.CertificateFile == "" {
		return text.F("This connection has no secret yet. Type it, or choose a certificate, and save.")
	}
	return l.Why
}

// newConnection empties the form, when nothing is lost by it; what was there can be
// had back.
func (w *Window) newConnection() {
	if w.form.empty() && w.shelf.open == "" {
		w.focusForm()
		return
	}
	w.shelf.leave(func(bool) { w.emptyForm() })
}

func (w *Window) emptyForm() {
	before := w.shelf.here()
	w.session.Drop()
	w.shelf.open = ""
	w.session.FillSaved(connection.Form{}, text.Text{}, "")
	w.shelf.adopt("")
	w.session.ForgetReport()
	w.focusForm()
	if !w.banner.active {
		w.toasts.Say(kit.Message{Text: i18n.L("The form is empty."), Action: i18n.L("Undo"), Do: func() { w.shelf.back(before) }})
	}
}
