package paste

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

var (
	literalPrefix = lazyregexp.New(`^(?:\$@|@\$|\$|@|[fFrRbBuUN])(["'])`)
	annotation    = lazyregexp.New(`^[A-Za-z_][\w.<>\[\]?]*(?:\s*\|\s*\w+)*\s*=\s*`)
	// constructed is a call with a literal, behind an annotation.
	constructed = lazyregexp.New(`^[A-Z][\w.]*\(\s*["']`)
	// typeWord is a type between a name and its literal, as AL writes it.
	typeWord = lazyregexp.New(`^(?:Label|TextConst|Text|Code|SecretText)(?:\[\d+\])?[ \t]+(?:ENU=)?`)
	callee   = lazyregexp.New(`([A-Za-z_][\w.]*)\s*\(\s*$`)
	getter   = lazyregexp.New(`(?i)(?:^|\.)(?:get|read|fetch|load|find|lookup|resolve|require|env|getenv|config|secrets?|credentials\b|vault|var|parameters?|section)`)
	// wrapper is a type that keeps a secret from being printed.
	wrapper  = lazyregexp.New(`(?i)^(?:\w+\.)*secret(?:str|string|value|bytes)$`)
	fallback = lazyregexp.New(`(?:\|\||\?\?|\bor\b|,|:-?)\s*$`)
	// goesOn is a further call on what a call returned, other than to print it.
	goesOn    = lazyregexp.New(`^[\s)]*\??\.(?:[a-zA-Z_]\w*)\s*\([^)]`)
	defaulted = lazyregexp.New(`\$\{[\w.]+:-?([^{}]+)\}`)
)

// literalAt reads the literal at the start of text; length is 0 if there is no literal.
func literalAt(text string) (inner string, length int) {
	skip := 0
	if m := literalPrefix.FindStringSubmatchIndex(text); m != nil {
		skip = m[2]
	}
	if skip >= len(text) || !strings.ContainsRune("\"'`", rune(text[skip])) {
		return "", 0
	}
	if strings.HasPrefix(text[skip:], `"""`) {
		if end := strings.Index(text[skip+3:], `"""`); end >= 0 {
			return text[skip+3 : skip+3+end], skip + 6 + end
		}
	}
	if skip > 0 && text[0] == '@' && text[skip] == '"' { // verbatim: quotes are doubled
		if end := closing(strings.ReplaceAll(text[skip:], `\`, "_"), 1, '"'); end > 0 {
			return strings.ReplaceAll(text[skip+1:skip+end], `""`, `"`), skip + end + 1
		}
	}
	inner, used, ok := unquote(text[skip:], false)
	if !ok {
		return "", 0
	}
	return inner, skip + used
}

// valueAt reads the value at the start of a text behind a separator. length is 0 where
// it has no quotes: then it goes on to the next separator.
func valueAt(text string) (v value, length int, ok bool) {
	skip := len(text) - len(strings.TrimLeft(text, " \t"))
	text = text[skip:]
	if m := annotation.FindString(text); m != "" && m != text && (strings.ContainsRune("\"'`@$fNr", rune(text[len(m)])) || constructed.MatchString(text[len(m):])) {
		skip += len(m)
		text = text[len(m):]
	}
	if len(text) > 1 && (text[0] == '{' || text[0] == '[') && (text[1] == '"' || text[1] == '\'') {
		skip++ // a list of one
		text = text[1:]
	}
	if m := typeWord.FindString(text); m != "" {
		skip += len(m)
		text = text[len(m):]
	}
	if inner, used := literalAt(text); used > 0 {
		rest := strings.TrimLeft(text[used:], " \t")
		if strings.HasPrefix(rest, "+") || strings.HasPrefix(rest, "%") && !strings.HasPrefix(rest, "%}") {
			return value{}, skip + len(text), false // concatenated: not the whole value
		}
		return value{text: inner, literal: true}, skip + used, true
	}
	if inner, used, ok := literalInside(text); ok {
		return value{text: inner, literal: true}, skip + used, true
	}
	return value{}, 0, false
}

// literalInside finds the value in an expression: the literal that a call wraps, or
// the one that counts where a variable is not set. What a getter is asked for is a
// name and no value.
func literalInside(text string) (inner string, length int, ok bool) {
	line, _, _ := strings.Cut(text, "\n")
	if m := defaulted.FindStringSubmatchIndex(line); m != nil && m[0] == 0 {
		return line[m[2]:m[3]], m[1], true
	}
	if !called.MatchString(line) && !indexed.MatchString(line) && !dotted.MatchString(strings.TrimRight(firstWord(line), ")}")) && !strings.HasPrefix(line, "[") && !strings.HasPrefix(line, "(") && !strings.HasPrefix(line, "$") && !strings.HasPrefix(line, "ConvertTo-") {
		return "", 0, false
	}
	depth := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '(', '[':
			depth++
			continue
		case ')', ']':
			depth--
			continue
		case ';':
			return "", 0, false
		case ',':
			if depth <= 0 {
				return "", 0, false // the next argument of the call around it
			}
			continue
		case '"', '\'':
		default:
			continue
		}
		found, used := literalAt(line[i:])
		if used == 0 {
			return "", 0, false
		}
		before := line[:i]
		name := callee.FindStringSubmatch(before)
		switch {
		case fallback.MatchString(before):
			return found, i + used, true
		case strings.HasSuffix(strings.TrimSpace(before), "["):
		case name != nil && getter.MatchString(name[1]) && !wrapper.MatchString(name[1]):
		case (name != nil || strings.Contains(strings.ToLower(before), "convertto-securestring")) && !goesOn.MatchString(line[i+used:]):
			return found, i + used, true
		}
		i += used - 1
	}
	return "", 0, false
}
