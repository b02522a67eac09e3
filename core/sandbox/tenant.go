package sandbox

import (
	"math"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/sandbox/odata"
)

// Always is a number of requests that never ends.
const Always = math.MaxInt

// Tenant is the embedded tenant: Contoso's directory, its application, its
// environment and the application user in it. The zero value is healthy.
type Tenant struct {
	// Clock is how far the services' clocks are ahead of this computer's (negative:
	// behind). Zero: they agree.
	Clock time.Duration
	// IPv6Only has the sandbox listen on ::1 alone. It counts at [Start] only.
	// False: 127.0.0.1, and ::1 where there is one.
	IPv6Only bool
	// MicrosoftNames has the sandbox answer to login.microsoftonline.com,
	// contoso.crm4.dynamics.com and the like, and to no other name. It counts at
	// [Start] only. False: names under sandbox.localhost.
	MicrosoftNames bool
	// Proxy is the authentication that a proxy in front of everything demands:
	// "Basic", "NTLM", "Negotiate". Empty: there is no such proxy.
	Proxy string

	Directory   Directory
	Application Application
	Certificate Certificate
	Token       Token
	Login       Login
	SignIn      SignIn
	Environment Organization
	User        User
	Graph       Graph
	Federation  Federation
	Identity    Identity
	Replication Replication
	Interrupt   Interruption

	// objects are those of the moment at which the server was asked for its tenant; nil
	// before it is served.
	objects *objects
}

// Directory is Contoso's directory.
type Directory struct {
	// Missing: Entra does not know it. False: it does.
	Missing bool
	// Lapsed: its subscription for Dataverse is over, so that the resource is
	// disabled. False: it is paid for.
	Lapsed bool
	// Restricted: a proxy on the way allows other tenants only. False: no such proxy.
	Restricted bool
	// OtherCloud: it was moved to the second cloud, and the environment's challenge
	// does not know. False: it is in the first.
	OtherCloud bool
	// ConditionalAccess: a policy for workload identities blocks the application.
	// False: no such policy.
	ConditionalAccess bool
	// AdminsConsentOnly: users may not consent. False: they may.
	AdminsConsentOnly bool
	// AdminsRegisterOnly: users may not register applications. False: they may.
	AdminsRegisterOnly bool
	// SecretsForbidden: a policy allows no client secrets. False: it does.
	SecretsForbidden bool
	// SecretLife is how long a policy lets a secret or a certificate live. Zero: as long
	// as wanted.
	SecretLife time.Duration
}

// Replication is how many requests do not know yet what a request has just made.
type Replication struct {
	// Principal requests for a service principal do not know a new registration.
	Principal int
	// Token requests do not know a new application.
	Token int
	// Secret is the number of token requests that do not know a new secret or
	// certificate.
	Secret int
	// User requests for an application user do not know a new service principal.
	User int
	// Read requests for a new object of the directory do not find it.
	Read int
}

// Interruption is what happens to one request that changes something, or to all.
type Interruption struct {
	// Number is the request, counted from 1 over Graph and the environments. Zero: no
	// request is interrupted, unless Every is set.
	Number int
	// Every: each second request is interrupted, the first one first. False: only that
	// of Number.
	Every bool
	// After: the change is made first. False: it is not made.
	After bool
	// Status is the status of the response. Zero: the connection is cut.
	Status int
}

// Application is the app registration and its service principal in Contoso.
type Application struct {
	// Missing: there is no such registration. False: there is.
	Missing bool
	// Elsewhere: it is registered in Fabrikam's directory, for that alone. False:
	// in Contoso's.
	Elsewhere bool
	// NoServicePrincipal: registered, and without an enterprise application until
	// consent. False: it has one.
	NoServicePrincipal bool
	// Disabled: signing in with the enterprise application is off. False: on.
	Disabled bool
	// Public: registered as a public client, which may have no secret. False: a
	// confidential one.
	Public bool
	// Unassigned: the resource demands an assignment that it lacks. False: it does
	// not.
	Unassigned bool

	// SecretExpired: every secret is past its end. False: one lasts.
	SecretExpired bool
	// SecretFresh is the number of token requests that do not know the new secret
	// yet. Zero: all know it.
	SecretFresh int
	// SecretLasts is how long the secret is still valid, as Graph shows it. Zero:
	// 300 days.
	SecretLasts time.Duration

	// NotConsented: there is no consent to user_impersonation. False: the
	// administrator's, for all users.
	NotConsented bool
	// NoPermissions: the registration lists no permission at all. False: Dynamics
	// CRM user_impersonation.
	NoPermissions bool
	// RedirectURIs are the registered ones. nil: http://localhost and
	// https://app.contoso.example/signin.
	RedirectURIs []string
	// NoRedirectURI: no redirect URI is registered. False: RedirectURIs are.
	NoRedirectURI bool
}

// Certificate is that of an application which proves itself with a certificate.
type Certificate struct {
	// InUse: [Server.Form] names a certificate file instead of a secret. False:
	// the application has a secret only.
	InUse bool
	// PFX: the file is a PFX with a password. False: one PEM file.
	PFX bool
	// Expired: it was registered, and is over. False: it lasts.
	Expired bool
	// Future: it is registered, and begins in three days. False: it has begun.
	Future bool
	// Lasts is how long it is still good. Zero: a year.
	Lasts time.Duration
	// Unregistered: this application does not know it. False: it is uploaded.
	Unregistered bool
	// EllipticCurve: its key is an EC key, which Entra refuses. False: RSA.
	EllipticCurve bool
	// OtherKey: the file's private key belongs to another certificate. False: to
	// this one.
	OtherKey bool
	// WrongPassword: the form's password does not open the PFX. False: it does.
	WrongPassword bool
	// NoKey: the file holds the certificate alone. False: with its key.
	NoKey bool
}

// Token is the faults of the tokens that Entra issues for the environment.
type Token struct {
	// Audience replaces the resource in aud. Empty: the resource as asked for.
	Audience string
	// User: it is a user's token, with scp and upn. False: the application's.
	User bool
	// Expired: its exp is past. False: it lasts an hour.
	Expired bool
	// Foreign: its tid is Fabrikam's. False: Contoso's.
	Foreign bool
	// OtherApplication: its appid is not the client ID. False: it is.
	OtherApplication bool
	// Opaque: it is no JWT. False: it is.
	Opaque bool
}

// Service holds the faults that any host can have.
type Service struct {
	// Latency is added to every response.
	Latency time.Duration
	// HTTP1: it speaks HTTP/1.1 only. False: HTTP/2, too.
	HTTP1 bool

	// Throttled is the number of requests answered with 429.
	Throttled int
	// RetryAfter is what 429 and 503 ask for. Zero: one second for 429, nothing
	// for 503.
	RetryAfter time.Duration
	// RetryAfterDate: it is written as a date. False: in seconds.
	RetryAfterDate bool
	// Unavailable is the number of requests answered with 503.
	Unavailable int

	// HTML: a portal's page is answered where JSON belongs. False: it is not.
	HTML bool
	// RedirectTo is an address that every request is sent to. Empty: off.
	RedirectTo string
	// Hang: requests are taken and never answered. False: they are.
	Hang bool
	// Reset: connections are cut before an answer. False: they last.
	Reset bool
	// Truncated: answers break off in the middle. False: they are whole.
	Truncated bool
	// Endless: answers never end. False: they do.
	Endless bool
	// GzipBomb: answers are small, and huge once unpacked. False: they are not.
	GzipBomb bool
	// Drip: answers come a byte at a time, for ever. False: at once.
	Drip bool

	// NoSuchHost: the name does not resolve. False: it does.
	NoSuchHost bool
	// Refused: nothing listens. False: something does.
	Refused bool
	// BlackHole: packets vanish, and dialling ends after three seconds. False:
	// they arrive.
	BlackHole bool
	// TLS is what is wrong with its certificate or protocol. Empty: nothing.
	TLS TLSFault
}

// Login is Entra's login host.
type Login struct {
	Service
	// Refuse is an AADSTS code with which every token request is refused; 65001
	// until consent. Zero: off.
	Refuse int
	// RefusePage is an AADSTS code that every consent address ends in. Zero: no
	// address does.
	RefusePage int
	// CodesApart: the v2 token endpoint refuses the code of a v1 page. False: it
	// redeems it. See takeCode for what is known.
	CodesApart bool
	// CRLF: the ids in error_description are separated as in older answers. False:
	// by blanks, as today.
	CRLF bool
	// NoCodes: errors come without error_codes. False: with.
	NoCodes bool
}

// Organization is Contoso's Dataverse environment.
type Organization struct {
	Service
	// Dialect is what it understands of a query.
	odata.Dialect
	// Gone: there is no organisation behind the host. False: there is.
	Gone bool
	// NotDataverse: another product's API is there. False: Dataverse.
	NotDataverse bool
	// Foreign: it belongs to Fabrikam's directory. False: to Contoso's.
	Foreign bool
	// Authority is the login host that its challenge names. Empty: its own cloud's.
	Authority string
	// NoChallenge: a request without token is refused without a challenge. False:
	// with it.
	NoChallenge bool
	// NotAccepting: a good token is refused with 401 and a challenge. False: it is
	// accepted.
	NotAccepting bool

	// Disabled: the organisation is disabled. False: enabled.
	Disabled bool
	// AdminMode: administration mode is on. False: off.
	AdminMode bool
	// AppAccessControl: applications need to be on a list, and this is not. False:
	// all may come.
	AppAccessControl bool
	// IPFirewall: this computer's address is outside the allowed ranges. False:
	// inside, or there is no firewall.
	IPFirewall bool
	// Replicating is how long, from the first request on, the environment does not
	// know the application user yet. Zero: it knows it.
	Replicating time.Duration
	// Refuse is a Dataverse code ("0x80040216") with which every request that has
	// a token is refused. Empty: off.
	Refuse string

	// ChildUnit: there is a second business unit, with copies of the roles. False: the
	// root alone.
	ChildUnit bool

	// SOAPDiffers: the Organization Service takes the application for another user
	// than the Web API. False: for the same.
	SOAPDiffers bool
	// SOAPDown: the Organization Service is unavailable. False: it answers.
	SOAPDown bool
	// SOAPFault is a code that the Organization Service answers with. Empty: off.
	SOAPFault string
	// Language of its messages: "de", "ja". Empty: English.
	Language string
}

// User is the application user in Contoso's environment.
type User struct {
	// Missing: there is no row for the application. False: there is one.
	Missing bool
	// NoApplicationID: the row is there and its Application ID is empty. False:
	// it is the client ID.
	NoApplicationID bool
	// MatchedByObject: the row is found by its Entra object ID even so. False:
	// Dataverse goes by Application ID.
	//
	// Guess: nothing published describes such a match.
	MatchedByObject bool
	// NoApplicationIDURI: Application ID URI is empty, until consent.
	// False: it is filled.
	NoApplicationIDURI bool
	// NoObjectID: the Entra object ID is empty. False: the service principal's.
	NoObjectID bool
	// OtherObjectID: the Entra object ID is not the service principal's. False: it
	// is.
	OtherObjectID bool
	// Disabled: the row is inactive. False: active.
	Disabled bool
	// Licensed: it has a licence. False: it has no licence.
	Licensed bool
	// Duplicate: a second live row carries the same Application ID. False: one does.
	Duplicate bool
	// Deleted: the row is soft-deleted. False: it lives.
	Deleted bool
	// SecondDeleted: besides the live row there is a soft-deleted one. False: not.
	SecondDeleted bool
	// AzureState is 1 if the service principal is soft-deleted,
	// 2 when it is gone. Zero: it exists.
	AzureState int
	// DisabledUnit: its business unit is disabled. False: enabled.
	DisabledUnit bool
	// InChildUnit: it is in the unit of [Organization.ChildUnit]. False: in the root.
	InChildUnit bool

	// NoRole: it has no security role. False: a custom one.
	NoRole bool
	// NoRoleReads: without a role WhoAmI is answered and every read refused.
	// False: WhoAmI is refused already.
	//
	// Guess: the documentation does not describe it; clients have to understand both.
	NoRoleReads bool
	// NoRoleCounted: those reads are refused because a privilege is missing, by a
	// principal with roleCount=0. False: because a role is missing.
	NoRoleCounted bool
	// RoleByTeam: the role comes through a team. False: directly.
	RoleByTeam bool
	// Administrator: it is System Administrator too. False: it is not.
	Administrator bool
	// AdministratorByTeam: it is System Administrator through a team. False: not.
	AdministratorByTeam bool
	// NoReadUser: its role may not read users. False: it may.
	NoReadUser bool
	// NoReadTeam: its role may not read teams. False: it may.
	NoReadTeam bool
	// NoReadOrganization: its role may not read the organisation. False: it may.
	NoReadOrganization bool
}

// Graph is Microsoft Graph.
type Graph struct {
	Service
	// Readable: the application may read registrations (Application.Read.All).
	// False: it may not, as is usual.
	Readable bool
}
