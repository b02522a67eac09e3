package admin

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// soon is how long before its end a token is no longer used.
const soon = time.Minute

// signIn is the part of a sign-in that does not depend on how the user is asked.
type signIn struct {
	options Options
	client  *transport.Client
	graph   string
	// ask asks the user to sign in. The error is an *Error or that of ctx.
	ask func(ctx context.Context, scopes []string, hint entra.Hint) (entra.UserFacts, error)

	ended  context.Context // ends with SignOut
	end    context.CancelFunc
	turn   chan struct{} // holds a value while it is free
	user   *entra.User   // nil before the first turn
	tokens map[string]Token
	hint   entra.Hint
	who    atomic.Value // the account as text, to be read during a turn
}

func newSignIn(o Options) signIn {
	if o.Client.ID == "" {
		o.Client = DefaultClient(o.Needs)
	}
	s := signIn{
		options: o, client: transport.New(o.Transport), graph: "https://" + o.Cloud.Graph,
		turn: make(chan struct{}, 1), tokens: map[string]Token{},
	}
	s.ended, s.end = context.WithCancel(context.Background())
	s.turn <- struct{}{}
	return s
}

var errSignedOut = &Error{Cause: catalog.AdminNoSignIn, Summary: text.F("The administrator has signed out."), Next: []Way{ByBrowser, ByScript}}

// Token returns a token for a resource. The user is asked for the first one, and where
// a policy wants more for another; otherwise the sign-in serves all resources. One
// token is asked for at a time.
func (s *signIn) Token(ctx context.Context, resource string) (Token, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.ended, cancel)()
	select {
	case <-ctx.Done():
		return Token{}, s.over(ctx)
	case <-s.turn:
		defer func() { s.turn <- struct{}{} }()
	}
	if s.ended.Err() != nil {
		return Token{}, errSignedOut
	}
	if t, ok := s.tokens[resource]; ok && time.Until(t.Expires) > soon {
		return t, nil
	}
	t, err := s.fresh(ctx, resource)
	if s.ended.Err() != nil {
		return Token{}, errSignedOut
	}
	if err == nil {
		s.tokens[resource] = t
	}
	return t, err
}

// over returns the reason why a context of Token ended.
func (s *signIn) over(ctx context.Context) error {
	if s.ended.Err() != nil {
		return errSignedOut
	}
	return ctx.Err()
}

// fresh asks for a token: without the user where there is a sign-in, and else with.
func (s *signIn) fresh(ctx context.Context, resource string) (Token, error) {
	if s.user == nil {
		user, err := entra.NewUser(s.client, s.options.Cloud.Login, s.options.TenantID, s.options.Client.ID)
		if err != nil {
			return Token{}, &Error{Cause: catalog.AdminNoSignIn, Summary: text.OfError(err), Next: []Way{ByAzureCLI, ByScript}}
		}
		s.user = user
	}
	scopes := s.options.Client.scopes(resource, s.graph, s.options.Needs)
	facts := s.user.Silent(ctx, scopes)
	hint := s.hint
	for rounds := 0; facts.Token.Empty(); rounds++ {
		switch {
		case ctx.Err() != nil:
			return Token{}, ctx.Err()
		case facts.Failure != nil:
			return Token{}, facts.Failure
		case facts.OtherAttempt:
			return Token{}, &Error{Cause: catalog.AdminNoSignIn, Summary: text.F("The answer belongs to another sign-in. Sign in again."), Next: []Way{ByBrowser, ByAzureCLI, ByScript}}
		case rounds == 2, !facts.NoUser && !wantsUser(facts.Refusal):
			return Token{}, refusedBy(facts.Refusal)
		}
		hint.Claims = facts.Refusal.Claims
		var err error
		if facts, err = s.ask(ctx, scopes, hint); err != nil {
			return Token{}, err
		}
	}
	return s.accept(facts, resource)
}

// accept checks the token that a sign-in brought. One that is refused is forgotten with
// its sign-in.
func (s *signIn) accept(facts entra.UserFacts, resource string) (Token, error) {
	t, err := expectTenant(facts.Token, resource, s.options.TenantID)
	if err == nil && !isFor(facts.Claims.Audience, resource) {
		err = &Error{Cause: catalog.TokenAudience, Summary: text.F("The sign-in brought a token for another service than %s.", resource), Next: []Way{ByBrowser, ByScript}}
	}
	if err != nil {
		s.forget()
		return Token{}, err
	}
	if t.Expires.IsZero() {
		t.Expires = facts.Expires
	}
	t.ReadOnly = !slices.ContainsFunc(s.options.Needs, func(need string) bool { return need != ReadApplications })
	s.hint.Account = t.Account
	s.who.Store(t.Account)
	return t, nil
}

// isFor reports whether an audience is a resource. Microsoft's services may be named by
// the ID of their application instead of their address.
func isFor(audience, resource string) bool {
	return guid.IsPlain(audience) || strings.EqualFold(strings.TrimSuffix(audience, "/"), resource)
}

// String prints no token: MSAL's memory is in the fields.
func (s *signIn) String() string { return "sign-in with " + s.options.Client.ID }

// GoString is what %#v prints.
func (s *signIn) GoString() string { return s.String() }

func (s *signIn) forget() {
	clear(s.tokens)
	s.user.Forget(context.Background())
	s.hint = entra.Hint{}
}

// wantsUser reports whether a refusal is one that the user can meet at once: a policy
// names what it asks for, or consent is missing and the page can ask for it.
func wantsUser(r entra.Refusal) bool {
	return r.Claims != "" && r.Code != 53003 || r.OAuth == "interaction_required" && !needsDevice[r.Code] || r.Code == 65001 ||
		r.Code == 700082 || r.Code == 50173 || r.Code == 70008
}

// needsDevice are the codes that no browser of ours can meet.
var needsDevice = map[int]bool{53000: true, 53001: true, 53002: true, 50097: true, 50129: true, 50131: true}

func refusedBy(r entra.Refusal) *Error {
	if r.Code != 0 {
		return refusal(strconv.Itoa(r.Code))
	}
	return &Error{
		Cause: catalog.AdminNoSignIn, Next: []Way{ByBrowser, ByAzureCLI, ByScript},
		Summary: text.F("The login host answered the sign-in with HTTP %d and no code of its own.", r.Status),
	}
}

// Client returns the client that signs the administrator in.
func (s *signIn) Client() Client { return s.options.Client }

// Account implements [Administrator].
func (s *signIn) Account() string {
	who, _ := s.who.Load().(string)
	return who
}

// SignOut forgets the tokens and ends a sign-in that waits.
func (s *signIn) SignOut() {
	s.end()
	<-s.turn
	defer func() { s.turn <- struct{}{} }()
	if s.user != nil {
		s.forget()
	}
	s.client.Close()
}
