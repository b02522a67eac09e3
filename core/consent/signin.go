package consent

import (
	"context"
	"net/url"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// SignIn is a request for a user to sign in to a public client.
type SignIn struct {
	// Address is the authorize URL without state, nonce and code_challenge.
	Address string
	// Login is the login host of the cloud: the address must be on it.
	Login string
	// Authority replaces https://<login host> with the page of the sandbox, as in
	// [Request].
	Authority string
}

// attempt returns the attempt for a sign-in, with fresh random values. The error is a
// [*RequestError].
func (s SignIn) attempt(redirectURI string) (Attempt, error) {
	u, err := url.Parse(s.Address)
	switch {
	case err != nil || s.Login == "" || u.Scheme != "https" || u.Host != s.Login || u.User != nil || u.Fragment != "":
		return Attempt{}, &RequestError{Summary: text.F("The sign-in page must be on the login host of the cloud.")}
	case s.Authority != "" && !loopbackOrigin(s.Authority):
		return Attempt{}, &RequestError{Summary: text.F("Only a page of the sandbox, on this computer, can replace Microsoft's.")}
	}
	state, verifier, nonce := newVerifier(), newVerifier(), newVerifier()
	q := query{}
	q.b.WriteString(u.RawQuery)
	q.add("response_mode", "query")
	q.add("state", state)
	q.add("nonce", nonce)
	q.add("code_challenge", challenge(verifier))
	q.add("code_challenge_method", "S256")
	page := "https://" + s.Login
	if s.Authority != "" {
		page = s.Authority
	}
	return Attempt{
		URL: page + u.EscapedPath() + "?" + q.String(), Verifier: secret.New(verifier), RedirectURI: redirectURI,
		state: secret.New(state), nonce: secret.New(nonce), login: s.Login,
	}, nil
}

// RunSignIn opens a sign-in page and waits for the redirect, as [Run] does for the
// consent page. address is called with the redirect URI once its port is open. The code
// of the outcome is redeemed with the attempt's verifier, and the ID token must contain
// the attempt's nonce.
func RunSignIn(ctx context.Context, address func(redirectURI string) (SignIn, error), locale Locale, open Browser, progress func(Progress)) Outcome {
	build := func(redirectURI string) (Attempt, error) {
		s, err := address(redirectURI)
		if err != nil {
			return Attempt{}, err
		}
		return s.attempt(redirectURI)
	}
	if progress == nil {
		progress = func(Progress) {}
	}
	if ctx.Err() != nil {
		return Outcome{Ending: Canceled, Summary: text.F("The sign-in was cancelled.")}
	}
	return listenAndOpen(ctx, "http://localhost", locale, build, open, progress, Limit)
}
