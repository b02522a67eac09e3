//go:build e2e

package e2e

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/e2e/chromium"
)

// TestStraysInOneFlow: while the real page is open, everything that other pages
// and programs can send to the waiting port gets the same page that says
// nothing, and changes nothing. The genuine redirect still ends it, once.
func TestStraysInOneFlow(t *testing.T) {
	browser := chromium.Start(t)
	browser.AsOrdinaryBrowser(t)
	sandbox, form := play(t, "article-before-consent")
	form.RedirectURI = "http://localhost"
	j := begin(t, sandbox, browser, core.ConsentRequest{
		Form: form, SignInName: applicationUserName, Choice: choice(consent.V2, form, examine(t, sandbox, form)),
	})
	asked, err := url.Parse(j.page.Address())
	if err != nil {
		t.Fatal(err)
	}
	state, port := asked.Query().Get("state"), asked.Query().Get("redirect_uri")
	yes := "/?" + url.Values{"code": {"1.stolen"}, "state": {state}}.Encode()

	nothing := ""
	for name, c := range map[string]struct{ method, path, host, body string }{
		"GET /":               {path: "/"},
		"favicon":             {path: "/favicon.ico"},
		"wrong path":          {path: "/callback" + yes[1:]},
		"wrong state":         {path: "/?code=1.stolen&state=" + strings.Repeat("A", len(state))},
		"missing state":       {path: "/?code=1.stolen"},
		"two states":          {path: yes + "&state=" + url.QueryEscape(state)},
		"error without state": {path: "/?error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E"},
		"wrong Host":          {path: yes, host: "evil.example"},
		"rebound Host":        {path: yes, host: "evil.example:" + asked.Port()},
		"POST":                {method: http.MethodPost, path: yes, body: "code=1.stolen&state=" + url.QueryEscape(state)},
		"PUT":                 {method: http.MethodPut, path: yes},
	} {
		status, body := send(t, c.method, port+c.path, c.host, c.body)
		if nothing == "" {
			nothing = body
		}
		if status != http.StatusNotFound || body != nothing {
			t.Errorf("%s: got %d and bytes of its own: %s", name, status, body)
		}
		j.waits()
	}
	if strings.Contains(nothing, state) || strings.Contains(nothing, "script") {
		t.Errorf("the page says something of what came in: %s", nothing)
	}

	// The same from the browser itself, as a page elsewhere would lead it there.
	other := browser.NewPage(t)
	for _, path := range []string{"/", "/favicon.ico", "/?error=access_denied&error_description=AADSTS65004%3A+%3Cb%3Ecall+us%3C/b%3E"} {
		if failure := other.Goto(port + path); failure != "" {
			t.Fatalf("%s: %s", path, failure)
		}
		other.WaitText("Nothing to see here")
		if strings.Contains(other.Text(), "call us") {
			t.Errorf("%s: remote text is shown: %s", path, other.Text())
		}
		j.waits()
	}

	j.signIn(applicationUser)
	j.decide("#accept")
	back := j.arrived()
	got := j.end()
	if got.Outcome.Ending != consent.Consented || got.ConsentedBy.SignInName != applicationUserName {
		t.Errorf("it ends as %s %q, by %q", got.Outcome.Ending, got.Outcome.Cause, got.ConsentedBy.SignInName)
	}
	if got.Report == nil || !got.Report.Healthy || len(got.Report.Warnings) > 0 {
		t.Errorf("the examination after it: %+v", got.Report)
	}
	if got.Outcome.UnrelatedRequests < 14 {
		t.Errorf("it counted %d strays, and at least 14 came", got.Outcome.UnrelatedRequests)
	}

	// A replay finds the port shut: in the browser and from anywhere else.
	if failure := j.page.Goto(back.String()); failure != "net::ERR_CONNECTION_REFUSED" {
		t.Errorf("the browser replays the redirect and gets %q: %s", failure, j.page.Text())
	}
	if resp, err := client.Get(back.String()); err == nil {
		_ = resp.Body.Close()
		t.Errorf("a replay gets %d", resp.StatusCode)
	}
	// And a program that has copied the redirect learns nothing from the product either:
	// the code was redeemed, and is not taken twice.
	replayed := sandbox.ReadConsent(t.Context(), j.grant, back.String(), got.Outcome.Attempt)
	if replayed.ConsentedBy.SignInName != "" {
		t.Errorf("the code was redeemed twice, for %s", replayed.ConsentedBy.SignInName)
	}
}

// client is a program on this computer that is not the browser.
var client = &http.Client{
	Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 20 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func send(t *testing.T, method, address, host, body string) (status int, answer string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if host != "" {
		r.Host = host
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	all, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(all)
}
