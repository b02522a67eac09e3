package odata

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// order is one item of $orderby.
type order struct {
	Column
	descending bool
}

// parseOrder reads "fullname desc,createdon" (OData 4.0 part 2, section 5.1.4).
func parseOrder(e *Entity, text string, d Dialect) ([]order, error) {
	var out []order
	for item := range strings.SplitSeq(text, ",") {
		words := strings.Fields(item)
		if len(words) == 0 || len(words) > 2 || len(words) == 2 && words[1] != "asc" && words[1] != "desc" {
			return nil, fmt.Errorf("Syntax error in $orderby: '%s' was not expected.", strings.TrimSpace(item))
		}
		c, ok := e.column(words[0], d)
		if !ok {
			return nil, missing(e, words[0])
		}
		out = append(out, order{c, len(words) == 2 && words[1] == "desc"})
	}
	return out, nil
}

// sort puts rows into the order that was asked for.
//
// Guess: null comes before everything else, as in SQL Server.
func (q Query) sort(rows []Row) {
	slices.SortStableFunc(rows, func(a, b Row) int {
		for _, o := range q.orderBy {
			d := compare(a[o.Name], b[o.Name])
			if o.descending {
				d = -d
			}
			if d != 0 {
				return d
			}
		}
		return 0
	})
}

// compare orders two values of one column.
func compare(a, b any) int {
	switch {
	case a == nil || b == nil:
		return compareBools(a != nil, b != nil)
	case a == b:
		return 0
	}
	if x, ok := a.(int); ok {
		return cmp.Compare(x, b.(int))
	}
	if x, ok := a.(bool); ok {
		return compareBools(x, b.(bool))
	}
	return strings.Compare(strings.ToLower(fmt.Sprint(a)), strings.ToLower(fmt.Sprint(b)))
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
