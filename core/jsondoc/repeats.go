package jsondoc

import (
	"bytes"
	"encoding/json"
)

// Repeats reports whether an object of a JSON value has a key twice: encoding/json takes
// the last one without an error, and another reader the first.
func Repeats(data []byte) bool {
	type level struct {
		keys map[string]bool // of an object; nil for an array
		key  bool            // the next token is a key, or the end of the object
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	open := []level{{}}
	for {
		token, err := decoder.Token()
		if err != nil {
			return false
		}
		top := &open[len(open)-1]
		key, isText := token.(string)
		switch {
		case token == json.Delim('}'), token == json.Delim(']'):
			open = open[:len(open)-1]
			continue
		case top.key && isText:
			if top.keys[key] {
				return true
			}
			top.keys[key], top.key = true, false
			continue
		}
		top.key = top.keys != nil // behind the value that begins here
		switch token {
		case json.Delim('{'):
			open = append(open, level{map[string]bool{}, true})
		case json.Delim('['):
			open = append(open, level{})
		}
	}
}
