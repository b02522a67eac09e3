package entra

import (
	"context"
	"net/http"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"

	"s2sdoctor/core/secret"
	"s2sdoctor/core/transport"
)

// ConsentFacts is what redeeming an authorization code told about the person
// who gave consent.
type ConsentFacts struct {
	// SignInName, Name, ObjectID and TenantID are the person's; empty when the
	// code could not be redeemed.
	SignInName, Name, ObjectID, TenantID string

	Answer  transport.Answer
	Failure *transport.Failure
}

// Redeem exchanges an authorization code for the name of whoever signed in
// (RFC 6749 section 4.1.3, RFC 7636 section 4.5). The tokens that come with it
// are dropped: nothing here acts as that person. verifier is empty for the
// style that has no PKCE.
func Redeem(ctx context.Context, c *transport.Client, app Application, code secret.Value, redirectURI string, verifier secret.Value, scope string) ConsentFacts {
	c.Hide(code)
	c.Hide(verifier)
	login := c.Login(app.Login)
	client, err := app.client(login)
	if err != nil {
		return ConsentFacts{}
	}
	var options []confidential.AcquireByAuthCodeOption
	verifier.Use(func(plain string) {
		if plain != "" {
			options = append(options, confidential.WithChallenge(plain))
		}
	})
	var facts ConsentFacts
	code.Use(func(plain string) {
		result, err := client.AcquireTokenByAuthCode(ctx, plain, redirectURI, []string{scope}, options...)
		answer, lastErr := login.Last()
		facts.Answer, facts.Failure = answer, transport.FailureOf(lastErr)
		if err != nil && answer.Status != http.StatusOK {
			return
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
	})
	return facts
}
