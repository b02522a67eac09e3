package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// bindPath is a reference to a row in a body: "/businessunits(id)", or whole.
var bindPath = lazyregexp.New(`^(?:https://[^/]+/api/data/v9\.\d)?/?([a-z]+)\(([0-9A-Fa-f-]{36})\)$`)

// rowBody is the body of a request, column by column.
type rowBody map[string]json.RawMessage

// change serves the requests that change something. A request with a method and a
// path that the real service might serve is marked.
func (c *call) change(w http.ResponseWriter, path string) *refused {
	m := entityPath.FindStringSubmatch(strings.TrimSuffix(path, "/$ref"))
	if m == nil {
		if path, ok := strings.CutSuffix(path, "/$ref"); ok && c.Method == http.MethodDelete {
			return c.dissociateByPath(w, path)
		}
		return unmodelled(http.StatusNotImplemented, "%s %s", c.Method, path)
	}
	set, id, follow := m[1], m[2], m[3]
	if set != "systemusers" && set != "roles" && (businessTable(set) == nil || c.Method != http.MethodPost) {
		return unmodelled(http.StatusNotImplemented, "%s %s", c.Method, path)
	}
	if id != "" && !guid.IsPlain(id) {
		return c.refuse("0x80060888", "Bad Request - Error in query syntax.")
	}
	ref := strings.HasSuffix(path, "/$ref")
	switch {
	case ref && set == "systemusers" && follow == rolesLink && c.Method == http.MethodPost:
		return c.associate(w, id)
	case ref && set == "systemusers" && follow == rolesLink && c.Method == http.MethodDelete:
		return c.dissociate(w, id, c.URL.Query().Get("$id"))
	case ref:
		return unmodelled(http.StatusNotImplemented, "%s %s", c.Method, path)
	case set == "roles" && slices.Contains([]string{"AddPrivilegesRole", "ReplacePrivilegesRole"}, strings.TrimPrefix(follow, actions)) && c.Method == http.MethodPost:
		return c.setPrivileges(w, id, strings.TrimPrefix(follow, actions) == "ReplacePrivilegesRole")
	case follow != "":
		return unmodelled(http.StatusNotImplemented, "%s %s", c.Method, path)
	case id == "" && c.Method == http.MethodPost:
		return c.create(w, set)
	case id != "" && c.Method == http.MethodPatch:
		return c.update(w, set, id)
	case id != "" && c.Method == http.MethodDelete:
		return c.remove(w, set, id)
	}
	return unmodelled(http.StatusNotImplemented, "%s %s", c.Method, path)
}

const (
	rolesLink = "systemuserroles_association"
	actions   = "Microsoft.Dynamics.CRM."
)

// create serves POST to a table.
func (c *call) create(w http.ResponseWriter, set string) *refused {
	b, f := c.readRow()
	if f != nil {
		return f
	}
	var id string
	t := entitySet(set)
	switch {
	case set == "systemusers":
		id, f = c.createUser(b)
	case set == "roles":
		id, f = c.createRole(b)
	default:
		t = businessTable(set)
		id, f = c.createRecord(t, b)
	}
	if f != nil {
		return f
	}
	w.Header().Set("OData-EntityId", c.base()+set+"("+id+")")
	return c.written(w, t, id, http.StatusCreated)
}

// written writes the response to a change: the row, where the request prefers it,
// and nothing otherwise.
//
// Source: the recorded message dv-204-create-2026;
// learn.microsoft.com/power-apps/developer/data-platform/webapi/create-entity-web-api.
func (c *call) written(w http.ResponseWriter, t *table, id string, status int) *refused {
	prefers := slices.ContainsFunc(c.Header.Values("Prefer"), func(p string) bool { return strings.Contains(strings.ToLower(p), "return=representation") })
	if !prefers || t == nil {
		w.Header().Set("Content-Type", "application/json; odata.metadata=minimal")
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	c.data = c.server.now().database(c.org)
	rows, f := c.at(t, id)
	if f != nil {
		return f
	}
	q, f := c.query(t.Entity, map[string]string{})
	if f != nil {
		return f
	}
	w.Header().Set("Preference-Applied", "return=representation")
	w.Header().Set("Content-Type", "application/json; odata.metadata=minimal")
	writeJSON(w, status, append(object{{"@odata.context", c.context(t.Set + "/$entity")}}, c.show(t.Entity, q, rows[0])...))
	return nil
}

// readRow reads the JSON object of a body.
func (c *call) readRow() (rowBody, *refused) {
	raw, err := io.ReadAll(io.LimitReader(c.Body, 4<<20))
	kind, _, _ := strings.Cut(c.Header.Get("Content-Type"), ";")
	var b rowBody
	if err != nil || strings.TrimSpace(kind) != "application/json" || json.Unmarshal(raw, &b) != nil || b == nil {
		// Guess: the text.
		return nil, c.refuse("0x80048d19", "Error identified in Payload provided by the user for Entity :'', For more information on this error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293 ----> InnerException : Microsoft.OData.ODataException.")
	}
	return b, nil
}

// unknown refuses a column that a table does not have, and marks one that it has and
// the sandbox does not write.
//
// Source: the recorded message dv-400-unknown-column for the text.
func (c *call) unknown(t *table, b rowBody, known ...string) *refused {
	for name := range b {
		column, _, _ := strings.Cut(name, "@")
		switch {
		case slices.Contains(known, name):
		case t.Known(column):
			return unmodelled(http.StatusNotImplemented, "writing %s of %s", name, t.Logical)
		default:
			return c.refuse("0x80048d19", "Error identified in Payload provided by the user for Entity :'"+t.Set+"': An undeclared property '"+name+"' which only has property annotations in the payload but no property value was found in the payload. In OData, only declared navigation properties and declared named streams can be represented as properties without values.")
		}
	}
	return nil
}

// value reads a column into v; a value of another type is refused.
func (c *call) value(b rowBody, name string, v any) (bool, *refused) {
	raw, ok := b[name]
	if !ok || string(raw) == "null" {
		return false, nil
	}
	if json.Unmarshal(raw, v) != nil {
		// Guess: the text.
		return false, c.refuse("0x80048d19", "Error identified in Payload provided by the user: Cannot convert the literal '"+strings.Trim(string(raw), `"`)+"' to the expected type of '"+name+"'.")
	}
	return true, nil
}

// unit reads the business unit that a body binds; the one of the caller without it.
func (c *call) unit(b rowBody) (string, *refused) {
	var path string
	given, f := c.value(b, "businessunitid@odata.bind", &path)
	switch {
	case f != nil:
		return "", f
	case !given:
		return str(c.user["_businessunitid_value"]), nil
	}
	m := bindPath.FindStringSubmatch(path)
	if m == nil || m[1] != "businessunits" {
		// Guess: the text.
		return "", c.refuse("0x80048d19", "Error identified in Payload provided by the user: '"+path+"' is no reference to a row.")
	}
	for _, u := range c.data.units {
		if equal(u["businessunitid"], m[2]) {
			return strings.ToLower(m[2]), nil
		}
	}
	return "", c.refuse("0x80040217", "businessunit", m[2])
}

// store changes the rows of the environment.
func (c *call) store(f func(*objects, *store) *refused) *refused {
	return change(c.server, func(o *objects) *refused {
		s := o.stores[c.org.ID]
		if refused := f(o, &s); refused != nil {
			return refused
		}
		o.stores[c.org.ID] = s
		return nil
	})
}
