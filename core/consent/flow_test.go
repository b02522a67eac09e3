package consent

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
)

// person returns a Browser in which a user follows the redirect with a response.
func person(t *testing.T, answer string) Browser {
	return func(ctx context.Context, address string) error {
		u, err := url.Parse(address)
		if err != nil {
			t.Error(err)
		}
		q := u.Query()
		back := strings.TrimSuffix(q.Get("redirect_uri"), "/")
		if at, _ := url.Parse(back); at.Path == "" {
			back += "/" // as Entra does
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, back+"?"+answer+"&state="+url.QueryEscape(q.Get("state")), nil)
		if err != nil {
			t.Error(err)
			return err
		}
		// The browser is a separate program: it does not end with its opener.
		go sendTo(t, r)
		return nil
	}
}

// patient returns a context that ends a wait long before its five minutes.
func patient(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

type stages []Progress

func (s *stages) note(stage Progress) { *s = append(*s, stage) }

func (s *stages) steps() []Step {
	var steps []Step
	for _, stage := range *s {
		steps = append(steps, stage.Step)
	}
	return steps
}

func flowRequest(style Style, redirect string) Request {
	r := aRequest(style, cloud.Table[1])
	r.RedirectURI = redirect
	return r
}

func TestRun(t *testing.T) {
	for name, c := range map[string]struct {
		request Request
		answer  string
		ending  Ending
		cause   catalog.Cause
	}{
		"v2, yes":           {flowRequest(V2, "http://localhost"), "code=" + aCode, Consented, ""},
		"the article's yes": {flowRequest(Authorize, "http://localhost/s2s"), "code=" + aCode + "&session_state=1", Consented, ""},
		"an administrator":  {flowRequest(AdminConsent, "http://127.0.0.1/back"), "admin_consent=True&tenant=" + aTenant, Consented, ""},
		"no":                {flowRequest(V2, "http://localhost"), "error=access_denied&error_subcode=cancel", Failed, "consent.declined"},
	} {
		t.Run(name, func(t *testing.T) {
			var seen stages
			out := Run(patient(t), c.request, person(t, c.answer), seen.note)
			if out.Ending != c.ending || out.Cause != c.cause {
				t.Fatalf("got %s %q (%s), want %s %q", out.Ending, out.Cause, out.Summary, c.ending, c.cause)
			}
			if c.ending == Consented && c.request.Style.BringsCode() && plain(out.Code) != aCode {
				t.Errorf("the code is %q", plain(out.Code))
			}
			if len(seen) == 0 || seen[0].Step != Opening || seen[0].Host != cloud.Table[1].Login || seen[0].Deadline.IsZero() {
				t.Errorf("the first stage is %+v", seen)
			}
			if dials(hostOf(out.Attempt.RedirectURI)) {
				t.Error("the port is still open afterwards")
			}
		})
	}
}

// TestABrowserThatDoesNotOpen guards that the address can be copied and the wait
// continues.
func TestABrowserThatDoesNotOpen(t *testing.T) {
	none := errors.New("no browser")
	var seen stages
	out := Run(patient(t), flowRequest(V2, "http://localhost"),
		func(context.Context, string) error { return none },
		func(s Progress) {
			seen.note(s)
			if s.Step == CopyAddress {
				if err := person(t, "code="+aCode)(t.Context(), s.Attempt.URL); err != nil {
					t.Error(err)
				}
			}
		})
	if diff := cmp.Diff([]Step{Opening, CopyAddress}, seen.steps()); diff != "" {
		t.Errorf("stages -want +got\n%s", diff)
	}
	if !errors.Is(seen[1].Err, none) || seen[1].Attempt.URL == "" {
		t.Errorf("the stage does not help: %+v", seen[1])
	}
	if out.Ending != Consented {
		t.Errorf("then it ends as %s", out.Ending)
	}
}

func TestConsentWithoutAnswer(t *testing.T) {
	var seen stages
	out := run(t.Context(), flowRequest(V2, "http://localhost"), func(context.Context, string) error { return nil }, seen.note, 300*time.Millisecond)
	if out.Ending != Failed || out.Cause != "consent.timed-out" {
		t.Errorf("got %s %q", out.Ending, out.Cause)
	}
	if diff := cmp.Diff([]Step{Opening, Waiting}, seen.steps()); diff != "" {
		t.Errorf("stages -want +got\n%s", diff)
	}
}

// TestCancelAtEveryStep cancels before the browser opens, while it opens, and during the
// wait. Each ends the run and leaves no goroutine (goleak).
func TestCancelAtEveryStep(t *testing.T) {
	stay := func(ctx context.Context, _ string) error { <-ctx.Done(); return ctx.Err() }
	quick := func(context.Context, string) error { return nil }
	for _, redirect := range []string{"http://localhost", "https://contoso.com/back"} {
		for name, c := range map[string]struct {
			at   Step
			open Browser
		}{"before": {"", quick}, "opening": {Opening, stay}, "waiting": {Waiting, quick}} {
			t.Run(name+" "+redirect, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if c.at == "" {
					cancel()
				}
				out := Run(ctx, flowRequest(V2, redirect), c.open, func(s Progress) {
					if s.Step == c.at {
						cancel()
					}
				})
				if elsewhere := !Listens(redirect); elsewhere && c.at == Waiting {
					if out.Ending != Paste {
						t.Errorf("it ends as %s, but there is nothing to wait for", out.Ending)
					}
				} else if out.Ending != Canceled || out.Cause != "" {
					t.Errorf("it ends as %s %q", out.Ending, out.Cause)
				}
			})
		}
	}
}

// TestOpenerKeepsRunning guards against waiting for a browser after the response: without
// a desktop, the opener runs as long as the browser window.
func TestOpenerKeepsRunning(t *testing.T) {
	follow := person(t, "code="+aCode)
	out := Run(patient(t), flowRequest(V2, "http://localhost"), func(ctx context.Context, address string) error {
		if err := follow(context.WithoutCancel(ctx), address); err != nil {
			return err
		}
		<-ctx.Done()
		return ctx.Err()
	}, nil)
	if out.Ending != Consented {
		t.Errorf("it ends as %s %q", out.Ending, out.Summary)
	}
}

func TestRedirectElsewhereAsksForPaste(t *testing.T) {
	var seen stages
	var address string
	out := Run(patient(t), flowRequest(Authorize, "https://contoso.com/back"), func(_ context.Context, a string) error { address = a; return nil }, seen.note)
	if out.Ending != Paste || out.Summary.String() == "" {
		t.Fatalf("got %s %q", out.Ending, out.Cause)
	}
	if diff := cmp.Diff([]Step{Opening, Waiting}, seen.steps()); diff != "" {
		t.Errorf("stages -want +got\n%s", diff)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	pasted := Read("https://contoso.com/back?code="+aCode+"&state="+u.Query().Get("state"), out.Attempt)
	if pasted.Ending != Consented || plain(pasted.Code) != aCode {
		t.Errorf("what is pasted reads as %s %q", pasted.Ending, pasted.Cause)
	}
}

func TestRunCannotStart(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	port := strconv.Itoa(taken.Addr().(*net.TCPAddr).Port)
	noID := flowRequest(V2, "http://localhost")
	noID.ClientID = ""
	for name, c := range map[string]struct {
		request Request
		cause   catalog.Cause
		says    string
		field   connection.Field
	}{
		"port is taken":   {flowRequest(V2, "http://localhost:"+port), "input.redirect-uri", port, connection.FieldRedirectURI},
		"no client id":    {noID, "input.client-id", "Application (client) ID", connection.FieldClientID},
		"no redirect uri": {flowRequest(V2, ""), "input.redirect-uri", "Redirect URI", connection.FieldRedirectURI},
		"no style":        {flowRequest("", "http://localhost"), "unknown", "style", ""},
	} {
		t.Run(name, func(t *testing.T) {
			out := Run(patient(t), c.request, func(context.Context, string) error {
				t.Error("a browser was opened")
				return nil
			}, nil)
			if out.Ending != Failed || out.Cause != c.cause || !strings.Contains(out.Summary.String(), c.says) {
				t.Errorf("got %s %q %q, want %q and %q in the sentence", out.Ending, out.Cause, out.Summary, c.cause, c.says)
			}
			if out.Field != c.field {
				t.Errorf("it leads to the field %q, want %q", out.Field, c.field)
			}
		})
	}
}
