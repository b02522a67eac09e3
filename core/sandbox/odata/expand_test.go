package odata

import "testing"

// expanded returns the first expansion of a query, and the names that it has for Miriam.
func expanded(t *testing.T, text string, d Dialect) (Expansion, []string) {
	t.Helper()
	q, err := Parse(people, map[string]string{"$expand": text}, d)
	if err != nil {
		t.Fatal(err)
	}
	x := q.Expand[0]
	rows, _ := x.Page(x.Target, x.Rows(x.From(table()[1])), 0)
	return x, namesOf(rows)
}

func TestExpandOptions(t *testing.T) {
	for text, want := range map[string][]string{
		"groups":                                         {"Staff", "Guests"},
		"groups($select=name)":                           {"Staff", "Guests"},
		"groups($select=name;$orderby=name)":             {"Guests", "Staff"},
		"groups($orderby=name;$top=1)":                   {"Guests"},
		"groups($filter=name eq 'Staff')":                {"Staff"},
		"groups($filter=startswith(name,'x'))":           {},
		"home($select=name)":                             {"Staff"},
		"groups($filter=members/any(m:m/name eq 'Zoë'))": {},
	} {
		t.Run(text, func(t *testing.T) {
			_, got := expanded(t, text, Dialect{})
			diff(t, want, got)
		})
	}
}

// TestNestedExpand guards an N:N expansion within an N:N expansion.
func TestNestedExpand(t *testing.T) {
	for dialect, want := range map[NestedExpand][]string{NestedEmpty: {}, NestedServed: {"Adele", "Miriam"}} {
		x, got := expanded(t, "groups($select=name;$expand=members($select=name))", Dialect{NestedExpand: dialect})
		diff(t, []string{"Staff", "Guests"}, got)
		inner := x.Expand[0]
		diff(t, want, namesOf(inner.Rows(inner.From(x.From(table()[1])[0]))))
	}
}

func TestExpansionOptions(t *testing.T) {
	for text, want := range map[string]string{
		"groups": "",
		"groups($select=name;$expand=members($select=name))": "?$select=name&$expand=members($select=name)",
	} {
		x, _ := expanded(t, text, Dialect{})
		diff(t, want, x.Options())
	}
}

func TestShape(t *testing.T) {
	for raw, want := range map[string]struct {
		shape      string
		shapesOnly bool
	}{
		"":                                    {"", true},
		"$select=name,age":                    {"(name,age)", true},
		"$expand=groups($select=name;$top=1)": {"(groups(name))", true},
		"$select=name&$expand=groups,home":    {"(name,groups(),home())", true},
		"$select=name&$filter=age eq 1":       {"(name)", false},
		"$select=age&$expand=groups($select=name;$expand=members($select=name,age))": {"(age,groups(name,members(name,age)))", true},
		"$orderby=age": {"", false},
		"$top=1":       {"", false},
		"$count=true":  {"", false},
	} {
		options, err := Options(raw)
		if err != nil {
			t.Fatal(err)
		}
		q, err := Parse(people, options, Dialect{})
		if err != nil {
			t.Fatal(err)
		}
		diff(t, want.shape, q.Shape())
		if q.ShapesOnly() != want.shapesOnly {
			t.Errorf("%s: ShapesOnly %v", raw, q.ShapesOnly())
		}
	}
}
