package sandbox

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/odata"
)

// member paths: "systemusers(id)", "systemusers(id)/teammembership_association".
var entityPath = lazyregexp.New(`^([a-z]+)(?:\(([^()]*)\))?(?:/([A-Za-z_.]+)(\(\))?)?$`)

// webAPI serves the Web API: the reading of the tables, some functions, and the changes
// that a set-up makes.
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
		return c.change(w, path)
	}
	if f, ok := c.functions(w, path); ok {
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
	path, count := strings.CutSuffix(path, "/$count")
	m := entityPath.FindStringSubmatch(path)
	var t *table
	if m != nil {
		t = entitySet(m[1])
	}
	if t == nil {
		segment, _, _ := strings.Cut(path, "/")
		segment, _, _ = strings.Cut(segment, "(")
		// A table of the real service, or a misspelling.
		return c.unknownSegment(segment)
	}
	return c.read(w, t, target{key: m[2], follow: m[3], count: count})
}

// target is the part of a path behind the name of a table.
type target struct {
	// key is the text in brackets; "" for the whole table.
	key string
	// follow is the link or function behind it, or "".
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
	if p := preferencesOf(c.Request); p.Unmodelled != "" {
		return unmodelled(http.StatusNotImplemented, "the preference %s", p.Unmodelled)
	}
	if !odata.AcceptsMinimal(c.Header.Values("Accept")) {
		return unmodelled(http.StatusNotImplemented, "other metadata than odata.metadata=minimal")
	}
	for _, name := range []string{"OData-Version", "OData-MaxVersion"} {
		if v := c.Header.Get(name); v != "" && v != "4.0" && v != "4.01" {
			return c.refuse("0x80060888", "The "+name+" header value '"+v+"' is not supported.")
		}
	}
	return nil
}

// read serves a table, a row of it, or the rows that a link of a row leads to.
func (c *call) read(w http.ResponseWriter, t *table, to target) *refused {
	options, err := odata.Options(c.URL.RawQuery)
	if err != nil {
		return c.refuse("0x80060888", err.Error())
	}
	rows, f := c.at(t, to.key)
	if f != nil {
		return f
	}
	single := to.key != ""
	switch {
	case to.follow == "":
	case !single:
		return c.unknownSegment(to.follow)
	case strings.EqualFold(to.follow, "Microsoft.Dynamics.CRM.RetrieveUserPrivileges") && t == userTable:
		return c.userPrivileges(w, rows[0])
	default:
		link, ok := t.Link(to.follow)
		if !ok {
			return c.unknownSegment(to.follow)
		}
		t, rows, single = tableOf(link.Target), link.From(rows[0]), !link.Many
		if f := c.may(t); f != nil {
			return f
		}
	}
	q, f := c.query(t.Entity, options)
	switch {
	case f != nil:
		return f
	case to.count && single:
		return c.unknownSegment("$count")
	case to.count:
		writeCount(w, len(q.Rows(rows)))
	case single:
		return c.writeRow(w, t.Entity, q, rows)
	default:
		return c.writeList(w, t.Entity, q, rows)
	}
	return nil
}

// at returns all rows of a table, or the one with a key, to a caller who may read
// them.
func (c *call) at(t *table, key string) ([]row, *refused) {
	if f := c.may(t); f != nil {
		return nil, f
	}
	if key == "" {
		return c.within(t, t.rows(c.data)), nil
	}
	found, f := c.find(t, key)
	if f == nil && len(c.within(t, []row{found})) == 0 {
		f = c.lacks(t, t.Privilege)
	}
	return []row{found}, f
}

// query reads the query options, and refuses a caller who may not read what they name.
func (c *call) query(e *odata.Entity, options map[string]string) (odata.Query, *refused) {
	q, err := odata.Parse(e, options, c.faults.Dialect)
	var unknown *odata.UnmodelledError
	switch {
	case errors.As(err, &unknown):
		return q, unmodelled(http.StatusNotImplemented, "%s", unknown.What)
	case err != nil:
		return q, c.refuse("0x80060888", err.Error())
	}
	return q, c.mayExpand(q)
}

// find returns the row with a key.
//
// Guess: the text for a key that is no GUID.
func (c *call) find(t *table, key string) (row, *refused) {
	if name, _, alternate := strings.Cut(key, "="); alternate && t.Known(name) {
		return nil, unmodelled(http.StatusNotImplemented, "alternate keys")
	}
	if !guid.IsPlain(key) {
		return nil, c.refuse("0x80060888", "Bad Request - Error in query syntax.")
	}
	for _, r := range t.rows(c.data) {
		if equal(r[t.Key], key) {
			return r, nil
		}
	}
	return nil, c.refuse("0x80040217", t.Logical, key)
}

// may refuses the caller who lacks the privilege to read a table.
func (c *call) may(t *table) *refused {
	roles := rolesOf(c.user)
	if len(roles) == 0 && !c.tenant.User.NoRoleCounted {
		return c.refuse("0x80042f09", str(c.user["systemuserid"]))
	}
	if !c.holds(t.Privilege) {
		return c.lacks(t, t.Privilege)
	}
	return nil
}

func (c *call) lacks(t *table, privilege string) *refused {
	roles, id, count := rolesOf(c.user), str(c.user["systemuserid"]), 0
	for _, r := range roles {
		count += len(r["privileges"].([]rolePrivilege))
	}
	return c.refuse("0x80040220", id, fmt.Sprint(len(roles)), fmt.Sprint(count), str(c.user["azureactivedirectoryobjectid"]), str(c.user["_businessunitid_value"]), privilege, privilegeID(privilege), t.TypeCode, t.Logical, id)
}

// mayExpand refuses the caller who may not read everything that a query expands.
func (c *call) mayExpand(q odata.Query) *refused {
	for _, x := range q.Expand {
		if f := c.may(tableOf(x.Target)); f != nil {
			return f
		}
		if f := c.mayExpand(x.Query); f != nil {
			return f
		}
	}
	return nil
}
