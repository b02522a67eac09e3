package session

import (
	"context"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

const (
	aLogin  = "login.microsoftonline.com"
	theUser = "s2s.integration@contoso.onmicrosoft.com"
	another = "megan@contoso.onmicrosoft.com"
)

func (d *fakeDoctor) Consent(ctx context.Context, g core.ConsentRequest) core.ConsentResult {
	d.grants = append(d.grants, g)
	if d.consent == nil {
		<-ctx.Done()
		return core.ConsentResult{Outcome: consent.Outcome{Ending: consent.Canceled}}
	}
	return d.consent(ctx, g)
}

func (d *fakeDoctor) ReadConsent(ctx context.Context, g core.ConsentRequest, pasted string, _ consent.Attempt) core.ConsentResult {
	return d.read(ctx, g, pasted)
}

// fakeBrowsers opens no browser.
type fakeBrowsers struct{}

func (fakeBrowsers) Open(context.Context, string) error { return nil }

func (fakeBrowsers) Private() []PrivateBrowser {
	return []PrivateBrowser{{Name: "Firefox", Open: func(context.Context, string) error { return nil }}}
}

// runFilled runs a test with a filled form.
func runFilled(t *testing.T, test func(b *bench), prepare ...func(*Deps)) {
	t.Helper()
	run(t, func(b *bench) {
		b.s.Fill(filledForm())
		b.pump()
		test(b)
	}, prepare...)
}

// told returns the newest notice that was not retracted.
func (b *bench) told() *Notice {
	var newest *Notice
	for _, e := range b.events {
		switch e := e.(type) {
		case *Notice:
			newest = e
		case Retract:
			if newest != nil && newest.Topic == e.Topic {
				newest = nil
			}
		}
	}
	if newest == nil {
		return &Notice{}
	}
	return newest
}

// asked returns the field that the view must show, with its problem.
func (b *bench) asked() (connection.Field, string) {
	for i := len(b.events) - 1; i >= 0; i-- {
		if a, ok := b.events[i].(Attention); ok {
			return a.Field, b.s.State().Form.Problems[a.Field].String()
		}
	}
	return "", ""
}

// brokenReport returns a report in which the check id fails with a cause; "" for a
// healthy report.
func brokenReport(id exam.CheckID, cause catalog.Cause) exam.Report {
	r := testReport(exam.Pass)
	r.WhoAmI = &exam.WhoAmI{UserID: testClient}
	if id != "" {
		set(&r, id, exam.Fail, cause)
		r.WhoAmI = nil
	}
	return r
}

func failedOutcome(cause catalog.Cause, summary string) consent.Outcome {
	return consent.Outcome{Ending: consent.Failed, Cause: cause, Summary: text.Raw(summary), Evidence: catalog.Evidence{RecognisedBy: string(cause)}}
}

// ends plays a consent page that ends at once.
func ends(g core.ConsentResult) func(context.Context, core.ConsentRequest) core.ConsentResult {
	return func(context.Context, core.ConsentRequest) core.ConsentResult { return g }
}

// waits plays a consent page without a response.
func waits(ctx context.Context, g core.ConsentRequest) core.ConsentResult {
	a := consent.Attempt{URL: "https://" + aLogin + "/organizations?redirect_uri=http%3A%2F%2Flocalhost%3A49152"}
	g.Progress(consent.Progress{Step: consent.Waiting, Host: aLogin, Attempt: a, Deadline: time.Now().Add(4*time.Minute + 32*time.Second)})
	<-ctx.Done()
	return core.ConsentResult{Outcome: consent.Outcome{Ending: consent.Canceled}}
}

// consentBy plays the consent of an account.
func consentBy(account string) func(context.Context, core.ConsentRequest) core.ConsentResult {
	return func(_ context.Context, g core.ConsentRequest) core.ConsentResult {
		r := brokenReport("", "")
		by := consent.Account{SignInName: account, TenantID: testTenant}
		yes := consent.Outcome{Ending: consent.Consented}
		return core.ConsentResult{Outcome: consent.Verify(yes, by, consent.ExpectedAccount{SignInName: g.SignInName}), ConsentedBy: by, Report: &r}
	}
}

// startConsent opens the consent page with an expected account.
func (b *bench) startConsent(page func(context.Context, core.ConsentRequest) core.ConsentResult) {
	b.doctor.consent = page
	b.s.OpenConsent()
	b.s.ExpectConsentBy(theUser)
	b.s.StartConsent("")
	b.pump()
}
