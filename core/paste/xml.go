package paste

import (
	"encoding/xml"
	"html"
	"io"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

var (
	tagStart = lazyregexp.New(`<[A-Za-z?][^<>]*[=/][^<>]*>|<([A-Za-z][\w.:-]*)>[^<]*</`)
	htmlTag  = lazyregexp.New(`(?i)</?(?:table|thead|tbody|tr|td|th|p|br|div|li|ul|ol|span|b|strong|em|i|code|pre|html|body|a|h[1-6]|dl|dt|dd|font|u|label|section)(?:\s[^<>]*)?/?>`)
	rowTag   = lazyregexp.New(`(?i)</?(?:tr|p|br|div|li|ul|ol|table|pre|h[1-6]|dt|dl)(?:\s[^<>]*)?/?>`)
	breaks   = lazyregexp.New(`\s*\n\s*`)
	cellTag  = lazyregexp.New(`(?i)</(?:td|th|dt)>\s*|<dd(?:\s[^<>]*)?>`)
	// xtb are elements that only XrmToolBox writes. Its secrets are encrypted.
	xtb = lazyregexp.New(`(?i)<(?:ArrayOf)?(?:ConnectionDetail|CrmConnections|S2SClientSecret|AzureAdAppId|NewAuthType|IsFromSdkLoginCtrl)\b`)
)

// isMarkup reports whether text has tags with attributes, or elements with an end.
func isMarkup(text string) bool { return strings.Contains(text, "<") && tagStart.MatchString(text) }

// withoutHTML turns the HTML of mails and wikis into lines and cells.
func withoutHTML(text string) string {
	if !htmlTag.MatchString(text) {
		return text
	}
	text = cellTag.ReplaceAllString(text, "\t")
	text = breaks.ReplaceAllString(rowTag.ReplaceAllString(text, "\n"), "\n")
	return html.UnescapeString(htmlTag.ReplaceAllString(text, ""))
}

// readMarkup reads elements and attributes. Comments are no part of it. Text that ends
// in the middle is read up to there.
func readMarkup(text string) node {
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.Strict = false
	decoder.Entity = xml.HTMLEntity
	// The text is decoded already; the declared encoding does not matter.
	decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	root := &node{}
	stack := []*element{{node: root}}
	for {
		token, err := decoder.RawToken()
		if err != nil {
			break
		}
		top := stack[len(stack)-1]
		switch token := token.(type) {
		case xml.StartElement:
			if len(stack) > deepest {
				return *root
			}
			n := &node{name: token.Name.Local, quoted: true}
			for _, a := range token.Attr {
				n.members = append(n.members, node{name: a.Name.Local, text: a.Value, quoted: true})
			}
			stack = append(stack, &element{node: n, parent: top.node})
		case xml.EndElement:
			for len(stack) > 1 {
				last := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				last.close()
				if last.node.name == token.Name.Local {
					break
				}
			}
		case xml.CharData:
			top.text.Write(token)
		}
	}
	for i := len(stack) - 1; i > 0; i-- {
		stack[i].close()
	}
	return *root
}

// element is one that is still open.
type element struct {
	node, parent *node
	text         strings.Builder
}

// close adds the element to its parent. Text next to attributes is their value:
// <entry key="ClientId">…</entry>.
func (e *element) close() {
	text := strings.TrimSpace(e.text.String())
	if len(e.node.members) == 0 {
		e.node.text = text
	} else if text != "" {
		e.node.members = append(e.node.members, node{name: "value", text: text, quoted: true})
	}
	e.parent.members = append(e.parent.members, *e.node)
}

// markup reads the tags of a text into pairs; the text between them stays.
func (r *reader) markup(text string) bool {
	source := fromXML
	foreign := xtb.MatchString(text)
	if foreign {
		source = fromXTB
	}
	w := walker{source: source, reader: r}
	start := strings.IndexByte(text, '<')
	w.walk(readMarkup(text[start:]), nil, 0)
	if foreign {
		r.encrypted = true
		w.pairs = withoutPersons(w.pairs)
	}
	useful := false
	for _, p := range w.pairs {
		useful = useful || p.means != unknown || meaningOf(p.name).field != unknown
	}
	r.pairs = append(r.pairs, w.pairs...)
	return useful || foreign
}

// withoutPersons drops the application of connections in which a user signs in: it
// is XrmToolBox's own.
func withoutPersons(pairs []pair) []pair {
	person := map[string]bool{}
	for _, p := range pairs {
		if strings.EqualFold(p.name, "NewAuthType") {
			switch strings.ToLower(p.value.text) {
			case "clientsecret", "certificate", "":
			default:
				person[strings.Join(p.scope, "/")] = true
			}
		}
	}
	var rest []pair
	for _, p := range pairs {
		if !person[strings.Join(p.scope, "/")] || meaningOf(p.name).field != client {
			rest = append(rest, p)
		}
	}
	return rest
}
