package paste

import (
	"strings"
)

// unseparated takes values with their names before them and no separator: "client
// id … with the secret …".
func (s *scanner) unseparated() {
	begin := 0
	for begin < len(s.text) {
		for begin < len(s.text) && s.text[begin] == ' ' {
			begin++
		}
		end := begin
		for end < len(s.text) && s.text[end] != ' ' {
			end++
		}
		token := strings.Trim(s.text[begin:end], `.,;:()"'`+"`*<>")
		if inner, used := literalAt(s.text[begin:end]); used > 0 && inner != "" { // with the braces of a list behind it
			token = inner
		}
		id := guidInside.MatchString(token) && len(token) == 36
		if initialDomain.MatchString(token) && meaningOf(s.text[s.phraseStart(begin):begin]).field == tenant {
			s.takeUnseparated(s.text[s.phraseStart(begin):begin], token)
		}
		if id || isStrong(token) && !strings.Contains(strings.TrimRight(token, "="), "=") {
			phrase := s.text[s.phraseStart(begin):begin]
			m := meaningOf(phrase)
			if id && (m.field == client || m.field == tenant) || !id && (m.field == clientSecret || m.field == password) {
				s.takeUnseparated(phrase, token)
			}
		}
		begin = end + 1
	}
}

// phraseStart goes back a few words from a value, up to the one before.
func (s *scanner) phraseStart(at int) int {
	from := at
	for words := 0; from > 0 && words < 6; words++ {
		i := strings.LastIndexByte(strings.TrimRight(s.text[:from], " "), ' ')
		if i < 0 {
			return 0
		}
		word := s.text[i+1 : from]
		if guidInside.MatchString(word) || isStrong(strings.TrimSpace(word)) || strings.ContainsAny(word, "={}") {
			return from
		}
		from = i + 1
	}
	return from
}

func (s *scanner) takeUnseparated(phrase, token string) {
	for i := len(s.reader.pairs) - 1; i >= 0 && s.reader.pairs[i].line == s.line; i-- {
		p := s.reader.pairs[i]
		if !strings.Contains(p.value.text, token) || p.means != unknown {
			continue
		}
		if taken, v := judge(placeOf(p.meaning().field), p.value); v != usable || strings.EqualFold(taken, token) || strings.Contains(taken, token) {
			return
		}
	}
	s.named = true
	s.reader.add(pair{
		scope: append([]string{}, s.reader.scope()...), name: phrase, value: value{text: token}, line: s.line, paragraph: s.paragraph, source: fromSettings,
	})
}
