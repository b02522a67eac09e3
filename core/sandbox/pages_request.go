package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// authorization is a consent address, read.
type authorization struct {
	Style                              style
	Dir                                directory
	ClientID, RedirectURI, State, Mode string
	// Resource is v1's, Scopes are v2's.
	Resource string
	Scopes   []string
	// Challenge is PKCE's; always S256.
	Nonce, Challenge, Prompt, LoginHint string
	// Claims are those that a policy asked for.
	Claims string
	// client is the public client that a user signs in with; nil for the application.
	client *publicClient
	// unregistered: the registration has no redirect URI at all.
	unregistered bool
	// refusal is sent back at once, before any sign-in.
	refusal *failure
}

// readAuthorization reads and checks an address, in Entra's order. A failure is a
// page that never redirects, because the address to go to cannot be trusted.
func (t Tenant) readAuthorization(r *http.Request, tenant string, style style) (*authorization, *failure) {
	q := r.URL.Query()
	for name, values := range q {
		if len(values) > 1 {
			return nil, fail(90100, name)
		}
	}
	a := &authorization{
		Style: style, ClientID: strings.ToLower(q.Get("client_id")), RedirectURI: q.Get("redirect_uri"), State: q.Get("state"),
		Mode: q.Get("response_mode"), Resource: q.Get("resource"), Scopes: strings.Fields(q.Get("scope")),
		Nonce: q.Get("nonce"), Challenge: q.Get("code_challenge"), Prompt: q.Get("prompt"), LoginHint: q.Get("login_hint"),
		Claims: q.Get("claims"),
	}
	switch {
	case t.Login.RefusePage != 0:
		return nil, fail(t.Login.RefusePage, a.ClientID)
	case a.ClientID == "":
		return nil, fail(900144, "client_id")
	}
	if f := t.findAuthority(a, tenant); f != nil {
		return nil, f
	}
	if f := t.checkRedirect(a); f != nil {
		return nil, f
	}
	if style == v1Authorize || style == v2Authorize {
		a.refusal = a.checkShape(q)
	}
	return a, nil
}

// findAuthority finds the directory and the application in it. Consent makes an
// enterprise application if there is no such application.
func (t Tenant) findAuthority(a *authorization, tenant string) *failure {
	if a.client = findPublicClient(a.ClientID); a.client != nil {
		return t.findUserAuthority(a, tenant)
	}
	app := t.Application
	home := contoso
	if app.Elsewhere {
		home = fabrikam
	}
	if slices.Contains(anyTenant, strings.ToLower(tenant)) {
		if a.ClientID != ClientID || app.Missing {
			return fail(700016, a.ClientID, home.Name)
		}
		// It is registered for its own directory alone.
		return fail(50194, a.ClientID)
	}
	d, f := t.findDirectory(LoginHost, tenant)
	if f != nil {
		return f
	}
	if f := t.findClient(d, a.ClientID); f != nil && f.Code != 7000229 {
		return f
	}
	a.Dir = d
	return nil
}

// checkRedirect returns the failure for an address that nothing may be sent to.
func (t Tenant) checkRedirect(a *authorization) *failure {
	registered := t.redirectURIsOf(a.ClientID)
	if a.client != nil {
		registered = []string{"http://localhost"}
	}
	switch {
	case len(registered) == 0 && a.Style.adminConsent():
		// The approval is taken, and only then there is nowhere to go with it.
		a.unregistered, a.RedirectURI = true, ""
		return nil
	case len(registered) == 0:
		return fail(500113)
	case a.RedirectURI == "":
		return fail(900971)
	}
	u, err := url.Parse(a.RedirectURI)
	if err != nil || u.Scheme == "http" && !isLoopback(u.Hostname()) {
		return fail(500117)
	}
	for _, one := range registered {
		if sameRedirect(one, a.RedirectURI) {
			return nil
		}
	}
	return fail(50011, a.RedirectURI, a.ClientID)
}

// sameRedirect reports whether two addresses are equal, apart from the port of a
// loopback address.
//
// Source: learn.microsoft.com/entra/identity-platform/reply-url.
func sameRedirect(registered, asked string) bool {
	if registered == asked {
		return true
	}
	a, err := url.Parse(registered)
	b, err2 := url.Parse(asked)
	if err != nil || err2 != nil || !isLoopback(a.Hostname()) || a.Hostname() != b.Hostname() || a.Scheme != b.Scheme {
		return false
	}
	path := func(u *url.URL) string { return "/" + strings.TrimPrefix(u.EscapedPath(), "/") }
	return path(a) == path(b) && a.RawQuery == b.RawQuery && b.Fragment == "" && b.User == nil
}

func isLoopback(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// checkShape returns the failure for the other parameters, which is sent back.
func (a *authorization) checkShape(q url.Values) *failure {
	prompts := []string{"", "login", "none", "consent", "select_account"}
	if a.Style == v1Authorize {
		prompts = append(prompts, "admin_consent")
	}
	switch {
	case !q.Has("response_type"):
		return fail(900144, "response_type")
	case q.Get("response_type") != "code":
		return fail(700054, q.Get("response_type"))
	case !slices.Contains([]string{"", "query", "fragment", "form_post"}, a.Mode):
		mode := a.Mode
		a.Mode = "query"
		return fail(70007, mode)
	case !slices.Contains(prompts, a.Prompt):
		return fail(90023, "prompt")
	case a.Challenge != "" && (q.Get("code_challenge_method") != "S256" || len(a.Challenge) != 43),
		a.Challenge == "" && q.Has("code_challenge_method"):
		// The real service takes "plain" too, which proves nothing.
		return fail(50147)
	case a.Style == v2Authorize && len(a.Scopes) == 0:
		return fail(900144, "scope")
	case a.Prompt == "none":
		return fail(50058) // no account stays signed in here
	}
	return nil
}

// checkResource returns the failure for a resource or scope that cannot be
// consented to. It counts after sign-in.
func (t Tenant) checkResource(a *authorization) *failure {
	if a.client != nil {
		return t.checkUserResource(a)
	}
	name, scopes := a.Resource, []string{"user_impersonation"}
	if a.Style == v2Authorize || a.Style == v2AdminConsent {
		name, scopes = splitScopes(a.Scopes)
	}
	if t.Application.NoPermissions {
		switch {
		case a.Style.adminConsent():
			return fail(1003031)
		case a.Style == v1Authorize:
			return fail(650057, a.ClientID, name)
		}
	}
	if name == "" {
		return nil // nothing but signing in
	}
	if _, f := t.findResource(a.Dir, name); f != nil {
		return f
	}
	for _, scope := range scopes {
		if scope != "user_impersonation" {
			return fail(650053, scope, dataverseAppID)
		}
	}
	return nil
}
