package entra

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/managedidentity"

	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// identityTime bounds asking for the token of a managed identity.
const identityTime = 12 * time.Second

// IdentitySource is the kind of place that issues the token of a managed identity, as
// MSAL names it; "" is not known.
type IdentitySource string

// The sources that are judged apart.
const (
	CloudShell = IdentitySource(managedidentity.CloudShell)
	AzureArc   = IdentitySource(managedidentity.AzureArc)
)

// IdentityFacts is what is known of the managed identity of this computer.
type IdentityFacts struct {
	Source IdentitySource
	// ClientID is the user-assigned identity that was asked for; "" for the
	// system-assigned one.
	ClientID string
	// Fault is why the endpoint could not be asked, or why its response is no token for
	// this program; empty where the response alone shows it.
	Fault text.Text
	// Other is true if the endpoint has a token, but not that of ClientID.
	Other bool
}

// IdentityRequest is a request for the token of the managed identity of this computer.
type IdentityRequest struct {
	// ClientID is a user-assigned identity; "" is the system-assigned one.
	ClientID string
	// Resource is the environment's address.
	Resource string
	// Source replaces the one that the environment variables show, for the examination
	// of a record; "" is theirs.
	Source IdentitySource
}

// AcquireIdentity gets a token for the managed identity of this computer. It asks where
// MSAL does, sends each request once, and no cache answers.
func AcquireIdentity(ctx context.Context, c *transport.Client, r IdentityRequest) (TokenFacts, IdentityFacts) {
	clientID := r.ClientID
	known := IdentityFacts{ClientID: clientID, Source: r.Source}
	if known.Source == "" {
		source, err := managedidentity.GetSource()
		if err != nil {
			known.Fault = text.F("The environment names an endpoint for managed identities that MSAL does not understand.")
			return TokenFacts{Unusable: true}, known
		}
		known.Source = IdentitySource(source)
	}
	var id managedidentity.ID = managedidentity.SystemAssigned()
	if clientID != "" {
		id = managedidentity.UserAssignedClientID(clientID)
	}
	if known.unsupported(); !known.Fault.Empty() {
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
		return client.AcquireToken(ctx, r.Resource, managedidentity.WithClaims("{}"))
	})
	facts.take(way, result, err)
	if facts.Token.Empty() && known.Source == AzureArc {
		known.arc(facts.Response)
	}
	return facts, known
}

// unsupported finds what an endpoint does not offer.
func (k *IdentityFacts) unsupported() {
	switch {
	case k.Source == IdentitySource(managedidentity.ServiceFabric):
		k.Fault = text.F("The managed identity of Service Fabric is not supported: its endpoint has a certificate that no authority issued, and S2S Doctor never switches the verification of TLS off. Run this in another place, or use a federated credential, a certificate or a secret.")
	case k.Source == CloudShell && k.ClientID != "":
		k.Fault = text.F("Cloud Shell has the identity of the user who is signed in, and no user-assigned one.")
		k.Other = true
	}
}

// arc finds what MSAL does not take from the agent of Azure Arc: a program proves that
// it may ask by the key in a file that the agent's first response names, and an agent
// that does not know user-assigned identities returns the token of the machine's own.
//
// Source: learn.microsoft.com/azure/azure-arc/servers/managed-identity-authentication.
func (k *IdentityFacts) arc(a transport.Response) {
	named := strings.Contains(a.Header.Get("WWW-Authenticate"), "Basic realm=")
	switch {
	case a.Status == http.StatusUnauthorized && named:
		k.Fault = text.F("The agent of Azure Arc names a key file that this account cannot read. Add the account to the group himds, on Windows to the group Hybrid agent extension applications.")
	case a.Status == http.StatusUnauthorized:
		k.Fault = text.F("The agent of Azure Arc refused the key that it had put into a file, or named no such file. Update or restart the agent (azcmagent).")
	case a.Status == http.StatusOK && k.ClientID != "":
		k.Fault = text.F("The agent of Azure Arc gave the token of another identity than the one that is named. Assign the identity to this machine and update the agent (azcmagent), or leave the Application (client) ID empty for the machine's own identity.")
		k.Other = true
	}
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
