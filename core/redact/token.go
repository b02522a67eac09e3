package redact

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// jwt matches a token anywhere: base64url parts of which the first is a
// JSON object (RFC 7515 section 3.1). member matches the JSON members and form
// fields that carry a credential (RFC 6749 sections 4 and 5, OpenID Connect).
var (
	jwt    = lazyregexp.New(`eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]*){0,3}`)
	member = lazyregexp.New(`(?i)\b(?:access_token|refresh_token|id_token|client_secret|client_assertion|code_verifier|device_code|password|assertion)"?\s*[:=]\s*"?([^"&\s,}]+)`)
)

// names are parts of the members' names: a text without one is not searched.
var names = []string{"token", "secret", "assertion", "verifier", "device_code", "password"}

// literals are JSON values that are no credential; a placeholder in their place
// would not be JSON.
var literals = map[string]bool{"true": true, "false": true, "null": true, "[": true, "{": true}

func findTokens(found []span, v view) []span {
	if strings.Contains(v.text, "eyJ") {
		for _, m := range jwt.FindAllStringIndex(v.text, -1) {
			found = append(found, v.span(m[0], m[1]))
		}
	}
	lower := strings.ToLower(v.text)
	for _, name := range names {
		if !strings.Contains(lower, name) {
			continue
		}
		for _, m := range member.FindAllStringSubmatchIndex(v.text, -1) {
			if !literals[v.text[m[2]:m[3]]] {
				found = append(found, v.span(m[2], m[3]))
			}
		}
		break
	}
	return found
}
