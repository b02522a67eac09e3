// Package sandbox is a small Microsoft Entra ID, Dataverse and Microsoft Graph
// on this computer. The demonstration, the training and the tests of the product
// use it alike.
//
// It promises:
//   - It listens on loopback only, sends no request to any other host, and every
//     page states that it is not Microsoft.
//   - It is strict: what the real services refuse, it refuses, with their codes,
//     statuses, headers and shapes. Behaviour that no public material describes is
//     marked with "Guess" in a comment, and listed in testdata/guesses.txt.
//   - What the real services have and it does not is answered with 404 or 501 and
//     the header x-sandbox: not-modelled, so that no client takes it for theirs.
//   - TLS and tokens are real. It has an authority of its own, whose certificate
//     [Server.Roots] returns; nothing needs verification turned off.
//   - The zero [Tenant] is healthy. Every fault is a field whose zero value is
//     its absence.
//   - It knows no form and no lesson: package scenario puts the faults together.
package sandbox

import (
	"crypto/sha256"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// The hosts. Names under .localhost belong to this computer (RFC 6761 section
// 6.3); no name server is asked for them.
const (
	suffix = "sandbox.localhost"

	LoginHost       = "login." + suffix
	GraphHost       = "graph." + suffix
	EnvironmentHost = "contoso.crm4." + suffix
	// OtherEnvironmentHost is the same organisation's development environment: it
	// is well, and has no application user.
	OtherEnvironmentHost = "contoso-dev.crm4." + suffix
	// ForeignEnvironmentHost belongs to another directory.
	ForeignEnvironmentHost = "fabrikam.crm4." + suffix

	// MistypedHost is the environment's with a letter too many: it resolves, and there
	// is no organisation behind it.
	MistypedHost = "contosso.crm4." + suffix

	// The hosts of the second cloud, for scenarios of the wrong cloud.
	govSuffix    = "gov." + suffix
	GovLoginHost = "login." + govSuffix
	govGraphHost = "graph." + govSuffix
	// GovEnvironmentHost is Woodgrove's environment in the second cloud.
	GovEnvironmentHost = "woodgrove.crm9." + govSuffix
)

// Environment is the healthy environment's URL, RedirectURI a redirect URI of the
// application.
const (
	Environment = "https://" + EnvironmentHost
	RedirectURI = "http://localhost"
)

// The identifiers of the healthy connection; stable, so that a connection saved
// yesterday works today.
const (
	TenantID     = "12b5c856-4a7e-4c1d-9f3b-5d0c8e6a7b91"
	TenantDomain = "contoso.onmicrosoft.com"

	ClientID = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	// RegistrationObjectID and ServicePrincipalID are the two object IDs that users
	// mistake for the client ID, and for each other.
	RegistrationObjectID = "7d1f0c2a-3b64-4e58-a9d7-61c2f4b8e013"
	ServicePrincipalID   = "c3a90e57-52d8-4f16-8b7c-9e04d1a6f238"
	// SecretID is the portal's "Secret ID": users copy it instead of the Value.
	SecretID = "94e6b3d8-07fa-4c25-b1e9-2d8f5a7c6013" // #nosec G101 -- an ID, no secret

	OrganizationID = "5f0e7c91-d2a4-ee11-be36-000d3a4b1c2d"
	BusinessUnitID = "a81d3f60-d2a4-ee11-be37-000d3a4b1c2d"
	UserID         = "e94c7b12-d7a4-ee11-be37-000d3a4b1c2d"
)

// The other directories.
const (
	ForeignTenantID     = "f4b81ca6-90d3-4b27-8e5f-a1c07d2e6934"
	ForeignTenantDomain = "fabrikam.onmicrosoft.com"
	GovTenantID         = "60c7a5e2-1f8d-4936-b40b-d9e2837f5c1a"
	GovTenantDomain     = "woodgrove.onmicrosoft.us"
	// UnknownTenantID is no tenant's.
	UnknownTenantID = "0a9d4e13-76b2-4fc8-95ad-e3b1c8f02d67"
)

// Clouds returns the rows for [cloud.Table]'s place; the table itself where the
// sandbox has Microsoft's names.
func (s *Server) Clouds() []cloud.Cloud {
	if s.microsoftNames {
		return cloud.Table
	}
	return Clouds()
}

// Clouds returns the rows of the names under sandbox.localhost: the sandbox, and
// a second cloud, for scenarios of the wrong cloud.
func Clouds() []cloud.Cloud {
	return []cloud.Cloud{
		{
			Name: "sandbox", Title: text.F("Sandbox on this computer"),
			Login: LoginHost, Graph: GraphHost, Suffixes: []string{suffix},
			Portal: "entra.microsoft.com", Admin: "admin.powerplatform.microsoft.com",
		},
		{
			Name: "sandbox-gov", Title: text.F("Sandbox, another cloud"),
			Login: GovLoginHost, Graph: govGraphHost, Suffixes: []string{govSuffix},
			Portal: "entra.microsoft.us", Admin: "high.admin.powerplatform.microsoft.us",
		},
	}
}

// SecretOf returns the client secret of an application of the sandbox. It looks
// like a real secret: 40 characters with ~ and a dot. It is computed and not
// written down, so that scanners of repositories do not report it.
func SecretOf(application string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	a, b := sha256.Sum256([]byte(application)), sha256.Sum256([]byte(application+"."))
	text := make([]byte, 0, 40)
	for _, c := range append(a[:], b[:]...)[:40] {
		text = append(text, alphabet[int(c)%len(alphabet)])
	}
	text[3], text[4], text[5], text[27] = '8', 'Q', '~', '.'
	return string(text)
}
