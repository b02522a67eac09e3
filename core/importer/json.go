package importer

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// toolBoxVersion is the version of Power Platform ToolBox's exports.
//
// Source: its connectionsManager.ts, exportConnections.
const toolBoxVersion = "1"

// The bounds of a JSON document, which takes many times its size in memory. A thousand
// connections have a few hundred kilobytes.
const (
	jsonLimit  = 2 << 20
	mostValues = 20_000
)

// readJSON finds the objects that describe a connection, at any depth: exports of
// Power Platform ToolBox, profiles of command-line tools, lists of one's own.
func readJSON(text string) ([]entry, error) {
	if len(text) > jsonLimit {
		return nil, ErrTooBig
	}
	text = strict(text)
	if err := toolBoxFault(text); err != nil {
		return nil, err
	}
	var w walk
	values := json.NewDecoder(strings.NewReader(text)) // one, or one a line
	for {
		value, err := ordered(values, 0)
		switch {
		case errors.Is(err, io.EOF) && len(w.found) > 0:
			return w.found, nil
		case errors.Is(err, io.EOF) && w.seen == 1 && strings.HasPrefix(text, "["):
			return nil, ErrEmpty
		case err != nil:
			return nil, ErrNotImportable
		}
		w.value(value, "", "", 0)
		if w.seen > mostValues {
			return nil, ErrTooBig
		}
	}
}

// toolBoxFault returns why a file of Power Platform ToolBox cannot be read.
func toolBoxFault(text string) error {
	var file struct {
		Version     json.RawMessage
		Connections []json.RawMessage
	}
	if json.Unmarshal([]byte(text), &file) != nil || file.Connections == nil {
		return nil
	}
	if len(file.Connections) == 0 {
		return ErrEmpty
	}
	isToolBox, encrypted, readable := false, 0, 0
	for _, raw := range file.Connections {
		var c struct{ AuthenticationType, ClientID *string }
		if json.Unmarshal(raw, &c) != nil {
			return ErrDamaged
		}
		isToolBox = isToolBox || c.AuthenticationType != nil || string(raw) == "{}"
		switch {
		case c.ClientID == nil:
		case encryptedByElectron(*c.ClientID):
			encrypted++
		case isID(*c.ClientID):
			readable++
		}
	}
	switch {
	case encrypted > 0 && readable == 0:
		return ErrStore
	case isToolBox && file.Version != nil && string(file.Version) != toolBoxVersion:
		return ErrNewer
	}
	return nil
}

// encryptedByElectron reports whether a value is what Electron's safeStorage writes:
// base64 of a version and the encrypted text.
func encryptedByElectron(value string) bool {
	data, err := base64.StdEncoding.DecodeString(value)
	return err == nil && (strings.HasPrefix(string(data), "v10") || strings.HasPrefix(string(data), "v11"))
}

// walk collects the connections of a document.
type walk struct {
	found []entry
	seen  int // objects and lists
	// elements is true for XML, in which the name of an element is no connection's.
	elements bool
}

// value looks at a value; name is its key, and tenant that of the objects around it.
func (w *walk) value(v any, name, tenant string, depth int) {
	if depth > deepest || len(w.found) > most || w.seen > mostValues {
		return
	}
	switch v := v.(type) {
	case []any:
		w.seen++
		for _, item := range v {
			w.value(item, "", tenant, depth+1)
		}
	case object:
		w.seen++
		s := settings{}
		s.flatten(v, "", 0)
		if e, ok := s.entry(); ok {
			if e.name == "" {
				e.name = name
			}
			if e.tenant == "" {
				e.tenant = tenant
			}
			if !slices.Contains(w.found, e) { // a profile may be there again as the current one
				w.found = append(w.found, e)
			}
			return
		}
		if own := s.first(aTenant); own != "" {
			tenant = own
		} else if shared := v.shared(); shared != "" {
			tenant = shared
		}
		if own := s.first(aName); own != "" {
			name = own
		}
		for _, m := range v {
			inner := m.key
			if squeezed := plain.Squeeze(m.key); w.elements || ownObjects[squeezed] || containers[squeezed] {
				inner = name
			}
			w.value(m.value, inner, tenant, depth+1)
		}
	}
}

// shared returns the tenant of the object that holds what its neighbours have in common,
// as REST clients write it.
func (o object) shared() string {
	for _, m := range o {
		inner, ok := m.value.(object)
		if !ok || !commons[plain.Squeeze(m.key)] {
			continue
		}
		s := settings{}
		s.flatten(inner, "", nested)
		return s.first(aTenant)
	}
	return ""
}

// commons are the keys of objects that belong to all of their neighbours.
var commons = map[string]bool{"shared": true, "common": true, "default": true, "defaults": true, "base": true, "global": true}

// nested is how deep an object's own objects are looked into for its settings.
const nested = 3

// flatten adds an object's texts by their keys, those of inner objects behind them. An
// inner object's key counts with its own: environment.url is environmentUrl.
func (s settings) flatten(o object, prefix string, depth int) {
	for _, m := range o {
		texts := []string{}
		switch v := m.value.(type) {
		case string:
			texts = append(texts, v)
		case []any: // the first text, or the address, of a list such as a login's uris
			for _, item := range v {
				if only, ok := item.(object); ok && ownObjects[plain.Squeeze(prefix)] {
					if text, ok := only.text("uri", "url", "value"); ok {
						texts = append(texts, text)
					}
				}
			}
		}
		squeezed := plain.Squeeze(m.key)
		for _, text := range texts {
			if !s.add(plain.Squeeze(prefix)+squeezed, text) && prefix != "" && ownObjects[plain.Squeeze(prefix)] {
				s.add(squeezed, text)
			}
		}
	}
	if depth == nested {
		return
	}
	for _, m := range o {
		if inner, ok := m.value.(object); ok {
			s.flatten(inner, m.key, depth+1)
		}
	}
}

// containers are the keys of objects that are no name of the connection in them.
var containers = map[string]bool{
	"data": true, "value": true, "values": true, "variable": true, "variables": true, "parameters": true, "env": true, "items": true, "resources": true,
	"connections": true, "profiles": true, "environments": true, "current": true, "services": true, "login": true, "fields": true,
}

// ownObjects are the keys of objects that belong to the connection around them.
var ownObjects = map[string]bool{
	"environment": true, "environmentinfo": true, "organization": true, "org": true, "auth": true, "authentication": true, "credentials": true,
	"credential": true, "application": true, "app": true, "connection": true, "settings": true, "properties": true, "typeproperties": true, "config": true,
	"dataverse": true, "azuread": true, "aad": true, "entra": true, "server": true, "certificate": true,
	"authorization": true, "parameters": true, "login": true, "uris": true, "fields": true, "driverdata": true, "string": true, "info": true, "metadata": true, "extra": true,
}
