package ui

import (
	"context"
	"errors"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// shelf is the saved connections as the window knows them, and which of them is
// in the form.
//
// A keyring can hang, or ask a person: nothing here waits for one. Whatever
// touches the store is queued, runs beside the window one after the other whether
// or not the window still runs, and comes back through Deps.Do.
type shelf struct {
	w    *Window
	deps *ProfileDeps // nil where nothing can be kept
	list []profile.Profile
	// open is the name of the connection in the form, "" for one that is not saved;
	// kept is what the form held when it was opened or saved, and identity is its.
	open, identity string
	kept           connection.Form
	// sessionOnly is that the system's store does not have its secret.
	sessionOnly bool
	// asking is that [shelf.leave] waits for an answer.
	asking bool
	// opening is the name of the one that is being fetched.
	opening string
	// wish tells the answer to the newest wish from late ones.
	wish int
	// guides are how far a person came, for this session, by [Window.guideKey].
	guides map[string]profile.Guide
	// grumbled is set once it was said that the guide cannot be kept.
	grumbled bool

	busy   int // how many jobs have not come back
	ctx    context.Context
	cancel context.CancelFunc
}

// job works beside the window and gives what is to be done in it; that may be nil.
type job func(ctx context.Context) (then func())

func newShelf(w *Window) *shelf {
	s := &shelf{w: w, deps: w.deps.Profiles, guides: map[string]profile.Guide{}}
	s.ctx, s.cancel = context.WithCancel(context.Background()) // outlives the window by what is still to be written
	return s
}

// later queues a job that writes: the end of the program waits for it.
func (s *shelf) later(j job) {
	if s.deps != nil {
		s.enqueue(s.ctx, j, s.w.writes.begin())
	}
}

// reading queues a job that only reads. It ends with the window.
func (s *shelf) reading(j job) {
	if s.deps != nil {
		s.enqueue(s.w.ctx, j, func() {})
	}
}

// enqueue queues a job; ended is called when it has ended.
func (s *shelf) enqueue(ctx context.Context, j job, ended func()) {
	s.busy++
	s.w.writes.inTurn(func() {
		then := s.w.attempt(func() func() { return j(ctx) }, nil)
		ended()
		s.w.deps.Do(func() {
			if then != nil {
				then()
			}
			s.busy--
		})
	})
}

// relist reads the list anew; it is the end of every job that changes it.
func (s *shelf) relist(ctx context.Context) func() {
	list, err := s.deps.List(ctx)
	return func() {
		if err != nil {
			s.complain(err)
			return
		}
		s.list = list
	}
}

// complain says why something cannot be read or written; the end of the window
// needs no words.
func (s *shelf) complain(err error) {
	if s.w.ctx.Err() == nil {
		s.w.say(sentence(i18n.Error(err)), kit.Bad)
	}
}

// adopt makes the form's connection the saved one of a name; "" is none.
func (s *shelf) adopt(name string) {
	s.open, s.identity, s.kept = name, s.w.identity(), s.w.form.form()
	s.sessionOnly = false
	s.opening = ""
	s.wish++
	s.w.header.rename()
}

// edited tells whether the form holds what is not saved.
func (s *shelf) edited() bool {
	if s.open == "" {
		return !s.w.form.empty()
	}
	return !sameForm(s.w.form.form(), s.kept)
}

func sameForm(a, b connection.Form) bool {
	return a.Environment == b.Environment && a.Tenant == b.Tenant && a.ClientID == b.ClientID && a.RedirectURI == b.RedirectURI &&
		a.CertificateFile == b.CertificateFile && a.KeyFile == b.KeyFile &&
		a.Secret.Equal(b.Secret) && a.CertificatePassword.Equal(b.CertificatePassword)
}

// place is a connection as it stands in the window, to come back to.
type place struct {
	form           connection.Form
	open, identity string
	kept           connection.Form
	sessionOnly    bool
	missing        text.Text
	wanted         string
	report         *exam.Report
}

func (s *shelf) here() place {
	f := s.w.session.State().Form
	return place{f.Used(), s.open, s.identity, s.kept, s.sessionOnly, f.Missing, f.Wanted, s.w.examination().Report}
}

// back shows a place again, with what was found out there.
func (s *shelf) back(p place) {
	s.w.session.Drop()
	s.open, s.identity, s.kept, s.sessionOnly = p.open, p.identity, p.kept, p.sessionOnly
	s.opening = ""
	s.wish++
	s.w.session.FillSaved(p.form, p.missing, p.wanted)
	s.w.session.ForgetReport()
	if p.report != nil {
		s.w.session.Adopt(*p.report)
	}
}

// keepGuide writes how far a person came with a saved connection. That it cannot
// be written is said once: it would be said at every tick.
func (s *shelf) keepGuide(name string, state profile.Guide) {
	s.later(func(ctx context.Context) func() {
		err := s.deps.SetGuide(ctx, name, state)
		return func() {
			if err != nil && !s.grumbled {
				s.grumbled = true
				s.complain(errors.New(i18n.F("Your ticks are not kept: {{.Why}}", i18n.V{"Why": i18n.Error(err)})))
			}
		}
	})
}
