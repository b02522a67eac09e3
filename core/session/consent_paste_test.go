package session

import (
	"context"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
)

// TestConsentPasteWhileWaiting guards that the wait continues after a pasted text that
// decides nothing, and ends with a text that does.
func TestConsentPasteWhileWaiting(t *testing.T) {
	t.Parallel()
	undecided := failedOutcome("consent.state-mismatch", "Another one.")
	undecided.Undecided = true
	for _, c := range []struct {
		name   string
		read   func(context.Context, core.ConsentRequest) core.ConsentResult
		unread string
		phase  ConsentPhase
		open   bool
	}{
		{
			"nothing of it", ends(core.ConsentResult{Outcome: consent.Read("https://example.com/", consent.Attempt{})}),
			"This address holds no answer of the consent page.", ConsentWaiting, true,
		},
		{"another attempt's", ends(core.ConsentResult{Outcome: undecided}), "Another one.", ConsentWaiting, true},
		{"a no", ends(core.ConsentResult{Outcome: failedOutcome("consent.declined", "No.")}), "", ConsentFailed, true},
		{"a page that is known", ends(core.ConsentResult{Outcome: failedOutcome("consent.redirect-mismatch", "AADSTS50011.")}), "", ConsentFailed, true},
		{"a yes", func(ctx context.Context, g core.ConsentRequest) core.ConsentResult {
			g.Progress(consent.Progress{Step: consent.Answered})
			return consentBy(theUser)(ctx, g)
		}, "", ConsentChoosing, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			runFilled(t, func(b *bench) {
				waiting := true
				b.startConsent(func(ctx context.Context, g core.ConsentRequest) core.ConsentResult {
					defer func() { waiting = false }()
					return waits(ctx, g)
				})
				b.doctor.read = func(ctx context.Context, g core.ConsentRequest, _ string) core.ConsentResult { return c.read(ctx, g) }
				b.s.ReadConsent("what I see")
				b.pump()
				got := b.s.State().Consent
				if got.Unread.String() != c.unread || got.Phase != c.phase || got.Open != c.open {
					t.Errorf("it is %s, open %v, and says %q; want %s, %v, %q", got.Phase, got.Open, got.Unread, c.phase, c.open, c.unread)
				}
				if want := c.phase == ConsentWaiting; waiting != want {
					t.Errorf("it waits: %v, want %v", waiting, want)
				}
				b.s.ForgetUnread()
				if got := b.s.State().Consent.Unread; !got.Empty() {
					t.Errorf("after the text has changed it says %q", got)
				}
			})
		})
	}
}

func TestConsentPasteReadsText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pasted string
		read   bool
	}{{"AADSTS50011: The redirect URI", true}, {"Sorry\nAADSTS50011", true}, {" \n", false}, {"", false}} {
		runFilled(t, func(b *bench) {
			read := ""
			b.doctor.read = func(_ context.Context, _ core.ConsentRequest, pasted string) core.ConsentResult {
				read = pasted
				return core.ConsentResult{Outcome: failedOutcome("consent.redirect-mismatch", "AADSTS50011")}
			}
			b.s.OpenConsent()
			b.s.ReadConsent(c.pasted)
			b.pump()
			if (read != "") != c.read || c.read && read != c.pasted {
				t.Errorf("of %q it read %q", c.pasted, read)
			}
		})
	}
}

// TestConsentPasteAnswersFirst guards the time between a pasted response and its proof: a
// response to the wait no longer decides.
func TestConsentPasteAnswersFirst(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		b.startConsent(waits)
		b.doctor.read = func(ctx context.Context, g core.ConsentRequest, _ string) core.ConsentResult {
			g.Progress(consent.Progress{Step: consent.Answered})
			<-ctx.Done()
			return consentBy(theUser)(ctx, g)
		}
		b.s.ReadConsent("what I see")
		b.pump()
		if c := b.s.State().Consent; c.Phase != ConsentAnswered || c.Left != 0 {
			t.Errorf("it is %+v", c)
		}
		b.s.StopConsent()
		b.pump()
		if got := b.told().Text.String(); got != "Consent was given by "+theUser+"." {
			t.Errorf("it tells %q", got)
		}
	})
}
