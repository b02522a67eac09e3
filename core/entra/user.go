package entra

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// User signs one user in to a public client. Its tokens are in memory, and gone once
// it is. It is not safe for use by several goroutines.
type User struct {
	client    public.Client
	transport *transport.Client
	login     *userLogin
	clientID  string
	account   public.Account // zero before the user has signed in
}

// String prints no token: MSAL's memory is in the fields.
func (u *User) String() string { return "user of " + u.clientID }

// GoString is what %#v prints.
func (u *User) GoString() string { return u.String() }

// UserFacts is what asking for a user's token brought.
type UserFacts struct {
	// Token is empty unless Entra gave one.
	Token   secret.Value
	Claims  Claims
	Expires time.Time
	// Refusal is what the token endpoint answered instead; zero where it did not.
	Refusal Refusal
	// OtherAttempt is true if the ID token belongs to another attempt.
	OtherAttempt bool
	// NoUser is true if a user has to sign in first.
	NoUser bool
	// Failure is set where there was no answer.
	Failure *transport.Error
}

// Refusal is an error response of the token endpoint (RFC 6749 section 5.2).
type Refusal struct {
	// Code is Entra's, such as 65002; or 0.
	Code int
	// OAuth is "error".
	OAuth string
	// Claims are those that a policy asks for, or "".
	Claims string
	Status int
}

// NewUser returns a User for a public client in a tenant, which is a GUID. login is
// the pinned login host of the cloud.
func NewUser(c *transport.Client, login, tenantID, clientID string) (*User, error) {
	known := FromEnvironment(TenantFacts{}, login, tenantID)
	restricted := c.Login(login)
	restricted.Preload(known.URL, known.document(login))
	u := &User{transport: c, login: &userLogin{restricted}, clientID: clientID}
	var err error
	u.client, err = public.New(clientID,
		public.WithAuthority("https://"+login+"/"+tenantID), public.WithHTTPClient(u.login), public.WithInstanceDiscovery(false))
	if err != nil {
		return nil, errors.New("the sign-in cannot be prepared") // MSAL's errors stay here
	}
	return u, nil
}

// Hint has the parameters of a sign-in page besides the scopes.
type Hint struct {
	// Account is a sign-in name to fill in; "" asks which account.
	Account string
	// Claims are those that a policy asks for.
	Claims string
}

// selectAccount has the page ask which account (MSAL's own type for it is internal).
const selectAccount = 2

// Address returns the authorize address for scopes of one resource, without state,
// nonce and PKCE.
func (u *User) Address(ctx context.Context, redirectURI string, scopes []string, h Hint) (string, error) {
	var options []public.AuthCodeURLOption
	if h.Account != "" {
		options = append(options, public.WithLoginHint(h.Account))
	} else {
		options = append(options, public.WithPrompt(selectAccount))
	}
	if h.Claims != "" {
		options = append(options, public.WithClaims(h.Claims))
	}
	all := append([]string{"openid", "profile", "offline_access"}, scopes...)
	address, err := u.client.AuthCodeURL(ctx, u.clientID, redirectURI, all, options...)
	if err != nil {
		return "", errors.New("the address of the sign-in page cannot be made")
	}
	return address, nil
}

// Exchange redeems the code of a sign-in (RFC 6749 section 4.1.3) with its verifier.
func (u *User) Exchange(ctx context.Context, r Redemption, scopes []string) UserFacts {
	u.transport.AddSecret(r.Code)
	u.transport.AddSecret(r.Verifier)
	return u.call(ctx, scopes, func(ctx context.Context) (result public.AuthResult, err error) {
		r.Code.Use(func(code string) {
			r.Verifier.Use(func(verifier string) {
				result, err = u.client.AcquireTokenByAuthCode(ctx, code, r.RedirectURI, scopes, public.WithChallenge(verifier))
			})
		})
		return result, err
	}, r.Nonce)
}

// Silent asks for a token for another resource, or for a new one, without the user.
func (u *User) Silent(ctx context.Context, scopes []string) UserFacts {
	if u.account.HomeAccountID == "" {
		return UserFacts{NoUser: true}
	}
	return u.call(ctx, scopes, func(ctx context.Context) (public.AuthResult, error) {
		return u.client.AcquireTokenSilent(ctx, scopes, public.WithSilentAccount(u.account))
	}, nil)
}

// Forget drops the account and its tokens.
func (u *User) Forget(ctx context.Context) {
	_ = u.client.RemoveAccount(ctx, u.account) // of a cache in memory
	u.account = public.Account{}
}

// DeviceCode is a code that a user enters in a browser, on any computer.
type DeviceCode struct {
	UserCode string
	// URL is the page on which it is entered, as the service names it.
	URL     string
	Expires time.Time

	code public.DeviceCode
}

// BeginDevice asks for a device code (RFC 8628). facts has the reason if it is
// refused.
func (u *User) BeginDevice(ctx context.Context, scopes []string) (DeviceCode, UserFacts) {
	asked := &userCall{}
	code, err := u.client.AcquireTokenByDeviceCode(asked.with(ctx, scopes), scopes)
	if err != nil {
		return DeviceCode{}, u.failed(asked)
	}
	u.transport.AddSecret(secret.New(code.Result.DeviceCode))
	return DeviceCode{UserCode: code.Result.UserCode, URL: code.Result.VerificationURL, Expires: code.Result.ExpiresOn, code: code}, UserFacts{}
}

// Await waits until the user has entered the code, or it has expired.
func (u *User) Await(ctx context.Context, d DeviceCode, scopes []string) UserFacts {
	return u.call(ctx, scopes, d.code.AuthenticationResult, nil)
}

// call has MSAL ask for a token. nonce checks that of the ID token; nil accepts any.
func (u *User) call(ctx context.Context, scopes []string, ask func(context.Context) (public.AuthResult, error), nonce func(string) bool) UserFacts {
	asked := &userCall{}
	result, err := ask(asked.with(ctx, scopes))
	if err != nil {
		return u.failed(asked)
	}
	if nonce != nil {
		if id, ok := Peek(secret.New(result.IDToken.RawToken)); !ok || !nonce(id.Nonce) {
			return UserFacts{OtherAttempt: true}
		}
	}
	facts := UserFacts{Token: secret.New(result.AccessToken), Expires: result.ExpiresOn}
	facts.Claims, _ = Peek(facts.Token)
	u.account = result.Account
	return facts
}

// failed returns the facts of a call without a token: what the login host answered
// decides, never MSAL's error.
func (u *User) failed(asked *userCall) UserFacts {
	_, lastErr := u.login.Last()
	facts := UserFacts{Refusal: asked.refusal, Failure: transport.AsError(lastErr)}
	if !asked.sent {
		facts.Failure, facts.NoUser = nil, true
	}
	if asked.refusal.Status == 0 && facts.Failure == nil {
		facts.Refusal.Status = http.StatusOK
	}
	return facts
}
