package importer

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// readElements finds the elements that describe a connection in the XML of other programs,
// such as LINQPad's connections and KeePass's export.
func readElements(text string) ([]entry, error) {
	if len(text) > jsonLimit {
		return nil, ErrNotImportable
	}
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	root, err := elements(decoder, nil, 0)
	if err != nil {
		return nil, ErrNotImportable
	}
	w := walk{elements: true}
	w.value(root, "", "", 0)
	if len(w.found) == 0 {
		return nil, ErrNotImportable
	}
	return w.found, nil
}

// elements reads the content of an element. Elements of one name are a list, and the
// object that a list of names and values represents.
func elements(in *xml.Decoder, attributes []xml.Attr, depth int) (any, error) {
	if depth > deepest {
		return nil, errDeep
	}
	var all object
	var content strings.Builder
	for _, a := range attributes {
		all = append(all, member{a.Name.Local, a.Value})
	}
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) && depth == 0 {
			return all.grouped(), nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			inner, err := elements(in, token.Attr, depth+1)
			if err != nil {
				return nil, err
			}
			all = append(all, member{token.Name.Local, inner})
		case xml.CharData:
			content.Write(token)
		case xml.EndElement:
			text := plain.Trim(content.String())
			if len(all) == 0 {
				return text, nil
			}
			if text != "" {
				all = append(all, member{"value", text})
			}
			return all.grouped(), nil
		}
	}
}

// grouped puts the members of one name into a list.
func (o object) grouped() object {
	at := map[string]int{}
	var all object
	for _, m := range o {
		i, seen := at[m.key]
		if !seen {
			at[m.key] = len(all)
			all = append(all, member{m.key, []any{m.value}})
			continue
		}
		all[i].value = append(all[i].value.([]any), m.value)
	}
	for i, m := range all {
		if list := m.value.([]any); len(list) == 1 {
			all[i].value = list[0]
		} else {
			all[i].value = entries(list)
		}
	}
	return all
}
