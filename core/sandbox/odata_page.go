package sandbox

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// order is one item of $orderby.
type order struct {
	column
	Descending bool
}

// parseOrder reads "fullname desc,createdon" (OData 4.0 part 2, section 5.1.4).
func parseOrder(e *entity, text string, old bool) ([]order, error) {
	var out []order
	for item := range strings.SplitSeq(text, ",") {
		words := strings.Fields(item)
		if len(words) == 0 || len(words) > 2 || len(words) == 2 && words[1] != "asc" && words[1] != "desc" {
			return nil, fmt.Errorf("Syntax error in $orderby: '%s' was not expected.", strings.TrimSpace(item))
		}
		c, ok := e.column(words[0], old)
		if !ok {
			return nil, missingProperty(e, words[0])
		}
		out = append(out, order{c, len(words) == 2 && words[1] == "desc"})
	}
	return out, nil
}

// sorted returns the rows in the order that was asked for; in the table's own
// without one. Null comes before everything else.
func (q query) sorted(rows []row) []row {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b row) int {
		for _, o := range q.OrderBy {
			d := compareValues(a[o.Name], b[o.Name])
			if o.Descending {
				d = -d
			}
			if d != 0 {
				return d
			}
		}
		return 0
	})
	return rows
}

func compareValues(a, b any) int {
	switch {
	case a == nil || b == nil:
		return boolOrder(a != nil, b != nil)
	case a == b:
		return 0
	}
	if x, ok := a.(int); ok {
		return cmp.Compare(x, b.(int))
	}
	if x, ok := a.(bool); ok {
		return boolOrder(x, b.(bool))
	}
	return strings.Compare(strings.ToLower(str(a)), strings.ToLower(str(b)))
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// selected returns the rows that a query is for, filtered and in order.
func (q query) selected(rows []row) []row {
	var out []row
	for _, r := range rows {
		if q.Filter == nil || q.Filter(r) {
			out = append(out, r)
		}
	}
	return q.sorted(out)
}

// page returns the rows of one response and the cookie of the next one, "" after
// the last. $top switches paging off.
func (q query) page(e *entity, rows []row, size int) (shown []row, next string) {
	if q.Top > 0 {
		return rows[:min(q.Top, len(rows))], ""
	}
	from, number := q.after.start(e, rows), max(q.after.number, 1)
	rows = rows[from:]
	if len(rows) <= size {
		return rows, ""
	}
	shown = rows[:size]
	return shown, cookie(e, number+1, shown[0], shown[size-1])
}

// place is where a page begins; the zero value is the first page.
type place struct {
	number int
	// last is the key of the last row of the page before.
	last string
}

var (
	cookieShape = lazyregexp.New(`^<cookie pagenumber="(\d+)" pagingcookie="([^"]*)" istracking="False" />$`)
	lastShape   = lazyregexp.New(`last="\{([0-9A-Fa-f-]{36})\}"`)
)

// parsePlace reads a $skiptoken that [cookie] made.
func parsePlace(text string) (place, error) {
	bad := fmt.Errorf("Malformed XML in the Paging Cookie")
	m := cookieShape.FindStringSubmatch(text)
	if m == nil {
		return place{}, bad
	}
	number, err := strconv.Atoi(m[1])
	inner, err2 := url.QueryUnescape(m[2])
	last := lastShape.FindStringSubmatch(inner)
	if err != nil || err2 != nil || last == nil {
		return place{}, bad
	}
	return place{number, last[1]}, nil
}

func (p place) start(e *entity, rows []row) int {
	if p.last == "" {
		return 0
	}
	return 1 + slices.IndexFunc(rows, func(r row) bool { return equal(r[e.Key], p.last) })
}

// cookie is the value of $skiptoken as the service writes it into an address: a
// paging cookie, percent-encoded, inside of another.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/page-results.
func cookie(e *entity, number int, first, last row) string {
	inner := fmt.Sprintf(`<cookie page="%d"><%s last="{%s}" first="{%s}" /></cookie>`,
		number-1, e.Key, strings.ToUpper(str(last[e.Key])), strings.ToUpper(str(first[e.Key])))
	escaped := strings.NewReplacer("<", "%3c", ">", "%3e", " ", "%20", `"`, "%22", "=", "%3d", "{", "%7b", "}", "%7d", "/", "%2f").Replace(inner)
	return fmt.Sprintf("%%3Ccookie%%20pagenumber=%%22%d%%22%%20pagingcookie=%%22%s%%22%%20istracking=%%22False%%22%%20/%%3E",
		number, strings.ReplaceAll(escaped, "%", "%25"))
}

// nextLink is the address of the request with the cookie of the next page.
func (c *call) nextLink(cookie string) string {
	var options []string
	for part := range strings.SplitSeq(c.URL.RawQuery, "&") {
		name, _, _ := strings.Cut(part, "=")
		if plain, err := url.QueryUnescape(name); part != "" && err == nil && plain != "$skiptoken" {
			options = append(options, part)
		}
	}
	return "https://" + c.host + c.URL.EscapedPath() + "?" + strings.Join(append(options, "$skiptoken="+cookie), "&")
}
