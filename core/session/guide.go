package session

import (
	"maps"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
)

// Guide is how far the set-up of the connection is.
type Guide struct {
	Path guide.Path
	// Asks reports whether [guide.TenantQuestion] decides anything, and SameTenant is the
	// answer.
	Asks       bool
	SameTenant guide.Answer
	// Ticks are the steps that the user ticked, by ID.
	Ticks map[guide.StepID]bool
	// Steps are those of the path, in order, with the connection's values in them.
	Steps []guide.Progress
	// Targets are the four things that the article checks at its end.
	Targets []guide.Target
	// Done is how many of the Needed steps are done or ticked.
	Done, Needed int
}

// guiding is what the guide knows besides the state.
type guiding struct {
	key     string // of the connection that the ticks are about
	kind    connection.Kind
	consent *consent.Outcome
}

// ChoosePath shows the set-up on the other path.
func (s *Session) ChoosePath(p guide.Path) {
	s.update(func(state *State) {
		state.Guide.Path = p
		s.evaluate()
	})
}

// AnswerTenant is the user's answer to the guide's question.
func (s *Session) AnswerTenant(a guide.Answer) {
	s.update(func(state *State) {
		state.Guide.SameTenant = a
		s.evaluate()
	})
}

// Tick marks a step as done by the user, or not.
func (s *Session) Tick(step guide.StepID, on bool) {
	s.update(func(state *State) {
		ticks := maps.Clone(state.Guide.Ticks)
		if ticks == nil {
			ticks = map[guide.StepID]bool{}
		}
		ticks[step] = on
		state.Guide.Ticks = ticks
		s.evaluate()
	})
}

// evaluate judges again what is done, after anything that it depends on has changed.
func (s *Session) evaluate() {
	s.update(func(state *State) {
		g := &state.Guide
		report := state.Examination.Report
		s.guide.kind = state.Form.Typed.CredentialKind()
		known := guide.Input{Report: report, Ticks: g.Ticks, SameTenant: g.SameTenant, Consent: s.guide.consent, Credential: s.guide.kind, Seen: s.sight.Guide()}
		g.Asks = known.Asks()
		steps := known.Evaluate(g.Path)
		vars := s.guideVars()
		for i, p := range steps {
			steps[i].Step = p.Step.Fill(vars)
		}
		g.Steps, g.Targets = steps, guide.Targets(report)
		g.Ticks = guide.KeepTicks(g.Ticks, steps)
		g.count()
		s.rememberGuide(s.guideProgress())
	})
}

// guideVars fill the steps from the newest examination, or else from the form.
func (s *Session) guideVars() catalog.Vars {
	if r := s.state.Examination.Report; r != nil {
		return s.doctor().Vars(r.Connection)
	}
	return s.doctor().Vars(s.doctor().Subject(s.state.Form.Used()))
}

func (g *Guide) count() {
	g.Done, g.Needed = 0, 0
	for _, p := range g.Steps {
		switch p.State {
		case guide.NotNeeded:
			continue
		case guide.Done, guide.Ticked:
			g.Done++
		}
		g.Needed++
	}
}

// guideProgress returns the user's answers and ticks, as they are kept with the
// connection.
func (s *Session) guideProgress() profile.Guide {
	g := s.state.Guide
	progress := profile.Guide{Path: string(g.Path), SameTenant: string(g.SameTenant), Ticks: map[string]bool{}}
	for id, on := range g.Ticks {
		if on {
			progress.Ticks[string(id)] = true
		}
	}
	return progress
}

// forgetGuide turns to another connection: its own progress, and no consent yet.
func (s *Session) forgetGuide() {
	s.guide.key, s.guide.consent = s.guideKey(), nil
	kept, _ := s.rememberedGuide()
	s.update(func(state *State) {
		state.Guide.restore(kept)
		s.evaluate()
	})
}

// followGuide looks whether the form has become another connection. What was ticked
// before there was one belongs to the first that is typed.
func (s *Session) followGuide() {
	key, before := s.guideKey(), s.guide.key
	if key == before && s.state.Guide.Steps != nil {
		if s.guide.kind != s.state.Form.Typed.CredentialKind() {
			s.evaluate()
		}
		return
	}
	s.guide.key = key
	kept, known := s.rememberedGuide()
	s.update(func(state *State) {
		if known || before != "" {
			state.Guide.restore(kept)
			s.guide.consent = nil
		}
		s.evaluate()
	})
}

// restore shows kept progress. Without a path it stays on its own.
func (g *Guide) restore(kept profile.Guide) {
	g.SameTenant, g.Ticks = guide.Unknown, nil
	for id, on := range kept.Ticks {
		if g.Ticks == nil {
			g.Ticks = map[guide.StepID]bool{}
		}
		g.Ticks[guide.StepID(id)] = on
	}
	if a := guide.Answer(kept.SameTenant); a == guide.Yes || a == guide.No {
		g.SameTenant = a
	}
	if p := guide.Path(kept.Path); p == guide.Modern || p == guide.Classic {
		g.Path = p
	}
}
