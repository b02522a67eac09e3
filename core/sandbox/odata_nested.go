package sandbox

import (
	"errors"
	"strings"
)

// NestedExpand is what an expansion of an N:N relationship within another one
// brings. The documentation lists it as unsupported and does not describe what is
// answered: both readings below are guesses.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/join-tables.
type NestedExpand string

// The ways to answer a nested expansion.
const (
	NestedEmpty   NestedExpand = ""        // success, with an empty list
	NestedRefused NestedExpand = "refused" // 400
	NestedServed  NestedExpand = "served"  // the rows
)

// limit refuses what this environment does not support, and empties what it
// leaves out without a word.
func (o Organization) limit(filter string, q query) error {
	if o.NoLambda && strings.Contains(filter, "/any(") {
		return errors.New("The Any/All lambda operators are not supported in this filter.")
	}
	for _, x := range q.Expand {
		for i, nested := range x.Expand {
			switch {
			case !x.Many || !nested.Many || o.NestedExpand == NestedServed:
			case o.NestedExpand == NestedRefused:
				return errors.New("Multiple levels of expand on collection-valued navigation properties are not supported.")
			default:
				x.Expand[i].Filter = func(row) bool { return false }
			}
		}
	}
	return nil
}
