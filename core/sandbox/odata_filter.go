package sandbox

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// predicate tells whether a row fits a $filter.
type predicate func(row) bool

// filterToken is a bracket, a quoted text, or a word: OData 4.0 part 2, section
// 5.1.1.
var filterToken = lazyregexp.New(`^\s*(\(|\)|'(?:[^']|'')*'|,|[^\s()',]+)`)

// parseFilter knows eq, ne, gt, ge, lt, le, and, or, not, brackets and three
// functions of text.
func parseFilter(e *entity, text string, old bool) (predicate, error) {
	p := &filterParser{entity: e, old: old}
	for rest := text; strings.TrimSpace(rest) != ""; {
		m := filterToken.FindStringSubmatch(rest)
		if m == nil {
			return nil, fmt.Errorf("There is an unterminated string literal in '%s'.", text)
		}
		p.tokens, rest = append(p.tokens, m[1]), rest[len(m[0]):]
	}
	f := p.or(0)
	if p.err == nil && len(p.tokens) > 0 {
		p.fail("Syntax error: '%s' was not expected.", p.tokens[0])
	}
	return f, p.err
}

type filterParser struct {
	entity *entity
	old    bool
	tokens []string
	err    error
}

func (p *filterParser) fail(format string, args ...any) {
	p.stop(fmt.Errorf(format, args...))
}

// stop ends parsing with an error; the first one counts.
func (p *filterParser) stop(err error) {
	if p.err == nil {
		p.err = err
	}
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
		left = func(r row) bool { return a(r) || b(r) }
	}
	return left
}

func (p *filterParser) and(depth int) predicate {
	left := p.one(depth)
	for p.take("and") {
		a, b := left, p.one(depth)
		left = func(r row) bool { return a(r) && b(r) }
	}
	return left
}

func (p *filterParser) one(depth int) predicate {
	const deepest = 32
	if depth > deepest {
		p.fail("The recursion limit has been exceeded.")
	}
	if p.err != nil {
		return func(row) bool { return false }
	}
	switch {
	case p.take("not"):
		f := p.one(depth + 1)
		return func(r row) bool { return !f(r) }
	case p.take("("):
		f := p.or(depth + 1)
		if !p.take(")") {
			p.fail("')' or operator expected in $filter.")
		}
		return f
	}
	return p.comparison()
}

// textFunctions are those with a column and a text: "contains(fullname,'S2S')".
// Dataverse compares text in any case.
var textFunctions = map[string]func(have, want string) bool{
	"contains": strings.Contains, "startswith": strings.HasPrefix, "endswith": strings.HasSuffix,
}

func (p *filterParser) comparison() predicate {
	name := p.next()
	if link, ok := strings.CutSuffix(name, "/any"); ok {
		return p.any(link)
	}
	if p.take("(") {
		return p.function(name)
	}
	operator, literal := p.next(), p.next()
	if isRealFunction(operator) {
		p.stop(unmodelled(http.StatusNotImplemented, "'%s' in $filter", operator))
	}
	c, ok := p.entity.column(name, p.old)
	if !ok {
		p.stop(missingProperty(p.entity, name))
	}
	if p.err != nil {
		return func(row) bool { return false }
	}
	want, err := c.literal(literal)
	if _, column := p.entity.column(literal, p.old); err != nil && column {
		err = unmodelled(http.StatusNotImplemented, "the comparison of two columns")
	}
	if err != nil {
		p.stop(err)
		return func(row) bool { return false }
	}
	switch operator {
	case "eq":
		return func(r row) bool { return same(r[name], want) }
	case "ne":
		return func(r row) bool { return !same(r[name], want) }
	case "gt", "ge", "lt", "le":
		if want == nil || c.Kind == guidKind || c.Kind == boolKind {
			break
		}
		return func(r row) bool {
			if r[name] == nil {
				return false
			}
			d := compareValues(r[name], want)
			return map[string]bool{"gt": d > 0, "ge": d >= 0, "lt": d < 0, "le": d <= 0}[operator]
		}
	}
	p.fail("Syntax error: operator '%s' was not expected after '%s'.", operator, name)
	return func(row) bool { return false }
}

// function reads what stands behind the opening bracket of a function.
func (p *filterParser) function(name string) predicate {
	nothing := func(row) bool { return false }
	compare, ok := textFunctions[name]
	switch {
	case ok:
	case isRealFunction(name):
		p.stop(unmodelled(http.StatusNotImplemented, "%s() in $filter", name))
		return nothing
	case strings.Contains(name, "/"):
		p.stop(missingProperty(p.entity, name))
		return nothing
	default:
		p.fail("An unknown function with name '%s' was found.", name)
		return nothing
	}
	column := p.next()
	comma := p.take(",")
	literal := p.next()
	c, known := p.entity.column(column, p.old)
	if !known {
		p.stop(missingProperty(p.entity, column))
	}
	want, err := c.literal(literal)
	if c.Kind != textKind || !comma || !p.take(")") || err != nil || want == nil {
		p.fail("No function signature for the function with name '%s' matches the specified arguments.", name)
	}
	return func(r row) bool {
		have, ok := r[column].(string)
		return ok && compare(strings.ToLower(have), strings.ToLower(str(want)))
	}
}

// literal reads a constant of the column's type; a GUID is not quoted, and a
// quoted one is of another type.
func (c column) literal(text string) (any, error) {
	quoted := strings.HasPrefix(text, "'")
	edm := map[kind]string{textKind: "Edm.String", guidKind: "Edm.Guid", numberKind: "Edm.Int32", boolKind: "Edm.Boolean", dateKind: "Edm.DateTimeOffset"}[c.Kind]
	wrong := fmt.Errorf("A binary operator with incompatible types was detected. Found operand types '%s' and another for '%s'.", edm, c.Name)
	switch {
	case text == "null":
		return nil, nil
	case c.Kind == textKind && quoted:
		return strings.ReplaceAll(text[1:len(text)-1], "''", "'"), nil
	case c.Kind == guidKind && guidShape.MatchString(text):
		return strings.ToLower(text), nil
	case c.Kind == boolKind && (text == "true" || text == "false"):
		return text == "true", nil
	case c.Kind == numberKind:
		if n, err := strconv.Atoi(text); err == nil {
			return n, nil
		}
	case c.Kind == dateKind:
		for _, layout := range []string{time.RFC3339, time.DateOnly} {
			if at, err := time.Parse(layout, text); err == nil {
				return at.UTC().Format(time.RFC3339), nil
			}
		}
	}
	return nil, wrong
}

// same compares as Dataverse does: text in any case.
func same(have, want any) bool {
	if have == nil || want == nil {
		return have == nil && want == nil
	}
	h, ok := have.(string)
	w, ok2 := want.(string)
	if ok && ok2 {
		return strings.EqualFold(h, w)
	}
	return have == want
}
