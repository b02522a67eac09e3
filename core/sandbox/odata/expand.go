package odata

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// maxExpansions is how many $expand options a query may have.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/join-tables.
const maxExpansions = 15

// errExpandOptions is for $top and $orderby where they are not supported.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/join-tables.
var errExpandOptions = errors.New("Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or nested one-to-many relationship.")

// Expansion is one item of $expand with its own options.
type Expansion struct {
	Navigation
	Query
	// text are the options as they were sent.
	text string
}

// parseExpand reads "name($select=a;$expand=b),name2".
//
// Guess: the documentation lists no combination of an N:N expansion with others as
// supported; many clients send it, and it is served here.
func parseExpand(e *Entity, text string, d Dialect) ([]Expansion, error) {
	var out []Expansion
	for _, item := range splitTop(text, ',') {
		name, rest, nested := strings.Cut(strings.TrimSpace(item), "(")
		link, ok := e.Link(name)
		if !ok {
			return nil, missing(e, name)
		}
		x := Expansion{Navigation: link, Query: Query{Select: link.Target.columns(d)}}
		if nested {
			var err error
			if x, err = x.with(rest, d); err != nil {
				return nil, err
			}
		}
		out = append(out, x)
	}
	if len(out) > maxExpansions {
		return nil, unmodelled("more than %d expansions", maxExpansions) // the refusal is not published
	}
	return out, nil
}

// with reads the options up to the closing bracket.
func (x Expansion) with(text string, d Dialect) (Expansion, error) {
	if !strings.HasSuffix(text, ")") {
		return x, fmt.Errorf("Found an unbalanced bracket expression.")
	}
	x.text = text[:len(text)-1]
	options := map[string]string{}
	for _, option := range splitTop(x.text, ';') {
		key, value, _ := strings.Cut(option, "=")
		options[strings.TrimSpace(key)] = value
	}
	if _, deep := options["$expand"]; deep && d.Old {
		return x, fmt.Errorf("Expand within expand is not supported.")
	}
	for name := range options {
		if name == "$count" || name == "$skiptoken" {
			// Guess: the documentation lists $count as unsupported, and not how it is refused.
			return x, fmt.Errorf("The query parameter %s is not supported", name)
		}
	}
	var err error
	if x.Query, err = parse(x.Target, options, d); err != nil {
		return x, err
	}
	switch {
	case !x.Many && (x.Top != 0 || x.orderBy != nil):
		return x, errExpandOptions
	case !x.Many && x.filter != nil:
		// Guess: the documentation has $filter for collections only, and its error text
		// allows it.
		return x, errExpandOptions
	}
	return x, nil
}

// checkNested refuses $top and $orderby of any expansion in a query with $expand
// within $expand.
func (q Query) checkNested() error {
	if q.Nested() && slices.ContainsFunc(q.Expand, Expansion.sortsOrLimits) {
		return errExpandOptions
	}
	return nil
}

func (x Expansion) sortsOrLimits() bool {
	return x.Top != 0 || x.orderBy != nil || slices.ContainsFunc(x.Expand, Expansion.sortsOrLimits)
}

// Nested reports whether an expansion of the query has an expansion of its own.
func (q Query) Nested() bool {
	return slices.ContainsFunc(q.Expand, func(x Expansion) bool { return len(x.Expand) > 0 })
}

// Options returns the options as a query string, or "".
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/join-tables.
func (x Expansion) Options() string {
	if x.text == "" {
		return ""
	}
	return "?" + strings.ReplaceAll(strings.Join(splitTop(x.text, ';'), "&"), " ", "%20")
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
