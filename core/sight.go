package core

import (
	"context"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/xray"
)

// Sight is what an administrator saw of a connection. The zero value is that nothing
// was read.
type Sight struct {
	picture xray.Picture
	target  plan.Target
}

// Guide returns what it shows of the guide's steps, by their IDs.
func (s Sight) Guide() map[guide.StepID]guide.Seen {
	if s.target.Environment == "" {
		return nil
	}
	return s.picture.Guide(s.target)
}

// Report returns an examination with the blind spots filled in, such as when the
// credential ends.
func (s Sight) Report(r exam.Report) exam.Report {
	if s.target.Environment == "" {
		return r
	}
	return s.picture.Report(r, s.target)
}

// Look implements [SetupWork].
func (s *SetupSession) Look(ctx context.Context, form connection.Form) (Sight, error) {
	c, _, _ := form.CleanContext(ctx, s.doctor.clouds(), time.Now())
	before := s.Session.Target
	defer func() { s.Session.Target = before }()
	// All halves are read, for any step.
	s.Session.Target.ClientID, s.Session.Target.Given, s.Session.Target.Only = c.ClientID, c.Credential.Kind, nil
	s.Client.AddSecret(c.Credential.Secret)
	picture, err := s.Picture(ctx, held(c))
	return Sight{picture, s.Session.Target}, err
}
