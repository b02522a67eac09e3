package sandbox

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/sandbox/odata"
)

// writeCount writes the response to /$count: a number as text, of at most a page.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/count-rows.
func writeCount(w http.ResponseWriter, n int) {
	w.Header().Set("Content-Type", "text/plain")
	_, _ = fmt.Fprint(w, min(n, odata.MaxPageSize))
}

func (c *call) writeRow(w http.ResponseWriter, e *odata.Entity, q odata.Query, rows []row) *refused {
	if !q.ShapesOnly() {
		// Guess: the text.
		return c.refuse("0x80060888", "Only $select and $expand are supported for a single row.")
	}
	if len(rows) == 0 {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	if c.Header.Get("If-None-Match") == rowTag {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	c.apply(w, false)
	w.Header().Set("ETag", rowTag)
	c.write(w, append(object{{"@odata.context", c.context(e.Set + q.Shape() + "/$entity")}}, c.show(e, q, rows[0])...))
	return nil
}

func (c *call) writeList(w http.ResponseWriter, e *odata.Entity, q odata.Query, rows []row) *refused {
	prefer := preferencesOf(c.Request)
	if prefer.PageSize > 0 && q.Nested() {
		// The service pages the expanded collections as well.
		return unmodelled(http.StatusNotImplemented, "odata.maxpagesize with $expand within $expand")
	}
	found := q.Rows(rows)
	onPage, next := q.Page(e, found, prefer.PageSize)
	shown := []object{}
	for _, r := range onPage {
		shown = append(shown, c.show(e, q, r))
	}
	body, count := object{{"@odata.context", c.context(e.Set + q.Shape())}}, -1
	if q.Count {
		count = min(len(found), odata.MaxPageSize)
		body = append(body, member{"@odata.count", count})
	}
	if prefer.Wants("Microsoft.Dynamics.CRM.totalrecordcount") {
		body = append(body, member{"@Microsoft.Dynamics.CRM.totalrecordcount", count},
			member{"@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded", len(found) > odata.MaxPageSize})
	}
	body = append(body, member{"value", shown})
	if next != "" {
		body = append(body, member{"@odata.nextLink", "https://" + c.host + c.URL.EscapedPath() + "?" + odata.NextQuery(c.URL.RawQuery, next)})
	}
	c.apply(w, true)
	c.write(w, body)
	return nil
}

// apply sets the header with the applied preferences.
func (c *call) apply(w http.ResponseWriter, paged bool) {
	if applied := preferencesOf(c.Request).Applied(paged); applied != "" {
		w.Header().Set("Preference-Applied", applied)
	}
}

// show returns a row: its columns in the entity's order, then the expansions.
func (c *call) show(e *odata.Entity, q odata.Query, r row) object {
	prefer := preferencesOf(c.Request)
	out := object{{"@odata.etag", rowTag}}
	shown := map[string]bool{}
	for _, column := range append(q.Select, odata.Column{Name: e.Key}) {
		if shown[column.Name] {
			continue // the key comes with every row, asked for or not
		}
		shown[column.Name] = true
		out = append(out, annotations(prefer, column, r)...)
		out = append(out, member{column.Name, r[column.Name]})
	}
	for _, x := range q.Expand {
		rows := x.From(r)
		if !x.Many {
			out = append(out, member{x.Name, c.show(x.Target, x.Query, rows[0])})
			continue
		}
		list := []object{}
		onPage, _ := x.Page(x.Target, x.Rows(rows), 0)
		for _, target := range onPage {
			list = append(list, c.show(x.Target, x.Query, target))
		}
		// An address that repeats the expansion, as the service has it.
		next := c.base() + fmt.Sprintf("%s(%s)/%s", e.Set, r[e.Key], x.Name) + x.Options()
		out = append(out, member{x.Name, list}, member{x.Name + "@odata.nextLink", next})
	}
	return out
}

// rowTag is the version of every row: nothing in the sandbox is written to.
const rowTag = `W/"1048576"`

// labels are the names of choices, by column and value.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/reference/entities/systemuser
// and .../team.
var labels = map[string]map[string]string{
	"accessmode": {
		"0": "Read-Write", "1": "Administrative", "2": "Read", "3": "Support User", "4": "Non-interactive", "5": "Delegated Admin",
	},
	"azurestate":   {"0": "Exists", "1": "Soft deleted", "2": "Not found or hard deleted"},
	"deletedstate": {"0": "Not deleted", "1": "Soft deleted"},
	"teamtype":     {"0": "Owner", "1": "Access", "2": "Security Group", "3": "Office Group"},
}

// annotations returns the display text next to a value (OData 4.0 JSON format,
// section 18.2).
func annotations(prefer odata.Preferences, c odata.Column, r row) object {
	var out object
	const formatted = "OData.Community.Display.V1.FormattedValue"
	value, shown := r[c.Name], ""
	switch of, lookup := r[strings.TrimPrefix(strings.TrimSuffix(c.Name, "_value"), "_")].(row); {
	case value == nil:
	case lookup:
		shown = str(of["name"])
	case value == true:
		shown = "Yes"
	case value == false:
		shown = "No"
	default:
		shown = labels[c.Name][str(value)]
	}
	if shown != "" && prefer.Wants(formatted) {
		out = append(out, member{c.Name + "@" + formatted, shown})
	}
	return out
}

func (c *call) base() string { return "https://" + c.host + "/api/data/v9.2/" }

func (c *call) context(of string) string { return c.base() + "$metadata#" + of }

func (c *call) write(w http.ResponseWriter, body object) {
	w.Header().Set("Content-Type", "application/json; odata.metadata=minimal")
	writeJSON(w, http.StatusOK, body)
}

func preferencesOf(r *http.Request) odata.Preferences {
	return odata.ReadPreferences(r.Header.Values("Prefer"))
}
