package odata

import (
	"slices"
	"strings"
)

// any reads "link/any(x:x/column eq value)": OData 4.0 part 2, section 5.1.1.10.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/filter-rows
// (lambda operators).
func (p *filterParser) any(name string) predicate {
	link, ok := p.entity.Link(name)
	if !ok || !link.Many {
		return p.stop(missing(p.entity, name))
	}
	if !p.take("(") {
		return p.fail("Syntax error: '(' expected after '%s/any'.", name)
	}
	variable, rest, ok := strings.Cut(p.next(), ":")
	if !ok || variable == "" {
		return p.fail("Syntax error: a range variable and ':' expected in '%s/any'.", name)
	}
	inner := &filterParser{entity: link.Target, dialect: p.dialect}
	if rest != "" {
		inner.tokens = append(inner.tokens, rest)
	}
	inner.tokens = append(inner.tokens, p.bracketed()...)
	if p.err != nil {
		return never
	}
	for i, token := range inner.tokens {
		inner.tokens[i] = strings.TrimPrefix(token, variable+"/")
	}
	fits, err := inner.all()
	if err != nil {
		return p.stop(err)
	}
	return func(r Row) bool { return slices.ContainsFunc(link.From(r), fits) }
}

// bracketed returns the tokens up to the bracket that closes the opened one.
func (p *filterParser) bracketed() []string {
	var out []string
	for depth := 1; p.err == nil; {
		switch token := p.next(); token {
		case "(":
			depth++
			out = append(out, token)
		case ")":
			if depth--; depth == 0 {
				return out
			}
			out = append(out, token)
		default:
			out = append(out, token)
		}
	}
	return out
}
