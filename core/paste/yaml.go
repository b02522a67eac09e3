package paste

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// yaml reads a text that is YAML as a whole.
func (r *reader) yaml(text string) ([]pair, bool) {
	if start := strings.TrimSpace(text); strings.HasPrefix(start, "{") || strings.HasPrefix(start, "[") {
		return nil, false
	}
	root, ok := readYAML(strings.TrimRight(text, " \n\t"))
	if !ok {
		return nil, false
	}
	w := walker{source: fromSettings, reader: r}
	w.walk(root, nil, 0)
	return w.pairs, len(w.pairs) > 0
}

var (
	// fenced is what is between the fences of Markdown.
	fenced = lazyregexp.New("(?ms)^[ \t]*```[\\w+-]*[ \t]*\n(.*?)^[ \t]*```[ \t]*$")
	// yamlKey is a key with a block below it.
	yamlKey = lazyregexp.New(`(?m)^[A-Za-z_][\w.:/-]*:[ \t]*(?:[|>][+-]?)?[ \t]*\n[ \t]+\S|^[ \t]*- \w+:`)
)

// manifest is a line that only Kubernetes writes.
var manifest = lazyregexp.New(`(?m)^[ \t]*kind: (?:Secret|ConfigMap)\b|^[ \t]*(?:data|stringData):[ \t]*$`)

// mostProse is how many paragraphs may come before or after YAML.
const mostProse = 4

// longestProse is the size in bytes past which YAML is not looked for between paragraphs.
const longestProse = 32 << 10

// yamlInside reads YAML between fences or between paragraphs of other text, and puts blanks
// in its place.
func (r *reader) yamlInside(text string) string {
	text = fenced.ReplaceAllStringFunc(text, func(found string) string {
		inner := dedented(fenced.FindStringSubmatch(found)[1])
		if pairs, ok := r.yaml(inner); ok && useful(pairs) > 0 {
			r.pairs = append(r.pairs, pairs...)
			return keepLines(found)
		}
		return found
	})
	if len(text) > longestProse || !yamlKey.MatchString(text) {
		return text
	}
	starts := paragraphs(text)
	for before := 0; before <= min(mostProse, len(starts)-1); before++ {
		for behind := 0; behind <= min(mostProse, len(starts)-1-before); behind++ {
			if before+behind == 0 {
				continue
			}
			from, to := starts[before], len(text)
			if behind > 0 {
				to = starts[len(starts)-behind]
			}
			if !yamlKey.MatchString(text[from:to]) {
				continue
			}
			if pairs, ok := r.yaml(dedented(text[from:to])); ok && (useful(pairs) > 1 || manifest.MatchString(text)) {
				r.pairs = append(r.pairs, pairs...)
				return text[:from] + keepLines(text[from:to]) + text[to:]
			}
		}
	}
	return text
}

// paragraphs returns where the paragraphs of a text begin; its first line counts as one.
func paragraphs(text string) []int {
	var starts []int
	at, blank := 0, true
	for line := range strings.Lines(text) {
		empty := strings.TrimSpace(line) == ""
		if !empty && (blank || len(starts) == 1) {
			starts = append(starts, at)
		}
		blank = empty
		at += len(line)
	}
	return starts
}

func useful(pairs []pair) int {
	count := 0
	for _, p := range pairs {
		if m := p.inPlace(); m.field != unknown && m.field != other {
			count++
		}
	}
	return count
}

// annotated is a variable with its type and value, as Python and TypeScript write it: YAML
// would take both for the value.
var annotated = lazyregexp.New(`(?m)^\s*[A-Za-z_]\w*\??:[ \t]*[A-Za-z_][\w.\[\], |]* = \S`)

// readYAML reads YAML that has more structure than one NAME: value a line, which the
// reader of lines understands too, and without being as strict.
func readYAML(text string) (node, bool) {
	if !strings.Contains(text, ":") || len(text) > yamlLimit || annotated.MatchString(text) {
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
	if len(n.members) == 0 || n.list && !slices.ContainsFunc(n.members, func(m node) bool { return !m.isBullet() }) {
		return false
	}
	for _, m := range n.members {
		if len(m.members) > 0 || strings.Contains(m.text, "\n") || m.block {
			return true
		}
	}
	return false
}

// isBullet reports whether an item of a list is one label with its value, as in a text with
// bullets.
func (n node) isBullet() bool {
	return !n.list && len(n.members) == 1 && len(n.members[0].members) == 0
}

// fromYAML copies a document, with the values of its anchors. Values with a tag of an
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
