package consent

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// Attempt is one journey to the consent page. Every [Build] makes a new one:
// neither state nor verifier is used twice.
type Attempt struct {
	Style Style
	// URL is the address to open. It holds no secret, but it does hold the state:
	// it is shown to the user and never logged.
	URL string
	// Verifier proves to the token endpoint that the program that redeems the code began
	// the journey (RFC 7636 section 4.1). Empty for the styles without PKCE.
	Verifier secret.Value
	// RedirectURI is what redeeming the code must repeat (RFC 6749 section 4.1.3).
	RedirectURI string
	// Scope is what the v2 styles ask for, "" for the others.
	Scope string
	// Resource is what the v1 authorize style asks for, "" for the others.
	Resource string

	state secret.Value
	// nonce ties the ID token to the attempt (OpenID Connect Core 1.0 section
	// 3.1.2.1); empty for the styles without an ID token.
	nonce       secret.Value
	environment string
	// login is the host that an iss parameter must name (RFC 9207 section 2.4).
	login string
}

// StateMatches compares in constant time with the state of the address.
func (a Attempt) StateMatches(state string) bool {
	if a.state.Empty() || state == "" {
		return false
	}
	same := false
	a.state.Use(func(plain string) { same = subtle.ConstantTimeCompare([]byte(plain), []byte(state)) == 1 })
	return same
}

// NonceMatches compares in constant time with the nonce of an ID token. A style without
// a nonce accepts any.
func (a Attempt) NonceMatches(nonce string) bool {
	if a.nonce.Empty() {
		return true
	}
	same := false
	a.nonce.Use(func(plain string) { same = subtle.ConstantTimeCompare([]byte(plain), []byte(nonce)) == 1 })
	return same
}

// issuerMatches reports whether an iss parameter may come with the attempt's answer: it
// is an https address of the login host. An attempt of unknown origin accepts any.
func (a Attempt) issuerMatches(iss string) bool {
	if a.login == "" {
		return true
	}
	u, err := url.Parse(iss)
	return err == nil && u.Scheme == "https" && u.User == nil && strings.EqualFold(u.Host, a.login)
}

// String leaves the address out, so that no log gets the state.
func (a Attempt) String() string { return "consent attempt (" + string(a.Style) + ")" }

// GoString is what %#v prints.
func (a Attempt) GoString() string { return a.String() }

// LogValue is what slog writes.
func (a Attempt) LogValue() slog.Value { return slog.StringValue(a.String()) }

// Build makes the address of the consent page, with a fresh state. The error is
// a [*RequestError].
func Build(r Request) (Attempt, error) {
	return build(r, random{state: newState, verifier: newVerifier, nonce: newVerifier})
}

// random is where an attempt's unguessable values come from; goldens fix them.
type random struct {
	state           func(Style) string
	verifier, nonce func() string
}

func build(r Request, random random) (Attempt, error) {
	if err := r.check(); err != nil {
		return Attempt{}, err
	}
	state, a := random.state(r.Style), Attempt{Style: r.Style, RedirectURI: r.RedirectURI}
	a.state, a.environment, a.login = secret.New(state), r.Environment, r.Cloud.Login

	var q query
	switch r.Style {
	case Authorize:
		a.Resource = r.Environment
		// The article's parameters, in the article's order.
		q.add("client_id", r.ClientID)
		q.add("response_type", "code")
		q.add("redirect_uri", r.RedirectURI)
		q.add("response_mode", "query")
		q.add("resource", r.Environment)
		q.add("state", state)
	case V2:
		verifier := random.verifier()
		a.Verifier = secret.New(verifier)
		a.Scope = r.Environment + "/user_impersonation openid profile"
		q.add("client_id", r.ClientID)
		q.add("response_type", "code")
		q.add("redirect_uri", r.RedirectURI)
		q.add("response_mode", "query")
		q.add("scope", a.Scope)
		q.add("state", state)
		nonce := random.nonce()
		a.nonce = secret.New(nonce)
		q.add("nonce", nonce)
		q.add("code_challenge", challenge(verifier))
		q.add("code_challenge_method", "S256")
	case AdminConsent:
		a.Scope = r.Environment + "/.default"
		q.add("client_id", r.ClientID)
		q.add("scope", a.Scope)
		q.add("redirect_uri", r.RedirectURI)
		q.add("state", state)
	case AdminConsentV1:
		q.add("client_id", r.ClientID)
		q.add("redirect_uri", r.RedirectURI)
		q.add("state", state)
	}
	if r.Style.BringsCode() {
		q.addSome("prompt", string(r.Prompt))
		q.addSome("login_hint", r.LoginHint)
	}
	a.URL = r.page() + "?" + q.String()
	return a, nil
}

// page is the address without its query.
func (r Request) page() string {
	authority, tenant, l := r.Authority, r.Tenant, layouts[r.Style]
	if authority == "" {
		authority = "https://" + r.Cloud.Login
	}
	if tenant == "" {
		tenant = l.anyTenant
	}
	return authority + "/" + tenant + l.path
}

// query keeps its parameters in the order they were added, which url.Values
// would sort: the article's reader compares by eye.
type query struct{ b strings.Builder }

func (q *query) add(name, value string) {
	if q.b.Len() > 0 {
		q.b.WriteByte('&')
	}
	// %20 and + both mean a blank in a query; %20 also survives being pasted
	// where a form's decoding is not applied.
	q.b.WriteString(name + "=" + strings.ReplaceAll(url.QueryEscape(value), "+", "%20"))
}

func (q *query) addSome(name, value string) {
	if value != "" {
		q.add(name, value)
	}
}

func (q *query) String() string { return q.b.String() }

// newState is 32 random bytes. The article asks for a new GUID: there they follow
// one: the 122 random bits of a GUID are too few for rule OA-3.
func newState(s Style) string {
	if s == Authorize {
		return uuid.NewString() + "." + newVerifier()
	}
	return newVerifier()
}

// newVerifier is 32 random bytes, the 43 characters that RFC 7636 section 4.1
// recommends.
func newVerifier() string {
	b := make([]byte, 32)
	if _, err := rand.Read(b); err != nil {
		panic(fmt.Sprintf("crypto/rand: %v", err)) // never returns an error since Go 1.24
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// challenge is RFC 7636 section 4.2, S256.
func challenge(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
