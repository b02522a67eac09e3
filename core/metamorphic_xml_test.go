package core_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// xmlForm is a format of XML output.
type xmlForm struct {
	// prefix renames a namespace prefix, in names and in values; nil keeps it.
	prefix func(string) string
	// text writes character data, attr an attribute's value; nil escapes them as
	// encoding/xml does.
	text, attr func(string) string
	// before is written before each start element, head before everything.
	before, head string
	// quote is the mark around attributes; "" is the double quote.
	quote string
}

// inXML returns a perturbation that writes an XML body in another form.
func inXML(f xmlForm) func(*message) {
	return func(m *message) {
		if m.encoded() || !m.soap() {
			return
		}
		m.body = f.write(m.body)
	}
}

func (f xmlForm) write(body []byte) []byte {
	var b strings.Builder
	b.WriteString(f.head)
	d := xml.NewDecoder(bytes.NewReader(body))
	depth := 0
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return []byte(b.String())
		}
		if err != nil {
			return body
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth > 0 {
				b.WriteString(f.before)
			}
			depth++
			b.WriteString("<" + f.name(t.Name))
			for _, a := range t.Attr {
				b.WriteString(" " + f.attribute(a))
			}
			b.WriteString(">")
		case xml.EndElement:
			depth--
			b.WriteString("</" + f.name(t.Name) + ">")
		case xml.CharData:
			b.WriteString(f.chars(f.qualified(string(t)), f.text))
		}
	}
}

func (f xmlForm) name(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return f.renamed(n.Space) + ":" + n.Local
}

func (f xmlForm) attribute(a xml.Attr) string {
	name, quote := f.name(a.Name), f.quote
	if a.Name.Space == "xmlns" {
		name = "xmlns:" + f.renamed(a.Name.Local)
	}
	if quote == "" {
		quote = `"`
	}
	return name + "=" + quote + f.chars(f.qualified(a.Value), f.attr) + quote
}

func (f xmlForm) renamed(prefix string) string {
	if f.prefix == nil || prefix == "xml" || prefix == "xmlns" || prefix == "" {
		return prefix
	}
	return f.prefix(prefix)
}

// qualified renames the prefix of a value that is a qualified name, such as
// "b:WhoAmIResponse".
func (f xmlForm) qualified(value string) string {
	prefix, local, ok := strings.Cut(value, ":")
	if !ok || len(prefix) != 1 || local == "" || strings.ContainsAny(local, " /") {
		return value
	}
	return f.renamed(prefix) + ":" + local
}

func (f xmlForm) chars(text string, write func(string) string) string {
	if write != nil {
		return write(text)
	}
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}

// numeric writes every character as a character reference (XML 1.0 section 4.1).
func numeric(text string) string {
	var b strings.Builder
	for i, r := range []rune(text) {
		if i%2 == 0 {
			fmt.Fprintf(&b, "&#x%X;", r)
		} else {
			fmt.Fprintf(&b, "&#%d;", r)
		}
	}
	return b.String()
}

// cdata writes character data as a CDATA section (XML 1.0 section 2.7).
func cdata(text string) string {
	if text == "" || strings.Contains(text, "]]>") {
		return text
	}
	return "<![CDATA[" + text + "]]>"
}
