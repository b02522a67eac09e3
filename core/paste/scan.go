package paste

import (
	"strings"
	"unicode/utf8"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// longestName is how far before a separator its name may begin, in bytes.
const longestName = 160

// scanner finds the names and values of one line.
type scanner struct {
	reader          *reader
	text            string
	line, paragraph int
	// start is where the phrase before the next separator may begin.
	start int
	// listStart is where the phrase before the last comma begins, or -1.
	listStart int
	// open is the place of the value that has no end yet, or -1.
	open int
	name string
	// named is true where the line had a name with a separator.
	named, onlyValue bool
	// last is the place in the reader's pairs of the line's last value; openEnd is true
	// where that value goes on to the end of the line.
	last    int
	openEnd bool
}

func (s *scanner) scan() {
	s.open, s.last, s.listStart = -1, -1, -1
	for i := 0; i < len(s.text); {
		i += s.step(i)
	}
	if s.open >= 0 {
		if plain.Trim(s.text[s.open:]) == "" {
			s.named = false // a label, with its value in the next line
		} else {
			s.finish(len(s.text))
			s.openEnd = true
		}
	}
	s.unseparated()
}

// step looks at one place and returns how far to go on.
func (s *scanner) step(i int) int {
	c := s.text[i]
	switch {
	case (c == '"' || c == '\'' || c == '`') && s.startsToken(i):
		return s.quoted(i)
	case c == ',' || c == '{' && (s.open >= 0 || !holdsLiteral(s.text[i:])) || c == '}' || c == ';':
		if s.open >= 0 {
			return 1
		}
		s.start = max(s.start, i-longestName)
		if strings.Count(s.text[s.start:i], "(") > strings.Count(s.text[s.start:i], ")") {
			return 1
		}
		if s.twoColumns(i) {
			s.begin(s.text[:i], meaningOf(s.text[:i]))
			return 1 + s.value(i+1)
		}
		if s.listStart = -1; c == ',' && s.start < i {
			s.listStart = s.start
		}
		s.start = i + 1
		return 1
	}
	if c == '.' && s.open < 0 && sentence.MatchString(s.text[i+1:]) && !strings.HasPrefix(s.text[i+1:], "  ") {
		s.start = i + 1
		return 1
	}
	weak, length := s.separator(i)
	if length == 0 {
		_, size := utf8.DecodeRuneInString(s.text[i:])
		return size
	}
	s.start = max(s.start, i-longestName)
	phrase := s.text[s.start:i]
	m := meaningOf(phrase)
	if m.field == valueOf && m.whole && s.listStart >= 0 && isLabel(s.text[s.listStart:s.start-1]) {
		phrase = s.text[s.listStart : s.start-1] // "Client secret, value: …"
		s.start = s.listStart
		m = meaningOf(phrase)
	}
	if m.field == unknown || weak && !(m.whole && isLabelPhrase(phrase, m)) {
		if s.text[i] == '|' || s.text[i] == '\t' {
			s.start = i + length
		}
		return length
	}
	if c == ':' && namesNext(s.text[i+1:]) {
		return length // $env:CLIENT_ID = …
	}
	if c == '(' {
		if _, used := literalAt(strings.TrimLeft(s.text[i+1:], " ")); used == 0 || isGetter(phrase) {
			return length
		}
	}
	s.begin(phrase, m)
	return length + s.value(i+length)
}

// holdsLiteral reports whether a text begins with braces round one literal, as C++ and
// Kotlin write the value of a constant: name{"value"}.
func holdsLiteral(text string) bool {
	text = strings.TrimLeft(text[1:], " ")
	_, used := literalAt(text)
	return used > 0 && strings.HasPrefix(strings.TrimLeft(text[used:], " "), "}")
}

// namesNext reports whether a better name follows, with its own separator.
func namesNext(rest string) bool {
	m := annotation.FindString(rest)
	return m != "" && meaningOf(m).field != unknown
}

// twoColumns reports whether a line is a name and its value with a comma between.
func (s *scanner) twoColumns(i int) bool {
	rest := s.text[i+1:]
	return s.start == 0 && plain.Trim(rest) != "" && !strings.ContainsAny(rest, ",{}") && (s.text[i] == ',' || s.text[i] == ';') && isLabel(s.text[:i]) && !looksNamed(rest)
}

// startsToken reports whether a quote at i begins a literal: an apostrophe does not.
func (s *scanner) startsToken(i int) bool {
	return i == 0 || strings.ContainsRune(" \t=:,;({[|<>$@+!?&", rune(s.text[i-1])) || i > 1 && strings.ContainsRune("fFrRbBuUN", rune(s.text[i-1])) && strings.ContainsRune(" (=,", rune(s.text[i-2]))
}

// quoted steps over a literal. One with a separator behind it is a name.
func (s *scanner) quoted(i int) int {
	inner, used := literalAt(s.text[i:])
	if used == 0 {
		return 1
	}
	rest := strings.TrimLeft(s.text[i+used:], " \t])")
	skipped := len(s.text) - i - used - len(rest)
	if n := s.joined(inner, rest); n > 0 {
		return used + skipped + n
	}
	if rest == "" || !strings.ContainsRune("=:,|", rune(rest[0])) {
		return s.quotedPair(i, inner, used)
	}
	m := meaningOf(inner)
	if m.field == unknown || len(inner) > 80 {
		return used
	}
	sep := 1
	for sep < len(rest) && strings.ContainsRune("=>", rune(rest[sep])) {
		sep++
	}
	if rest[0] == ',' || strings.Contains(s.text[i+used:i+used+skipped], ")") {
		// { "client_id", "…" }: the value must have quotes too.
		if _, length := literalAt(strings.TrimLeft(rest[sep:], " \t")); length == 0 || isGetter(s.text[s.start:i]) {
			return used
		}
	}
	s.begin(inner, m)
	at := i + used + skipped + sep
	return at - i + s.value(at)
}

// joinedName is the end of a literal that a value is added to, as requests are put together.
var joinedName = lazyregexp.New(`(?:^|[&?;,\s])([A-Za-z_][\w.-]*)=$`)

// joined reads the value that is added to a literal such as '&client_id='; it returns how
// much of rest that takes.
func (s *scanner) joined(inner, rest string) int {
	if rest == "" || s.open >= 0 || !strings.ContainsRune("+.&", rune(rest[0])) {
		return 0
	}
	m := joinedName.FindStringSubmatch(inner)
	if m == nil || !isValued(m[1]) {
		return 0
	}
	text := strings.TrimLeft(rest[1:], " \t")
	skipped := len(rest) - len(text)
	found, length := literalAt(text)
	if length == 0 {
		if found, length, _ = literalInside(text); length == 0 {
			return 0
		}
	}
	s.named, s.name = true, m[1]
	s.add(value{text: found, literal: true})
	return skipped + length
}

// quotedPair reads a line such as 'ClientId=…': a pair within quotes.
func (s *scanner) quotedPair(i int, inner string, used int) int {
	name, text, ok := strings.Cut(inner, "=")
	if !ok || s.open >= 0 || len(name) > 80 {
		return used
	}
	if m := meaningOf(name); m.field == unknown || strings.ContainsAny(name, "?&") {
		return used
	} else {
		s.begin(name, m)
	}
	s.add(value{text: text, literal: true})
	s.open, s.start = -1, i+used
	return used
}

// begin ends the value before, and starts one for a name.
func (s *scanner) begin(phrase string, m meaning) {
	if s.open >= 0 {
		s.finish(s.start + m.start)
	}
	s.onlyValue = m.field == valueOf
	s.named = true
	s.name = phrase
}

// isLabelPhrase reports whether a weak separator follows a name and nothing else.
func isLabelPhrase(phrase string, m meaning) bool {
	return len(phrase) < 60 && !strings.ContainsAny(phrase, `"(=`) || m.rank >= likely && len(phrase) < 60
}

// isGetter reports whether a call reads what its argument names.
func isGetter(phrase string) bool {
	phrase = strings.TrimRight(phrase, " (")
	end := len(phrase)
	begin := end
	for begin > 0 && (isIdentifier(phrase[begin-1]) || phrase[begin-1] == '.') {
		begin--
	}
	name := phrase[begin:end]
	return getter.MatchString(name[strings.LastIndexByte(name, '.')+1:]) && !strings.HasPrefix(strings.ToLower(name[strings.LastIndexByte(name, '.')+1:]), "setenv")
}

// value reads the value at a place; it returns how long that is where it has an end of
// its own.
func (s *scanner) value(at int) int {
	v, length, ok := valueAt(s.text[at:])
	switch {
	case ok:
		s.add(v)
		s.open, s.start = -1, at+length
		return length
	case length > 0:
		s.open, s.start = -1, at+length
		return length
	}
	s.open, s.start = at, at
	return 0
}

// finish ends the open value.
func (s *scanner) finish(end int) {
	if end < s.open {
		end = s.open
	}
	text := s.text[s.open:end]
	if s.text[0] == '|' {
		text = strings.TrimRight(text, " |")
	}
	if end < len(s.text) {
		text = strings.TrimRight(text, " \t,;/|&-")
	}
	if at := nextSetting.FindStringIndex(text); at != nil && len(nextSetting.FindAllStringIndex(s.text, 3)) > 1 {
		text = text[:at[0]] // a connection string of another program
	}
	if !s.both(text) {
		s.add(value{text: withoutRemark(text, s.text[:s.open])})
	}
	s.open = -1
}

// nextSetting is the name of the next setting on a line of several.
var nextSetting = lazyregexp.New(`;[ ]?[A-Za-z][\w .:-]{1,40}=`)

// both takes the two values of a line such as "Client ID / secret: … / …".
func (s *scanner) both(text string) bool {
	first, second, named := strings.Cut(s.name, "/")
	one, two, ok := strings.Cut(text, "/")
	if !named || !ok || strings.Contains(two, "/") || meaningOf(first).field == unknown || !meaningOf(second).whole || meaningOf(second).field == unknown {
		return false
	}
	name := s.name
	s.name = first
	s.add(value{text: plain.Trim(one)})
	s.name = second
	s.add(value{text: plain.Trim(two)})
	s.name = name
	return true
}

// springValue is a property with its default, as Spring's annotations have it.
var springValue = lazyregexp.New(`^\$\{([\w.-]+):([^{}]+)\}$`)

func (s *scanner) add(v value) {
	if m := springValue.FindStringSubmatch(v.text); m != nil {
		if v.text = m[2]; isValued(m[1]) && !isValued(s.name) {
			s.name = m[1]
		}
	}
	// Environment="CLIENT_ID=…": the name inside is the better one.
	if name, text, ok := strings.Cut(v.text, "="); ok && v.literal && len(name) < 80 && meaningOf(s.name).field != clientSecret {
		if m := meaningOf(name); m.field != unknown && m.whole && !strings.ContainsAny(name, " ?&/") {
			s.name, v.text = name, text
		}
	}
	p := pair{scope: append([]string{}, s.reader.scope()...), name: s.name, value: v, line: s.line, paragraph: s.paragraph, source: fromSettings}
	if m := meaningOf(s.name); m.field == valueOf {
		s.reader.resolve(&p)
	}
	s.last = len(s.reader.pairs)
	s.reader.add(p)
}

// withoutRemark cuts the comment behind a value without quotes, decodes the escapes of
// property files, and drops a bracket that was opened before the value.
func withoutRemark(text, before string) string {
	for _, start := range []string{" #", "\t#", " //", " ;", " /*"} {
		text, _, _ = strings.Cut(text, start)
	}
	text = strings.TrimSpace(text)
	for _, b := range []string{"{}", "()", "[]"} {
		trimmed := strings.TrimRight(text, ";,")
		if strings.HasSuffix(trimmed, b[1:]) && strings.Count(before, b[:1]) > strings.Count(before, b[1:]) && strings.Count(trimmed, b[:1]) < strings.Count(trimmed, b[1:]) {
			text = strings.TrimSpace(strings.TrimSuffix(trimmed, b[1:]))
		}
	}
	return unescapeProperties(text)
}

// unescapeProperties drops the backslashes that property files and Markdown write.
func unescapeProperties(text string) string {
	if !strings.Contains(text, `\`) || strings.ContainsAny(text, " ") || len(text) > 2 && text[1] == ':' {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) && strings.IndexByte("=:#!~_*.-+", text[i+1]) >= 0 {
			continue
		}
		b.WriteByte(text[i])
	}
	return b.String()
}
