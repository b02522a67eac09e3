package session

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
)

func TestConsentAddressIsShownBeforeItOpens(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		b.s.OpenConsent()
		c := b.s.State().Consent
		if !c.Open || c.Phase != ConsentChoosing || !strings.HasPrefix(c.Attempt.URL, "https://"+aLogin+"/organizations/oauth2/v2.0/authorize?") {
			t.Errorf("got %+v", c)
		}
		if len(b.doctor.grants) != 0 {
			t.Error("the page was opened")
		}
		b.s.ChooseConsentStyle(consent.AdminConsent)
		if got := b.s.State().Consent.Attempt.URL; !strings.Contains(got, "adminconsent") {
			t.Errorf("after another style the address is %s", got)
		}
		b.s.ExpectConsentBy(theUser)
		b.s.ChooseConsentStyle(consent.V2)
		if got := b.s.State().Consent.Attempt.URL; !strings.Contains(got, "login_hint=s2s.integration") {
			t.Errorf("the address does not name the account: %s", got)
		}
	})
}

// TestConsentAddressNamesDiscoveredTenant guards that the address contains the tenant as
// soon as the environment has named it, but does not change after it was opened in a
// browser.
func TestConsentAddressNamesDiscoveredTenant(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		begin func(*bench)
		want  bool
	}{
		"while choosing": {func(*bench) {}, true},
		"while waiting":  {func(b *bench) { b.s.StartConsent("") }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			runFilled(t, func(b *bench) {
				b.doctor.discover = func(context.Context, connection.Form) (core.Discovered, bool) {
					return core.Discovered{TenantID: testTenant}, true
				}
				b.s.OpenConsent()
				c.begin(b)
				b.pump()
				if got := b.s.State().Consent.Attempt.URL; strings.Contains(got, testTenant) != c.want {
					t.Errorf("the address is %s", got)
				}
			})
		})
	}
}

func TestConsentStyleFollowsPath(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		b.s.ChoosePath(guide.Classic)
		b.s.OpenConsent()
		if got := b.s.State().Consent.Style; got != consent.Authorize {
			t.Errorf("the style is %q", got)
		}
	})
}

// TestConsentAddressThatOpensIsShown guards that the address to copy and to paste for is
// the opened one, with the port of its listener.
func TestConsentAddressThatOpensIsShown(t *testing.T) {
	t.Parallel()
	const opens = "https://" + aLogin + "/organizations/v2?redirect_uri=http%3A%2F%2Flocalhost%3A4711"
	runFilled(t, func(b *bench) {
		b.startConsent(func(_ context.Context, g core.ConsentRequest) core.ConsentResult {
			g.Progress(consent.Progress{Step: consent.Opening, Attempt: consent.Attempt{URL: opens}})
			return core.ConsentResult{Outcome: failedOutcome("consent.declined", "Somebody chose Cancel")}
		})
		if c := b.s.State().Consent; c.Phase != ConsentFailed || c.Attempt.URL != opens {
			t.Errorf("it is %s at %s", c.Phase, c.Attempt.URL)
		}
	})
}

func TestConsentIsFollowedByItsProof(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		granted core.ConsentResult
		told    string
		tests   int
	}{
		{"by somebody", consentBy("ana@contoso.com")(t.Context(), core.ConsentRequest{}), "Consent was given by ana@contoso.com.", 0},
		{"by an account that is not known", core.ConsentResult{Outcome: consent.Outcome{Ending: consent.Consented}}, "Consent was given.", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			runFilled(t, func(b *bench) {
				b.startConsent(ends(c.granted))
				if got := b.told(); got.Text.String() != c.told || got.Tone != Good {
					t.Errorf("it tells %q", got.Text)
				}
				if len(b.doctor.forms) != c.tests || b.s.State().Consent.Open {
					t.Errorf("%d tests, open %v", len(b.doctor.forms), b.s.State().Consent.Open)
				}
				if r := b.s.State().Examination.Report; c.tests == 0 && (r == nil || !r.Healthy) {
					t.Error("the report is not shown")
				}
				if step := b.s.State().Guide.Steps[5]; step.Step.ID != guide.Consent || step.State != guide.Ticked && step.State != guide.NotNeeded {
					t.Errorf("the guide's step %s is %s", step.Step.ID, step.State)
				}
			})
		})
	}
}

// TestConsentFailureIsExplained guards title, owner and next action, and that a locked
// account has other steps than an unlocked account which is not the expected account.
func TestConsentFailureIsExplained(t *testing.T) {
	t.Parallel()
	other := consent.Verify(consent.Outcome{Ending: consent.Consented}, consent.Account{SignInName: another}, consent.ExpectedAccount{SignInName: theUser})
	field := failedOutcome("input.redirect-uri", "Port 80 is in use.")
	field.Field = connection.FieldRedirectURI
	for _, c := range []struct {
		name             string
		outcome          consent.Outcome
		title, owner     string
		fix              string // in the first action
		again, privately bool
	}{
		{"declined", failedOutcome("consent.declined", "Somebody chose Cancel."), "Consent was declined", "Entra administrator", "", true, false},
		{"timed out", failedOutcome("consent.timed-out", "Nobody finished."), "The sign-in or consent was not finished in time", "Whoever fills in the form", "", true, false},
		{"somebody else", other, "Somebody else consented", "Whoever fills in the form", "private window", true, true},
		{"an account of elsewhere", failedOutcome("consent.wrong-account", "AADSTS50020."), "The account that signed in cannot be used here", "Whoever fills in the form", "", true, true},
		{"redirect", failedOutcome("consent.redirect-mismatch", "AADSTS50011."), "The Redirect URI is not the one that is registered", "Entra application owner", "", false, false},
		{"a field", field, "The Redirect URI cannot be used", "Whoever fills in the form", "", false, false},
		{"not known", failedOutcome("unknown", "It answered server_error."), "Nothing in this answer is known", "Microsoft", "", false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			runFilled(t, func(b *bench) {
				b.startConsent(ends(core.ConsentResult{Outcome: c.outcome}))
				f := b.s.State().Consent.Failure
				if f == nil {
					t.Fatalf("it is %q", b.s.State().Consent.Phase)
				}
				if f.Title.String() != c.title || string(f.Result.Owner) != c.owner || !f.Summary.Equal(c.outcome.Summary) {
					t.Errorf("title %q, owner %q, summary %q", f.Title, f.Result.Owner, f.Summary)
				}
				if len(f.Result.Fix) == 0 || !strings.Contains(f.Result.Fix[0].String(), c.fix) {
					t.Errorf("what to do: %v", f.Result.Fix)
				}
				if f.Again != c.again || f.Privately != c.privately || f.Field != c.outcome.Field {
					t.Errorf("again %v, privately %v, field %q", f.Again, f.Privately, f.Field)
				}
				if f.Subject.ClientID != testClient || f.Subject.Cloud != "public" {
					t.Errorf("the subject is %+v", f.Subject)
				}
				if c.name == "somebody else" && !strings.Contains(f.Result.Fix[1].String(), theUser) {
					t.Errorf("it does not name the expected account: %v", f.Result.Fix)
				}
			})
		})
	}
}

func TestConsentTriedAgainForgetsFailure(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		b.startConsent(ends(core.ConsentResult{Outcome: failedOutcome("consent.declined", "No.")}))
		b.doctor.consent = nil
		b.s.StartConsent("Firefox")
		b.pump()
		if c := b.s.State().Consent; c.Phase != ConsentBrowser || c.Failure != nil {
			t.Errorf("it is %s: %+v", c.Phase, c.Failure)
		}
		if n := len(b.doctor.grants); n != 2 || b.doctor.grants[1].SignInName != theUser {
			t.Errorf("%d times, with %+v", n, b.doctor.grants)
		}
	})
}

func TestConsentFieldIsShown(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		o := failedOutcome("input.redirect-uri", "Port 80 is in use.")
		o.Field = connection.FieldRedirectURI
		b.startConsent(ends(core.ConsentResult{Outcome: o}))
		b.s.ShowConsentField()
		field, problem := b.asked()
		if field != connection.FieldRedirectURI || problem != "Port 80 is in use." || b.s.State().Consent.Open {
			t.Errorf("%s says %q, open %v", field, problem, b.s.State().Consent.Open)
		}
	})
}

func TestConsentAsksForWhatAddressNeeds(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		form := filledForm()
		form.ClientID = ""
		b.s.Fill(form)
		b.s.OpenConsent()
		if field, problem := b.asked(); field != connection.FieldClientID || problem == "" || b.s.State().Consent.Open {
			t.Errorf("%s says %q, open %v", field, problem, b.s.State().Consent.Open)
		}
	})
}

func TestConsentWaitsForExamination(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		b.s.Test()
		b.s.OpenConsent()
		if b.s.State().Consent.Open {
			t.Error("it opens while the connection is being examined")
		}
	})
}

// TestConsentWaitCountsDown guards that the remaining time is shown at most once a
// second, and that no timer outlives the wait.
func TestConsentWaitCountsDown(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		b.startConsent(waits)
		published := 0
		b.s.Observe(func(State) { published++ })
		published = 0
		for _, c := range []struct {
			after, want time.Duration
			published   int
		}{
			{0, 4*time.Minute + 32*time.Second, 0},
			{300 * time.Millisecond, 4*time.Minute + 32*time.Second, 0},
			{700 * time.Millisecond, 4*time.Minute + 31*time.Second, 1},
			{time.Second, 4*time.Minute + 30*time.Second, 2},
			{4*time.Minute + 29*time.Second, time.Second, 271},
			{time.Second, 0, 272},
			{time.Hour, 0, 272},
		} {
			for ; c.after > time.Second; c.after -= time.Second {
				b.sleep(time.Second)
			}
			b.sleep(c.after)
			if got := b.s.State().Consent.Left; got != c.want || published != c.published {
				t.Errorf("%v left, want %v; published %d times, want %d", got, c.want, published, c.published)
			}
		}
	})
}

// TestConsentStop guards that the first press ends the wait, that the second closes the
// dialog, and that a late result changes nothing.
func TestConsentStop(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		b.startConsent(waits)
		if !b.s.State().Consent.Phase.UnderWay() || !b.s.StopConsent() {
			t.Fatalf("there is nothing to stop: %+v", b.s.State().Consent)
		}
		c := b.s.State().Consent
		if c.Phase != ConsentChoosing || c.Left != 0 || c.SignInName != theUser {
			t.Errorf("after it: %+v", c)
		}
		b.sleep(time.Hour)
		if got := b.s.State().Consent; got.Phase != c.Phase || got.Left != c.Left {
			t.Errorf("later: %+v", got)
		}
		if b.s.StopConsent() {
			t.Error("it is stopped twice")
		}
	})
}

// TestConsentStopAfterAnswer guards that stopping the examination after consent keeps the
// account that consented.
func TestConsentStopAfterAnswer(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		b.startConsent(func(ctx context.Context, g core.ConsentRequest) core.ConsentResult {
			g.Progress(consent.Progress{Step: consent.Waiting, Host: aLogin, Deadline: time.Now().Add(time.Minute)})
			g.Progress(consent.Progress{Step: consent.Answered})
			<-ctx.Done()
			return consentBy("ana@contoso.com")(ctx, core.ConsentRequest{})
		})
		if c := b.s.State().Consent; c.Phase != ConsentAnswered || !c.Deadline.IsZero() {
			t.Fatalf("it is %+v", c)
		}
		b.s.ReadConsent("what I see") // too late
		if !b.s.StopConsent() {
			t.Error("there is nothing to stop")
		}
		if c := b.s.State().Consent; c.Phase != ConsentCancelling || b.s.StopConsent() {
			t.Errorf("it is %s", c.Phase)
		}
		b.pump()
		if got := b.told().Text.String(); got != "Consent was given by ana@contoso.com." || b.s.State().Consent.Open {
			t.Errorf("it tells %q", got)
		}
	})
}

// TestConsentClosedEndsWait guards that no listener outlives the dialog.
func TestConsentClosedEndsWait(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		ended := false
		b.startConsent(func(ctx context.Context, g core.ConsentRequest) core.ConsentResult {
			defer func() { ended = true }()
			return waits(ctx, g)
		})
		b.s.CloseConsent()
		b.pump()
		if c := b.s.State().Consent; !ended || c.Open || !c.Offered {
			t.Errorf("ended %v: %+v", ended, c)
		}
	})
}

// TestConsentNewestCounts guards that the outcome of an earlier page is dropped.
func TestConsentNewestCounts(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		late := make(chan struct{})
		b.startConsent(func(context.Context, core.ConsentRequest) core.ConsentResult {
			<-late // although it was cancelled
			return core.ConsentResult{Outcome: failedOutcome("consent.declined", "No.")}
		})
		b.doctor.consent = waits
		b.s.StartConsent("")
		b.pump()
		close(late)
		b.pump()
		if c := b.s.State().Consent; c.Phase != ConsentWaiting {
			t.Errorf("it is %s", c.Phase)
		}
	})
}

// TestConsentByAnotherAccountLasts guards that the warning stays after the dialog is
// closed, on both paths, until the expected account consents.
func TestConsentByAnotherAccountLasts(t *testing.T) {
	t.Parallel()
	const note = "Consent was given by " + another + ". " + theUser + " was expected."
	for _, path := range []guide.Path{guide.Modern, guide.Classic} {
		t.Run(string(path), func(t *testing.T) {
			t.Parallel()
			runFilled(t, func(b *bench) {
				b.s.ChoosePath(path)
				b.startConsent(consentBy(another))
				b.s.CloseConsent()
				b.sleep(time.Hour)
				if got := b.told(); got.Text.String() != note || got.Tone != Caution || !got.Stay {
					t.Errorf("it tells %+v", got)
				}
				step := b.s.State().Guide.Steps[5]
				if step.Step.ID != guide.Consent || !strings.HasPrefix(step.Note.String(), note) || step.Cause != "consent.wrong-account" {
					t.Errorf("the step %s notes %q", step.Step.ID, step.Note)
				}
				b.startConsent(consentBy(theUser))
				if got := b.told(); got.Tone != Good {
					t.Errorf("it tells %+v", got)
				}
				if note := b.s.State().Guide.Steps[5].Note.String(); strings.Contains(note, "megan") {
					t.Errorf("it still notes %q", note)
				}
			})
		})
	}
}

func TestConsentElsewhereAsksForPaste(t *testing.T) {
	t.Parallel()
	runFilled(t, func(b *bench) {
		b.startConsent(func(_ context.Context, g core.ConsentRequest) core.ConsentResult {
			g.Progress(consent.Progress{Step: consent.Waiting, Host: aLogin})
			o := failedOutcome("", "Copy its address into Paste what you see.")
			o.Ending = consent.Paste
			return core.ConsentResult{Outcome: o}
		})
		c := b.s.State().Consent
		if c.Phase != ConsentPaste || c.Request.String() != "Copy its address into Paste what you see." || c.Phase.UnderWay() {
			t.Errorf("got %+v", c)
		}
	})
}
