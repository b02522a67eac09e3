package odata

import (
	"errors"
	"slices"
	"strings"
)

// Dialect is what an environment understands. The zero value is today's.
type Dialect struct {
	// Old environments know no column that is Newer, and no $expand within $expand.
	Old bool
	// NoLambda: filters with any() are refused. False: they are served.
	//
	// Guess: no public page names an environment that refuses them; clients have to
	// survive it.
	NoLambda bool
	// NestedExpand is what an N:N $expand within an N:N $expand returns. Empty: an
	// empty list.
	NestedExpand NestedExpand
}

// NestedExpand is what an expansion of an N:N relationship within another one
// returns. The documentation lists it as unsupported and does not describe the
// response.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/join-tables.
type NestedExpand string

// The ways to answer a nested expansion.
const (
	// NestedEmpty is success, with an empty list. Guess: one way to leave it out.
	NestedEmpty NestedExpand = ""
	// NestedRefused is an error. Guess: another way, and its text.
	NestedRefused NestedExpand = "refused"
	// NestedServed returns the rows. Guess: it works, unsupported as it is.
	NestedServed NestedExpand = "served"
)

// limit refuses what the dialect does not support, and empties what it leaves out
// without an error.
func (d Dialect) limit(filter string, q Query) error {
	if d.NoLambda && (strings.Contains(filter, "/any(") || strings.Contains(filter, "/all(")) {
		return errors.New("The Any/All lambda operators are not supported in this filter.")
	}
	for _, x := range q.Expand {
		for i, nested := range x.Expand {
			switch {
			case !x.Many || !nested.Many || d.NestedExpand == NestedServed:
			case d.NestedExpand == NestedRefused:
				return errors.New("Multiple levels of expand on collection-valued navigation properties are not supported.")
			default:
				x.Expand[i].filter = func(Row) bool { return false }
			}
		}
	}
	return nil
}

// lacks reports whether a name is one of Unmodelled.
func (e *Entity) lacks(name string) bool {
	return slices.ContainsFunc(e.Unmodelled, func(known string) bool {
		prefix, open := strings.CutSuffix(known, "*")
		return known == name || open && strings.HasPrefix(name, prefix)
	})
}

// isFunction reports whether Dataverse takes a word of a $filter for a function or
// an operator that this package does not have.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/filter-rows.
func isFunction(word string) bool {
	return strings.HasPrefix(word, "Microsoft.Dynamics.CRM.") ||
		slices.Contains([]string{"in", "has", "add", "sub", "mul", "div", "mod"}, word)
}

// isOption reports whether Dataverse has a query option that this package does
// not have. It has neither $skip nor $search nor $format.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/overview.
func isOption(name string) bool {
	known := []string{"$apply", "$deltatoken", "fetchXml", "savedQuery", "userQuery", "tag", "partitionId"}
	return slices.ContainsFunc(known, func(k string) bool {
		return name == k || k[0] != '$' && strings.EqualFold(name, k)
	}) || strings.HasPrefix(name, "@")
}
