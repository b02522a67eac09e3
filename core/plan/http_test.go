package plan_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

func TestHTTP(t *testing.T) {
	got := plan.HTTP([]plan.Request{
		{Method: "POST", URL: "https://x/a", Body: json.RawMessage(`{"a":{"b":"{role.id}"},"c":[]}`)},
		{Method: "DELETE", URL: "https://x/a/{role.id}"},
		{Method: "POST", URL: "https://x/b", Body: json.RawMessage(`{"Privileges":{source-role.privileges}}`)},
	})
	want := `POST https://x/a
Content-Type: application/json

{
  "a": {
    "b": "{role.id}"
  },
  "c": []
}

DELETE https://x/a/{role.id}

POST https://x/b
Content-Type: application/json

{"Privileges":{source-role.privileges}}
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if got := plan.HTTP(nil); got != "" {
		t.Errorf("no requests: %q", got)
	}
}
