// Package challenge parses WWW-Authenticate and Proxy-Authenticate headers.
//
// Microsoft's services write them against RFC 9110 section 11.6.1: values with
// slashes and colons come without quotes, and some services separate parameters
// by blanks instead of commas. The parser accepts both forms, several challenges
// in one header or in several, and any order and case of names.
package challenge

import (
	"net/url"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// Challenge is an authentication scheme with its parameters. It is remote input: its
// values must be compared with known values before they are used.
type Challenge struct {
	// Scheme is lower-case: "bearer", "negotiate".
	Scheme string
	// Parameters are the values by lower-case name, without quotes.
	Parameters map[string]string
}

// limit is the largest part of a header that is read, in bytes.
const limit = 16 << 10

// Parse returns the challenges of all headers in their order. A malformed rest
// of a header is skipped.
func Parse(headers []string) []Challenge {
	var all []Challenge
	for _, header := range headers {
		all = append(all, parse(header[:min(len(header), limit)])...)
	}
	return all
}

// Bearer returns the first Bearer challenge (RFC 6750 section 3), preferring a challenge
// that names the issuer of tokens, and reports whether there is a Bearer challenge.
func Bearer(headers []string) (Challenge, bool) {
	var first Challenge
	for _, c := range Parse(headers) {
		switch {
		case c.Scheme != "bearer":
		case c.AuthorizationURI() != nil:
			return c, true
		case first.Scheme == "":
			first = c
		}
	}
	return first, first.Scheme != ""
}

// Get returns a parameter's value, "" where it is missing.
func (c Challenge) Get(name string) string { return c.Parameters[name] }

// AuthorizationURI is the https address of authorization_uri, nil where it is
// missing or no such address.
func (c Challenge) AuthorizationURI() *url.URL {
	value := c.Get("authorization_uri")
	if value == "" {
		return nil
	}
	u, err := url.Parse(value)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return nil
	}
	return u
}

// Login is the lower-case host of authorization_uri, or "".
func (c Challenge) Login() string {
	if u := c.AuthorizationURI(); u != nil {
		return strings.ToLower(strings.TrimSuffix(u.Host, ":443"))
	}
	return ""
}

var guid = lazyregexp.New(`^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// Authority returns the first segment of authorization_uri's path: a tenant's GUID, a
// domain, "common", or "".
func (c Challenge) Authority() string {
	u := c.AuthorizationURI()
	if u == nil {
		return ""
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	return first
}

// TenantID is the lower-case GUID of [Challenge.Authority], "" for anything else.
func (c Challenge) TenantID() string {
	if id := c.Authority(); guid.MatchString(id) {
		return strings.ToLower(id)
	}
	return ""
}

// Names reports whether c has both parts by which Dataverse identifies itself: the issuer
// of tokens, and the resource.
func (c Challenge) Names() bool {
	return c.Scheme == "bearer" && c.Login() != "" && c.Get("resource_id") != ""
}
