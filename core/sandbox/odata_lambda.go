package sandbox

import "strings"

// any reads "link/any(x:x/column eq value)": OData 4.0 part 2, section 5.1.1.10.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/filter-rows
// (lambda operators).
func (p *filterParser) any(name string) predicate {
	none := func(row) bool { return false }
	link, ok := p.entity.link(name)
	if !ok || !link.Many {
		p.stop(missingProperty(p.entity, name))
		return none
	}
	if !p.take("(") {
		p.fail("Syntax error: '(' expected after '%s/any'.", name)
		return none
	}
	variable, rest, ok := strings.Cut(p.next(), ":")
	if !ok || variable == "" {
		p.fail("Syntax error: a range variable and ':' expected in '%s/any'.", name)
		return none
	}
	inner := &filterParser{entity: link.Target, old: p.old}
	if rest != "" {
		inner.tokens = append(inner.tokens, rest)
	}
	depth := 1
	for depth > 0 {
		token := p.next()
		switch {
		case p.err != nil:
			return none
		case token == "(":
			depth++
		case token == ")":
			depth--
		}
		if depth > 0 {
			inner.tokens = append(inner.tokens, token)
		}
	}
	for i, token := range inner.tokens {
		inner.tokens[i] = strings.TrimPrefix(token, variable+"/")
	}
	fits := inner.or(0)
	if inner.err == nil && len(inner.tokens) > 0 {
		inner.fail("Syntax error: '%s' was not expected.", inner.tokens[0])
	}
	if inner.err != nil {
		p.err = inner.err
		return none
	}
	return func(r row) bool {
		for _, target := range linked(r, link) {
			if fits(target) {
				return true
			}
		}
		return false
	}
}
