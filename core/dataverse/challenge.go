package dataverse

import (
	"context"

	"github.com/s2sdoctor/s2sdoctor/core/challenge"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// ChallengeFacts is an environment's response to a request without a token: that
// it is there, and whose it is.
type ChallengeFacts struct {
	Reading
	Challenge
}

// Challenge is a WWW-Authenticate header of the Bearer scheme (RFC 6750
// section 3) as Dataverse writes it. It is remote input: an authority in it is
// a claim until it was found in the table of clouds.
type Challenge struct {
	// Bearer is true when there was such a header at all.
	Bearer bool
	// Login is the host of authorization_uri, TenantID the GUID in it; both
	// lower-case, "" where missing.
	Login, TenantID string
	// Resource is resource_id as it is written.
	Resource string
}

// Complete reports whether the header has both parts that name an environment.
func (c Challenge) Complete() bool { return c.Bearer && c.Login != "" && c.Resource != "" }

// Probe asks an environment without a token, which a real one answers with 401
// and a challenge.
//
// Source: how Microsoft's ServiceClient finds an environment's authority
// (PowerPlatform-DataverseServiceClient, AuthorityResolver).
func Probe(ctx context.Context, c *transport.Client, environment string) ChallengeFacts {
	reading := Environment{URL: environment}.get(ctx, c, "WhoAmI")
	return ChallengeFacts{Reading: reading, Challenge: ParseChallenge(reading.Response.Header.Values("WWW-Authenticate"))}
}

// ParseChallenge returns the Bearer challenge in headers, or the zero value.
func ParseChallenge(headers []string) Challenge {
	c, ok := challenge.Bearer(headers)
	return Challenge{Bearer: ok, Login: c.Login(), TenantID: c.TenantID(), Resource: c.Get("resource_id")}
}
