package paste

import (
	"path"
	"strings"
	"unicode"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/placeholder"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// judgeSecret takes what can be a client secret. Entra's are of printable ASCII
// without blanks; the old ones may have any punctuation.
func judgeSecret(v value) (string, verdict) {
	text := strings.Trim(plain.Trim(v.text), " ")
	if !v.literal {
		text = unmark(text)
	}
	if text == "" {
		return "", nothing
	}
	if !v.literal {
		token, rest, _ := strings.Cut(text, " ")
		switch {
		case placeholder.Is(text):
			return "", unfilled
		case isExpression(text):
			return "", reference
		case plain.Trim(rest) != "" && !isStrong(token) && !isRemark(rest):
			return "", unfit
		}
		text = unmark(token)
		if sentence.MatchString(rest) {
			text = strings.TrimSuffix(text, ".")
		}
	}
	return refuseSecret(text)
}

// sentence is the beginning of the next sentence of a mail.
var sentence = lazyregexp.New(`^\s*\p{Lu}\p{Ll}*\s+\p{L}`)

// unmark drops what programs and people put around a value that has no quotes.
func unmark(text string) string {
	for {
		before := text
		text = strings.TrimRight(text, ";,")
		for _, mark := range []struct{ open, close string }{{`"`, `"`}, {"'", "'"}, {"`", "`"}, {"**", "**"}, {"||", "||"}, {"*", "*"}, {"<code>", "</code>"}, {"<b>", "</b>"}, {"<", ">"}, {"[", "]"}, {"(", ")"}, {"{", "}"}} {
			if inner, ok := strings.CutPrefix(text, mark.open); ok {
				if inner, ok = strings.CutSuffix(inner, mark.close); ok && inner != "" {
					text = inner
				}
			}
		}
		if text = plain.Trim(text); text == before {
			return text
		}
	}
}

var (
	wordOnly = lazyregexp.New(`^[A-Za-z]+(?:[ _./-][A-Za-z]+)*[!.]?$`)
	// evaluated are the expressions that ARM, Data Factory and templates have in literals.
	evaluated = lazyregexp.New(`^(?:\[[a-z]\w*\(.*\)\]|@\{?[a-z]\w*\(.*|@[a-z]+:[\w./-]+|<%.*%>|%\{.*\}|[a-z]{2,8}:[A-Za-z_./-]+)$`)
	protected = lazyregexp.New(`^(?:01000000d08c9ddf|AQAAANCMnd8|ENC\[|\$ANSIBLE_VAULT|base64:|sk_|pk_|ghp_|whsec|xox|AKIA|vault:|kv:|ssm:|arn:|secretref:|op://|enc:|!\[|\{(?:cipher|AES|RSA|AQAA))`)
)

// entraStart is a secret as Entra makes them, with what follows it where that cannot be
// part of one.
var entraStart = lazyregexp.New(`^([A-Za-z0-9~._-]{3}[78]Q~[A-Za-z0-9~._-]{31,34})[^A-Za-z0-9~._-]`)

func refuseSecret(text string) (string, verdict) {
	if m := entraStart.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	switch {
	case text == "":
		return "", nothing
	case placeholder.Is(text), masked.MatchString(text):
		return "", unfilled
	case evaluated.MatchString(text):
		return "", reference
	case strings.Trim(text, "0123456789./:-") == "":
		return "", unfit
	case strings.ContainsRune("$@", rune(text[0])) && wordOnly.MatchString(text[1:]):
		return "", reference
	case guid.Is(text), strings.Contains(text, "://"), strings.HasPrefix(text, "-----"), email.MatchString(text), protected.MatchString(text):
		return "", unfit
	case strings.HasPrefix(text, "eyJ") && strings.Count(text, ".") >= 2:
		return "", unfit
	case strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }):
		return "", unfit
	case wordOnly.MatchString(text):
		return "", unfit
	case len(text) < 4:
		return "", unfit
	case len(text) < 16 && strings.ContainsAny(text, `"'`):
		// More likely left over from quoting than part of a secret.
		return "", unfit
	}
	// Secrets that are refused by the form would not be of use in it.
	refused := false
	_, _, problems := connection.Form{Secret: secret.New(text)}.Clean(cloud.Table)
	for _, p := range problems {
		refused = refused || p.Field == connection.FieldSecret
	}
	if refused {
		return "", unfit
	}
	return text, usable
}

// isStrong reports whether a word has the looks of a generated secret.
func isStrong(text string) bool {
	if len(text) < 16 || len(text) > 128 || guid.Is(text) || strings.Contains(text, "://") {
		return false
	}
	var upper, lower, digit, special bool
	for _, r := range text {
		switch {
		case r > '~' || r <= ' ':
			return false
		case unicode.IsUpper(r):
			upper = true
		case unicode.IsLower(r):
			lower = true
		case unicode.IsDigit(r):
			digit = true
		default:
			special = true
		}
	}
	return digit && (upper && lower || special && (upper || lower)) && !isExpression(text) && !certificateEndings[strings.ToLower(path.Ext(text))]
}

// isRemark reports whether what follows a value is a note about it.
func isRemark(rest string) bool {
	rest = strings.ToLower(plain.Trim(rest))
	for _, start := range []string{
		"#", "//", "(", "--", "- ", "– ", "— ", ";", "|", "<", "/*", "{", "}", ")", "]", ",", "&&", "\\", "expires", "valid", "until", "gültig", "läuft", "expire", "caduca", "válido", "hết hạn", "まで", "node ", "npm ",
	} {
		if strings.HasPrefix(rest, start) {
			return true
		}
	}
	return false
}
