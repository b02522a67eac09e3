package odata

import (
	"strings"
	"testing"
)

// TestPaging follows the cookies to the end.
func TestPaging(t *testing.T) {
	for size, want := range map[int][][]string{
		1: {{"O'Hara"}, {"Miriam"}, {"Adele"}},
		2: {{"O'Hara", "Miriam"}, {"Adele"}},
		3: {{"O'Hara", "Miriam", "Adele"}},
	} {
		var got [][]string
		for raw := "$orderby=age"; raw != ""; {
			if len(got) > 5 {
				t.Fatal("the pages do not end")
			}
			options, err := Options(raw)
			if err != nil {
				t.Fatal(err)
			}
			q, err := Parse(people, options, Dialect{})
			if err != nil {
				t.Fatal(err)
			}
			shown, next := q.Page(people, q.Rows(table()), size)
			got = append(got, namesOf(shown))
			if raw = ""; next != "" {
				raw = NextQuery("$orderby=age&$skiptoken=old", next)
			}
		}
		diff(t, want, got)
	}
}

// TestCookie guards the format with which clients compare.
func TestCookie(t *testing.T) {
	rows := table()
	_, next := Query{}.Page(people, rows, 1)
	const key = "00000000-0000-0000-0000-000000000001"
	diff(t, "%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22"+
		"%253ccookie%2520page%253d%25221%2522%253e%253cpersonid%2520last%253d%2522%257b"+key+"%257d%2522%2520first%253d%2522%257b"+key+"%257d%2522%2520%252f%253e%253c%252fcookie%253e"+
		"%22%20istracking=%22False%22%20/%3E", next)
	diff(t, "$select=name&$skiptoken=x", NextQuery("$select=name&%24skiptoken=y", "x"))
	if shown, next := (Query{Top: 2}).Page(people, rows, 0); next != "" || len(shown) != 2 {
		t.Errorf("$top: %d rows, next %q", len(shown), next)
	}
	if shown, next := (Query{Top: 2}).Page(people, rows, 1); next == "" || len(shown) != 1 {
		t.Errorf("$top with a preferred size: %d rows, next %q", len(shown), next)
	}
}

func TestPreferences(t *testing.T) {
	const formatted, other = "OData.Community.Display.V1.FormattedValue", "Microsoft.Dynamics.CRM.lookuplogicalname"
	for header, want := range map[string]struct {
		applied, wants, unmodelled string
		size                       int
	}{
		"":                              {},
		`odata.include-annotations="*"`: {applied: `odata.include-annotations="*"`, wants: "formatted other"},
		`odata.include-annotations="` + formatted + `"`:    {applied: `odata.include-annotations="` + formatted + `"`, wants: "formatted"},
		`odata.include-annotations="*,-OData.Community.*"`: {applied: `odata.include-annotations="*,-OData.Community.*"`, wants: "other"},
		`include-annotations="*", ODATA.MaxPageSize=7`:     {applied: `odata.include-annotations="*",odata.maxpagesize=7`, wants: "formatted other", size: 7},
		"odata.maxpagesize=1":                              {applied: "odata.maxpagesize=1", size: 1},
		"odata.maxpagesize=5001":                           {},
		"odata.maxpagesize=0":                              {},
		"odata.maxpagesize=many":                           {},
		"odata.track-changes":                              {unmodelled: "odata.track-changes"},
		"respond-async, wait=3":                            {unmodelled: "respond-async"},
		"return=representation":                            {},
	} {
		p := ReadPreferences([]string{header})
		var wants []string
		for name, annotation := range map[string]string{"formatted": formatted} {
			if p.Wants(annotation) {
				wants = append(wants, name)
			}
		}
		if p.Wants(other) {
			wants = append(wants, "other")
		}
		diff(t, want.wants, strings.Join(wants, " "))
		diff(t, []any{want.applied, want.unmodelled, want.size}, []any{p.Applied(true), p.Unmodelled, p.PageSize})
	}
	diff(t, "", ReadPreferences([]string{"odata.maxpagesize=3"}).Applied(false))
}

func TestAcceptsMinimal(t *testing.T) {
	for accept, want := range map[string]bool{
		"": true, "application/json": true, "application/json; odata.metadata=minimal": true,
		"application/json;OData.Metadata=full": false, "*/*, application/json; odata.metadata=none": false,
	} {
		if got := AcceptsMinimal([]string{accept}); got != want {
			t.Errorf("%q: %v", accept, got)
		}
	}
}

// FuzzFilter guards that any text is a filter or an error, without a panic, and that a
// filter can be evaluated for every row.
func FuzzFilter(f *testing.F) {
	for _, seed := range []string{"personid eq " + ids + "1", "not (active eq true) and name ne 'x'", "((((", "'", "a eq b or", "name eq ''''", "groups/any(g:g/members/any(m:m/age gt 1))"} {
		f.Add(seed)
	}
	rows := table()
	f.Fuzz(func(t *testing.T, text string) {
		p, err := parseFilter(people, text, Dialect{})
		if err != nil || strings.TrimSpace(text) == "" {
			return
		}
		for _, r := range rows {
			p(r)
		}
	})
}

// FuzzQuery guards that any query string is accepted or refused, and that an accepted
// query selects only columns of the entity and has a finite number of pages.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{"$select=name&$expand=home($select=name)", "$expand=groups($expand=members)", "$select=&&&", "$expand=a(b(c", "$top=9999999999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		options, err := Options(raw)
		if err != nil {
			return
		}
		q, err := Parse(people, options, Dialect{})
		if err != nil {
			return
		}
		for _, c := range q.Select {
			if _, ok := people.column(c.Name, Dialect{}); !ok {
				t.Errorf("%q selects %q", raw, c.Name)
			}
		}
		if shown, _ := q.Page(people, q.Rows(table()), 1); len(shown) > 3 {
			t.Errorf("%q shows %d rows", raw, len(shown))
		}
	})
}
