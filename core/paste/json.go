package paste

import (
	"encoding/json"
	"errors"
	"strings"

	"s2sdoctor/core/prose"
)

// readJSON finds settings in JSON of any shape: members of objects, however
// deep; lists of {"key": …, "value": …} as Postman and pipelines write them; and
// {"type": "SecureString", "value": …} as Data Factory does.
func readJSON(text string) (prose.Text, []setting) {
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return prose.Text{}, nil
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	root, err := readNode(decoder, 0)
	if err != nil || decoder.More() {
		return prose.Text{}, nil
	}
	return prose.F("JSON"), root.settings("", nil)
}

// node is JSON with its members in the order of the text, so that the first of
// two is the first: a map would choose by chance.
type node struct {
	text    string
	names   []string
	members []node
}

const deepest = 64

var errTooDeep = errors.New("too deep")

func readNode(decoder *json.Decoder, depth int) (node, error) {
	if depth > deepest {
		return node{}, errTooDeep
	}
	token, err := decoder.Token()
	if err != nil {
		return node{}, err
	}
	switch token := token.(type) {
	case string:
		return node{text: token}, nil
	case bool:
		if !token {
			return node{text: "false"}, nil
		}
	case json.Delim:
		var n node
		for decoder.More() {
			name := ""
			if token == '{' {
				key, err := decoder.Token()
				if err != nil {
					return node{}, err
				}
				name, _ = key.(string)
			}
			member, err := readNode(decoder, depth+1)
			if err != nil {
				return node{}, err
			}
			n.names, n.members = append(n.names, name), append(n.members, member)
		}
		_, err := decoder.Token()
		return n, err
	}
	return node{}, nil
}

// settings gathers what the node holds; key is what it is called itself.
func (n node) settings(key string, all []setting) []setting {
	if value := n.member("value"); value != "" {
		if n.member("enabled") == "false" {
			return all
		}
		for _, name := range []string{n.member("key"), n.member("name"), key} {
			if name != "" {
				return append(all, setting{name, value})
			}
		}
	}
	if n.text != "" && key != "" {
		all = append(all, setting{key, n.text})
	}
	for i, member := range n.members {
		all = member.settings(n.names[i], all)
	}
	return all
}

// member is the text of a member, "" when there is none.
func (n node) member(name string) string {
	for i := range n.members {
		if strings.EqualFold(n.names[i], name) {
			return n.members[i].text
		}
	}
	return ""
}
