package core_test

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
)

// Words of other languages, enough for the longest text.
var (
	dutch    = strings.Fields("De gebruiker is geen lid van deze organisatie en de aanvraag kan daarom niet worden verwerkt door een fout")
	japanese = strings.Fields("この ユーザー は 組織 の メンバー では ありません ため 要求 を 処理 できません でした")
)

// in returns a function that replaces words by those of another language. Codes, GUIDs,
// numbers, names in quotes and name=value pairs stay, as in real translations.
func in(language []string) func(string) string {
	return func(s string) string {
		tokens := strings.Split(s, " ")
		n := 0
		for i, token := range tokens {
			bare := strings.TrimRight(token, ".,;:!?)")
			bare = strings.TrimLeft(bare, "(")
			if bare == "" || strings.ContainsFunc(bare, func(r rune) bool { return !unicode.IsLetter(r) }) {
				continue
			}
			tokens[i] = strings.Replace(token, bare, language[n%len(language)], 1)
			n++
		}
		return strings.Join(tokens, " ")
	}
}

var (
	// aadsts matches the code before Entra's text and the IDs after it.
	aadsts = regexp.MustCompile(`(?s)^(AADSTS\d+: )(.*?)(\s+Trace ID: .*)$`)
	// soapText matches the two places of a fault's text, htmlText those of a page.
	soapText = regexp.MustCompile(`(<faultstring[^>]*>|<Message>)([^<]*)`)
	htmlText = regexp.MustCompile(`(>)([^<>]+)`)
)

// words returns a perturbation of the service's own text, everywhere in a response.
func words(change func(string) string) func(*message) {
	translate := func(s string) string {
		if m := aadsts.FindStringSubmatch(s); m != nil {
			return m[1] + change(m[2]) + m[3]
		}
		return change(s)
	}
	messages := inJSON(func(root *node) {
		root.walk(func(n *node) {
			switch n.name {
			case "message", "error_description", "@Microsoft.PowerApps.CDS.InnerError.Message":
				if n.kind == '"' {
					n.text = translate(n.text)
				}
			}
		})
	}, layout{})
	between := func(pattern *regexp.Regexp) func(string) string {
		return func(s string) string {
			return pattern.ReplaceAllStringFunc(s, func(found string) string {
				m := pattern.FindStringSubmatch(found)
				return m[1] + change(m[2])
			})
		}
	}
	return func(m *message) {
		switch {
		case m.status < 400 && !bytes.HasPrefix(m.body, []byte("<")):
		case parseJSON(m.body) != nil:
			messages(m)
		case m.soap():
			plainly(between(soapText))(m)
		case bytes.HasPrefix(m.body, []byte("<")):
			plainly(between(htmlText))(m)
		default:
			plainly(change)(m)
		}
	}
}
