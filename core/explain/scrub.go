package explain

import (
	"regexp"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// scrub takes everything out of a text that is, or may be, a secret: what is
// named as one, what follows an authentication scheme, and what has the
// shape of one. It is done to every reading of the text before anything of it
// is kept.
//
// What is named comes first: the patterns behind it could eat a name and leave
// its value.
func scrub(text string) string {
	text = privateKey.ReplaceAllString(text, secret.Redacted)
	text = scrubBehind(text, named, isRedacted)
	text = scrubBehind(text, codeParameter, isErrorCode)
	text = cookie.ReplaceAllString(text, "${1}"+secret.Redacted)
	text = element.ReplaceAllString(text, "${1}"+secret.Redacted)
	text = scrubMarkup(text)
	text = scrubTables(text)
	text = scrubBehind(text, option, isRedacted)
	text = scrubBehind(text, argument, isNoLiteral)
	text = scrubBehind(text, sentence, isWord)
	text = scrubBehind(text, scheme, isChallenge)
	text = token.ReplaceAllString(text, secret.Redacted)
	text = scrubEntra(text)
	for _, pattern := range []*lazyregexp.Pattern{encodedKey, shape} {
		text = pattern.ReplaceAllStringFunc(text, func(run string) string {
			if plain.LooksGenerated(run) {
				return secret.Redacted
			}
			return run
		})
	}
	return text
}

// scrubbed returns a text that was kept from a layer in which a secret may still
// have been wrapped up: when a deeper layer shows one, the deeper one is kept.
func scrubbed(text string) string {
	text = scrub(text) // line breaks that were escaped in the layer are blanks by now
	all := layers(text)
	deepest := all[len(all)-1]
	if strings.Count(deepest, secret.Redacted) > strings.Count(text, secret.Redacted) {
		return catalog.Clean(deepest)
	}
	return text
}

// scrubEvidence does that to everything that came from the text.
func scrubEvidence(e *catalog.Evidence) {
	for _, field := range []*string{&e.Code, &e.Error, &e.RequestID, &e.CorrelationID, &e.TraceID, &e.Timestamp} {
		*field = scrubbed(*field)
	}
	e.Message = e.Message.Map(scrubbed)
	for i := range e.Facts {
		e.Facts[i] = catalog.NewFact(catalog.FactName(scrubbed(string(e.Facts[i].Name))), scrubbed(e.Facts[i].Value.String()))
	}
}

var (
	privateKey = lazyregexp.New(`(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`)
	// token is a JSON Web Token, or the beginning of one: base64url of `{"`.
	token  = lazyregexp.New(`eyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)*`)
	cookie = lazyregexp.New(`(?i)\b((?:set-)?cookie["']?\s*:\s*)[^\r\n]+`)
	// element is the content of an XML element that is named like a secret.
	element = lazyregexp.New(`(?i)(<(?:\w+:)?\w*(?:secret|password|token|cookie)\w*(?:\s[^<>]*)?>)[^<]+`)
	// option is a secret on a command line; "+" is a blank in a form.
	option = lazyregexp.New(`(?i)((?:^|[\s+])--?(?:client-?secret|secret|cs|password|certificate-?password|cp|p)[\s+]+)`)
	// argument is where code has a secret as a literal: as the only argument of what is
	// named like it, or behind those that Azure.Identity, ADAL and PowerShell have first.
	argument = lazyregexp.New(`(?i)(?:\b\w*(?:client_?secret|password)\s*\(|\bClientSecretCredential\s*\([^,()]{1,80},[^,()]{1,80},|` +
		`\bClientCredential\s*\([^,()]{1,80},|\bConvertTo-SecureString(?:[\s+]+-(?:string|asplaintext|force))*)[\s+]*`)
	sentence = lazyregexp.New(`(?i)\bclient[\s+]secret[\s+]value[\s+]+(?:(?:is|was)[\s+]+)?`)
	// named are the names of secrets with what is between them and the value.
	named = lazyregexp.New(`(?i)[a-z0-9_.-]*(?:client[ _-]?secret|secret[_-]?(?:key|value|text)?|password|passwd|pwd|passphrase|` +
		`client[_-]?assertion|access[ _-]?token|refresh[ _-]?token|id[ _-]?token|code[_-]?verifier|device[_-]?code|` +
		`api[_-]?key|account[_-]?key|client[_-]?info|servicePrincipalCredential|authorization)\\*["']?[\s+]*(?:=>|=&gt;|=%3e|=\\u003e|=\\u0026gt;|[:=])[\s+]*`)
	// codeParameter is an authorization code in an address or a form.
	codeParameter = lazyregexp.New(`(?i)(?:^|[?&#;\s"'])code\s*=\s*`)
	scheme        = lazyregexp.New(`(?i)\b(?:bearer|basic|negotiate|ntlm|pop)[\s+]+`)
	// encodedKey is a key in base64, as Entra's secrets were until 2019.
	encodedKey = lazyregexp.New(`[A-Za-z0-9+/]{38,}={1,2}`)
	shape      = lazyregexp.New(`[A-Za-z0-9_~.-]{30,}`)
)

// scrubBehind replaces the value behind every match of a pattern, unless
// harmless reports whether it cannot be a secret.
func scrubBehind(text string, pattern *lazyregexp.Pattern, harmless func(string) bool) string {
	var b strings.Builder
	for {
		m := pattern.FindStringIndex(text)
		if m == nil {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:m[1]])
		text = text[m[1]:]
		value := text[:valueEnd(text)]
		if value == "" || harmless(value) {
			continue // what looks like a value may hold the next name
		}
		b.WriteString(quoteOf(value) + secret.Redacted + quoteOf(value))
		text = afterWrap(text[len(value):])
	}
}

// entraSecret is a secret as Entra makes them, or its beginning: whatever is around it, it
// is nothing else. Or it is what was replaced in an earlier layer, which could not show a
// line break.
var entraSecret = lazyregexp.New(`[A-Za-z0-9~._-]{3}[0-9]Q~[A-Za-z0-9~._-]{8,}|` + regexp.QuoteMeta(secret.Redacted))

// scrubEntra replaces Entra's secrets, wherever they are, and the lines that continue a
// secret.
func scrubEntra(text string) string {
	if !strings.Contains(text, "Q~") && !strings.Contains(text, secret.Redacted) {
		return text
	}
	var b strings.Builder
	for {
		m := entraSecret.FindStringIndex(text)
		if m == nil {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:m[0]] + secret.Redacted)
		text = afterWrap(text[m[1]:])
	}
}

// wrapped is what a mail or a terminal leaves of a value in the next line, or behind a blank
// where the lines were joined since.
var wrapped = lazyregexp.New(`^(?:=?[\t ]*\r?\n|[\t \r])[\t >]*([A-Za-z0-9~._+/-]{12,}=*)`)

// afterWrap returns the text behind the lines that continue a value: those that begin
// with a piece of what was generated.
func afterWrap(text string) string {
	for {
		m := wrapped.FindStringSubmatchIndex(text)
		if m == nil || !plain.LooksTorn(text[m[2]:m[3]]) {
			return text
		}
		text = text[m[1]:]
	}
}

// valueEnd finds the end of a value. Where it begins with a name
// ("Bearer x", "Cookie: x", "--option x"), its value belongs to it.
func valueEnd(text string) int {
	end := 0
	for {
		word := oneValueEnd(text[end:])
		value := text[end : end+word]
		end += word
		rest := strings.TrimLeft(text[end:], blanks)
		switch {
		case value == "" || rest == "":
			return end
		case opening(value) != "" && (rest[0] == ':' || rest[0] == '='):
			rest = strings.TrimLeft(rest[1:], blanks)
		case strings.HasSuffix(value, ":"), strings.HasPrefix(value, "--"), isScheme(value):
		default:
			return end
		}
		end = len(text) - len(rest)
	}
}

func isScheme(value string) bool {
	return strings.EqualFold(value, "bearer") || strings.EqualFold(value, "basic")
}

// oneValueEnd finds the end of one value: its closing quote, or the end of the
// run of characters that it may consist of.
func oneValueEnd(text string) int {
	for _, quote := range encodedQuotes {
		if inner, ok := strings.CutPrefix(text, quote); ok {
			if end := strings.Index(inner, quote); end >= 0 {
				return len(quote) + end + len(quote)
			}
			return len(text)
		}
	}
	if quote := opening(text); quote != "" {
		return quotedEnd(text, quote)
	}
	end := 0
	for end < len(text) && !strings.ContainsRune(" \t\r\n\f\"'<>", rune(text[end])) && !nextName(text[end:]) {
		end++
	}
	if rest := text[end:]; end > 0 && text[end-1] == '(' && opening(rest) != "" { // secret.New("…")
		end += quotedEnd(rest, opening(rest))
		end = len(text) - len(strings.TrimLeft(text[end:], "),;"))
	}
	return end
}

// encodedQuotes are quotes that a later layer will show as such.
var encodedQuotes = []string{"&#39;", "&#34;", "&quot;", "&apos;", "%27", "%22", `\u0027`, `\u0022`, `\u0026#39;`, `\u0026#34;`, `\u0026quot;`}

// nextName reports whether another name begins here: "&scope=", ";Url=".
func nextName(text string) bool {
	if !strings.ContainsRune("&;,", rune(text[0])) {
		return false
	}
	const longest = 40
	name, _, found := strings.Cut(strings.TrimPrefix(text[1:min(len(text), longest)], "amp;"), "=")
	return found && name != "" && strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789_. -") == ""
}

// opening is the quote at the beginning of a value with the backslashes before
// it: a JSON inside a JSON has one, the next three.
func opening(text string) string {
	bare := strings.TrimLeft(text, `\`)
	if bare == "" || bare[0] != '"' && bare[0] != '\'' {
		return ""
	}
	return text[:len(text)-len(bare)+1]
}

// quotedEnd finds the end of a quoted value; one that is not closed takes all. A doubled
// quote is one of the value, as YAML, SQL and connection strings write it.
func quotedEnd(text, quote string) int {
	for i := len(quote); i < len(text); i++ {
		if text[i] == '\\' && len(quote) == 1 {
			i++
			continue
		}
		if i > 1 && len(quote) == 1 && strings.HasPrefix(text[i:], quote+quote) {
			i++
			continue
		}
		if strings.HasPrefix(text[i:], quote) && (len(quote) == 1 || text[i-1] != '\\') {
			return i + len(quote)
		}
	}
	return len(text)
}

// quoteOf returns the quote to put back around what was taken out.
func quoteOf(value string) string {
	quote := opening(value)
	if len(value) < 2*len(quote) || !strings.HasSuffix(value, quote) {
		return ""
	}
	return quote
}

// blanks are what may separate a name from its value; "+" is one in a form.
const blanks = " \t\r\n\f+"

func isRedacted(value string) bool { return strings.Trim(value, "\"'\\") == secret.Redacted }

var errorCode = lazyregexp.New(`^(?:0x[0-9A-Fa-f]{8}|8[0-9A-Fa-f]{7}|-?[0-9]{3,10})$`)

// isErrorCode reports whether a code is of an error, not an authorization code.
func isErrorCode(value string) bool {
	bare := strings.Trim(value, "\"'\\")
	return isRedacted(value) || errorCode.MatchString(bare) ||
		catalog.Recognise(catalog.Signs{Graph: bare}).Cause != catalog.Unknown
}

// isNoLiteral reports whether an argument is no string that is written out.
func isNoLiteral(value string) bool {
	return isRedacted(value) || opening(value) == "" &&
		!slices.ContainsFunc(encodedQuotes, func(quote string) bool { return strings.HasPrefix(value, quote) })
}

// isWord reports whether a value is a word of a sentence: small letters only.
func isWord(value string) bool {
	return isRedacted(value) || strings.Trim(value, "abcdefghijklmnopqrstuvwxyz.,;:!?)(-") == ""
}

var parameter = lazyregexp.New(`(?i)^(?:authorization_uri|realm|resource_id|error|scope|claims|client_id)=`)

// isChallenge knows what follows Bearer without being a token: the
// parameters of a challenge, and the plain words of a sentence.
func isChallenge(value string) bool {
	const longestWord = 20
	return isRedacted(value) || parameter.MatchString(value) ||
		len(value) < longestWord && strings.Trim(value, "abcdefghijklmnopqrstuvwxyz.,;)(") == ""
}
