package paste

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// pendingLabel holds labels that stood alone on their lines, until the lines with
// their values come.
type pendingLabel struct {
	names []string
	// assigned is true where the last of them had an = behind it: its value is in the next
	// line, or there is none.
	assigned bool
	// values are the lines since the last label.
	values []string
	// used is how many further lines the last value took.
	used int
	// skipped counts lines with names of their own since the last label.
	skipped int
}

// mostLabels is how many labels may be below each other before their values.
const mostLabels = 8

// patience is how many lines may be between a label and its value, such as "Copy to
// clipboard".
const patience = 2

func (l *pendingLabel) push(text string) {
	if len(l.values) > 0 || len(l.names) >= mostLabels {
		*l = pendingLabel{}
	}
	l.names = append(l.names, strings.TrimRight(text, ":=? "))
	l.assigned = strings.HasSuffix(text, "=")
}

// interrupted is called for a line with names and values of its own.
func (l *pendingLabel) interrupted(byValue bool) {
	// "Client secret", then "Description: …", then "Value: …": it is still the secret's.
	if !byValue && len(l.names) > 0 && meaningOf(l.names[len(l.names)-1]).field == clientSecret && len(l.values) == 0 && l.skipped <= patience {
		l.skipped++
		return
	}
	*l = pendingLabel{}
}

// targetName is a name with a colon and nothing else, which is no value.
var targetName = lazyregexp.New(`^[A-Za-z][\w-]*:$`)

// blank is called for an empty line.
func (l *pendingLabel) blank() {
	if l.assigned {
		*l = pendingLabel{}
	}
}

// value takes a line as the value of the labels before it; false if it is not a value.
func (l *pendingLabel) value(r *reader, text, next string, n, paragraph int) bool {
	if len(l.names) == 0 {
		return false
	}
	l.used = 0
	trimmed := plain.Trim(strings.TrimPrefix(text, ":"))
	if trimmed == "" {
		return true
	}
	if targetName.MatchString(trimmed) || isLabelLine(trimmed) || looksNamed(trimmed) || strings.Contains(trimmed, "|") {
		return false
	}
	if len(l.names) > 2 && l.zip(r, trimmed, n, paragraph) {
		return true
	}
	name := l.names[len(l.names)-1]
	p := pair{scope: r.scope(), name: name, value: value{text: trimmed}, line: n, paragraph: paragraph, source: fromSettings}
	m := meaningOf(name)
	if m.field == valueOf && len(l.names) > 1 {
		p.name = l.names[len(l.names)-2]
		m = meaningOf(p.name)
	}
	if m.field == other || m.field == nameOf || m.field == valueOf && isStrong(trimmed) {
		r.add(p)
		*l = pendingLabel{}
		return true
	}
	used := r.goOn(&p, next)
	if _, v := judge(placeOf(m.field), p.value); v == usable {
		r.add(p)
		*l = pendingLabel{used: used}
		return true
	}
	if l.values = append(l.values, trimmed); len(l.values) > patience {
		*l = pendingLabel{}
	}
	return false
}

// zip pairs several labels with the lines below them, in order.
func (l *pendingLabel) zip(r *reader, text string, n, paragraph int) bool {
	l.values = append(l.values, text)
	if len(l.values) < len(l.names) {
		return true
	}
	secretID := false
	for _, name := range l.names {
		secretID = secretID || isSecretID(name)
	}
	for i, name := range l.names {
		p := pair{scope: r.scope(), name: name, value: value{text: l.values[i]}, line: n, paragraph: paragraph, source: fromSettings}
		if meaningOf(name).field == valueOf && secretID {
			p.means, p.rank = clientSecret, likely
		}
		r.add(p)
	}
	*l = pendingLabel{}
	return true
}

func firstPhrase(text string) string {
	if i := strings.IndexAny(text, ":="); i > 0 {
		return text[:i]
	}
	return ""
}

// looksNamed reports whether a line has a name of its own.
func looksNamed(text string) bool {
	return meaningOf(firstPhrase(text)).field != unknown
}

// placeOf returns the field that a value is judged for.
func placeOf(f field) field {
	if f == password {
		return clientSecret
	}
	return f
}

// resolve finds what a pair called "value" or "default" is the value of: the block or
// label that it is in, or the name next to it.
func (r *reader) resolve(p *pair) {
	if n := len(p.scope); n > 0 && isValued(p.scope[n-1]) {
		p.name, p.scope = p.scope[n-1], p.scope[:n-1]
		return
	}
	if n := len(r.label.names); n > 0 && isValued(r.label.names[n-1]) {
		p.name = r.label.names[n-1]
		return
	}
	best := 0
	for i := len(r.pairs) - 1; i >= 0 && i >= len(r.pairs)-6; i-- {
		before := r.pairs[i]
		m := before.meaning()
		switch {
		case p.line-before.line > 6:
			return
		case (m.field == nameOf || plainName(before.name) == "key") && isValued(before.value.text) && p.line-before.line <= 2:
			// The folder of a variable has a name too: the better one is meant.
			if rank := meaningOf(before.value.text).rank; rank > best && (best == 0 || before.line == p.line) {
				p.name, best = before.value.text, rank
			}
		case best > 0:
		case isSecretID(before.name):
			p.means, p.rank = clientSecret, likely
			return
		}
	}
}

// besideIDs takes a value next to the ID of a secret for that secret's: so the portals
// list them.
func (r *reader) besideIDs() {
	const nearby = 6
	for i := range r.pairs {
		p := &r.pairs[i]
		if p.meaning().field != valueOf {
			continue
		}
		for _, q := range r.pairs[max(0, i-nearby):min(len(r.pairs), i+nearby)] {
			if isSecretID(q.name) && q.line-p.line <= nearby && p.line-q.line <= nearby {
				p.means, p.rank = clientSecret, likely
			}
		}
	}
}

// isValued reports whether a name is of something that has a value.
func isValued(name string) bool {
	m := meaningOf(name)
	return m.field != unknown && m.field < userName
}
