package odata

import (
	"slices"
	"strings"
)

// cutLambda splits "link/any" and "link/all".
func cutLambda(name string) (link, operator string, ok bool) {
	for _, operator := range []string{"any", "all"} {
		if link, ok := strings.CutSuffix(name, "/"+operator); ok {
			return link, operator, true
		}
	}
	return "", "", false
}

// lambda reads what follows "link/any": "(x:x/column eq value)", or "()"
// for a collection that is not empty (OData 4.0 part 2, section 5.1.1.10).
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/filter-rows
// (lambda operators).
func (p *filterParser) lambda(name, operator string) predicate {
	link, ok := p.entity.Link(name)
	switch single, _, nested := strings.Cut(name, "/"); {
	case ok && link.Many:
	case nested:
		if _, known := p.entity.Link(single); known {
			// Guess: documented as unsupported, without the text.
			return p.fail("The %s operator is not supported on '%s'.", operator, name)
		}
		return p.stop(missing(p.entity, name))
	default:
		return p.stop(missing(p.entity, name))
	}
	if !p.take("(") {
		return p.fail("Syntax error: '(' expected after '%s/%s'.", name, operator)
	}
	if operator == "any" && p.take(")") {
		return func(r Row) bool { return len(link.From(r)) > 0 }
	}
	variable, rest, ok := strings.Cut(p.next(), ":")
	if !ok || variable == "" {
		return p.fail("Syntax error: a range variable and ':' expected in '%s/%s'.", name, operator)
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
	if operator == "all" {
		return func(r Row) bool {
			return !slices.ContainsFunc(link.From(r), func(target Row) bool { return !fits(target) })
		}
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
