package consent

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Ending is how a journey to the consent page ended.
type Ending string

// The endings.
const (
	// Consented: the page answered yes. Only a token proves the consent.
	Consented Ending = "consented"
	// Failed: Cause is the reason.
	Failed Ending = "failed"
	// Paste: the answer goes somewhere else than to this computer. Ask for
	// "Paste what you see" and give it to [Read] with the outcome's Attempt.
	Paste Ending = "paste"
	// Canceled: the caller's context ended. Not a finding.
	Canceled Ending = "canceled"
)

// Outcome is what came of one [Attempt].
type Outcome struct {
	Ending Ending
	// Cause is the contract's, "" unless Failed.
	Cause catalog.Cause
	// Alternatives are further causes that the same answer allows, best first.
	Alternatives []catalog.Cause
	// Undecided is set beside Failed where what was read is neither yes nor no to
	// this attempt: a caller that still waits for its answer may go on waiting.
	Undecided bool
	// Field is the field of the form to correct first, or "".
	Field connection.Field
	// Summary is one sentence for people about what was seen.
	Summary  text.Text
	Evidence catalog.Evidence
	// Attempt is the journey; redeeming the code needs its RedirectURI, Verifier
	// and Scope, and so does reading what a user pastes.
	Attempt Attempt
	// Code is to be redeemed within ten minutes, once. Empty for the adminconsent
	// styles, and where the state was not checked.
	//
	// When redeeming fails, that shows nothing about the consent: who consented is
	// then unknown, and the examination decides.
	Code secret.Value
	// Claimed is what the redirect contains. Any program can write that.
	Claimed Claimed
	// ConsentedBy is the account that consented, as [Verify] got it. Expected is the
	// account that should have consented; zero if it did.
	ConsentedBy Account
	Expected    ExpectedAccount
	// UnrelatedRequests counts requests to the listener that were not the expected redirect.
	UnrelatedRequests int
}

// Claimed are unauthenticated words of a redirect: to be shown as such, and to
// be verified by a token before anything rests on them.
//
// Source: learn.microsoft.com/entra/identity-platform/v2-admin-consent (never
// use the tenant parameter to authenticate).
type Claimed struct {
	// Tenant is a lower-case GUID, or "".
	Tenant string
	// Administrator is set when an administrator has consented for all, as the response claims.
	Administrator bool
	// Scopes are those granted according to the response (v2 adminconsent).
	Scopes []string
}

// RedeemScope is the one scope to redeem the code with. MSAL compares what it
// asked for with what it got to the letter, and adds openid and profile itself.
func (a Attempt) RedeemScope() string {
	return a.environment + "/user_impersonation"
}

// ByOtherAccount reports whether consent was given, though not by whom it should.
func (o Outcome) ByOtherAccount() bool { return o.Expected != ExpectedAccount{} }
