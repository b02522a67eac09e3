package paste

import (
	"encoding/base64"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// arguments reads the words of a command.
type arguments struct {
	words   []shellWord
	short   map[string]field
	program string
	reader  *reader
	// name is the last name with its value in a later flag, such as --body.
	name  string
	pairs []pair
}

// arguments reads a list of words, such as the args of a container.
func (r *reader) arguments(list []string, scope []string, source text.Text) []pair {
	a := arguments{reader: r}
	for _, w := range list {
		a.words = append(a.words, shellWord{text: w, quoted: true})
	}
	pairs := a.read()
	for i := range pairs {
		pairs[i].scope, pairs[i].source = scope, source
	}
	return pairs
}

func (a *arguments) read() []pair {
	for i := 0; i < len(a.words); i++ {
		w := a.words[i]
		switch {
		case flagWord.MatchString(w.text):
			i += a.flag(w.text, i)
		case assignment.MatchString(w.text):
			a.assign(w)
		case strings.HasPrefix(w.text, "/") && strings.Contains(w.text, ":"):
			name, text, _ := strings.Cut(w.text[1:], ":")
			a.take(name, shellWord{text: text, quoted: w.quoted}, unknown)
		case i > 0 && positional[fold(a.words[i-1].text)], i == 0 && positional[a.program], i > 1 && positional[fold(a.words[i-2].text)] && flagWord.MatchString(a.words[i-1].text):
			i += a.named(w.text, i)
		case strings.Contains(w.text, ": ") && w.quoted:
			a.header(w.text)
		}
	}
	return a.pairs
}

// flag takes the value behind a flag; it returns how many words that were.
func (a *arguments) flag(flag string, i int) int {
	f := a.short[flag]
	m := meaningOf(flag)
	if f == unknown {
		f = m.field
	}
	if i+1 >= len(a.words) {
		return 0
	}
	next := a.words[i+1]
	if flagWord.MatchString(next.text) && !next.quoted && (a.short[next.text] != unknown || strings.HasPrefix(next.text, "--") || meaningOf(next.text).field != unknown) {
		return 0
	}
	if assignment.MatchString(next.text) {
		if name, _, _ := strings.Cut(next.text, "="); meaningOf(name).field != unknown {
			return 0
		}
	}
	used := 1
	if wrapper := strings.ToLower(next.text); strings.HasPrefix(wrapper, "(") {
		if !strings.Contains(wrapper, "convertto-securestring") || i+2 >= len(a.words) {
			return 1
		}
		used, next = 2, a.words[i+2]
		if strings.EqualFold(next.text, "-String") && i+3 < len(a.words) {
			used, next = 3, a.words[i+3]
		}
		next.quoted = true
	}
	switch {
	case a.program == "curl" && (flag == "-u" || flag == "--user"):
		a.basic(next.text)
	case f == nameOf && m.owner != "" && a.short[flag] == unknown: // --vault-name
	case f == nameOf:
		a.name = next.text
	case f == valueOf:
		if a.name != "" {
			a.take(a.name, next, unknown)
		}
	case f == unknown && (a.program == "curl" || strings.Contains(next.text, "=")):
		return 0 // --set NAME=value, -d NAME=value: the word is read by itself
	case f == other && strings.Contains(next.text, ": "):
		a.header(next.text)
	case f != unknown && f != other:
		a.take(flag, next, a.short[flag])
	}
	return used
}

// assign takes NAME=value and --flag=value.
func (a *arguments) assign(w shellWord) {
	name, text, _ := strings.Cut(w.text, "=")
	if f := meaningOf(name).field; assignment.MatchString(text) && (f == unknown || f == environment && strings.HasPrefix(name, "-")) { // --env=NAME=value
		a.assign(shellWord{text: text, quoted: w.quoted})
		return
	}
	if strings.Contains(text, ";") {
		inner := reader{depth: a.reader.depth + 1}
		if rest := inner.connectionStrings(text); rest != text {
			a.pairs = append(a.pairs, inner.pairs...)
			return
		}
	}
	if at := nextAssignment(text); at > 0 { // --set NAME=value,NAME=value
		a.assign(shellWord{text: name + "=" + text[:at], quoted: w.quoted})
		a.assign(shellWord{text: text[at+1:], quoted: w.quoted})
		return
	}
	if a.program == "curl" && !w.encoded {
		text = unescape(text)
	}
	if inner, length := literalAt(text); w.quoted && length > 0 && length == len(text) {
		text = inner // --form 'name="value"'
	}
	f := a.short[name]
	a.take(strings.Trim(name, `"'`), shellWord{text: text, quoted: w.quoted}, f)
}

// anotherName is a name behind a comma.
var anotherName = lazyregexp.New(`,([A-Za-z_][\w.\[\]-]*)=`)

// nextAssignment returns where a comma separates a value from a known name, or 0.
func nextAssignment(text string) int {
	for _, at := range anotherName.FindAllStringSubmatchIndex(text, 16) {
		if m := meaningOf(text[at[2]:at[3]]); m.field != unknown && m.whole {
			return at[0]
		}
	}
	return 0
}

// named takes NAME value, or remembers the name for a later flag.
func (a *arguments) named(name string, i int) int {
	m := meaningOf(name)
	if m.field == unknown || m.field == nameOf || m.field == valueOf || i+1 < len(a.words) && assignment.MatchString(a.words[i+1].text) {
		return 0
	}
	if i+1 < len(a.words) && (!flagWord.MatchString(a.words[i+1].text) || a.words[i+1].quoted) && !strings.HasPrefix(a.words[i+1].text, "--") {
		a.take(name, a.words[i+1], unknown)
		return 1
	}
	a.name = name
	return 0
}

var basicHeader = lazyregexp.New(`\bBasic ([A-Za-z0-9+/]{40,}={0,2})`)

// basic takes the ID and the secret of an Authorization header.
func (r *reader) basic(text string) string {
	if !strings.Contains(text, "Basic ") {
		return text
	}
	return basicHeader.ReplaceAllStringFunc(text, func(found string) string {
		a := arguments{reader: r}
		a.header("Authorization: " + found)
		r.group++
		for _, p := range a.pairs {
			p.paragraph, p.source = -r.group, fromRequest
			r.add(p)
		}
		return keepLines(found)
	})
}

// basic takes the ID and the secret of HTTP's basic authentication.
func (a *arguments) basic(text string) {
	id, password, ok := strings.Cut(text, ":")
	if ok && guid.Is(id) {
		a.pairs = append(a.pairs, pair{value: value{text: id}, means: client, rank: exact}, pair{value: value{text: password, literal: true}, means: clientSecret, rank: exact})
	}
}

// header takes a header such as "Authorization: Basic …".
func (a *arguments) header(text string) {
	name, text, _ := strings.Cut(text, ":")
	if encoded, ok := strings.CutPrefix(strings.TrimSpace(text), "Basic "); ok && strings.EqualFold(name, "Authorization") {
		if decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded)); err == nil {
			a.basic(string(decoded))
		}
		return
	}
	a.take(name, shellWord{text: strings.TrimSpace(text), quoted: true}, unknown)
}

func (a *arguments) take(name string, w shellWord, means field) {
	p := pair{name: strings.TrimLeft(name, "-"), value: value{text: w.text, literal: w.quoted}}
	if means != unknown {
		p.means, p.rank = means, exact
	} else if m := meaningOf(name); m.field == unknown || m.field == nameOf || m.field == valueOf {
		return
	}
	a.pairs = append(a.pairs, p)
}
