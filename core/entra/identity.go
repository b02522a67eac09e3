package entra

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/managedidentity"

	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// identityTime bounds asking for the token of a managed identity.
const identityTime = 12 * time.Second

// IdentityFacts is what is known of the managed identity of this computer.
type IdentityFacts struct {
	// Source is the kind of endpoint, as MSAL names it: "AppService", "AzureArc".
	Source string
	// ClientID is the user-assigned identity that was asked for; "" for the
	// system-assigned one.
	ClientID string
	// Fault is why nothing could be asked; empty where a request was sent.
	Fault text.Text
}

// AcquireIdentity gets a token for the managed identity of this computer: the
// user-assigned one of clientID, or with "" the system-assigned one. It asks where
// MSAL does, sends each request once, and no cache answers.
func AcquireIdentity(ctx context.Context, c *transport.Client, clientID, resource string) (TokenFacts, IdentityFacts) {
	known := IdentityFacts{ClientID: clientID}
	source, err := managedidentity.GetSource()
	if err != nil {
		known.Fault = text.F("The environment names an endpoint for managed identities that MSAL does not understand.")
		return TokenFacts{Unusable: true}, known
	}
	known.Source = string(source)
	var id managedidentity.ID = managedidentity.SystemAssigned()
	if clientID != "" {
		id = managedidentity.UserAssignedClientID(clientID)
	}
	if known.Fault = unsupported(source, clientID); !known.Fault.Empty() {
		return TokenFacts{Unusable: true}, known
	}
	way := c.Identity()
	client, err := managedidentity.New(id, managedidentity.WithHTTPClient(way), managedidentity.WithRetryPolicyDisabled())
	if err != nil {
		known.Fault = text.F("MSAL cannot use the endpoint for managed identities that the environment names.")
		return TokenFacts{Unusable: true}, known
	}
	ctx, cancel := context.WithTimeout(ctx, identityTime)
	defer cancel()
	facts := TokenFacts{Tries: 1}
	result, err := inTime(ctx, func() (confidential.AuthResult, error) {
		// Claims keep the package's own cache out; they are sent nowhere.
		return client.AcquireToken(ctx, resource, managedidentity.WithClaims("{}"))
	})
	facts.take(way, result, err)
	if facts.Token.Empty() && source == managedidentity.AzureArc && facts.Answer.Status == http.StatusUnauthorized {
		known.Fault = text.F("The agent of Azure Arc names a key file that this account cannot read. Add the account to the group himds, on Windows to the group Hybrid agent extension applications.")
	}
	return facts, known
}

// unsupported explains what an endpoint does not offer; empty where it does.
func unsupported(source managedidentity.Source, clientID string) text.Text {
	switch {
	case source == managedidentity.ServiceFabric:
		return text.F("The managed identity of Service Fabric is not supported: its endpoint shows a certificate that no authority has issued.")
	case source == managedidentity.CloudShell && clientID != "":
		return text.F("Cloud Shell has the identity of the user who is signed in, and no user-assigned one.")
	}
	return text.Text{}
}

// inTime returns what f returns, or the error of ctx if that ends first: MSAL reads
// the key of Azure Arc from a file, which no context ends.
func inTime[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		defer crash.Guard(func(string) { done <- result{err: errCrashed} })
		value, err := f()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

var errCrashed = errors.New("asking for the managed identity crashed")
