package consent

import (
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const (
	aTenant   = "12b5c856-6a1f-4f5e-9a53-2d7c0a3b9f01"
	aClient   = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	aState    = "5f2b7c9e-0d14-4b7a-8c3e-9a1b2c3d4e5f"
	aNonce    = "n-0S6_WzA2Mjn-0S6_WzA2Mjn-0S6_WzA2Mjn-0S6_W"
	aVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" // RFC 7636 appendix B
)

// fixed makes addresses repeatable.
var fixed = random{state: func(Style) string { return aState }, verifier: func() string { return aVerifier }, nonce: func() string { return aNonce }}

func environmentIn(c cloud.Cloud) string {
	region := c.Region
	if region == "" {
		region = "crm4"
	}
	return "https://contoso." + region + "." + c.Suffixes[0]
}

func aRequest(s Style, c cloud.Cloud) Request {
	return Request{
		Style: s, Cloud: c, Tenant: aTenant, ClientID: aClient,
		Environment: environmentIn(c), RedirectURI: "http://localhost",
	}
}

func TestAddressOfEveryStyleInEveryCloud(t *testing.T) {
	var b strings.Builder
	for _, style := range []Style{Authorize, V2, AdminConsent, AdminConsentV1} {
		for _, c := range cloud.Table {
			for _, tenant := range []string{aTenant, ""} {
				r := aRequest(style, c)
				r.Tenant = tenant
				a, err := build(r, fixed)
				if err != nil {
					t.Fatalf("%s in %s: %v", style, c.Name, err)
				}
				fmt.Fprintf(&b, "%s, %s, tenant %q\n%s\n\n", style, c.Name, tenant, a.URL)
			}
		}
	}
	for _, style := range Styles {
		for _, prompt := range style.Prompts() {
			r := aRequest(style, cloud.Table[1])
			r.Prompt, r.LoginHint = prompt, "app user+s2s@contoso.com"
			a, err := build(r, fixed)
			if err != nil {
				t.Fatalf("%s with prompt %s: %v", style, prompt, err)
			}
			fmt.Fprintf(&b, "%s, prompt %q, login hint\n%s\n\n", style, prompt, a.URL)
		}
	}
	golden(t, "addresses.golden", b.String())
}

// TestArticleAddress compares with the address of the 2017 article, so that a
// rewritten golden file cannot differ from it.
func TestArticleAddress(t *testing.T) {
	a, err := build(Request{
		Style: Authorize, Cloud: cloud.Table[1], Tenant: aTenant, ClientID: aClient,
		Environment: "https://abcd.crm.dynamics.com", RedirectURI: "https://localhost/s2s",
	}, fixed)
	if err != nil {
		t.Fatal(err)
	}
	want := "https://login.microsoftonline.com/" + aTenant + "/oauth2/authorize?client_id=" + aClient +
		"&response_type=code&redirect_uri=https%3A%2F%2Flocalhost%2Fs2s&response_mode=query" +
		"&resource=https%3A%2F%2Fabcd.crm.dynamics.com&state=" + aState
	if diff := cmp.Diff(want, a.URL); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestChallenge uses the example of RFC 7636 appendix B.
func TestChallenge(t *testing.T) {
	if got, want := challenge(aVerifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"; got != want {
		t.Errorf("challenge = %s, want %s", got, want)
	}
}

func TestEveryAttemptIsFresh(t *testing.T) {
	seen := map[string]bool{}
	for _, style := range Styles {
		for range 200 {
			a, err := Build(aRequest(style, cloud.Table[1]))
			if err != nil {
				t.Fatal(err)
			}
			u, _ := url.Parse(a.URL)
			state := u.Query().Get("state")
			if seen[state] || !a.StateMatches(state) || a.StateMatches("") || a.StateMatches(state+"x") {
				t.Fatalf("%s: a state that repeats, or that the attempt does not know", style)
			}
			if first, rest, _ := strings.Cut(state, "."); style == Authorize && (!guid.MatchString(first) || len(rest) != 43) {
				t.Errorf("got state %q, want the article's GUID and 32 bytes", state)
			}
			if style != Authorize && len(state) != 43 {
				t.Errorf("%s: state has %d characters, want the 43 of 32 bytes", style, len(state))
			}
			seen[state] = true
			if (style == V2) == a.Verifier.Empty() {
				t.Errorf("%s: PKCE belongs to v2 and to v2 alone", style)
			}
			a.Verifier.Use(func(plain string) {
				if plain != "" && (seen[plain] || len(plain) != 43 || strings.Contains(a.URL, plain)) {
					t.Errorf("%s: a verifier that repeats, is short, or shows in the address", style)
				}
				seen[plain] = plain != ""
			})
		}
	}
	if (Attempt{}).StateMatches("") {
		t.Error("an empty attempt accepts an empty state")
	}
}

func TestRequestsThatCannotWork(t *testing.T) {
	public := cloud.Table[1]
	for name, c := range map[string]struct {
		change func(*Request)
		cause  catalog.Cause
	}{
		"no style":                  {func(r *Request) { r.Style = "" }, ""},
		"v2 has no admin_consent":   {func(r *Request) { r.Prompt = PromptAdminConsent }, ""},
		"foreign login host":        {func(r *Request) { r.Cloud.Login = "login.example" }, ""},
		"no cloud":                  {func(r *Request) { r.Cloud = cloud.Cloud{} }, ""},
		"authority on the internet": {func(r *Request) { r.Authority = "https://login.microsoftonline.com" }, ""},
		"authority with a path":     {func(r *Request) { r.Authority = "http://127.0.0.1:1/x" }, ""},
		"authority look-alike":      {func(r *Request) { r.Authority = "http://localhost.example" }, ""},
		"no client id":              {func(r *Request) { r.ClientID = "" }, "input.client-id"},
		"client id is no GUID":      {func(r *Request) { r.ClientID = "my-app" }, "input.client-id"},
		"client id with a newline":  {func(r *Request) { r.ClientID += "\n" }, "input.client-id"},
		"tenant with a path":        {func(r *Request) { r.Tenant = "contoso.com/../x" }, "input.tenant-id"},
		"tenant is a name":          {func(r *Request) { r.Tenant = "Contoso" }, "input.tenant-id"},
		"no environment":            {func(r *Request) { r.Environment = "" }, "input.environment-url"},
		"environment with a path":   {func(r *Request) { r.Environment += "/main.aspx" }, "input.environment-url"},
		"environment over http":     {func(r *Request) { r.Environment = "http://contoso.crm.dynamics.com" }, "input.environment-url"},
		"no redirect":               {func(r *Request) { r.RedirectURI = "" }, "input.redirect-uri"},
		"redirect over http":        {func(r *Request) { r.RedirectURI = "http://contoso.com/back" }, "input.redirect-uri"},
		"redirect with a fragment":  {func(r *Request) { r.RedirectURI = "https://contoso.com/back#x" }, "input.redirect-uri"},
		"redirect is a script":      {func(r *Request) { r.RedirectURI = "javascript:alert(1)" }, "input.redirect-uri"},
		"redirect is relative":      {func(r *Request) { r.RedirectURI = "localhost" }, "input.redirect-uri"},
	} {
		t.Run(name, func(t *testing.T) {
			r := aRequest(V2, public)
			c.change(&r)
			a, err := Build(r)
			var wrong *RequestError
			if !errors.As(err, &wrong) {
				t.Fatalf("Build = %q, %v; want a RequestError", a.URL, err)
			}
			if wrong.Cause != c.cause || wrong.Summary.String() == "" {
				t.Errorf("cause %q, summary %q; want cause %q and a sentence", wrong.Cause, wrong.Summary, c.cause)
			}
		})
	}
}

func TestAuthorityOnLoopbackOnly(t *testing.T) {
	for _, authority := range []string{"http://127.0.0.1:5001", "https://localhost:5001", "http://[::1]:5001"} {
		r := aRequest(Authorize, cloud.Table[1])
		r.Authority = authority
		a, err := Build(r)
		if err != nil || !strings.HasPrefix(a.URL, authority+"/"+aTenant+"/oauth2/authorize?") {
			t.Errorf("%s: %q, %v", authority, a.URL, err)
		}
	}
}

// FuzzBuild guards that, for any form, the address is refused, or goes to a pinned login
// host over https and parses to the same values.
func FuzzBuild(f *testing.F) {
	f.Add(uint8(0), uint8(1), aTenant, aClient, "https://contoso.crm4.dynamics.com", "http://localhost", uint8(0), "")
	f.Add(uint8(1), uint8(2), "contoso.onmicrosoft.com", aClient, "https://a.crm.dynamics.com", "https://x.example/a?b=c&d=e+f", uint8(2), "o'neil+x@contoso.com")
	f.Add(uint8(2), uint8(4), "", aClient, "https://a.crm.dynamics.cn:443", "msal2015d711://auth", uint8(0), "a&b=c#d%41\x00é")
	f.Add(uint8(0), uint8(0), "..", aClient, "https://evil@x", "http://127.0.0.1:0/", uint8(3), "")
	f.Fuzz(func(t *testing.T, style, in uint8, tenant, client, environment, redirect string, prompt uint8, hint string) {
		prompts := []Prompt{NoPrompt, PromptConsent, PromptAdminConsent, PromptSelect, PromptLogin}
		r := Request{
			Style: Styles[int(style)%len(Styles)], Cloud: cloud.Table[int(in)%len(cloud.Table)],
			Tenant: tenant, ClientID: client, Environment: environment, RedirectURI: redirect,
			Prompt: prompts[int(prompt)%len(prompts)], LoginHint: hint,
		}
		a, err := Build(r)
		if err != nil {
			return
		}
		u, err := url.Parse(a.URL)
		if err != nil {
			t.Fatalf("%q does not parse: %v", a.URL, err)
		}
		pins := slices.ContainsFunc(cloud.Table, func(c cloud.Cloud) bool { return c.Login == u.Host })
		if u.Scheme != "https" || !pins || u.Host != r.Cloud.Login || u.User != nil || u.Fragment != "" {
			t.Fatalf("%q leaves the pinned login host", a.URL)
		}
		if tenant != "" && strings.Split(u.Path, "/")[1] != tenant {
			t.Errorf("%q: the tenant is not %q", a.URL, tenant)
		}
		q, err := url.ParseQuery(u.RawQuery)
		if err != nil {
			t.Fatalf("query of %q: %v", a.URL, err)
		}
		want := map[string]string{"client_id": client, "redirect_uri": redirect}
		switch r.Style {
		case Authorize:
			want["resource"] = environment
		case V2:
			want["scope"] = environment + "/user_impersonation openid profile"
		case AdminConsent:
			want["scope"] = environment + "/.default"
		}
		if r.Style.BringsCode() {
			want["response_type"], want["response_mode"] = "code", "query"
			if hint != "" {
				want["login_hint"] = hint
			}
			if r.Prompt != NoPrompt {
				want["prompt"] = string(r.Prompt)
			}
		}
		for name, value := range want {
			if len(q[name]) != 1 || q[name][0] != value {
				t.Errorf("%q: %s = %q, want %q once", a.URL, name, q[name], value)
			}
		}
		if !a.StateMatches(q.Get("state")) {
			t.Errorf("%q: the state is not the attempt's", a.URL)
		}
	})
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got\n%s", name, diff)
	}
}
