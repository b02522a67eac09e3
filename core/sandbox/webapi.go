package sandbox

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"s2sdoctor/core/pattern"
)

// member paths: "systemusers(id)", "systemusers(id)/teammembership_association".
var entityPath = pattern.New(`^([a-z]+)(?:\(([^()]*)\))?(?:/([A-Za-z_.]+)(\(\))?)?$`)

// webAPI answers for the Web API: two functions and the reading of five tables.
func (s *Server) webAPI(w http.ResponseWriter, c *call, path string) {
	if f := c.webAPI(w, path); f != nil {
		f.write(w, c.Request)
	}
}

func (c *call) webAPI(w http.ResponseWriter, path string) *refused {
	if f := c.checkHeaders(); f != nil {
		return f
	}
	if c.Method != http.MethodGet && c.Method != http.MethodHead {
		return unmodelled(http.StatusNotImplemented, "%s %s", c.Method, path)
	}
	function := strings.ToLower(strings.TrimSuffix(path, "()"))
	switch {
	case path == "":
		return c.serviceDocument(w)
	case function == "whoami":
		return c.whoAmI(w)
	case function == "retrieveversion":
		c.write(w, object{{"@odata.context", c.context("Microsoft.Dynamics.CRM.RetrieveVersionResponse")}, {"Version", dataverseVersion}})
		return nil
	case strings.HasPrefix(function, "retrievecurrentorganization("):
		return c.currentOrganization(w, path)
	}
	path, count := strings.CutSuffix(path, "/$count")
	m := entityPath.FindStringSubmatch(path)
	var e *entity
	if m != nil {
		e = entitySet(m[1])
	}
	if e == nil {
		segment, _, _ := strings.Cut(path, "/")
		segment, _, _ = strings.Cut(segment, "(")
		// A table of the real service, or a misspelling.
		return c.unknownSegment(segment)
	}
	return c.read(w, e, target{key: m[2], follow: m[3], count: count})
}

// target is what a path asks of a table.
type target struct {
	// key is what stands in brackets; "" asks for the table.
	key string
	// follow is the link or function behind it; "" for none.
	follow string
	// count asks for the number of rows alone.
	count bool
}

// unknownSegment is the service's own refusal of a name that it does not know,
// marked because it may know it.
func (c *call) unknownSegment(segment string) *refused {
	f := c.refuse("0x8006088a", segment)
	f.NotModelled = true
	return f
}

// checkHeaders refuses an OData version that the service does not speak, and what
// the sandbox cannot do for a client that asks for it.
func (c *call) checkHeaders() *refused {
	if p := preferencesOf(c.Request); p.unmodelled != "" {
		return unmodelled(http.StatusNotImplemented, "the preference %s", p.unmodelled)
	}
	if !acceptsMinimal(c.Request) {
		return unmodelled(http.StatusNotImplemented, "other metadata than odata.metadata=minimal")
	}
	for _, name := range []string{"OData-Version", "OData-MaxVersion"} {
		if v := c.Header.Get(name); v != "" && v != "4.0" && v != "4.01" {
			return c.refuse("0x80060888", "The "+name+" header value '"+v+"' is not supported.")
		}
	}
	return nil
}

// read answers for a table, a row of it, or where one of its links leads.
func (c *call) read(w http.ResponseWriter, e *entity, to target) *refused {
	options, err := rawOptions(c.URL.RawQuery)
	if err != nil {
		return c.refuse("0x80060888", err.Error())
	}
	if f := c.may(e); f != nil {
		return f
	}
	rows := e.rows(c.data)
	single := to.key != ""
	if single {
		found, f := c.find(e, to.key)
		if f != nil {
			return f
		}
		rows = []row{found}
		if strings.EqualFold(to.follow, "Microsoft.Dynamics.CRM.RetrieveUserPrivileges") && e == userEntity {
			return c.userPrivileges(w, found)
		}
	}
	if to.follow != "" {
		link, ok := e.link(to.follow)
		if !ok || !single {
			return c.unknownSegment(to.follow)
		}
		if f := c.may(link.Target); f != nil {
			return f
		}
		e, rows, single = link.Target, linked(rows[0], link), !link.Many
	}
	q, err := parseQuery(e, options, c.faults.Old)
	if err == nil {
		err = c.faults.limit(options["$filter"], q)
	}
	if err != nil {
		return c.badQuery(err)
	}
	if f := c.mayExpand(q); f != nil {
		return f
	}
	switch {
	case to.count && single:
		return c.unknownSegment("$count")
	case to.count:
		writeCount(w, len(q.selected(rows)))
	case single:
		return c.writeRow(w, e, q, rows)
	default:
		c.writeList(w, e, q, rows)
	}
	return nil
}

// badQuery is the refusal of a query that was not understood.
func (c *call) badQuery(err error) *refused {
	var f *refused
	if errors.As(err, &f) {
		return f
	}
	return c.refuse("0x80060888", err.Error())
}

// writeCount is the answer to /$count: a number as text, of at most a page.
func writeCount(w http.ResponseWriter, n int) {
	w.Header().Set("Content-Type", "text/plain")
	_, _ = fmt.Fprint(w, min(n, maxPageSize))
}

func (c *call) writeRow(w http.ResponseWriter, e *entity, q query, rows []row) *refused {
	if q.Filter != nil || q.OrderBy != nil || q.Top != 0 || q.Count || q.after != (place{}) {
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
	c.write(w, append(object{{"@odata.context", c.context(e.Set + q.shape() + "/$entity")}}, c.show(e, q, rows[0])...))
	return nil
}

func (c *call) writeList(w http.ResponseWriter, e *entity, q query, rows []row) {
	prefer := preferencesOf(c.Request)
	size := prefer.PageSize
	if size == 0 {
		size = maxPageSize
	}
	found := q.selected(rows)
	onPage, next := q.page(e, found, size)
	shown := []object{}
	for _, r := range onPage {
		shown = append(shown, c.show(e, q, r))
	}
	body, count := object{{"@odata.context", c.context(e.Set + q.shape())}}, -1
	if q.Count {
		count = min(len(found), maxPageSize)
		body = append(body, member{"@odata.count", count})
	}
	if prefer.wants("Microsoft.Dynamics.CRM.totalrecordcount") {
		body = append(body, member{"@Microsoft.Dynamics.CRM.totalrecordcount", count},
			member{"@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded", len(found) > maxPageSize})
	}
	body = append(body, member{"value", shown})
	if next != "" {
		body = append(body, member{"@odata.nextLink", c.nextLink(next)})
	}
	c.apply(w, q.Top == 0)
	c.write(w, body)
}

// apply reports which preferences were applied.
func (c *call) apply(w http.ResponseWriter, paged bool) {
	if applied := preferencesOf(c.Request).applied(paged); applied != "" {
		w.Header().Set("Preference-Applied", applied)
	}
}

func (c *call) find(e *entity, key string) (row, *refused) {
	if name, _, alternate := strings.Cut(key, "="); alternate {
		if _, ok := e.column(name, c.faults.Old); ok || e.isReal(name) {
			return nil, unmodelled(http.StatusNotImplemented, "alternate keys")
		}
	}
	if !guidShape.MatchString(key) {
		return nil, c.refuse("0x80060888", "Bad Request - Error in query syntax.")
	}
	for _, r := range e.rows(c.data) {
		if equal(r[e.Key], key) {
			return r, nil
		}
	}
	return nil, c.refuse("0x80040217", e.Logical, key)
}

// show writes a row: its columns in the entity's order, then what was expanded.
func (c *call) show(e *entity, q query, r row) object {
	prefer := preferencesOf(c.Request)
	out := object{{"@odata.etag", rowTag}}
	shown := map[string]bool{}
	for _, column := range append(q.Select, column{Name: e.Key}) {
		if shown[column.Name] {
			continue // the key comes with every row, asked for or not
		}
		shown[column.Name] = true
		out = append(out, annotations(prefer, column, r)...)
		out = append(out, member{column.Name, r[column.Name]})
	}
	for _, x := range q.Expand {
		rows := linked(r, x.navigation)
		if !x.Many {
			out = append(out, member{x.Name, c.show(x.Target, x.query, rows[0])})
			continue
		}
		list := []object{}
		onPage, _ := x.page(x.Target, x.selected(rows), maxPageSize)
		for _, target := range onPage {
			list = append(list, c.show(x.Target, x.query, target))
		}
		// An address that repeats what was expanded: real, and nothing that a
		// client should follow with a token without looking at its host.
		next := c.base() + fmt.Sprintf("%s(%s)/%s", e.Set, r[e.Key], x.Name)
		if x.text != "" {
			next += "?" + strings.ReplaceAll(url.QueryEscape(x.text), "%3B", "&")
		}
		out = append(out, member{x.Name, list}, member{x.Name + "@odata.nextLink", next})
	}
	return out
}

// rowTag is the version of every row: nothing in the sandbox is written to.
const rowTag = `W/"1048576"`

// annotations are what stands beside a value for people (OData 4.0 JSON format,
// section 18.2).
func annotations(prefer preferences, c column, r row) object {
	var out object
	const formatted = "OData.Community.Display.V1.FormattedValue"
	value, shown := r[c.Name], ""
	switch of, lookup := r[strings.TrimPrefix(strings.TrimSuffix(c.Name, "_value"), "_")].(row); {
	case value == nil:
	case lookup:
		shown = text(of["name"])
	case value == true:
		shown = "Yes"
	case value == false:
		shown = "No"
	case c.Kind == numberKind:
		shown = text(value)
	}
	if shown != "" && prefer.wants(formatted) {
		out = append(out, member{c.Name + "@" + formatted, shown})
	}
	return out
}

// linked are the rows that a link leads to.
func linked(r row, link navigation) []row {
	if link.Many {
		rows, _ := r[link.Name].([]row)
		return rows
	}
	if one, ok := r[link.Name].(row); ok {
		return []row{one}
	}
	return nil
}

// may refuses the caller who lacks the privilege to read a table.
func (c *call) may(e *entity) *refused {
	roles := rolesOf(c.user)
	if len(roles) == 0 && !c.tenant.User.NoRoleCounted {
		return c.refuse("0x80042f09", text(c.user["systemuserid"]))
	}
	if !c.holds(e.Privilege) {
		return c.lacks(e, e.Privilege)
	}
	return nil
}

func (c *call) lacks(e *entity, privilege string) *refused {
	roles, id, count := rolesOf(c.user), text(c.user["systemuserid"]), 0
	for _, r := range roles {
		count += len(r["privileges"].([]string))
	}
	return c.refuse("0x80040220", id, fmt.Sprint(len(roles)), fmt.Sprint(count), text(c.user["azureactivedirectoryobjectid"]), text(c.user["_businessunitid_value"]), privilege, privilegeID(privilege), e.TypeCode, e.Logical, id)
}

func (c *call) mayExpand(q query) *refused {
	for _, x := range q.Expand {
		if f := c.may(x.Target); f != nil {
			return f
		}
		if f := c.mayExpand(x.query); f != nil {
			return f
		}
	}
	return nil
}

// shape is what the context says was selected.
func (q query) shape() string {
	if len(q.Select) == 0 {
		return ""
	}
	var names []string
	for _, c := range q.Select {
		names = append(names, c.Name)
	}
	for _, x := range q.Expand {
		names = append(names, x.Name+"()")
	}
	return "(" + strings.Join(names, ",") + ")"
}

func (c *call) base() string { return "https://" + c.host + "/api/data/v9.2/" }

func (c *call) context(of string) string { return c.base() + "$metadata#" + of }

func (c *call) write(w http.ResponseWriter, body object) {
	w.Header().Set("Content-Type", "application/json; odata.metadata=minimal")
	writeJSON(w, http.StatusOK, body)
}
