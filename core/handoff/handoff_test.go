package handoff_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/handoff"
)

const line = `{"s2sdoctor":1,"environment":"https://contoso.crm4.dynamics.com","tenantId":"12b5c856-4a7e-4c1d-9f3b-5d0c8e6a7b91",` +
	`"clientId":"3F5D1C2B-7A64-4E0F-8B91-C2D3E4F50617","result":{"application.id":"0c9dc19d-a9a8-49f6-b9b0-f42e57d835b7","role.id":"",` +
	`"credential.thumbprint":"AB12AB12AB12AB12AB12AB12AB12AB12AB12AB12","something.else":"0c9dc19d-a9a8-49f6-b9b0-f42e57d835b7"}}`

func TestRead(t *testing.T) {
	want := handoff.Result{
		Environment: "https://contoso.crm4.dynamics.com", TenantID: "12b5c856-4a7e-4c1d-9f3b-5d0c8e6a7b91",
		ClientID: "3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617",
		Values: map[string]string{
			"application.id": "0c9dc19d-a9a8-49f6-b9b0-f42e57d835b7", "credential.thumbprint": "AB12AB12AB12AB12AB12AB12AB12AB12AB12AB12",
		},
	}
	for name, text := range map[string]string{
		"alone":        line,
		"in a mail":    "Hello,\n\nhere it is:\n" + line + "\n\nBest regards\n",
		"wrapped":      "> " + line[:90] + "\r\n" + line[90:],
		"the last one": strings.Replace(line, "contoso", "fabrikam", 1) + "\n" + line,
	} {
		got, ok := handoff.Read(text)
		if diff := cmp.Diff(want, got); !ok || diff != "" {
			t.Errorf("%s: %t -want +got\n%s", name, ok, diff)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"empty":             "",
		"other JSON":        `{"environment":"https://contoso.crm4.dynamics.com","clientId":"3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617"}`,
		"cut off":           line[:200],
		"http":              strings.Replace(line, "https://", "http://", 1),
		"a name and secret": strings.Replace(line, "https://", "https://a:b@", 1),
		"a tenant's name":   strings.Replace(line, "12b5c856-4a7e-4c1d-9f3b-5d0c8e6a7b91", "Contoso Ltd.", 1),
		"endless":           `{"s2sdoctor":1,` + strings.Repeat(" ", 9<<10) + "}}",
		"numbers":           strings.Replace(line, `"0c9dc19d-a9a8-49f6-b9b0-f42e57d835b7"`, "7", 1),
	} {
		if got, ok := handoff.Read(text); ok {
			t.Errorf("%s: %+v", name, got)
		}
	}
	// Values that are no IDs are dropped, above all a secret.
	got, ok := handoff.Read(strings.Replace(line, "0c9dc19d-a9a8-49f6-b9b0-f42e57d835b7", "Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1", 1))
	if _, there := got.Values["application.id"]; !ok || there {
		t.Errorf("%t %+v", ok, got)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(line)
	f.Add(`{"s2sdoctor":1,"result":{}}`)
	f.Fuzz(func(t *testing.T, text string) {
		if r, ok := handoff.Read(text); ok && !strings.HasPrefix(r.Environment, "https://") {
			t.Errorf("%+v", r)
		}
	})
}
