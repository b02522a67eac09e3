package odata

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// people and groups are a small model with every kind of column.
var (
	groups = &Entity{
		Logical: "group", Set: "groups", Key: "groupid",
		Columns:    []Column{{"groupid", GUID, false}, {"name", Text, false}},
		Unmodelled: []string{"description"},
	}
	people = &Entity{
		Logical: "person", Set: "people", Key: "personid",
		Columns: []Column{
			{"personid", GUID, false},
			{"name", Text, false},
			{"age", Number, false},
			{"active", Bool, false},
			{"born", Date, false},
			{"state", Number, true},
		},
		Links:      []Navigation{{"groups", groups, true}, {"home", groups, false}},
		Unmodelled: []string{"firstname", "address1_*", "calendar"},
	}
)

func init() { groups.Links = []Navigation{{"members", people, true}} }

const ids = "00000000-0000-0000-0000-00000000000"

func table() []Row {
	staff := Row{"groupid": ids + "a", "name": "Staff"}
	guests := Row{"groupid": ids + "b", "name": "Guests"}
	rows := []Row{
		{"personid": ids + "1", "name": "Adele", "age": 41, "active": true, "born": "1985-02-03T00:00:00Z", "groups": []Row{staff}, "home": staff},
		{"personid": ids + "2", "name": "Miriam", "age": 29, "active": false, "born": "1997-11-30T00:00:00Z", "groups": []Row{staff, guests}, "home": staff},
		{"personid": ids + "3", "name": "O'Hara", "age": nil, "active": true, "born": nil, "groups": []Row{}, "home": guests},
	}
	staff["members"], guests["members"] = rows[:2], rows[1:2]
	return rows
}

// names returns the names of the rows that a query string selects, or its error.
func names(t *testing.T, raw string, d Dialect) ([]string, error) {
	t.Helper()
	options, err := Options(raw)
	if err != nil {
		return nil, err
	}
	q, err := Parse(people, options, d)
	if err != nil {
		return nil, err
	}
	rows, _ := q.Page(people, q.Rows(table()), 0)
	return namesOf(rows), nil
}

func namesOf(rows []Row) []string {
	out := []string{}
	for _, r := range rows {
		out = append(out, r["name"].(string))
	}
	return out
}

func diff(t *testing.T, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// TestRows guards the selected rows and their order.
func TestRows(t *testing.T) {
	all := []string{"Adele", "Miriam", "O'Hara"}
	for query, want := range map[string][]string{
		"":                                 all,
		"$filter=personid eq " + ids + "1": {"Adele"},
		"$filter=personid eq " + strings.ToUpper(ids) + "2":               {"Miriam"},
		"$filter=name eq 'adele'":                                         {"Adele"},
		"$filter=name eq 'O''Hara'":                                       {"O'Hara"},
		"$filter=name ne 'adele'":                                         {"Miriam", "O'Hara"},
		"$filter=age eq null":                                             {"O'Hara"},
		"$filter=age ne null":                                             {"Adele", "Miriam"},
		"$filter=age gt 29":                                               {"Adele"},
		"$filter=age ge 29":                                               {"Adele", "Miriam"},
		"$filter=age lt 41":                                               {"Miriam"},
		"$filter=age le 41":                                               {"Adele", "Miriam"},
		"$filter=active eq true":                                          {"Adele", "O'Hara"},
		"$filter=born gt 1990-01-01":                                      {"Miriam"},
		"$filter=born le 1985-02-03T01:00:00%2B01:00":                     {"Adele"},
		"$filter=active eq true and age gt 1":                             {"Adele"},
		"$filter=age eq 29 or age eq 41 and active eq false":              {"Miriam"},
		"$filter=(age eq 29 or age eq 41) and active eq true":             {"Adele"},
		"$filter=not (active eq true or age eq 1)":                        {"Miriam"},
		"$filter=not not active eq true":                                  {"Adele", "O'Hara"},
		"$filter=contains(name,'ir')":                                     {"Miriam"},
		"$filter=startswith(name,'o''h')":                                 {"O'Hara"},
		"$filter=endswith(name,'e') or name eq 'x'":                       {"Adele"},
		"$filter=groups/any(g:g/name eq 'Guests')":                        {"Miriam"},
		"$filter=groups/any(g:g/name eq 'x' or (g/name eq 'Staff'))":      {"Adele", "Miriam"},
		"$filter=not (groups/any(g:g/name ne null))":                      {"O'Hara"},
		"$filter=groups/any(g:g/members/any(p:p/name eq 'Miriam'))":       {"Adele", "Miriam"},
		"$filter=groups/any()":                                            {"Adele", "Miriam"},
		"$filter=not groups/any()":                                        {"O'Hara"},
		"$filter=groups/all(g:g/name eq 'Staff')":                         {"Adele", "O'Hara"},
		"$filter=groups/any(g:contains(g/name,'uest') and g/name ne 'x')": {"Miriam"},
		"$orderby=name desc":                                              {"O'Hara", "Miriam", "Adele"},
		"$orderby=age":                                                    {"O'Hara", "Miriam", "Adele"},
		"$orderby=active,name desc":                                       {"Miriam", "O'Hara", "Adele"},
		"$orderby=born desc,name asc":                                     {"Miriam", "Adele", "O'Hara"},
		"$orderby=age desc&$top=1":                                        {"Adele"},
		"$top=2":                                                          {"Adele", "Miriam"},
		"$top=0":                                                          all,
		"&$select=name&&$count=true":                                      all,
		"$filter=":                                                        nil,
	} {
		t.Run(query, func(t *testing.T) {
			got, err := names(t, query, Dialect{})
			if (err == nil) != (want != nil) {
				t.Fatal(err)
			}
			diff(t, want, got)
		})
	}
}

// TestErrors guards the queries that Dataverse refuses, and the beginning of each
// message.
func TestErrors(t *testing.T) {
	for query, want := range map[string]string{
		"$select=nam":                                                "Could not find a property named 'nam' on type 'Microsoft.Dynamics.CRM.person'.",
		"$select=":                                                   "Could not find a property named ''",
		"$filter=nam eq 'x'":                                         "Could not find a property",
		"$filter=groups/any(g:g/nam eq 'x')":                         "Could not find a property named 'nam' on type 'Microsoft.Dynamics.CRM.group'.",
		"$filter=home/any(g:g/name eq 'x')":                          "Could not find a property named 'home'",
		"$filter=groups/any":                                         "Syntax error: '(' expected",
		"$filter=groups/any(g/name eq 'x')":                          "Syntax error: a range variable",
		"$filter=groups/any(g:g/name eq 'x'":                         "Expression expected",
		"$filter=groups/any(g:g/name eq 'x' y)":                      "Syntax error: 'y' was not expected.",
		"$filter=personid eq '" + ids + "1'":                         "A binary operator with incompatible types was detected. Found operand types 'Edm.Guid'",
		"$filter=name eq Adele":                                      "A binary operator with incompatible types",
		"$filter=born gt yesterday":                                  "A binary operator with incompatible types",
		"$filter=name eq 'Adele":                                     "There is an unterminated literal at position 14 in 'name eq 'Adele'.",
		"$filter=name eq":                                            "Expression expected at the end of $filter.",
		"$filter=name is 'x'":                                        "Syntax error: operator 'is' was not expected after 'name'.",
		"$filter=active gt true":                                     "Syntax error: operator 'gt' was not expected",
		"$filter=(active eq true":                                    "')' or operator expected",
		"$filter=active eq true true":                                "Syntax error: 'true' was not expected.",
		"$filter=" + strings.Repeat("(", 40):                         "The recursion limit has been exceeded.",
		"$filter=like(name,'x')":                                     "An unknown function with name 'like' was found.",
		"$filter=contains(age,'4')":                                  "No function signature",
		"$filter=contains(name 'x')":                                 "No function signature",
		"$filter=contains(name,null)":                                "No function signature",
		"$orderby=nam":                                               "Could not find a property",
		"$orderby=name up":                                           "Syntax error in $orderby",
		"$orderby=name asc desc":                                     "Syntax error in $orderby",
		"$orderby=":                                                  "Syntax error in $orderby",
		"$expand=group":                                              "Could not find a property",
		"$expand=groups($select=name":                                "Found an unbalanced bracket expression.",
		"$expand=home($filter=name eq 'x')":                          "Only $select and $filter clause",
		"$expand=home($top=1)":                                       "Only $select and $filter clause",
		"$expand=groups($count=true)":                                "The query parameter $count is not supported",
		"$expand=groups($skiptoken=x)":                               "The query parameter $skiptoken is not supported",
		"$expand=home($orderby=name)":                                "Only $select and $filter clause",
		"$expand=groups($top=1;$expand=members)":                     "Only $select and $filter clause",
		"$expand=groups($expand=members($orderby=name))":             "Only $select and $filter clause",
		"$expand=home,groups($orderby=name),groups($expand=members)": "Only $select and $filter clause",
		"$filter=home/members/any(m:m/name eq 'x')":                  "The any operator is not supported on 'home/members'.",
		"$filter=groups/all()":                                       "Syntax error: a range variable",
		"$format=json":                                               "The query parameter $format is not supported",
		"$Apply=x":                                                   "The query parameter $Apply is not supported",
		"$top=-1":                                                    "Invalid value '-1' for $top",
		"$top=9999999999999999999":                                   "Invalid value",
		"$count=maybe":                                               "Invalid value 'maybe' for $count",
		"$skip=1":                                                    "The query parameter $skip is not supported",
		"$serach=x":                                                  "The query parameter $serach is not supported",
		"$top=1&$top=2":                                              "Query option '$top' was specified more than once",
		"$top=%zz":                                                   "the query string is not well-formed",
		"$skiptoken=x":                                               "Malformed XML in the Paging Cookie",
		"$skiptoken=<cookie>":                                        "Malformed XML in the Paging Cookie",
		"$skiptoken=" + `<cookie pagenumber="2" pagingcookie="%253c" istracking="False" />`: "Malformed XML in the Paging Cookie",
	} {
		t.Run(query, func(t *testing.T) {
			_, err := names(t, query, Dialect{})
			if err == nil || isUnmodelled(err) || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%v, want %q", err, want)
			}
		})
	}
}

func isUnmodelled(err error) bool {
	var e *UnmodelledError
	return errors.As(err, &e)
}

// TestUnmodelled guards that a function of Dataverse which this package lacks is not
// reported as the client's error.
func TestUnmodelled(t *testing.T) {
	for _, query := range []string{
		"$select=firstname", "$select=address1_city", "$expand=calendar", "$filter=home/name eq 'x'", "$orderby=home/name",
		"$filter=groups/any(g:g/description eq 'x')", "$filter=age add 1 eq 2",
		"$filter=name in ('x')", "$filter=Microsoft.Dynamics.CRM.Today(PropertyName='born')", "$filter=name eq name",
		"fetchxml=x", "$expand=" + strings.Repeat("home,", 15) + "home", "$apply=aggregate($count as n)", "@p1=1",
	} {
		if _, err := names(t, query, Dialect{}); !isUnmodelled(err) {
			t.Errorf("%s: %v", query, err)
		}
	}
}

// TestDialects guards the syntax that environments of other versions accept.
func TestDialects(t *testing.T) {
	const lambda, nested = "$filter=groups/any(g:g/name eq 'Guests')", "$expand=groups($expand=members)"
	for name, test := range map[string]struct {
		query   string
		dialect Dialect
		refused bool
	}{
		"newer column":           {"$select=state", Dialect{}, false},
		"newer column, old":      {"$select=state", Dialect{Old: true}, true},
		"filter, old":            {"$filter=state eq 1", Dialect{Old: true}, true},
		"expansion, old":         {"$expand=groups($select=name)", Dialect{Old: true}, false},
		"nested, old":            {nested, Dialect{Old: true}, true},
		"nested":                 {nested, Dialect{}, false},
		"nested, refused":        {nested, Dialect{NestedExpand: NestedRefused}, true},
		"nested single, refused": {"$expand=home($expand=members)", Dialect{NestedExpand: NestedRefused}, false},
		"lambda":                 {lambda, Dialect{}, false},
		"lambda, refused":        {lambda, Dialect{NoLambda: true}, true},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := names(t, test.query, test.dialect); (err != nil) != test.refused || isUnmodelled(err) {
				t.Error(err)
			}
		})
	}
	q, err := Parse(people, map[string]string{}, Dialect{Old: true})
	diff(t, 5, len(q.Select))
	diff(t, nil, err)
}
