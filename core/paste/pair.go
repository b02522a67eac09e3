package paste

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// value is text that is where a value belongs.
type value struct {
	text string
	// literal is true where the text had quotes, or a format without expressions: then
	// nothing in it is to be evaluated.
	literal bool
}

// pair is one name with its value, as a reader found them.
type pair struct {
	// scope is what the pair is in, from the outside: sections, keys, rows.
	scope []string
	name  string
	value value
	// paragraph counts the blocks of the text, line its lines.
	// record is not zero for pairs that one line or row holds together.
	paragraph, line, record int
	source                  text.Text
	// means is what the reader knows of the name; unknown leaves it to the vocabulary.
	means field
	// rank is that of means.
	rank int
	// title is what the text calls the connection that the pair is of.
	title string
	// command is true for the arguments of a program.
	command bool
}

// The sources of values, for the notes.
var (
	fromJSON     = text.F("JSON")
	fromXML      = text.F("App.config")
	fromXTB      = text.F("a connection of XrmToolBox")
	fromString   = text.F("a connection string")
	fromSettings = text.F("a list of settings")
	fromTable    = text.F("a table")
	fromCommand  = text.F("a command")
	fromRequest  = text.F("a token request")
	fromLogin    = text.F("a login address")
	fromPortal   = text.F("a portal's link")
	fromAddress  = text.F("an address")
)

// sourceOf names what an environment's address was of.
func sourceOf(shown string) text.Text {
	address := urlInside.FindString(shown)
	if _, path, ok := connection.Host(address); ok {
		if kind := connection.KindOfAddress(path); !kind.Empty() {
			return kind
		}
	}
	return fromAddress
}

// inPlace returns the meaning of the pair's name, completed by what it is in: the path
// in a certificate is the certificate's path, the ID in a client is the client ID.
func (p pair) inPlace() meaning {
	m := p.meaning()
	if p.means != unknown || len(p.scope) == 0 || m.owner != "" {
		return m
	}
	if m.field != unknown && m.field != bareID && m.field != password {
		return m
	}
	last := numbered.ReplaceAllString(p.scope[len(p.scope)-1], "")
	within := meaningOf(last + " " + p.name)
	if within.rank < exact || !within.whole || within.start != 0 {
		return m
	}
	switch within.field {
	case certificateFile, keyFile, certificatePassword:
		return within
	case client, tenant, other:
		if m.field == bareID {
			return within
		}
	}
	return m
}

// meaning returns the meaning of the pair's name.
func (p pair) meaning() meaning {
	m := meaningOf(p.name)
	if p.means != unknown {
		m.field, m.rank = p.means, p.rank
	}
	return m
}
