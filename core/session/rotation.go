package session

import (
	"context"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/rotate"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Rotator replaces the credential of saved connections by a new certificate: package
// rotate on the store. Its methods block.
type Rotator interface {
	// Rotate begins a rotation, or goes on with it.
	Rotate(ctx context.Context, name string, test func(context.Context, connection.Form) exam.Report) (rotate.Result, error)
	// Abandon takes an unfinished rotation back.
	Abandon(ctx context.Context, name string) error
	// Unfinished reports whether a rotation was begun and is not finished.
	Unfinished(name string) bool
}

// Rotation is a new certificate for a connection, and for those that share its old one.
type Rotation struct {
	// Open is true while the dialog is shown.
	Open bool
	Name string
	// Begun reports whether a new certificate is made and waits, perhaps since an earlier
	// start of the program.
	Begun bool
	// Active is true while it is made or tested.
	Active bool
	// Result is the result of the last step; its Step is "" before the first.
	Result rotate.Result
	// Link is the page where the certificate is uploaded.
	Link string
	// Answer is why Entra does not take the certificate yet, in a sentence.
	Answer text.Text
	// Problem is why a step failed.
	Problem text.Text
}

// OpenRotation shows how far the rotation of a saved connection is.
func (s *Session) OpenRotation(name string) {
	p, ok := s.profileNamed(name)
	if !ok || s.deps.Rotator == nil {
		return
	}
	d := s.deps.Doctor
	subject := d.Subject(connection.Form{Environment: p.Environment, Tenant: p.Tenant, ClientID: p.ClientID})
	link := "https://" + d.Vars(subject)["portal"] + "/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/" + p.ClientID + "/isMSAApp~/false"
	s.update(func(st *State) {
		st.Rotation = Rotation{Open: true, Name: p.Name, Link: link, Begun: s.deps.Rotator.Unfinished(p.Name)}
	})
}

// CloseRotation ends the dialog. What was made stays, and the next time goes on with it.
func (s *Session) CloseRotation() {
	s.rotating.end()
	s.update(func(st *State) { st.Rotation = Rotation{} })
}

// StopRotation ends the test that is under way, and reports whether one is.
func (s *Session) StopRotation() bool {
	if !s.state.Rotation.Active {
		return false
	}
	s.rotating.interrupt()
	return true
}

// Rotate makes the new certificate, or tests it again and switches to it once Entra takes
// it.
func (s *Session) Rotate() {
	doctor := s.deps.Doctor
	s.rotation(func(ctx context.Context, name string) func() {
		result, err := s.deps.Rotator.Rotate(ctx, name, func(ctx context.Context, form connection.Form) exam.Report {
			return doctor.Examine(ctx, form, false, nil)
		})
		return func() {
			s.update(func(st *State) {
				r := &st.Rotation
				if err != nil {
					r.Problem = text.OfError(err).Sentence()
					r.Begun = s.deps.Rotator.Unfinished(name)
					return
				}
				r.Result, r.Begun, r.Answer = result, result.Step == rotate.Upload, text.Text{}
				if result.Step == rotate.Upload {
					r.Answer = refusalOf(result.Report)
				}
			})
			if err == nil {
				s.credentialsChanged(result.Switched)
			}
		}
	})
}

// AbandonRotation deletes the new certificate; the connection keeps its old one.
func (s *Session) AbandonRotation() {
	s.rotation(func(ctx context.Context, name string) func() {
		err := s.deps.Rotator.Abandon(ctx, name)
		return func() {
			s.update(func(st *State) {
				if err != nil {
					st.Rotation.Problem = text.OfError(err).Sentence()
					return
				}
				st.Rotation.Begun, st.Rotation.Result, st.Rotation.Answer = false, rotate.Result{}, text.Text{}
			})
			s.Refresh()
		}
	})
}

// rotation runs a step of a rotation. The end of the program waits for it.
func (s *Session) rotation(step func(ctx context.Context, name string) (then func())) {
	r := s.state.Rotation
	if !r.Open || r.Active {
		return
	}
	ctx, generation := s.rotating.begin(s.ctx)
	s.update(func(st *State) { st.Rotation.Active, st.Rotation.Problem = true, text.Text{} })
	end := func() {
		s.rotating.end()
		s.update(func(st *State) { st.Rotation.Active = false })
	}
	written := s.queue.begin()
	s.background(func() func() {
		defer written()
		then := step(ctx, r.Name)
		return func() {
			if s.rotating.is(generation) {
				end()
				then()
			}
		}
	}, func() {
		if s.rotating.is(generation) {
			end()
		}
	})
}
