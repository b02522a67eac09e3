package odata

import (
	"fmt"
	"net/url"
	"strings"
)

// Expansion is one item of $expand with its own options.
type Expansion struct {
	Navigation
	Query
	// text are the options as they were sent.
	text string
}

// parseExpand reads "name($select=a;$expand=b),name2".
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
	for _, name := range []string{"$count", "$skiptoken"} {
		if _, there := options[name]; there {
			return x, unmodelled("%s within $expand", name)
		}
	}
	var err error
	if x.Query, err = parse(x.Target, options, d); err != nil {
		return x, err
	}
	// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/join-tables.
	if !x.Many && !x.ShapesOnly() {
		return x, fmt.Errorf("Only $select and $expand are supported for the single-valued property '%s'.", x.Name)
	}
	return x, nil
}

// Options returns the options as a query string, "" for none.
func (x Expansion) Options() string {
	if x.text == "" {
		return ""
	}
	return "?" + strings.ReplaceAll(url.QueryEscape(x.text), "%3B", "&")
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
