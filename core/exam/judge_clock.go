package exam

import (
	"net/http"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
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
	return compareClocks(s.client.Exchanges(), time.Until(s.now()))
}

// compareClocks goes through the exchanges; shift moves their local times where
// the examination was given another clock than the computer's. Two hosts that
// disagree by more than the tolerance prove nothing about us. Of several hosts the
// first by name is reported, so that the order of the responses does not matter.
func compareClocks(exchanges []transport.Exchange, shift time.Duration) ClockFacts {
	var found ClockFacts
	for _, e := range exchanges {
		at, err := http.ParseTime(e.Header.Get("Date"))
		if err != nil {
			continue
		}
		// The answer was stamped somewhere between start and end; Date has whole seconds.
		ahead := e.Start.Add(e.Duration / 2).Add(shift).Sub(at.Add(500 * time.Millisecond))
		if found.Known && (ahead-found.Ahead).Abs() > tolerance {
			return ClockFacts{}
		}
		if by := hostOf(e.URL); !found.Known || by < found.By {
			found = ClockFacts{Known: true, Ahead: ahead, By: by}
		}
	}
	return found
}

// judgeClock only warns while everything works in spite of the clock: secrets
// do not mind it. Where a token was refused for its time, it is the cause.
func judgeClock(f Facts) Finding {
	if !f.Clock.Known {
		return skip(text.F("No answer contained the time, so there is nothing to compare with."))
	}
	e := catalog.Evidence{Facts: []catalog.Fact{
		catalog.NewTextFact("this computer", offset(f.Clock.Ahead)), catalog.NewFact("compared with", f.Clock.By),
	}}
	if f.Clock.Ahead.Abs() <= tolerance {
		finding := pass(text.F("It agrees with %s to within a few minutes.", f.Clock.By))
		finding.Evidence = e
		return finding
	}
	rule := warning
	for _, id := range []CheckID{CheckToken, CheckWhoAmI} {
		if f.Results[id].Cause == catalog.ClockSkew || f.Results[id].Cause == catalog.TokenExpired {
			rule = broken
		}
	}
	return rule(catalog.ClockSkew, e, text.F("This computer's clock is %s, compared with %s.", offset(f.Clock.Ahead), f.Clock.By))
}

// wrong reports whether the clock is off by more than the services forgive.
func (c ClockFacts) wrong() bool { return c.Known && c.Ahead.Abs() > tolerance }

func offset(ahead time.Duration) text.Text {
	d := ahead.Abs().Round(time.Second)
	if d < time.Second {
		return text.F("right to the second")
	}
	if d >= time.Minute {
		d = d.Round(time.Minute)
	}
	if ahead < 0 {
		return text.F("%s behind", short(d))
	}
	return text.F("%s ahead", short(d))
}

func short(d time.Duration) text.Text {
	switch {
	case d >= time.Hour:
		return text.F("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
	case d >= time.Minute:
		return text.F("%d min", int(d.Minutes()))
	}
	return text.F("%d s", int(d.Seconds()))
}
