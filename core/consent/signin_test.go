package consent

import (
	"context"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const signInAddress = "https://login.microsoftonline.com/7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f/oauth2/v2.0/authorize?client_id=9cee029c-6210-4654-90bb-17e6e9d36617&response_type=code&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"

// TestSignInRun guards that the response to a sign-in is checked like that of the consent
// page, and that every attempt has new values.
func TestSignInRun(t *testing.T) {
	seen := map[string]bool{}
	for range 2 {
		var asked string
		out := RunSignIn(patient(t), func(redirectURI string) (SignIn, error) {
			asked = redirectURI
			return SignIn{Address: signInAddress + "&redirect_uri=" + url.QueryEscape(redirectURI), Login: "login.microsoftonline.com"}, nil
		}, Locale{}, person(t, "code="+aCode), nil)
		if out.Ending != Consented || plain(out.Code) != aCode || out.Attempt.RedirectURI != asked {
			t.Fatalf("%s %s %s", out.Ending, out.Summary, out.Attempt.RedirectURI)
		}
		u, err := url.Parse(out.Attempt.URL)
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		if q.Get("code_challenge") != challenge(plain(out.Attempt.Verifier)) || !out.Attempt.NonceMatches(q.Get("nonce")) || !out.Attempt.StateMatches(q.Get("state")) {
			t.Error("the address does not carry the attempt's values")
		}
		diff := cmp.Diff([]string{"S256", "query", "code", "https://graph.microsoft.com/.default"},
			[]string{q.Get("code_challenge_method"), q.Get("response_mode"), q.Get("response_type"), q.Get("scope")})
		if diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
		for _, name := range []string{"state", "nonce", "code_challenge"} {
			if value := q.Get(name); len(value) != 43 || seen[value] {
				t.Errorf("%s is %q", name, value)
			} else {
				seen[value] = true
			}
		}
	}
}

// TestSignInAddress guards that a sign-in page is on the pinned login host, or on the
// sandbox's loopback page.
func TestSignInAddress(t *testing.T) {
	for name, c := range map[string]struct {
		in   SignIn
		want string // the beginning of the address, "" for a refusal
	}{
		"Microsoft's":   {SignIn{Address: signInAddress, Login: "login.microsoftonline.com"}, "https://login.microsoftonline.com/7c0ffee1"},
		"the sandbox's": {SignIn{Address: signInAddress, Login: "login.microsoftonline.com", Authority: "http://localhost:5001"}, "http://localhost:5001/7c0ffee1"},
		"another host":  {SignIn{Address: "https://login.evil.example/x?a=b", Login: "login.microsoftonline.com"}, ""},
		"a port":        {SignIn{Address: "https://login.microsoftonline.com:444/x", Login: "login.microsoftonline.com"}, ""},
		"plain HTTP":    {SignIn{Address: "http://login.microsoftonline.com/x", Login: "login.microsoftonline.com"}, ""},
		"a user":        {SignIn{Address: "https://a@login.microsoftonline.com/x", Login: "login.microsoftonline.com"}, ""},
		"a fragment":    {SignIn{Address: signInAddress + "#x", Login: "login.microsoftonline.com"}, ""},
		"a far page":    {SignIn{Address: signInAddress, Login: "login.microsoftonline.com", Authority: "http://evil.example"}, ""},
		"no login host": {SignIn{Address: "https:///x"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := c.in.attempt("http://localhost:1")
			if (err == nil) != (c.want != "") {
				t.Fatal(a.URL, err)
			}
			if c.want != "" && a.URL[:len(c.want)] != c.want {
				t.Errorf("got %s", a.URL)
			}
		})
	}
}

// TestSignInEndsWithContext guards that a cancelled sign-in opens no browser.
func TestSignInEndsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	out := RunSignIn(ctx, func(string) (SignIn, error) {
		t.Error("an address was asked for")
		return SignIn{}, nil
	}, Locale{}, func(context.Context, string) error {
		t.Error("a browser was opened")
		return nil
	}, nil)
	if out.Ending != Canceled {
		t.Error(out.Ending)
	}
}
