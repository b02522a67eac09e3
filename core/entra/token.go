package entra

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// Application is who asks for a token, and where.
type Application struct {
	// Login is the pinned login host of the cloud.
	Login string
	// TenantID is a GUID or a domain.
	TenantID   string
	ClientID   string
	Credential connection.Credential
	// Assertion is the token of another identity provider, for a federated credential.
	Assertion secret.Value
	// Tenant is the tenant's document when it has just been read: it spares MSAL
	// reading it again. Its zero value spares nothing.
	Tenant TenantFacts

	// fault takes the reason why no assertion could be signed; may be nil.
	fault *error
}

// TokenFacts is what asking for a token brought.
type TokenFacts struct {
	// Token is empty unless Entra gave one.
	Token   secret.Value
	Claims  Claims
	IsJWT   bool
	Expires time.Time
	// Response is the last one of the login host, redacted; Err is set if
	// there was no response.
	Response transport.Response
	Err      *transport.Error
	// Unusable is true if a response came and MSAL could not use it, or if the
	// credential could not be used at all.
	Unusable bool
	// Fault is why the certificate's key did not sign; empty where it did, and where
	// nothing is known.
	Fault text.Text
	// Tries counts the token requests; more than 1 where an examination waits for
	// Microsoft to replicate.
	Tries int
}

// Scope is what client credentials ask of an environment: everything that is
// granted, for exactly one resource.
//
// Source: learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow.
func Scope(environment string) string { return environment + "/.default" }

// Acquire gets a token for the application itself (RFC 6749 section 4.4). Every
// call uses a fresh MSAL client, so that a test tests and no cache answers, and
// sends one request: a POST with a credential is never repeated, a busy service is
// an answer.
func Acquire(ctx context.Context, c *transport.Client, app Application, scope string) TokenFacts {
	login := c.Login(app.Login)
	if app.Tenant.Metadata.TenantID != "" {
		login.Preload(app.Tenant.URL, app.Tenant.document(app.Login))
	}
	var fault error
	app.fault = &fault
	client, err := app.client(login)
	if err != nil {
		return TokenFacts{Unusable: true}
	}
	facts := TokenFacts{Tries: 1}
	result, err := client.AcquireTokenByCredential(ctx, []string{scope})
	facts.take(login, result, err)
	if named := (*certificate.Error)(nil); errors.As(fault, &named) {
		facts.Fault = named.Summary
	}
	return facts
}

// last is a client for MSAL that knows the newest response.
type last interface {
	Last() (transport.Response, error)
}

func (f *TokenFacts) take(client last, result confidential.AuthResult, err error) {
	answer, lastErr := client.Last()
	f.Response, f.Err = answer, transport.AsError(lastErr)
	if err != nil {
		// Status 0 without an error: MSAL refused before it sent a request.
		f.Unusable = f.Err == nil && (answer.Status == http.StatusOK || answer.Status == 0)
		return
	}
	if !isB64Token(result.AccessToken) {
		f.Unusable = true
		return
	}
	f.Token, f.Expires = secret.New(result.AccessToken), result.ExpiresOn
	f.Claims, f.IsJWT = Peek(f.Token)
}

// isB64Token reports whether token can be sent as a bearer token: RFC 6750
// section 2.1, b64token.
func isB64Token(token string) bool {
	text := strings.TrimRight(token, "=")
	return text != "" && strings.IndexFunc(text, func(r rune) bool {
		return !strings.ContainsRune("-._~+/", r) && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) < 0
}

func (app Application) client(login *transport.Login) (confidential.Client, error) {
	cred, err := app.credential()
	if err != nil {
		return confidential.Client{}, err
	}
	options := []confidential.Option{
		confidential.WithHTTPClient(login),
		// The authority is from our own table; asking Microsoft whether it is
		// Microsoft's would cost a round trip.
		confidential.WithInstanceDiscovery(false),
		// MSAL_FORCE_REGION in the environment would move tokens to another host.
		confidential.WithAzureRegion("DisableMsalForceRegion"),
	}
	if app.Credential.Kind == connection.CertificateKind {
		options = append(options, confidential.WithX5C())
	}
	return confidential.New("https://"+app.Login+"/"+app.TenantID, app.ClientID, cred, options...)
}

func (app Application) credential() (confidential.Credential, error) {
	switch app.Credential.Kind {
	case connection.CertificateKind:
		cert := app.Credential.Certificate
		return confidential.NewCredFromCert(cert.Chain, cert.Signer())
	case connection.CertificateStoreKind, connection.FederatedKind:
		return confidential.NewCredFromAssertionCallback(app.callback), nil
	}
	var cred confidential.Credential
	var err error
	app.Credential.Secret.Use(func(plain string) { cred, err = confidential.NewCredFromSecret(plain) })
	return cred, err
}
