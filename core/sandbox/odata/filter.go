package odata

import (
	"fmt"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// predicate reports whether a row fits a $filter.
type predicate func(Row) bool

func never(Row) bool { return false }

// filterToken is a bracket, a quoted text, or a word: OData 4.0 part 2, section
// 5.1.1.
var filterToken = lazyregexp.New(`^\s*(\(|\)|'(?:[^']|'')*'|,|[^\s()',]+)`)

// parseFilter reads eq, ne, gt, ge, lt, le, and, or, not, brackets, any(), all()
// and three functions of text.
func parseFilter(e *Entity, text string, d Dialect) (predicate, error) {
	p := &filterParser{entity: e, dialect: d}
	for rest := text; strings.TrimSpace(rest) != ""; {
		m := filterToken.FindStringSubmatch(rest)
		if m == nil {
			return nil, fmt.Errorf("There is an unterminated literal at position %d in '%s'.", len(text), text)
		}
		p.tokens, rest = append(p.tokens, m[1]), rest[len(m[0]):]
	}
	return p.all()
}

type filterParser struct {
	entity  *Entity
	dialect Dialect
	tokens  []string
	// err is the first error; it ends parsing.
	err error
}

// all reads every token.
func (p *filterParser) all() (predicate, error) {
	f := p.or(0)
	if p.err == nil && len(p.tokens) > 0 {
		p.fail("Syntax error: '%s' was not expected.", p.tokens[0])
	}
	return f, p.err
}

// fail stops with an error of the text; fail and stop return a predicate so that
// they can end a function.
func (p *filterParser) fail(format string, args ...any) predicate {
	return p.stop(fmt.Errorf(format, args...))
}

func (p *filterParser) stop(err error) predicate {
	if p.err == nil {
		p.err = err
	}
	return never
}

func (p *filterParser) next() string {
	if len(p.tokens) == 0 {
		p.fail("Expression expected at the end of $filter.")
		return ""
	}
	t := p.tokens[0]
	p.tokens = p.tokens[1:]
	return t
}

func (p *filterParser) take(word string) bool {
	if len(p.tokens) == 0 || p.tokens[0] != word {
		return false
	}
	p.tokens = p.tokens[1:]
	return true
}

func (p *filterParser) or(depth int) predicate {
	left := p.and(depth)
	for p.take("or") {
		a, b := left, p.and(depth)
		left = func(r Row) bool { return a(r) || b(r) }
	}
	return left
}

func (p *filterParser) and(depth int) predicate {
	left := p.term(depth)
	for p.take("and") {
		a, b := left, p.term(depth)
		left = func(r Row) bool { return a(r) && b(r) }
	}
	return left
}

func (p *filterParser) term(depth int) predicate {
	const deepest = 32
	if depth > deepest {
		p.fail("The recursion limit has been exceeded.")
	}
	if p.err != nil {
		return never
	}
	switch {
	case p.take("not"):
		f := p.term(depth + 1)
		return func(r Row) bool { return !f(r) }
	case p.take("("):
		f := p.or(depth + 1)
		if !p.take(")") {
			p.fail("')' or operator expected in $filter.")
		}
		return f
	}
	name := p.next()
	if link, operator, ok := cutLambda(name); ok {
		return p.lambda(link, operator)
	}
	if p.take("(") {
		return p.function(name)
	}
	return p.comparison(name)
}

func (p *filterParser) comparison(name string) predicate {
	operator, literal := p.next(), p.next()
	if isFunction(operator) {
		return p.stop(unmodelled("'%s' in $filter", operator))
	}
	if column, ok := p.entity.Alias[name]; ok {
		name = column
	}
	c, ok := p.entity.column(name, p.dialect)
	if !ok {
		return p.stop(missing(p.entity, name))
	}
	if p.err != nil {
		return never
	}
	want, err := c.literal(literal)
	if _, column := p.entity.column(literal, p.dialect); err != nil && column {
		err = unmodelled("the comparison of two columns")
	}
	if err != nil {
		return p.stop(err)
	}
	switch operator {
	case "eq":
		return func(r Row) bool { return same(r[name], want) }
	case "ne":
		return func(r Row) bool { return !same(r[name], want) }
	case "gt", "ge", "lt", "le":
		if want == nil || c.Kind == GUID || c.Kind == Bool {
			break
		}
		return func(r Row) bool {
			if r[name] == nil {
				return false
			}
			d := compare(r[name], want)
			return map[string]bool{"gt": d > 0, "ge": d >= 0, "lt": d < 0, "le": d <= 0}[operator]
		}
	}
	return p.fail("Syntax error: operator '%s' was not expected after '%s'.", operator, name)
}

// textFunctions are those with a column and a text: "contains(fullname,'S2S')".
// Dataverse compares text in any case.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/filter-rows.
var textFunctions = map[string]func(have, want string) bool{
	"contains": strings.Contains, "startswith": strings.HasPrefix, "endswith": strings.HasSuffix,
}

// function reads what follows the opening bracket of a function.
func (p *filterParser) function(name string) predicate {
	compare, ok := textFunctions[name]
	switch {
	case ok:
	case isFunction(name):
		return p.stop(unmodelled("%s() in $filter", name))
	case strings.Contains(name, "/"):
		return p.stop(missing(p.entity, name))
	default:
		return p.fail("An unknown function with name '%s' was found.", name)
	}
	column := p.next()
	comma := p.take(",")
	literal := p.next()
	c, known := p.entity.column(column, p.dialect)
	if !known {
		p.stop(missing(p.entity, column))
	}
	value, err := c.literal(literal)
	want, isText := value.(string)
	if c.Kind != Text || !comma || !p.take(")") || err != nil || !isText {
		return p.fail("No function signature for the function with name '%s' matches the specified arguments.", name)
	}
	return func(r Row) bool {
		have, ok := r[column].(string)
		return ok && compare(strings.ToLower(have), strings.ToLower(want))
	}
}
