package exam

import (
	"context"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/federation"
)

// acquire gets the application's token, by its kind of credential.
func acquire(ctx context.Context, s *session, known Facts) func(*Facts) {
	if _, unusable := judgeValidity(known); unusable {
		// Entra would refuse it, in other words and a round trip later.
		return func(*Facts) {}
	}
	c := known.Connection
	if c.Credential.Kind == connection.ManagedIdentityKind {
		return s.identity(ctx, known)
	}
	application := entra.Application{
		Login: c.Cloud.Login, TenantID: known.Tenant.Asked, ClientID: c.ClientID,
		Credential: c.Credential, Tenant: known.Tenant,
	}
	if c.Credential.Kind == connection.FederatedKind {
		known.Federation = federation.Get(ctx, s.client, c.Credential.Federation, c.Cloud.TokenExchange())
		application.Assertion = known.Federation.Assertion
		if application.Assertion.Empty() {
			return func(f *Facts) { f.Federation = known.Federation }
		}
	}
	token := s.exchange(ctx, known, application)
	return func(f *Facts) { f.Federation, f.Token = known.Federation, token }
}

// identity asks for the token of this computer's managed identity. Without an ID in the
// form the application is the token's.
func (s *session) identity(ctx context.Context, known Facts) func(*Facts) {
	c := known.Connection
	token, identity := entra.AcquireIdentity(ctx, s.client, entra.IdentityRequest{ClientID: c.ClientID, Resource: c.Environment, Source: s.identitySource})
	s.client.AddSecret(token.Token)
	return func(f *Facts) {
		f.Token, f.Identity = token, identity
		if f.Connection.ClientID == "" {
			f.Connection.ClientID = token.Claims.AppID
		}
	}
}

// exchange asks Entra for the token.
func (s *session) exchange(ctx context.Context, known Facts, application entra.Application) entra.TokenFacts {
	var facts entra.TokenFacts
	tries := 0
	s.settle(ctx, CheckToken, func() catalog.Cause {
		facts = entra.Acquire(ctx, s.client, application, entra.Scope(known.Connection.Environment))
		tries += facts.Tries
		known.Token = facts
		return judgeToken(known).Cause
	})
	facts.Tries = tries
	s.client.AddSecret(facts.Token)
	return facts
}
