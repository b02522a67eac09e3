package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// listed returns the values of a column in a list.
func listed(t *testing.T, r reply, column string) []string {
	t.Helper()
	out := []string{}
	for _, v := range r.fields(t)["value"].([]any) {
		out = append(out, fmt.Sprint(v.(map[string]any)[column]))
	}
	return out
}

// TestPagesByLink follows the links as a client does, without parsing them.
func TestPagesByLink(t *testing.T) {
	s := start(t, func(t *Tenant) { t.User.Duplicate, t.User.SecondDeleted = true, true })
	c := client(t, s)
	header := bearer(t, s, c)
	for size, want := range map[int][][]string{
		1: {{"# S2S Integration"}, {"# S2S Integration"}, {"# S2S Integration (old)"}, {"Adele Vance"}, {"Grady Archie"}, {"Lidia Holloway"}},
		3: {{"# S2S Integration", "# S2S Integration", "# S2S Integration (old)"}, {"Adele Vance", "Grady Archie", "Lidia Holloway"}},
		4: {{"# S2S Integration", "# S2S Integration", "# S2S Integration (old)", "Adele Vance"}, {"Grady Archie", "Lidia Holloway"}},
	} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			header.Set("Prefer", fmt.Sprintf("odata.maxpagesize=%d", size))
			var got [][]string
			for next := webAPI + "systemusers?$select=fullname&$orderby=fullname"; next != ""; {
				if len(got) > 10 {
					t.Fatal("no end")
				}
				r := send(t, c, http.MethodGet, next, "", header)
				diff(t, fmt.Sprintf("odata.maxpagesize=%d", size), r.Header.Get("Preference-Applied"))
				got = append(got, listed(t, r, "fullname"))
				next, _ = r.fields(t)["@odata.nextLink"].(string)
			}
			diff(t, want, got)
		})
	}
}

// TestNextLink guards the format that clients match.
func TestNextLink(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	header := bearer(t, s, c)
	header.Set("Prefer", "odata.maxpagesize=1")
	r := send(t, c, http.MethodGet, webAPI+"systemusers?$select=fullname", "", header)
	const key = "16E4A908-D3A4-EE11-BE37-000D3A4B1C2D"
	diff(t, any(webAPI+"systemusers?$select=fullname&$skiptoken=%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22"+
		"%253ccookie%2520page%253d%25221%2522%253e%253csystemuserid%2520last%253d%2522%257b"+key+"%257d%2522%2520first%253d%2522%257b"+key+"%257d%2522%2520%252f%253e%253c%252fcookie%253e"+
		"%22%20istracking=%22False%22%20/%3E"), r.fields(t)["@odata.nextLink"])
	for _, token := range []string{"", "x", "<cookie>", `<cookie pagenumber="2" pagingcookie="%3c" istracking="False" />`} {
		r := send(t, c, http.MethodGet, webAPI+"systemusers?$skiptoken="+url.QueryEscape(token), "", header)
		diff(t, refusalOf{400, "0x80060888"}, readRefusal(t, r))
	}
}

func TestCount(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	header := bearer(t, s, c)
	for path, want := range map[string]string{
		"systemusers/$count": "4",
		"systemusers/$count?$filter=applicationid%20ne%20null":           "1",
		"systemusers(" + UserID + ")/systemuserroles_association/$count": "1",
	} {
		r := send(t, c, http.MethodGet, webAPI+path, "", header)
		diff(t, reply{Status: 200, Body: want}, reply{Status: r.Status, Body: r.Body})
		diff(t, "text/plain", r.Header.Get("Content-Type"))
	}
	for query, want := range map[string]any{"$count=true": 4.0, "$count=true&$top=1": 4.0, "$count=false": nil, "$top=1": nil} {
		r := send(t, c, http.MethodGet, webAPI+"systemusers?"+query, "", header)
		diff(t, want, r.fields(t)["@odata.count"])
	}
}

func TestPreferences(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	header := bearer(t, s, c)
	const formatted = "_businessunitid_value@OData.Community.Display.V1.FormattedValue"
	for prefer, want := range map[string]struct {
		applied   string
		annotated any
		rows      int
	}{
		"":                              {"", nil, 4},
		`odata.include-annotations="*"`: {`odata.include-annotations="*"`, "contoso-uat", 4},
		`odata.include-annotations="OData.Community.Display.V1.FormattedValue"`:  {`odata.include-annotations="OData.Community.Display.V1.FormattedValue"`, "contoso-uat", 4},
		`odata.include-annotations="Microsoft.Dynamics.CRM.*,OData.Community.*"`: {`odata.include-annotations="Microsoft.Dynamics.CRM.*,OData.Community.*"`, "contoso-uat", 4},
		`odata.include-annotations="*,-OData.Community.*"`:                       {`odata.include-annotations="*,-OData.Community.*"`, nil, 4},
		`odata.include-annotations="Microsoft.Dynamics.CRM.lookuplogicalname"`:   {`odata.include-annotations="Microsoft.Dynamics.CRM.lookuplogicalname"`, nil, 4},
		`odata.maxpagesize=1`:                                {"odata.maxpagesize=1", nil, 1},
		`odata.maxpagesize=1, odata.include-annotations="*"`: {`odata.include-annotations="*",odata.maxpagesize=1`, "contoso-uat", 1},
		`odata.maxpagesize=5001`:                             {"", nil, 4},
		`odata.maxpagesize=many`:                             {"", nil, 4},
	} {
		t.Run(prefer, func(t *testing.T) {
			header := header.Clone()
			if prefer != "" {
				header.Set("Prefer", prefer)
			}
			r := send(t, c, http.MethodGet, webAPI+"systemusers?$select=_businessunitid_value", "", header)
			diff(t, want.applied, r.Header.Get("Preference-Applied"))
			list := r.fields(t)["value"].([]any)
			diff(t, want.rows, len(list))
			diff(t, want.annotated, list[0].(map[string]any)[formatted])
		})
	}
	// A preferred page size wins over $top.
	header.Set("Prefer", "odata.maxpagesize=1")
	r := send(t, c, http.MethodGet, webAPI+"systemusers?$select=fullname&$top=2", "", header)
	diff(t, 1, len(listed(t, r, "fullname")))
	diff(t, "odata.maxpagesize=1", r.Header.Get("Preference-Applied"))
	// With $expand within $expand the service pages the collections as well.
	r = send(t, c, http.MethodGet, webAPI+"systemusers?$expand=teammembership_association($expand=teamroles_association)", "", header)
	diff(t, []any{501, "not-modelled"}, []any{r.Status, r.Header.Get("x-sandbox")})
}

func TestFormattedValues(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	header := bearer(t, s, c)
	header.Set("Prefer", `odata.include-annotations="*"`)
	got := send(t, c, http.MethodGet, webAPI+"systemusers("+UserID+")?$select=accessmode,isdisabled,islicensed,_businessunitid_value,fullname,disabledreason", "", header).fields(t)
	formatted := map[string]any{}
	for name, value := range got {
		if column, ok := strings.CutSuffix(name, "@OData.Community.Display.V1.FormattedValue"); ok {
			formatted[column] = value
		}
	}
	diff(t, map[string]any{"accessmode": "Non-interactive", "isdisabled": "No", "islicensed": "No", "_businessunitid_value": "contoso-uat"}, formatted)
}

func TestIfNoneMatch(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	header := bearer(t, s, c)
	first := send(t, c, http.MethodGet, webAPI+"systemusers("+UserID+")", "", header)
	for tag, want := range map[string]int{"null": 200, `W/"1"`: 200, first.Header.Get("ETag"): 304} {
		header.Set("If-None-Match", tag)
		diff(t, want, send(t, c, http.MethodGet, webAPI+"systemusers("+UserID+")", "", header).Status)
	}
}
