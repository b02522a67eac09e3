package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// query is a read of one entity: what to show of it, and which rows (OData 4.0
// part 2, section 5.1). The subset is small and strict: what the sandbox does
// not know it refuses, as the real service refuses a misspelling.
type query struct {
	Select []column
	// explicit is true if $select was given; otherwise Select is every column.
	explicit bool
	Expand   []expansion
	Filter   predicate // nil for all rows
	OrderBy  []order
	Top      int // 0 for all
	Count    bool
	// after is where the page begins.
	after place
}

// expansion is one $expand item with its own options.
type expansion struct {
	navigation
	query
	text string // the options as they were sent
}

// rawOptions are name and value of the query string, names beginning with $.
func rawOptions(raw string) (map[string]string, error) {
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

func parseQuery(e *entity, options map[string]string, old bool) (query, error) {
	q := query{Select: known(e.Columns, old)}
	for name, value := range options {
		var err error
		switch name {
		case "$select":
			q.Select, err = parseSelect(e, value, old)
			q.explicit = true
		case "$expand":
			q.Expand, err = parseExpand(e, value, old)
		case "$filter":
			q.Filter, err = parseFilter(e, value, old)
		case "$orderby":
			q.OrderBy, err = parseOrder(e, value, old)
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
			err = unknownOption(name)
		}
		if err != nil {
			return query{}, err
		}
	}
	return q, nil
}

// unknownOption is the error for an option that the sandbox does not know: the
// real service knows some, and refuses others.
func unknownOption(name string) error {
	if slices.Contains(realOptions, strings.ToLower(name)) || strings.HasPrefix(name, "@") {
		return unmodelled(http.StatusNotImplemented, "the query option %s", name)
	}
	return fmt.Errorf("The query parameter %s is not supported", name)
}

func known(columns []column, old bool) []column {
	var out []column
	for _, c := range columns {
		if !(old && c.Newer) {
			out = append(out, c)
		}
	}
	return out
}

func parseSelect(e *entity, text string, old bool) ([]column, error) {
	var out []column
	for name := range strings.SplitSeq(text, ",") {
		c, ok := e.column(strings.TrimSpace(name), old)
		if !ok {
			return nil, missingProperty(e, strings.TrimSpace(name))
		}
		out = append(out, c)
	}
	return out, nil
}

// missingProperty is the error for a name that the table of the sandbox does not
// have. "businessunitid/name" is a path through a link.
func missingProperty(e *entity, name string) error {
	first, _, path := strings.Cut(name, "/")
	if _, link := e.link(first); e.isReal(first) || path && link {
		return unmodelled(http.StatusNotImplemented, "'%s' of '%s'", name, e.Logical)
	}
	return fmt.Errorf("Could not find a property named '%s' on type 'Microsoft.Dynamics.CRM.%s'.", name, e.Logical)
}

// parseExpand reads "name($select=a;$expand=b),name2". A server that is old has
// no expansion within an expansion.
func parseExpand(e *entity, text string, old bool) ([]expansion, error) {
	var out []expansion
	for _, item := range splitTop(text, ',') {
		name, rest, nested := strings.Cut(strings.TrimSpace(item), "(")
		link, ok := e.link(name)
		if !ok {
			return nil, missingProperty(e, name)
		}
		x := expansion{navigation: link, query: query{Select: known(link.Target.Columns, old)}}
		if nested {
			if !strings.HasSuffix(rest, ")") {
				return nil, fmt.Errorf("Found an unbalanced bracket expression.")
			}
			x.text = rest[:len(rest)-1]
			options := map[string]string{}
			for _, option := range splitTop(x.text, ';') {
				key, value, _ := strings.Cut(option, "=")
				options[strings.TrimSpace(key)] = value
			}
			if _, deep := options["$expand"]; deep && old {
				return nil, fmt.Errorf("Expand within expand is not supported.")
			}
			var err error
			if x.query, err = parseQuery(link.Target, options, old); err != nil {
				return nil, err
			}
			if err := x.refuseOptions(options); err != nil {
				return nil, err
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// refuseOptions refuses what an expansion may not have.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/join-tables.
func (x expansion) refuseOptions(options map[string]string) error {
	for _, name := range []string{"$count", "$skiptoken"} {
		if _, there := options[name]; there {
			return unmodelled(http.StatusNotImplemented, "%s within $expand", name)
		}
	}
	rows := x.Filter != nil || x.OrderBy != nil || x.Top != 0
	if rows && !x.Many {
		return fmt.Errorf("Only $select and $expand are supported for the single-valued property '%s'.", x.Name)
	}
	return nil
}

// splitTop splits at a separator outside of brackets.
func splitTop(text string, separator byte) []string {
	var out []string
	depth, from := 0, 0
	for i := range len(text) {
		switch {
		case text[i] == '(':
			depth++
		case text[i] == ')':
			depth--
		case text[i] == separator && depth == 0:
			out = append(out, text[from:i])
			from = i + 1
		}
	}
	return append(out, text[from:])
}
