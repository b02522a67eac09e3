package session

import (
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// StartConsent opens the page in the browser with a private window of that name, or
// in the user's own browser for "", and waits for its response.
func (s *Session) StartConsent(private string) {
	if !s.state.Consent.Open || !s.state.Consent.Problem.Empty() {
		return
	}
	open := consent.Browser(s.deps.Browsers.Open)
	for _, b := range s.consent.private {
		if b.Name == private {
			open = b.Open
		}
	}
	s.consent.end()
	ctx, generation := s.consent.waiting.begin(s.ctx)
	s.update(func(state *State) { state.Consent.begin(ConsentBrowser) })
	doctor := s.doctor()
	request := s.consentRequest(open, func(stage consent.Progress) {
		if s.consent.waiting.is(generation) {
			s.consentStage(stage)
		}
	})
	s.background(func() func() {
		granted := doctor.Consent(ctx, request)
		return func() {
			if s.consent.waiting.is(generation) {
				s.consentEnded(granted)
			}
		}
	}, s.abandonConsent)
}

// ReadConsent reads what the user pasted. The wait for the page goes on meanwhile
// unless that decides something.
func (s *Session) ReadConsent(pasted string) {
	c := s.state.Consent
	if !c.Open || strings.TrimSpace(pasted) == "" || c.Phase == ConsentAnswered || c.Phase == ConsentCancelling {
		return
	}
	s.ForgetUnread()
	ctx, generation := s.consent.reading.begin(s.ctx)
	doctor, attempt := s.doctor(), c.Attempt
	request := s.consentRequest(nil, func(stage consent.Progress) {
		if s.consent.reading.is(generation) && stage.Step == consent.Answered {
			s.consent.waiting.end() // the response has come another way
			s.consentAnswered()
		}
	})
	s.background(func() func() {
		granted := doctor.ReadConsent(ctx, request, pasted, attempt)
		return func() {
			switch {
			case !s.consent.reading.is(generation):
			case granted.Outcome.Undecided:
				s.consent.reading.end()
				s.update(func(state *State) { state.Consent.Unread = granted.Outcome.Summary })
			default:
				s.consentEnded(granted)
			}
		}
	}, s.abandonConsent)
}

// ForgetUnread removes the message about pasted text: the user has changed it.
func (s *Session) ForgetUnread() {
	if !s.state.Consent.Unread.Empty() {
		s.update(func(state *State) { state.Consent.Unread = text.Text{} })
	}
}

// consentStage shows how far the way to the page is.
func (s *Session) consentStage(stage consent.Progress) {
	if stage.Step == consent.Answered {
		s.consent.reading.end()
		s.consentAnswered()
		return
	}
	s.update(func(state *State) {
		c := &state.Consent
		c.Attempt = stage.Attempt // with the port that the response comes to
		c.Host, c.Deadline = stage.Host, stage.Deadline
		switch stage.Step {
		case consent.Opening:
			c.Phase = ConsentOpening
		case consent.Waiting:
			c.Phase = ConsentWaiting
		case consent.CopyAddress:
			c.Phase = ConsentCopyAddress
		}
		s.countDown()
	})
}

// consentAnswered shows that there is nothing to wait for any more but the
// examination.
func (s *Session) consentAnswered() {
	s.consent.stopClock()
	s.update(func(state *State) { state.Consent.begin(ConsentAnswered) })
}

// countDown shows how long the response is still waited for, now and every second.
func (s *Session) countDown() {
	s.consent.stopClock()
	deadline := s.state.Consent.Deadline
	if deadline.IsZero() {
		return
	}
	left := max(deadline.Sub(s.deps.Scheduler.Now()), 0)
	s.update(func(state *State) { state.Consent.Left = (left + time.Second - 1).Truncate(time.Second) })
	if left > 0 {
		s.consent.tick = s.deps.Scheduler.Later(time.Second, func() {
			if s.state.Consent.Deadline.Equal(deadline) { // it may have been due when the wait ended
				s.countDown()
			}
		})
	}
}

// StopConsent ends what is under way and reports whether there was anything. Consent
// that was given already is still reported, with or without the examination.
func (s *Session) StopConsent() bool {
	phase := s.state.Consent.Phase
	switch {
	case phase == ConsentAnswered:
		s.consent.waiting.interrupt()
		s.consent.reading.interrupt()
		s.update(func(state *State) { state.Consent.Phase = ConsentCancelling })
	case phase.UnderWay():
		s.abandonConsent()
	default:
		return false
	}
	return true
}

// abandonConsent ends all of it and returns to the choices.
func (s *Session) abandonConsent() {
	s.consent.end()
	s.update(func(state *State) { state.Consent.begin(ConsentChoosing) })
}

// consentEnded shows what came of it.
func (s *Session) consentEnded(g core.ConsentResult) {
	s.consent.end()
	s.update(func(state *State) {
		s.keepOutcome(g.Outcome)
		switch g.Outcome.Ending {
		case consent.Consented:
			s.CloseConsent()
			s.consented(g)
			s.setupConsented(g.Report)
		case consent.Canceled:
			state.Consent.begin(ConsentChoosing)
		case consent.Paste:
			state.Consent.begin(ConsentPaste)
			state.Consent.Request = g.Outcome.Summary
		default:
			if g.Report != nil {
				s.adopt(*g.Report)
			}
			state.Consent.begin(ConsentFailed)
			state.Consent.Failure = s.consentFailure(g.Outcome)
		}
	})
}

// consented shows the examination that followed the consent.
func (s *Session) consented(g core.ConsentResult) {
	message := text.F("Consent was given.")
	if g.ConsentedBy.SignInName != "" {
		message = text.F("Consent was given by %s.", g.ConsentedBy.SignInName)
	}
	s.notify(Good, message)
	if g.Report != nil {
		s.adopt(*g.Report)
		return
	}
	s.Test()
}

// begin turns to a phase and forgets what belongs to the one before.
func (c *Consent) begin(phase ConsentPhase) {
	c.Phase, c.Host, c.Left, c.Deadline = phase, "", 0, time.Time{}
	c.Request, c.Failure, c.Unread = text.Text{}, nil, text.Text{}
}
