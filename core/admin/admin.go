// Package admin gets access tokens for a signed-in administrator: a user, not the
// application of the connection.
//
// Tokens are held in memory, for one resource each, and belong to the tenant that
// was asked for: a token of another tenant is refused before it can be sent.
// Each obstacle is an [*Error] with one of the contract's causes and
// the next way that can work.
package admin

import (
	"context"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Administrator is a user who signs in when a token is first needed. It is safe for
// use by several goroutines.
type Administrator interface {
	// Token returns an access token for a resource, such as
	// "https://graph.microsoft.com". It may wait for the user. The error is an *Error,
	// or that of ctx.
	Token(ctx context.Context, resource string) (Token, error)
	// Account is the sign-in name of who signed in last; "" before.
	Account() string
	// SignOut forgets every token, ends what waits, and refuses new ones. It may
	// be called twice.
	SignOut()
}

// Token is a user's access token for one resource.
type Token struct {
	Value secret.Value
	// Resource is what it was issued for.
	Resource string
	// Account is the sign-in name; it may be empty.
	Account string
	// TenantID is a lower-case GUID.
	TenantID string
	// Scopes are the delegated permissions, separated by blanks.
	Scopes string
	// ReadOnly is true where the sign-in asked for permissions to read only, so that
	// Scopes does not show what the account may change.
	ReadOnly bool
	// Roleless is true where the token lists directory roles and has none but that of
	// every user. Other tokens than those for Microsoft Graph list none.
	Roleless bool
	Expires  time.Time
}

// Error is the reason why there is no token.
type Error struct {
	// Cause is the contract's word.
	Cause catalog.Cause
	// Summary is a sentence on what happened and what to do. It quotes nothing of the
	// program or service that refused.
	Summary text.Text
	// Code is Entra's or the environment's, such as AADSTS65002 or 0x80095ffc,
	// or "".
	Code string
	// Next are the ways that can still work, best first.
	Next []Way
}

// Error returns the summary in English.
func (e *Error) Error() string { return e.Summary.String() }

// Message returns the summary.
func (e *Error) Message() text.Text { return e.Summary }

// expectTenant reads a token and refuses one of another tenant, or of an
// application. tenantID is a GUID.
func expectTenant(value secret.Value, resource, tenantID string) (Token, error) {
	claims, ok := entra.Peek(value)
	switch {
	case !ok:
		return Token{}, &Error{Cause: catalog.AdminNoSignIn, Summary: text.F("The sign-in brought a token that cannot be read."), Next: []Way{ByBrowser, ByScript}}
	case tenantID != "" && !strings.EqualFold(claims.TenantID, tenantID):
		return Token{}, &Error{Cause: catalog.AdminWrongTenant, Next: []Way{ByAnotherUser, ByScript}, Summary: text.F(
			"The administrator is signed in to the tenant %s, and the environment belongs to %s. Sign in to that tenant.", claims.TenantID, tenantID)}
	case claims.Scopes == "" && claims.User == "":
		return Token{}, &Error{Cause: catalog.AdminNoSignIn, Next: []Way{ByBrowser, ByScript}, Summary: text.F(
			"The sign-in is that of an application. Sign in as a user: only an administrator can do the set-up.")}
	}
	return Token{
		Value: value, Resource: resource, Account: claims.User, TenantID: claims.TenantID,
		Scopes: claims.Scopes, Expires: claims.Expires,
		Roleless: len(claims.DirectoryRoles) == 1 && strings.EqualFold(claims.DirectoryRoles[0], everyUser),
	}, nil
}

// everyUser is the ID that stands in the wids of every user's token, also without a role.
// No page of Microsoft explains it; tokens that Microsoft and others published have it.
const everyUser = "b79fbf4d-3ef9-4689-8143-76b194e85509"
