package transport

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"net/url"
	"strings"

	"s2sdoctor/core/pattern"
	"s2sdoctor/core/secret"
)

// jwt matches a token wherever it stands: three base64url parts of which the
// first is a JSON object. tokens matches the JSON members and form fields that
// carry one (RFC 6749 sections 4 and 5, OpenID Connect).
var (
	jwt    = pattern.New(`eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*(\.[A-Za-z0-9_-]*)?`)
	tokens = pattern.New(`(?i)("?\b(?:access_token|refresh_token|id_token|client_secret|client_assertion|code_verifier|device_code|password)"?\s*[:=]\s*"?)[^"&\s,}]+`)
)

// Scrub takes every hidden secret, in any spelling, and every token out of text.
func (c *Client) Scrub(text string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.scrub(text)
}

// scrub is Scrub for callers that hold the lock.
func (c *Client) scrub(text string) string {
	for _, spelling := range c.hidden {
		spelling.Use(func(plain string) { text = strings.ReplaceAll(text, plain, secret.Redacted) })
	}
	text = jwt.ReplaceAllString(text, secret.Redacted)
	return tokens.ReplaceAllString(text, "${1}"+secret.Redacted)
}

// spellings are the forms in which a service may echo a secret. Short ones
// would match by chance and are left alone.
func spellings(plain string) []string {
	if len(plain) < 6 {
		return nil
	}
	quoted, _ := json.Marshal(plain)
	out := []string{
		plain, url.QueryEscape(plain), url.PathEscape(plain),
		strings.ToLower(url.QueryEscape(plain)),
		string(quoted[1 : len(quoted)-1]), html.EscapeString(plain),
		hex.EncodeToString([]byte(plain)), strings.ToUpper(hex.EncodeToString([]byte(plain))),
		utf16le(plain),
	}
	for offset := range 3 {
		out = append(out, base64At(plain, offset, base64.RawStdEncoding), base64At(plain, offset, base64.RawURLEncoding))
	}
	return out
}

// base64At is what plain looks like inside the base64 of a longer text when it
// starts at the given offset modulo 3, less the characters that its neighbours
// decide.
func base64At(plain string, offset int, enc *base64.Encoding) string {
	coded := enc.EncodeToString([]byte(strings.Repeat("\x00", offset) + plain))
	start := (offset*8 + 5) / 6
	end := len(coded)
	if (offset+len(plain))%3 != 0 {
		end--
	}
	return coded[start:end]
}

func utf16le(plain string) string {
	var b strings.Builder
	for _, r := range plain {
		b.WriteRune(r)
		b.WriteByte(0)
	}
	return b.String()
}
