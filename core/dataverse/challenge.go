package dataverse

import (
	"context"
	"net/url"
	"strings"

	"s2sdoctor/core/pattern"
	"s2sdoctor/core/transport"
)

// ChallengeFacts is what an environment says to somebody without a token: that
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
	// Resource is resource_id as it stands.
	Resource string
	// Error and Claims are set when a token was sent and refused.
	Error, Claims string
}

// Complete tells whether the header has both parts that name an environment.
func (c Challenge) Complete() bool { return c.Bearer && c.Login != "" && c.Resource != "" }

// Probe asks an environment without a token, which a real one answers with 401
// and a challenge.
//
// Source: how Microsoft's ServiceClient finds an environment's authority
// (PowerPlatform-DataverseServiceClient, AuthorityResolver).
func Probe(ctx context.Context, c *transport.Client, environment string) ChallengeFacts {
	reading := Environment{URL: environment}.get(ctx, c, "WhoAmI")
	return ChallengeFacts{
		Reading:   reading,
		Challenge: ParseChallenge(reading.Answer.Header.Values("WWW-Authenticate")),
	}
}

var guid = pattern.New(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// parameter is name=value: quoted, or unquoted up to a comma, as Dataverse
// writes it against RFC 9110 section 11.2.
var parameter = pattern.New(`([A-Za-z_]+)\s*=\s*(?:"([^"]*)"|([^",\s]+))`)

// ParseChallenge reads the first Bearer challenge. Names are read in any case,
// values quoted or not, unknown parameters are passed over.
func ParseChallenge(headers []string) Challenge {
	for _, header := range headers {
		scheme, rest, _ := strings.Cut(strings.TrimSpace(header), " ")
		if !strings.EqualFold(scheme, "Bearer") {
			continue
		}
		c := Challenge{Bearer: true}
		for _, m := range parameter.FindAllStringSubmatch(rest, -1) {
			c.set(strings.ToLower(m[1]), m[2]+m[3])
		}
		return c
	}
	return Challenge{}
}

func (c *Challenge) set(name, value string) {
	switch name {
	case "authorization_uri":
		u, err := url.Parse(value)
		if err != nil || u.Scheme != "https" || u.User != nil {
			return
		}
		c.Login = strings.ToLower(u.Host)
		tenant, _, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
		if guid.FindString(tenant) == tenant {
			c.TenantID = strings.ToLower(tenant)
		}
	case "resource_id":
		c.Resource = value
	case "error":
		c.Error = value
	case "claims":
		c.Claims = value
	}
}
