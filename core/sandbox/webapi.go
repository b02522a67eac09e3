package sandbox

import (
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
	if c.Method != http.MethodGet && c.Method != http.MethodHead {
		// The application's role writes accounts only, and the sandbox has none.
		return c.lacks(userEntity, "prvWriteUser")
	}
	if f := c.checkVersionHeaders(); f != nil {
		return f
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
	m := entityPath.FindStringSubmatch(path)
	var e *entity
	if m != nil {
		e = entitySet(m[1])
	}
	if e == nil {
		segment, _, _ := strings.Cut(path, "/")
		segment, _, _ = strings.Cut(segment, "(")
		return c.refuse("0x8006088a", segment)
	}
	return c.read(w, e, m[2], m[3])
}

// checkVersionHeaders refuses an OData version that the service does not speak.
func (c *call) checkVersionHeaders() *refused {
	for _, name := range []string{"OData-Version", "OData-MaxVersion"} {
		if v := c.Header.Get(name); v != "" && v != "4.0" && v != "4.01" {
			return c.refuse("0x80060888", "The "+name+" header value '"+v+"' is not supported.")
		}
	}
	return nil
}

// read answers for a table, a row of it, or where one of its links leads.
func (c *call) read(w http.ResponseWriter, e *entity, key, follow string) *refused {
	options, err := rawOptions(c.URL.RawQuery)
	if err != nil {
		return c.refuse("0x80060888", err.Error())
	}
	if f := c.may(e); f != nil {
		return f
	}
	rows := e.rows(c.data)
	single := key != ""
	if single {
		found, f := c.find(e, key)
		if f != nil {
			return f
		}
		rows = []row{found}
		if strings.EqualFold(follow, "Microsoft.Dynamics.CRM.RetrieveUserPrivileges") && e == userEntity {
			return c.userPrivileges(w, found)
		}
	}
	if follow != "" {
		link, ok := e.link(follow)
		if !ok || !single {
			return c.refuse("0x8006088a", follow)
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
		return c.refuse("0x80060888", err.Error())
	}
	if f := c.mayExpand(q); f != nil {
		return f
	}
	if annotated(c.Request) {
		w.Header().Set("Preference-Applied", `odata.include-annotations="*"`)
	}
	if single {
		if len(rows) == 0 {
			w.WriteHeader(http.StatusNoContent)
			return nil
		}
		c.write(w, append(object{{"@odata.context", c.context(e.Set + q.shape() + "/$entity")}}, c.show(e, q, rows[0])...))
		return nil
	}
	c.writeList(w, e, q, rows)
	return nil
}

func (c *call) writeList(w http.ResponseWriter, e *entity, q query, rows []row) {
	shown := []object{}
	count := 0
	for _, r := range rows {
		if q.Filter != nil && !q.Filter(r) {
			continue
		}
		count++
		if q.Top == 0 || len(shown) < q.Top {
			shown = append(shown, c.show(e, q, r))
		}
	}
	body := object{{"@odata.context", c.context(e.Set + q.shape())}}
	if q.Count {
		body = append(body, member{"@odata.count", count})
	}
	if annotated(c.Request) {
		body = append(body, member{"@Microsoft.Dynamics.CRM.totalrecordcount", -1},
			member{"@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded", false})
	}
	c.write(w, append(body, member{"value", shown}))
}

func (c *call) find(e *entity, key string) (row, *refused) {
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
	out := object{{"@odata.etag", `W/"1048576"`}}
	shown := map[string]bool{}
	for _, column := range append(q.Select, column{Name: e.Key}) {
		if shown[column.Name] {
			continue // the key comes with every row, asked for or not
		}
		shown[column.Name] = true
		if name, ok := strings.CutSuffix(column.Name, "_value"); ok && annotated(c.Request) && r[column.Name] != nil {
			if target, ok := r[strings.TrimPrefix(name, "_")].(row); ok {
				out = append(out, member{column.Name + "@OData.Community.Display.V1.FormattedValue", target["name"]})
			}
		}
		out = append(out, member{column.Name, r[column.Name]})
	}
	for _, x := range q.Expand {
		rows := linked(r, x.navigation)
		if !x.Many {
			out = append(out, member{x.Name, c.show(x.Target, x.query, rows[0])})
			continue
		}
		list := []object{}
		for _, target := range rows {
			if x.Filter == nil || x.Filter(target) {
				list = append(list, c.show(x.Target, x.query, target))
			}
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
	if !may(c.user, e.Privilege) {
		return c.lacks(e, e.Privilege)
	}
	return nil
}

func (c *call) lacks(e *entity, privilege string) *refused {
	roles, id, count := rolesOf(c.user), text(c.user["systemuserid"]), 0
	for _, r := range roles {
		count += len(r["privileges"].([]string))
	}
	return c.refuse("0x80040220", id, fmt.Sprint(len(roles)), fmt.Sprint(count), privilege, privilegeID(privilege), e.TypeCode, e.Logical, id)
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
