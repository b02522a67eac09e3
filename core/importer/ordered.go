package importer

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// object is an object of JSON, or an element of XML, in the order of the file.
type object []member

type member struct {
	key   string
	value any
}

// text returns the first text under one of the keys, which are squeezed.
func (o object) text(keys ...string) (string, bool) {
	for _, key := range keys {
		for _, m := range o {
			if text, ok := m.value.(string); ok && plain.Squeeze(m.key) == key {
				return text, true
			}
		}
	}
	return "", false
}

var errDeep = errors.New("nested too deeply")

// ordered decodes the next value of JSON. A list of entries such as {"key": …, "value": …}
// is the object that it represents.
func ordered(in *json.Decoder, depth int) (any, error) {
	if depth > deepest {
		return nil, errDeep
	}
	token, err := in.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('['):
		list := []any{}
		for in.More() {
			item, err := ordered(in, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, item)
		}
		_, err = in.Token()
		return entries(list), err
	case json.Delim('{'):
		o := object{}
		for in.More() {
			key, err := in.Token()
			if err != nil {
				return nil, err
			}
			value, err := ordered(in, depth+1)
			if err != nil {
				return nil, err
			}
			o = append(o, member{key.(string), plainValue(value)})
		}
		_, err = in.Token()
		return o, err
	}
	return token, nil
}

// flags are the keys beside a value that change nothing of it, squeezed.
var flags = map[string]bool{"value": true, "issecret": true, "isreadonly": true, "secret": true, "enabled": true, "type": true, "allowoverride": true, "description": true, "sensitive": true}

// plainValue returns the text of an object that is only a value with its flags, as variable
// groups of Azure DevOps and parameters of templates are; another value stays.
func plainValue(value any) any {
	o, ok := value.(object)
	if !ok {
		return value
	}
	text, ok := o.text("value")
	for _, m := range o {
		ok = ok && flags[plain.Squeeze(m.key)]
	}
	if !ok {
		return value
	}
	return text
}

// entries returns the object of a list whose items are all names with their values, as
// Postman, password managers and .NET's configuration write settings; another list stays.
func entries(list []any) any {
	if len(list) == 0 {
		return list
	}
	var all object
	for _, item := range list {
		o, ok := item.(object)
		if !ok {
			return list
		}
		key, named := o.text("key", "name", "variable")
		if !named || !o.has("value") && !o.has("text") {
			return list
		}
		if o.value("enabled") == false || o.value("disabled") == true {
			continue
		}
		if value, ok := o.text("value", "text"); ok {
			all = append(all, member{key, value})
		}
	}
	return all
}

func (o object) value(key string) any {
	for _, m := range o {
		if plain.Squeeze(m.key) == key {
			return m.value
		}
	}
	return nil
}

func (o object) has(key string) bool {
	for _, m := range o {
		if plain.Squeeze(m.key) == key {
			return true
		}
	}
	return false
}

// strict drops the comments and the commas at the end that people write in JSON.
func strict(text string) string {
	if json.Valid([]byte(text)) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			end := i + 1
			for end < len(text) && text[end] != '"' && text[end] != '\n' {
				if text[end] == '\\' {
					end++
				}
				end++
			}
			end = min(end, len(text)-1)
			b.WriteString(text[i : end+1])
			i = end
		case strings.HasPrefix(text[i:], "//"):
			if end := strings.IndexByte(text[i:], '\n'); end >= 0 {
				i += end - 1
			} else {
				i = len(text)
			}
		case strings.HasPrefix(text[i:], "/*"):
			if end := strings.Index(text[i:], "*/"); end >= 0 {
				i += end + 1
			} else {
				i = len(text)
			}
		case c == ',' && endsList(text[i+1:]):
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// endsList reports whether nothing but comments precedes the end of a list.
func endsList(rest string) bool {
	for {
		rest = strings.TrimLeft(rest, " \t\r\n")
		if !strings.HasPrefix(rest, "//") {
			return strings.HasPrefix(rest, "}") || strings.HasPrefix(rest, "]")
		}
		end := strings.IndexByte(rest, '\n')
		if end < 0 {
			return false
		}
		rest = rest[end:]
	}
}
