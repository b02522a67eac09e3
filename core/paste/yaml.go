package paste

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// readYAML reads YAML that has more structure than one NAME: value a line, which the
// reader of lines understands too, and without being as strict.
func readYAML(text string) (node, bool) {
	if !strings.Contains(text, ":") || len(text) > yamlLimit {
		return node{}, false
	}
	var root node
	structured := false
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for range 64 {
		var document yaml.Node
		if err := decoder.Decode(&document); err != nil {
			if err.Error() != "EOF" {
				return node{}, false
			}
			break
		}
		budget := 4 * len(text)
		n := fromYAML(&document, 0, &budget)
		structured = structured || isStructured(n)
		root.members = append(root.members, n)
	}
	if len(root.members) == 1 {
		return root.members[0], structured
	}
	root.list = true
	return root, structured
}

// yamlLimit is the size in bytes past which text is read line by line.
const yamlLimit = 256 << 10

// isStructured reports whether a mapping or a list holds another one, or a text of
// several lines.
func isStructured(n node) bool {
	if len(n.members) == 0 {
		return false
	}
	for _, m := range n.members {
		if len(m.members) > 0 || strings.Contains(m.text, "\n") || m.block {
			return true
		}
	}
	return false
}

// fromYAML copies a document, with what its anchors stand for. Values with a tag of an
// application's own, such as !vault, are encrypted or references.
func fromYAML(y *yaml.Node, depth int, budget *int) node {
	if *budget--; depth > deepest || *budget < 0 {
		return node{}
	}
	switch y.Kind {
	case yaml.DocumentNode:
		if len(y.Content) > 0 {
			return fromYAML(y.Content[0], depth, budget)
		}
	case yaml.AliasNode:
		return fromYAML(y.Alias, depth+8, budget)
	case yaml.ScalarNode:
		if strings.HasPrefix(y.Tag, "!") && !strings.HasPrefix(y.Tag, "!!") {
			return node{block: true}
		}
		quoted := y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0
		block := y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
		text := y.Value
		if y.Tag == "!!null" {
			text = ""
		}
		return node{text: strings.TrimRight(text, "\n"), quoted: quoted, block: block}
	case yaml.SequenceNode:
		n := node{list: true}
		for _, c := range y.Content {
			n.members = append(n.members, fromYAML(c, depth+1, budget))
		}
		return n
	case yaml.MappingNode:
		var n node
		if len(y.Content) == 2 && y.Style&yaml.FlowStyle != 0 && y.Content[1].Tag == "!!null" && y.Content[1].Value == "" {
			return node{text: "{" + y.Content[0].Value + "}"} // an ID in braces
		}
		for i := 0; i+1 < len(y.Content); i += 2 {
			m := fromYAML(y.Content[i+1], depth+1, budget)
			if y.Content[i].Value == "<<" {
				n.members = append(n.members, m.members...)
				continue
			}
			m.name = y.Content[i].Value
			n.members = append(n.members, m)
		}
		return n
	}
	return node{}
}
