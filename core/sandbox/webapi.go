package sandbox

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// member paths: "systemusers(id)", "systemusers(id)/teammembership_association".
var entityPath = lazyregexp.New(`^([a-z]+)(?:\(([^()]*)\))?(?:/([A-Za-z_.]+)(\(\))?)?$`)

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
	rows, f := c.at(e, to.key)
	if f != nil {
		return f
	}
	single := to.key != ""
	switch {
	case to.follow == "":
	case !single:
		return c.unknownSegment(to.follow)
	case strings.EqualFold(to.follow, "Microsoft.Dynamics.CRM.RetrieveUserPrivileges") && e == userEntity:
		return c.userPrivileges(w, rows[0])
	default:
		link, ok := e.link(to.follow)
		if !ok {
			return c.unknownSegment(to.follow)
		}
		if f := c.may(link.Target); f != nil {
			return f
		}
		e, rows, single = link.Target, linked(rows[0], link), !link.Many
	}
	q, f := c.query(e, options)
	switch {
	case f != nil:
		return f
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

// at returns all rows of a table, or the one with a key, to a caller who may read
// them.
func (c *call) at(e *entity, key string) ([]row, *refused) {
	if f := c.may(e); f != nil {
		return nil, f
	}
	if key == "" {
		return e.rows(c.data), nil
	}
	found, f := c.find(e, key)
	return []row{found}, f
}

// query reads the query options, for a caller who may read all that they name.
func (c *call) query(e *entity, options map[string]string) (query, *refused) {
	q, err := parseQuery(e, options, c.faults.Old)
	if err == nil {
		err = c.faults.limit(options["$filter"], q)
	}
	if err != nil {
		return q, c.badQuery(err)
	}
	return q, c.mayExpand(q)
}

// badQuery is the refusal of a query that was not understood.
func (c *call) badQuery(err error) *refused {
	var f *refused
	if errors.As(err, &f) {
		return f
	}
	return c.refuse("0x80060888", err.Error())
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
		return c.refuse("0x80042f09", str(c.user["systemuserid"]))
	}
	if !c.holds(e.Privilege) {
		return c.lacks(e, e.Privilege)
	}
	return nil
}

func (c *call) lacks(e *entity, privilege string) *refused {
	roles, id, count := rolesOf(c.user), str(c.user["systemuserid"]), 0
	for _, r := range roles {
		count += len(r["privileges"].([]string))
	}
	return c.refuse("0x80040220", id, fmt.Sprint(len(roles)), fmt.Sprint(count), str(c.user["azureactivedirectoryobjectid"]), str(c.user["_businessunitid_value"]), privilege, privilegeID(privilege), e.TypeCode, e.Logical, id)
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
