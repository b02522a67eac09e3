package connstring_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connstring"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []connstring.Pair
	}{
		{"keys and their aliases", "AuthType=ClientSecret; Server = x ;AppId={1}", []connstring.Pair{{Key: "AuthType", Value: "ClientSecret"}, {Key: "serviceuri", Value: "x"}, {Key: "AppId", Value: "{1}"}}},
		{"quoted values", `Url=x;ClientSecret="a;b""c";ClientId='d''e'`, []connstring.Pair{{Key: "serviceuri", Value: "x"}, {Key: "ClientSecret", Value: `a;b"c`, Quoted: true}, {Key: "ClientId", Value: "d'e", Quoted: true}}},
		{"a quote that belongs to the value", "Url=x;ClientSecret='a;ClientId=b", []connstring.Pair{{Key: "serviceuri", Value: "x"}, {Key: "ClientSecret", Value: "'a"}, {Key: "ClientId", Value: "b"}}},
		{"= at the end", "Url=x;ClientSecret=a==;", []connstring.Pair{{Key: "serviceuri", Value: "x"}, {Key: "ClientSecret", Value: "a=="}}},
		{"a database", "Server=x;User Id=sa;Password=p", nil},
		{"one key", "Url=x", nil},
		{"no keys", "a;b;c", nil},
		{"other lines", "Url=x;ClientId=y\nTenant: z;", nil},
	} {
		if d := cmp.Diff(tt.want, connstring.Parse(tt.text)); d != "" {
			t.Errorf("%s: -want +got\n%s", tt.name, d)
		}
	}
}
