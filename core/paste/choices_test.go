package paste_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/paste"
)

func TestReadReportsTooLong(t *testing.T) {
	text := "CLIENT_ID=" + clientID + "\n"
	long := text + strings.Repeat("#", paste.Limit-len(text))
	if r := paste.Read(long); r.TooLong || r.Form.ClientID != clientID {
		t.Errorf("at the limit: %+v", r)
	}
	if r := paste.Read(long + "#"); !r.TooLong || r.Found() {
		t.Errorf("past the limit: %+v", r)
	}
}

// TestPasteDistinguishesObjects guards the choices of a text with a connection in each of
// several JSON objects: no value goes to the connection of another object.
func TestPasteDistinguishesObjects(t *testing.T) {
	const (
		otherID     = "f0e1d2c3-b4a5-4697-8879-6a5b4c3d2e1f"
		otherSecret = "Gg78Q~zYxWvUtSrQpOnMlKjIhGfEdCbA98765.43"
		other       = "https://tailspin.crm4.dynamics.com"
	)
	one := `{"url":"` + contoso + `","client_id":"` + clientID + `","client_secret":"` + value + `"}`
	two := `{"client_secret":"` + otherSecret + `","url":"` + other + `","client_id":"` + otherID + `"}`
	want := []got{
		{Environment: contoso, ClientID: clientID, Secret: value},
		{Environment: other, ClientID: otherID, Secret: otherSecret},
	}
	for name, text := range map[string]string{"one a line": one + "\n" + two, "in a mail": "Test:\n" + one + "\n\nLive:\n" + two, "in a list": "[" + one + "," + two + "]"} {
		var choices []got
		for _, c := range paste.Read(text).Choices {
			choices = append(choices, open(c.Form))
		}
		if diff := cmp.Diff(want, choices); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}
