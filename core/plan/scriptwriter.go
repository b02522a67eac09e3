package plan

import (
	"slices"
	"strings"
)

// dialect is a language that a script is written in. Each method returns whole lines.
type dialect interface {
	// start returns the beginning of the script.
	start() string
	// set assigns a literal to a value.
	set(v Value, literal string) string
	// read and readPrivilege read a value, and end the script unless one was found.
	read(s Source) string
	readPrivilege(v Value) string
	// compute makes a value that no request brings; "" for any other.
	compute(v Value) string
	// send sends a request. The others keep the values that its response brings, keep
	// the client secret in a file, and send the privileges that were read before.
	send(r Request) string
	sendForValues(r Request) string
	sendForSecret(r Request) string
	sendPrivileges(r Request) string
	// print prints a text with values.
	print(s string) string
}

// writeScript returns the steps that are to be done as a script.
func writeScript(t Target, p Plan, d dialect) string {
	var b strings.Builder
	b.WriteString(d.start())
	if t.ClientID != "" {
		b.WriteString(d.set(ApplicationAppID, t.ClientID))
	}
	for v, id := range results(p) {
		if v != ApplicationAppID {
			b.WriteString(d.set(v, id))
		}
	}
	sections := script(t, p)
	for _, section := range sections {
		b.WriteString("\n" + comment(section.step.Title.String()+" ("+string(section.step.Who)+")") + comment(section.step.Change.String()))
		for _, l := range section.lines {
			writeLine(&b, l, d)
		}
	}
	b.WriteString("\n" + comment("What was made, to be sent back and pasted: IDs, no secrets.") + d.print(t.result(p.made(sections))))
	return b.String()
}

func writeLine(b *strings.Builder, l line, d dialect) {
	for _, source := range l.reads {
		b.WriteString(d.read(source))
	}
	for _, v := range l.expands {
		b.WriteString(d.readPrivilege(v))
	}
	r := l.request
	for _, v := range r.Missing() {
		b.WriteString(d.compute(v))
	}
	switch {
	case slices.Contains(r.Missing(), SourcePrivileges):
		b.WriteString(d.sendPrivileges(r))
	case r.Method == "POST" && strings.HasSuffix(r.URL, "/addPassword"):
		b.WriteString(d.sendForSecret(r))
	case len(r.Makes) > 0:
		b.WriteString(d.sendForValues(r))
	default:
		b.WriteString(d.send(r))
	}
}

// comment returns s as comment lines of a script.
func comment(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString("# " + strings.TrimRight(line, "\r\n") + "\n")
	}
	return b.String()
}

func orWords(value, words string) string {
	if value == "" {
		return words
	}
	return value
}
