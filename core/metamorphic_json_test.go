package core_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// node is a JSON value that keeps the order of its members.
type node struct {
	// name is set if the node is a member of an object.
	name string
	// kind is '{', '[', '"' or 0 for the other scalars.
	kind  byte
	text  string // the decoded text of a string; any other scalar as written
	nodes []*node
}

// parseJSON returns nil unless text is a single JSON object or array.
func parseJSON(text []byte) *node {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	token, err := d.Token()
	if err != nil || token != json.Delim('{') && token != json.Delim('[') {
		return nil
	}
	root, err := readNode(d, token)
	if err != nil {
		return nil
	}
	if _, err := d.Token(); err != io.EOF {
		return nil
	}
	return root
}

func readNode(d *json.Decoder, token json.Token) (*node, error) {
	switch t := token.(type) {
	case json.Delim:
		n := &node{kind: byte(t)}
		for d.More() {
			var name string
			if n.kind == '{' {
				key, err := d.Token()
				if err != nil {
					return nil, err
				}
				name = key.(string)
			}
			token, err := d.Token()
			if err != nil {
				return nil, err
			}
			child, err := readNode(d, token)
			if err != nil {
				return nil, err
			}
			child.name = name
			n.nodes = append(n.nodes, child)
		}
		_, err := d.Token() // the closing delimiter
		return n, err
	case string:
		return &node{kind: '"', text: t}, nil
	case nil:
		return &node{text: "null"}, nil
	}
	return &node{text: fmt.Sprint(token)}, nil
}

// walk calls f for everything below the node and then for the node itself.
func (n *node) walk(f func(*node)) {
	for _, child := range n.nodes {
		child.walk(f)
	}
	f(n)
}

// layout is the format of JSON output.
type layout struct {
	// newline and indent are written around members; "" writes a single line.
	newline, indent string
	// quote writes a string; nil writes it as the services do.
	quote func(string) string
}

func (n *node) write(l layout) []byte {
	var b strings.Builder
	n.append(&b, l, "")
	return []byte(b.String())
}

func (n *node) append(b *strings.Builder, l layout, indent string) {
	switch n.kind {
	case '"':
		b.WriteString(l.string(n.text))
	case '{', '[':
		b.WriteByte(n.kind)
		deeper := indent + l.indent
		for i, child := range n.nodes {
			if i > 0 {
				b.WriteByte(',')
			}
			if l.newline != "" {
				b.WriteString(l.newline + deeper)
			}
			if n.kind == '{' {
				b.WriteString(l.string(child.name) + ":")
				if l.newline != "" {
					b.WriteByte(' ')
				}
			}
			child.append(b, l, deeper)
		}
		if l.newline != "" && len(n.nodes) > 0 {
			b.WriteString(l.newline + indent)
		}
		b.WriteByte(n.kind + 2) // the closing delimiter
	default:
		b.WriteString(n.text)
	}
}

func (l layout) string(s string) string {
	if l.quote != nil {
		return l.quote(s)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s)
	return strings.TrimSpace(b.String())
}

// escaped writes every character as \uXXXX (RFC 8259 section 7).
func escaped(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if r > 0xFFFF {
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04X`, 0xD800+r>>10, 0xDC00+r&0x3FF)
			continue
		}
		fmt.Fprintf(&b, `\u%04x`, r)
	}
	return b.String() + `"`
}

// inJSON returns a perturbation that changes the tree of a JSON body.
func inJSON(change func(*node), l layout) func(*message) {
	return func(m *message) {
		if root := parseJSON(m.body); root != nil && !m.encoded() {
			change(root)
			m.body = root.write(l)
		}
	}
}

// reversed reverses the order of members, but not of lists.
func reversed(n *node) {
	n.walk(func(n *node) {
		if n.kind == '{' {
			slices.Reverse(n.nodes)
		}
	})
}

// more returns a change that adds unknown members to every object.
func more(first bool) func(*node) {
	return func(root *node) {
		root.walk(func(n *node) {
			if n.kind != '{' {
				return
			}
			extra := []*node{
				{name: "@odata.future", kind: '"', text: "x"},
				{name: "futureFlag", text: "true"},
				{name: "futureList", kind: '[', nodes: []*node{{text: "1"}, {kind: '"', text: "two"}}},
				{name: "futureObject", kind: '{', nodes: []*node{{name: "a", text: "null"}}},
			}
			if first {
				n.nodes = append(extra, n.nodes...)
			} else {
				n.nodes = append(n.nodes, extra...)
			}
		})
	}
}

func same(*node) {}
