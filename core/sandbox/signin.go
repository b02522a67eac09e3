package sandbox

import (
	"slices"
	"strings"
)

// SignIn holds the faults of users who sign in with a public client, such as an
// administrator.
type SignIn struct {
	// Refuse is an AADSTS code with which the sign-in is refused. Zero: it is not.
	Refuse int
	// At is where Refuse comes. Empty: on the page.
	At SignInStep
	// Clients are the IDs of the clients that Refuse is about. nil: all.
	Clients []string
	// Graph: Refuse is about tokens for Microsoft Graph only. Dataverse: about those
	// for an environment only. Both false: about all.
	Graph, Dataverse bool
	// NotConsented: the client of Contoso's own waits for an administrator's consent.
	// False: it has it.
	NotConsented bool
	// Terse: scopes are echoed by their short names, without .default. False: whole, as
	// they were asked for.
	Terse bool
	// Foreign: the tokens are Fabrikam's. False: of the directory that was asked.
	Foreign bool
	// OtherNonce: the ID token belongs to another attempt. False: to this one.
	OtherNonce bool
}

// SignInStep is a step of the sign-in of a user.
type SignInStep string

// The steps. The first is the zero value.
const (
	AtPage     SignInStep = ""         // the page refuses, and does not redirect
	AtRedirect SignInStep = "redirect" // the page sends the refusal back
	AtCode     SignInStep = "code"     // the token endpoint refuses the code
	AtRefresh  SignInStep = "refresh"  // the token endpoint refuses the refresh token
	AtDevice   SignInStep = "device"   // the token endpoint refuses the device code
)

// refuses returns the failure of a step, or nil. stepped is true once the user
// has met the claims that a policy asked for.
func (i SignIn) refuses(at SignInStep, clientID string, res resource, stepped bool) *failure {
	switch {
	case i.Refuse == 0 || i.At != at,
		i.Clients != nil && !slices.ContainsFunc(i.Clients, func(id string) bool { return strings.EqualFold(id, clientID) }),
		i.Graph && res.ID != graphAppID, i.Dataverse && res.ID != dataverseAppID,
		stepped && refusals[i.Refuse].Claims != "":
		return nil
	}
	return fail(i.Refuse, clientID, res.ID)
}

// userGrant is what a code, a refresh token or a device code of a user represents.
type userGrant struct {
	client  *publicClient
	account account
	dir     directory
	// stepped: the user met the claims of a policy.
	stepped bool
	nonce   string
}
