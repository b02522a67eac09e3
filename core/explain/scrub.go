package explain

import (
	"regexp"
	"strings"

	"s2sdoctor/core/catalog"
	"s2sdoctor/core/secret"
)

// scrub takes everything out of a text that is, or may be, a secret: what is
// named as one, what stands behind an authentication scheme, and what has the
// shape of one. It is done to every reading of the text before anything of it
// is kept.
func scrub(text string) string {
	text = privateKey.ReplaceAllString(text, secret.Redacted)
	text = token.ReplaceAllString(text, secret.Redacted)
	text = cookie.ReplaceAllString(text, "${1}"+secret.Redacted)
	text = element.ReplaceAllString(text, "${1}"+secret.Redacted+"${2}")
	text = scrubSchemes(text)
	text = option.ReplaceAllString(text, "${1}"+secret.Redacted)
	text = scrubNamed(text, named, func(string) bool { return false })
	text = scrubNamed(text, codeParameter, harmlessCode)
	return shape.ReplaceAllStringFunc(text, func(run string) string {
		if looksSecret(run) {
			return secret.Redacted
		}
		return run
	})
}

var (
	privateKey = regexp.MustCompile(`(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`)
	// token is a JSON Web Token, or the beginning of one: base64url of `{"`.
	token  = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)*`)
	cookie = regexp.MustCompile(`(?i)\b((?:set-)?cookie["']?\s*:\s*)[^\r\n]+`)
	// element is the content of an XML element that is named like a secret.
	element = regexp.MustCompile(`(?i)(<(?:\w+:)?\w*(?:secret|password|token|cookie)\w*(?:\s[^<>]*)?>)[^<]+(<)`)
	// option is a secret on a command line.
	option = regexp.MustCompile(`(?i)((?:^|\s)--?(?:client-?secret|secret|cs|password|certificate-?password|cp|p)\s+)(?:"[^"]*"|'[^']*'|[^\s"'-]\S*)`)
	// named are the names of secrets with what stands between them and the value.
	named = regexp.MustCompile(`(?i)[a-z0-9_.-]*(?:client[ _-]?secret|secret[_-]?(?:key|value|text)?|password|passwd|pwd|passphrase|` +
		`client[_-]?assertion|access[ _-]?token|refresh[ _-]?token|id[ _-]?token|code[_-]?verifier|device[_-]?code|` +
		`api[_-]?key|account[_-]?key|client[_-]?info|servicePrincipalCredential|authorization)\\*["']?\s*(?:[:=]|=>)\s*`)
	// codeParameter is an authorization code in an address or a form.
	codeParameter = regexp.MustCompile(`(?i)(?:^|[?&#;\s"'])code\s*=\s*`)
	scheme        = regexp.MustCompile(`(?i)\b(?:bearer|basic|negotiate|ntlm|pop)\s+[^\s"',;<>]+`)
	shape         = regexp.MustCompile(`[A-Za-z0-9_~.+=-]{30,}`)
	guidShape     = regexp.MustCompile(`(?i)^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
)

// scrubNamed replaces the value behind each name, unless harmless says that it
// can be no secret.
func scrubNamed(text string, name *regexp.Regexp, harmless func(string) bool) string {
	var b strings.Builder
	for {
		m := name.FindStringIndex(text)
		if m == nil {
			b.WriteString(text)
			return b.String()
		}
		rest := text[m[1]:]
		end := valueEnd(rest)
		b.WriteString(text[:m[1]])
		if value := rest[:end]; value == "" || harmless(value) {
			b.WriteString(value)
		} else {
			b.WriteString(quoteOf(value) + secret.Redacted + quoteOf(value))
		}
		text = rest[end:]
	}
}

// valueEnd finds the end of a value: its closing quote, or the end of the run of
// characters that it may consist of.
func valueEnd(text string) int {
	for _, quote := range []string{`\"`, `"`, `'`} {
		if inner, quoted := strings.CutPrefix(text, quote); quoted {
			for i := 0; i < len(inner); i++ {
				if quote != `\"` && inner[i] == '\\' {
					i++
					continue
				}
				if strings.HasPrefix(inner[i:], quote) {
					return len(quote) + i + len(quote)
				}
			}
			return len(text)
		}
	}
	end := 0
	for end < len(text) && !strings.ContainsRune(" \t\r\n\"'<>", rune(text[end])) && !nextName(text[end:]) {
		end++
	}
	// "Authorization: Bearer xyz" has its value behind the scheme.
	if word := strings.ToLower(text[:end]); word == "bearer" || word == "basic" {
		if more := len(text[end:]) - len(strings.TrimLeft(text[end:], " \t")); more > 0 {
			return end + more + valueEnd(text[end+more:])
		}
	}
	return end
}

// nextName tells whether another name begins here: "&scope=", ";Url=".
func nextName(text string) bool {
	if !strings.ContainsRune("&;,", rune(text[0])) {
		return false
	}
	const longest = 40
	name, _, found := strings.Cut(strings.TrimPrefix(text[1:min(len(text), longest)], "amp;"), "=")
	return found && name != "" && strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789_. -") == ""
}

func quoteOf(value string) string {
	for _, quote := range []string{`\"`, `"`, `'`} {
		if strings.HasPrefix(value, quote) && strings.HasSuffix(value, quote) && len(value) >= 2*len(quote) {
			return quote
		}
	}
	return ""
}

// scrubSchemes takes out what follows Bearer and its like. A challenge names
// parameters there, and prose a plain word: those stay.
func scrubSchemes(text string) string {
	return scheme.ReplaceAllStringFunc(text, func(run string) string {
		name, value, _ := strings.Cut(run, " ")
		value = strings.TrimSpace(value)
		lower := strings.ToLower(value)
		for _, parameter := range []string{"authorization_uri=", "realm=", "resource_id=", "error=", "scope=", "claims=", "client_id="} {
			if strings.HasPrefix(lower, parameter) {
				return run
			}
		}
		if strings.Trim(lower, "abcdefghijklmnopqrstuvwxyz.:)(") == "" && lower == value && len(value) < 20 {
			return run
		}
		return name + " " + secret.Redacted
	})
}

var errorCode = regexp.MustCompile(`^(?:0x[0-9A-Fa-f]{8}|8[0-9A-Fa-f]{7}|-?[0-9]{3,10})$`)

// harmlessCode tells an error code from an authorization code.
func harmlessCode(value string) bool {
	value = strings.Trim(value, "\"'\\")
	return value == secret.Redacted || errorCode.MatchString(value) ||
		catalog.Recognise(catalog.Signs{Graph: value}).Cause != catalog.Unknown
}

// looksSecret knows the shape of a secret: a long run of letters in both cases
// with digits in between, and no GUID. Client secrets of Entra look so.
func looksSecret(run string) bool {
	if guidShape.MatchString(run) || strings.Contains(run, secret.Redacted) {
		return false
	}
	var upper, lower, digit int
	for _, r := range run {
		switch {
		case r >= 'A' && r <= 'Z':
			upper++
		case r >= 'a' && r <= 'z':
			lower++
		case r >= '0' && r <= '9':
			digit++
		}
	}
	return upper >= 3 && lower >= 3 && digit >= 3
}
