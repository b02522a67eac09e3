package dataverse

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRowsAreBounded guards the memory for a hostile list: ten megabytes of empty rows
// took two gigabytes.
func TestRowsAreBounded(t *testing.T) {
	const role = `{"roleid":"6b9c4e3a-d8a4-ee11-be37-000d3a4b1c2d","name":"Basic User"}`
	list := func(row string, n int) string { return "[" + strings.TrimSuffix(strings.Repeat(row+",", n), ",") + "]" }
	for _, test := range []struct {
		name, text string
		want       int
		fails      bool
	}{
		{"null", "null", 0, false},
		{"none", "[]", 0, false},
		{"two", list(role, 2), 2, false},
		{"empty ones", list("{}", 1<<20), 0, false},
		{"empty ones before one", "[{},{}," + role + "]", 1, false},
		{"too many", list(role, maxRows+100), maxRows, false},
		{"an object", "{}", 0, true},
		{"of another type", `["a"]`, 0, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got struct {
				Value rows[roleRow] `json:"value"`
			}
			err := json.Unmarshal([]byte(`{"value":`+test.text+"}"), &got)
			if (err != nil) != test.fails || len(got.Value) != test.want {
				t.Errorf("%d rows, %v; want %d, an error: %v", len(got.Value), err, test.want, test.fails)
			}
			if test.text != "null" && err == nil && got.Value == nil {
				t.Error("an empty list looks like one that is missing")
			}
		})
	}
}

// TestDeepEnvelopeIsNotRead guards the memory of a hostile SOAP response.
func TestDeepEnvelopeIsNotRead(t *testing.T) {
	const (
		start = `<s:Envelope xmlns:s="s"><s:Body><ExecuteResponse><ExecuteResult><Results>`
		pair  = `<KeyValuePairOfstringanyType><key>UserId</key><value>u</value></KeyValuePairOfstringanyType>`
		end   = `</Results></ExecuteResult></ExecuteResponse></s:Body></s:Envelope>`
	)
	for body, want := range map[string]string{
		start + pair + end: "u",
		start + pair + strings.Repeat("<a>", 20) + strings.Repeat("</a>", 20) + end:     "u",
		start + pair + strings.Repeat("<a>", 1000) + strings.Repeat("</a>", 1000) + end: "",
		strings.Repeat("<a>", 1<<20): "",
	} {
		var got string
		if user, _, _ := readExecuteResponse([]byte(body)); user != nil {
			got = *user
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%.80q of %d bytes (-want +got):\n%s", body, len(body), diff)
		}
	}
}
