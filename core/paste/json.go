package paste

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const deepest = 64

var errNotJSON = errors.New("not JSON")

// jsonReader reads JSON as people write it: with comments, commas at the end, single
// quotes and bare names.
type jsonReader struct {
	text string
	at   int
	// budget is how many bytes may still be read, over all attempts.
	budget *int
}

// findJSON returns the objects and arrays in a text, and the text with blanks in their
// places. What is no JSON, or holds no known name, stays.
func findJSON(text string) (found []node, rest string) {
	budget := 8 * len(text)
	out := []byte(text)
	for at := 0; at < len(text); {
		next := strings.IndexAny(text[at:], "{[")
		if next < 0 {
			break
		}
		at += next
		r := jsonReader{text: text, at: at, budget: &budget}
		root, err := r.value(0)
		if err != nil || !root.interesting(0) {
			at++
			continue
		}
		found = append(found, root)
		for i := at; i < r.at; i++ {
			if out[i] != '\n' {
				out[i] = ' '
			}
		}
		at = r.at
	}
	return found, string(out)
}

// interesting reports whether JSON is data: an object with a quoted name, or a list of
// quoted words.
func (n node) interesting(depth int) bool {
	if n.list {
		for _, m := range n.members {
			if m.interesting(depth + 1) {
				return true
			}
		}
		return depth == 0 && len(n.members) > 1 && n.members[0].quoted
	}
	return len(n.members) > 0 && n.quotedNames
}

func (r *jsonReader) value(depth int) (node, error) {
	r.blanks()
	if depth > deepest || r.at >= len(r.text) || *r.budget <= 0 {
		return node{}, errNotJSON
	}
	switch c := r.text[r.at]; c {
	case '{', '[':
		return r.container(depth, c == '[')
	case '"', '\'':
		text, err := r.quoted()
		return node{text: text, quoted: true}, err
	}
	start := r.at
	for r.at < len(r.text) && !strings.ContainsRune(",}]\n", rune(r.text[r.at])) {
		if strings.HasPrefix(r.text[r.at:], " //") {
			break
		}
		r.at++
		*r.budget--
	}
	text := strings.TrimSpace(r.text[start:r.at])
	if text == "" {
		return node{}, errNotJSON
	}
	if text == "null" {
		text = ""
	}
	return node{text: text}, nil
}

func (r *jsonReader) container(depth int, list bool) (node, error) {
	n := node{list: list}
	end := byte('}')
	if list {
		end = ']'
	}
	r.at++
	for {
		r.blanks()
		if r.at >= len(r.text) || *r.budget <= 0 {
			return node{}, errNotJSON
		}
		switch c := r.text[r.at]; {
		case c == end:
			r.at++
			return n, nil
		case c == ',':
			r.at++
			continue
		case list && (c == '}' || c == ':'), !list && c == ']':
			return node{}, errNotJSON
		}
		name := ""
		if !list {
			var err error
			if name, err = r.name(&n); err != nil {
				return node{}, err
			}
		}
		m, err := r.value(depth + 1)
		if err != nil {
			return node{}, err
		}
		m.name = name
		n.members = append(n.members, m)
		r.blanks()
		if r.at < len(r.text) && r.text[r.at] != ',' && r.text[r.at] != end {
			return node{}, errNotJSON
		}
	}
}

// name reads a member's name and the colon behind it.
func (r *jsonReader) name(n *node) (string, error) {
	var name string
	if c := r.text[r.at]; c == '"' || c == '\'' {
		text, err := r.quoted()
		if err != nil {
			return "", err
		}
		name, n.quotedNames = text, true
	} else {
		start := r.at
		for r.at < len(r.text) && (r.text[r.at] == '_' || r.text[r.at] == '$' || r.text[r.at] == '-' || r.text[r.at] < utf8.RuneSelf && (unicode.IsLetter(rune(r.text[r.at])) || unicode.IsDigit(rune(r.text[r.at])))) {
			r.at++
		}
		name = r.text[start:r.at]
	}
	r.blanks()
	if name == "" || r.at >= len(r.text) || r.text[r.at] != ':' {
		return "", errNotJSON
	}
	r.at++
	return name, nil
}

// quoted reads a string with JSON's and JavaScript's escapes.
func (r *jsonReader) quoted() (string, error) {
	text, length, ok := unquote(r.text[r.at:], true)
	if !ok {
		*r.budget -= len(r.text) - r.at
		return "", errNotJSON
	}
	r.at += length
	*r.budget -= length
	return text, nil
}

// blanks skips white space and comments.
func (r *jsonReader) blanks() {
	for r.at < len(r.text) {
		rest := r.text[r.at:]
		switch {
		case rest[0] == ' ' || rest[0] == '\n' || rest[0] == '\t':
			r.at++
			*r.budget--
		case strings.HasPrefix(rest, "//"):
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				end = len(rest)
			}
			r.at += end
			*r.budget -= end
		case strings.HasPrefix(rest, "/*"):
			end := strings.Index(rest, "*/")
			if end < 0 {
				*r.budget -= len(rest)
				return
			}
			r.at += end + 2
			*r.budget -= end + 2
		default:
			return
		}
	}
}

// unquote reads the quoted string at the start of text on one line; length is that of
// the whole with its quotes. Outside of JSON a backslash is more often part of a path
// than the beginning of a control character.
func unquote(text string, strict bool) (inner string, length int, ok bool) {
	quote := text[0]
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == quote:
			return b.String(), i + 1, true
		case c == '\n' && quote != '`':
			return "", 0, false
		case c == '\\' && i+1 < len(text) && quote != '`' && (strict || quote == '"' || text[i+1] == quote):
			s, used := escape(text[i:], quote, strict)
			b.WriteString(s)
			i += used - 1
		default:
			b.WriteByte(c)
		}
	}
	return "", 0, false
}

// escape decodes the escape at the start of text. A backslash that begins no escape, as in
// a path of Windows, is itself.
func escape(text string, quote byte, strict bool) (decoded string, used int) {
	switch c := text[1]; {
	case c == quote, strings.IndexByte(`\/"'`, c) >= 0:
		return string(c), 2
	case strict && strings.IndexByte("nrtbf", c) >= 0:
		return map[byte]string{'n': "\n", 'r': "\r", 't': "\t", 'b': "", 'f': ""}[c], 2
	case c == 'u' && len(text) >= 6:
		if code, err := strconv.ParseUint(text[2:6], 16, 32); err == nil {
			return string(rune(code)), 6
		}
	}
	return `\`, 1
}
