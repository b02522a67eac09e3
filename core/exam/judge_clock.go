package exam

import (
	"fmt"
	"net/http"
	"time"

	"s2sdoctor/core/catalog"
	"s2sdoctor/core/transport"
)

// tolerance is the clock difference that Entra forgives in a signed assertion.
//
// Source: learn.microsoft.com/entra/identity-platform/certificate-credentials
// (exp five to ten minutes after nbf).
const tolerance = 5 * time.Minute

// ClockFacts compares this computer's clock with the services'.
type ClockFacts struct {
	// Known is false when no answer carried a usable Date header.
	Known bool
	// Ahead is how far this computer is ahead; negative when it is behind.
	Ahead time.Duration
	// By is the host whose clock was read.
	By string
}

// clock takes the Date header (RFC 9110 section 6.6.1) of the answers so far.
func (s *session) clock() ClockFacts {
	return compareClocks(s.client.Exchanges(), s.now().Sub(time.Now()))
}

// compareClocks goes through the exchanges; shift moves their local times where
// the examination was given another clock than the computer's. Two hosts that
// disagree by more than the tolerance prove nothing about us.
func compareClocks(exchanges []transport.Exchange, shift time.Duration) ClockFacts {
	var found ClockFacts
	for _, e := range exchanges {
		at, err := http.ParseTime(e.Header.Get("Date"))
		if err != nil {
			continue
		}
		// The answer was stamped somewhere between start and end; Date has whole seconds.
		ahead := e.Start.Add(e.Duration / 2).Add(shift).Sub(at.Add(500 * time.Millisecond))
		if !found.Known {
			found = ClockFacts{Known: true, Ahead: ahead, By: hostOf(e.URL)}
			continue
		}
		if (ahead - found.Ahead).Abs() > tolerance {
			return ClockFacts{}
		}
	}
	return found
}

// judgeClock only warns while everything works in spite of the clock: secrets
// do not mind it. Where a token was refused for its time, it is the cause.
func judgeClock(f Facts) Finding {
	if !f.Clock.Known {
		return skip("No answer told the time, so there is nothing to compare with.")
	}
	e := catalog.Evidence{Facts: []catalog.Fact{
		{Name: "this computer", Value: offset(f.Clock.Ahead)}, {Name: "compared with", Value: f.Clock.By},
	}}
	if f.Clock.Ahead.Abs() <= tolerance {
		finding := pass("It agrees with %s to within a few minutes.", f.Clock.By)
		finding.Evidence = e
		return finding
	}
	say := warning
	for _, id := range []string{"token", "whoami"} {
		if f.Results[id].Cause == "clock.skew" || f.Results[id].Cause == "token.expired" {
			say = broken
		}
	}
	return say("clock.skew", e, "This computer's clock is %s, compared with %s.", offset(f.Clock.Ahead), f.Clock.By)
}

// wrong tells whether the clock is off by more than the services forgive.
func (c ClockFacts) wrong() bool { return c.Known && c.Ahead.Abs() > tolerance }

func offset(ahead time.Duration) string {
	d := ahead.Abs().Round(time.Second)
	if d < time.Second {
		return "right to the second"
	}
	if d >= time.Minute {
		d = d.Round(time.Minute)
	}
	word := "ahead"
	if ahead < 0 {
		word = "behind"
	}
	return fmt.Sprintf("%s %s", short(d), word)
}

func short(d time.Duration) string {
	switch {
	case d >= time.Hour:
		return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
	case d >= time.Minute:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	}
	return fmt.Sprintf("%d s", int(d.Seconds()))
}
