package ui

import (
	"context"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

const testLogin = "login.microsoftonline.com"

// consentUnderWay presses Open in the browser with somebody expected, and plays
// what comes of it.
func (s *stage) consentUnderWay(play func(s *stage) func(context.Context, core.Grant) core.Granted) {
	j := &journey{s: s, grant: play(s)}
	s.w.deps.Consent = j.deps()
	s.fill(filledForm())
	s.w.openConsent()
	s.w.consenting.expect.SetText("s2s.integration@contoso.onmicrosoft.com")
	s.press("Open in the browser")
	run := &s.w.consenting.run
	s.until("what comes of it", func() bool { return !run.deadline.IsZero() || !run.waiting.active() })
}

// waitingJourney waits until it is ended.
func waitingJourney(s *stage) func(context.Context, core.Grant) core.Granted {
	return func(ctx context.Context, g core.Grant) core.Granted {
		a := consent.Attempt{URL: "https://" + testLogin + "/organizations/oauth2/v2.0/authorize?client_id=" + testClient + "&redirect_uri=http%3A%2F%2Flocalhost%3A49152&state=f0"}
		g.Stage(consent.Stage{Step: consent.Waiting, Host: testLogin, Attempt: a, Deadline: s.now.Add(4*time.Minute + 32*time.Second)})
		<-ctx.Done()
		return core.Granted{Outcome: consent.Outcome{Ending: consent.Canceled}}
	}
}

func declinedJourney(*stage) func(context.Context, core.Grant) core.Granted {
	return func(context.Context, core.Grant) core.Granted {
		return core.Granted{Outcome: consent.Outcome{
			Ending: consent.Failed, Cause: "consent.declined", Summary: text.Raw("The consent page answered AADSTS65004: Somebody chose Cancel."),
			Evidence: catalog.Evidence{Code: "AADSTS65004", Error: "access_denied", RecognisedBy: "AADSTS65004", CorrelationID: "0f8fad5b-d9cb-469f-a165-70867728950e"},
		}}
	}
}

// otherJourney is a consent by somebody else than was expected.
func otherJourney(*stage) func(context.Context, core.Grant) core.Granted {
	return func(_ context.Context, g core.Grant) core.Granted {
		r := healthyReport()
		by := consent.Who{SignInName: "megan@contoso.onmicrosoft.com", TenantID: testTenant}
		yes := consent.Outcome{Ending: consent.Consented}
		return core.Granted{Outcome: consent.Verify(yes, by, consent.Expected{SignInName: g.SignInName}), By: by, Report: &r}
	}
}

// pasteEntry is where a person pastes what they see.
func (s *stage) pasteEntry() *kit.Entry { return s.w.consenting.paste.Entry }

// over is what stands over the window; "" for nothing.
func (s *stage) over() string {
	_, over, _ := strings.Cut(s.outline(), "--- over it\n")
	return over
}

// running counts the timers of a second that have not rung.
func (s *stage) running() int {
	n := 0
	for _, tm := range s.timers {
		if !tm.done && tm.at.After(s.now) && !tm.at.After(s.now.Add(time.Second)) {
			n++
		}
	}
	return n
}
