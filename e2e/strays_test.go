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

// TestStraysInOneFlow guards that all requests of other pages and programs to the waiting
// port get the same empty page and change nothing while the real page is open, and that
// the genuine redirect still ends the consent, once.
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

	// The same requests from the browser, as another site would redirect it.
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

	// A repeated redirect finds the port closed: in the browser and from other programs.
	if failure := j.page.Goto(back.String()); failure != "net::ERR_CONNECTION_REFUSED" {
		t.Errorf("the browser replays the redirect and gets %q: %s", failure, j.page.Text())
	}
	if resp, err := client.Get(back.String()); err == nil {
		_ = resp.Body.Close()
		t.Errorf("a replay gets %d", resp.StatusCode)
	}
	// A program that has copied the redirect cannot use the product to redeem the code,
	// because the code was already redeemed.
	replayed := sandbox.ReadConsent(t.Context(), j.grant, back.String(), got.Outcome.Attempt)
	if replayed.ConsentedBy.SignInName != "" {
		t.Errorf("the code was redeemed twice, for %s", replayed.ConsentedBy.SignInName)
	}
}

// client acts as a program on this computer other than the browser.
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
