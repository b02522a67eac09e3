package entra

import (
	"context"
	"net/http"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// ConsentFacts is what redeeming an authorization code showed about the user
// who gave consent.
type ConsentFacts struct {
	// SignInName, Name, ObjectID and TenantID are the user's; empty when the
	// code could not be redeemed.
	SignInName, Name, ObjectID, TenantID string

	Response transport.Response
	Err      *transport.Error
}

// Redemption is one authorization code and what it was issued for.
type Redemption struct {
	Code        secret.Value
	RedirectURI string
	// Verifier is PKCE's (RFC 7636 section 4.5), empty for a style without.
	Verifier secret.Value
	Scope    string
	// Nonce reports whether the nonce of an ID token is the attempt's; nil accepts
	// any. An ID token of another attempt is not read.
	Nonce func(nonce string) bool
	// Resource is what a v1 authorize page was asked for, "" for a v2 one.
	Resource string
}

// Redeem exchanges an authorization code for the name of the user who signed
// in (RFC 6749 section 4.1.3). The tokens that come with it are dropped: nothing
// here acts as that user.
//
// A code of a v1 page that the v2 endpoint refuses is redeemed once at the v1
// endpoint: no public source shows that Entra accepts it at v2.
func Redeem(ctx context.Context, c *transport.Client, app Application, r Redemption) ConsentFacts {
	c.AddSecret(r.Code)
	c.AddSecret(r.Verifier)
	login := c.Login(app.Login)
	var facts ConsentFacts
	r.Code.Use(func(code string) {
		facts = redeemV2(ctx, login, app, r, code)
		if status := facts.Response.Status; r.Resource != "" && status >= 400 && status < 500 {
			facts = redeemV1(ctx, login, app, code, r.RedirectURI, r.Resource)
		}
	})
	return facts
}

func redeemV2(ctx context.Context, login *transport.Login, app Application, r Redemption, code string) ConsentFacts {
	client, err := app.client(login)
	if err != nil {
		return ConsentFacts{}
	}
	var options []confidential.AcquireByAuthCodeOption
	r.Verifier.Use(func(plain string) {
		if plain != "" {
			options = append(options, confidential.WithChallenge(plain))
		}
	})
	result, err := client.AcquireTokenByAuthCode(ctx, code, r.RedirectURI, []string{r.Scope}, options...)
	answer, lastErr := login.Last()
	facts := ConsentFacts{Response: answer, Err: transport.AsError(lastErr)}
	if err != nil && answer.Status != http.StatusOK {
		return facts
	}
	if claims, ok := Peek(secret.New(result.IDToken.RawToken)); ok && r.Nonce != nil && !r.Nonce(claims.Nonce) {
		return facts
	}
	id := result.IDToken
	facts.SignInName = first(id.PreferredUsername, id.UPN, id.Email)
	facts.Name, facts.ObjectID, facts.TenantID = id.Name, id.Oid, id.TenantID
	if facts.SignInName == "" {
		// Without "openid" in the answer there is only the access token to ask.
		if claims, ok := Peek(secret.New(result.AccessToken)); ok {
			facts.SignInName, facts.ObjectID, facts.TenantID = claims.User, claims.ObjectID, claims.TenantID
		}
	}
	return facts
}
