package odata

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// MaxPageSize is the largest number of rows of a page, and the number without a
// preference.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/page-results.
const MaxPageSize = 5000

// Page returns the rows of one response and the cookie of the next, "" after the
// last. A preferred size of 0 means no preference. With a preferred size $top is ignored, as
// the page of the source has it; without it $top rows are the only page.
func (q Query) Page(e *Entity, rows []Row, preferred int) (shown []Row, next string) {
	size := preferred
	if size == 0 {
		size = MaxPageSize
		if q.Top > 0 {
			return rows[:min(q.Top, len(rows))], ""
		}
	}
	from, number := q.after.start(e, rows), max(q.after.number, 1)
	rows = rows[from:]
	if len(rows) <= size {
		return rows, ""
	}
	shown = rows[:size]
	return shown, cookie(e, number+1, shown[0], shown[size-1])
}

// NextQuery returns the query string that continues a raw one with a cookie.
func NextQuery(raw, cookie string) string {
	var options []string
	for part := range strings.SplitSeq(raw, "&") {
		name, _, _ := strings.Cut(part, "=")
		if plain, err := url.QueryUnescape(name); part != "" && err == nil && plain != "$skiptoken" {
			options = append(options, part)
		}
	}
	return strings.Join(append(options, "$skiptoken="+cookie), "&")
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
	// Guess: the text is that of the client's library; no response is on record.
	bad := errors.New("Malformed XML in the Paging Cookie")
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

func (p place) start(e *Entity, rows []Row) int {
	if p.last == "" {
		return 0
	}
	return 1 + slices.IndexFunc(rows, func(r Row) bool {
		key, _ := r[e.Key].(string)
		return strings.EqualFold(key, p.last)
	})
}

// cookie is the value of $skiptoken as the service writes it into an address: a
// paging cookie, percent-encoded, inside of another.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/page-results.
func cookie(e *Entity, number int, first, last Row) string {
	key := func(r Row) string { return strings.ToUpper(fmt.Sprint(r[e.Key])) }
	inner := fmt.Sprintf(`<cookie page="%d"><%s last="{%s}" first="{%s}" /></cookie>`, number-1, e.Key, key(last), key(first))
	escaped := strings.NewReplacer("<", "%3c", ">", "%3e", " ", "%20", `"`, "%22", "=", "%3d", "{", "%7b", "}", "%7d", "/", "%2f").Replace(inner)
	return fmt.Sprintf("%%3Ccookie%%20pagenumber=%%22%d%%22%%20pagingcookie=%%22%s%%22%%20istracking=%%22False%%22%%20/%%3E",
		number, strings.ReplaceAll(escaped, "%", "%25"))
}
