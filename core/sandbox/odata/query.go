package odata

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// Query is a read of one entity: what to show of it, and which rows (OData 4.0
// part 2, section 5.1).
type Query struct {
	// Select are the columns to show.
	Select []Column
	Expand []Expansion
	// Top is the largest number of rows; 0 for all.
	Top int
	// Count is true if the number of rows is wanted as well.
	Count bool

	// explicit is true if $select was given.
	explicit bool
	filter   predicate // nil for all rows
	orderBy  []order
	after    place
}

// Options returns name and value of the options in a raw query string.
func Options(raw string) (map[string]string, error) {
	options := map[string]string{}
	for part := range strings.SplitSeq(raw, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		name, err := url.QueryUnescape(name)
		if err == nil {
			value, err = url.QueryUnescape(value)
		}
		if err != nil {
			return nil, fmt.Errorf("the query string is not well-formed")
		}
		if _, twice := options[name]; twice {
			return nil, fmt.Errorf("Query option '%s' was specified more than once, but it must be specified at most once.", name)
		}
		options[name] = value
	}
	return options, nil
}

// Parse reads the options of a query of an entity.
func Parse(e *Entity, options map[string]string, d Dialect) (Query, error) {
	q, err := parse(e, options, d)
	if err == nil {
		err = d.limit(options["$filter"], q)
	}
	if err == nil {
		err = q.checkNested()
	}
	return q, err
}

func parse(e *Entity, options map[string]string, d Dialect) (Query, error) {
	q := Query{Select: e.columns(d)}
	for name, value := range options {
		var err error
		switch name {
		case "$select":
			q.Select, err = parseSelect(e, value, d)
			q.explicit = true
		case "$expand":
			q.Expand, err = parseExpand(e, value, d)
		case "$filter":
			q.filter, err = parseFilter(e, value, d)
		case "$orderby":
			q.orderBy, err = parseOrder(e, value, d)
		case "$skiptoken":
			q.after, err = parsePlace(value)
		case "$top":
			if q.Top, err = strconv.Atoi(value); err != nil || q.Top < 0 {
				err = fmt.Errorf("Invalid value '%s' for $top query option found.", value)
			}
		case "$count":
			if q.Count, err = strconv.ParseBool(value); err != nil {
				err = fmt.Errorf("Invalid value '%s' for $count query option found.", value)
			}
		default:
			err = fmt.Errorf("The query parameter %s is not supported", name)
			if isOption(name) {
				err = unmodelled("the query option %s", name)
			}
		}
		if err != nil {
			return Query{}, err
		}
	}
	return q, nil
}

func parseSelect(e *Entity, text string, d Dialect) ([]Column, error) {
	var out []Column
	for name := range strings.SplitSeq(text, ",") {
		c, ok := e.column(strings.TrimSpace(name), d)
		if !ok {
			return nil, missing(e, strings.TrimSpace(name))
		}
		out = append(out, c)
	}
	return out, nil
}

// missing returns the error for a name that the entity does not have.
// "businessunitid/name" is a path through a link.
func missing(e *Entity, name string) error {
	first, _, path := strings.Cut(name, "/")
	if _, link := e.Link(first); e.lacks(first) || path && link {
		return unmodelled("'%s' of '%s'", name, e.Logical)
	}
	return fmt.Errorf("Could not find a property named '%s' on type 'Microsoft.Dynamics.CRM.%s'.", name, e.Logical)
}

// ShapesOnly reports whether the query has $select and $expand alone, as that of a
// single row must.
func (q Query) ShapesOnly() bool {
	return q.filter == nil && q.orderBy == nil && q.Top == 0 && !q.Count && q.after == place{}
}

// Rows returns the rows that the query is for, filtered and in order.
func (q Query) Rows(rows []Row) []Row {
	var out []Row
	for _, r := range rows {
		if q.filter == nil || q.filter(r) {
			out = append(out, r)
		}
	}
	q.sort(out)
	return out
}

// Shape returns what the context address states to be selected:
// "(name,roles(name))", "" for everything.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/join-tables.
func (q Query) Shape() string {
	var names []string
	if q.explicit {
		for _, c := range q.Select {
			names = append(names, c.Name)
		}
	}
	for _, x := range q.Expand {
		inner := x.Shape()
		if inner == "" {
			inner = "()"
		}
		names = append(names, x.Name+inner)
	}
	if len(names) == 0 {
		return ""
	}
	return "(" + strings.Join(names, ",") + ")"
}
