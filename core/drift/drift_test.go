package drift

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

var noon = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

func uat() Snapshot {
	return Snapshot{
		Version: 1, Name: "UAT", Taken: noon, Healthy: true, Warnings: []catalog.Cause{}, ServerVersion: "9.2.1",
		Connection: exam.Subject{Environment: "https://uat.crm4.dynamics.com", ClientID: "a", Credential: "secret"},
		User:       &User{ID: "1", BusinessUnit: "uat"}, Roles: []Role{{Name: "Sales"}, {Name: "Basic", Team: "All"}},
		Privileges: map[string]string{"prvReadAccount": "Global", "prvWriteAccount": "Local"},
	}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Snapshot)
		want   []Difference
		unread []Area
	}{
		{"nothing", func(*Snapshot) {}, []Difference{}, []Area{}},
		{"another environment's IDs", func(s *Snapshot) {
			s.Connection.Environment, s.User = "https://contoso.crm4.dynamics.com", &User{ID: "2", BusinessUnit: "contoso"}
		}, []Difference{}, []Area{}},
		{"made anew", func(s *Snapshot) { s.User = &User{ID: "2", BusinessUnit: "uat"} }, []Difference{{AppUser, "id", "1", "2"}}, []Area{}},
		{"disabled and broken", func(s *Snapshot) {
			s.Healthy, s.RootCause, s.User = false, catalog.AppUserDisabled, &User{ID: "1", BusinessUnit: "uat", Disabled: true}
		}, []Difference{{Health, "root cause", "healthy", "appuser.disabled"}, {AppUser, "disabled", "no", "yes"}}, []Area{}},
		{"roles", func(s *Snapshot) { s.Roles = []Role{{Name: "Basic"}, {Name: "Service"}} }, []Difference{
			{Roles, "Basic", "through team All", "direct"}, {Roles, "Sales", "direct", ""}, {Roles, "Service", "", "direct"},
		}, []Area{}},
		{"privileges", func(s *Snapshot) {
			s.Privileges = map[string]string{"prvReadAccount": "Local", "prvReadContact": "Basic"}
		}, []Difference{
			{Privileges, "prvReadAccount", "Global", "Local"}, {Privileges, "prvReadContact", "", "Basic"}, {Privileges, "prvWriteAccount", "Local", ""},
		}, []Area{}},
		{"a certificate and a version", func(s *Snapshot) { s.Connection.Credential, s.ServerVersion = "certificate", "9.2.2" }, []Difference{
			{Credential, "kind", "secret", "certificate"}, {Server, "version", "9.2.1", "9.2.2"},
		}, []Area{}},
		{"nothing could be read", func(s *Snapshot) { s.User, s.Roles, s.Privileges, s.ServerVersion = nil, nil, nil, "" }, []Difference{}, []Area{AppUser, Roles, Privileges, Server}},
	} {
		b := uat()
		c.change(&b)
		if diff := cmp.Diff(c.want, Compare(uat(), b)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		if diff := cmp.Diff(c.unread, Unread(uat(), b)); diff != "" {
			t.Errorf("%s, unread (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestRead guards that a snapshot is read back unchanged, also from a comparison, and
// that another file is refused.
func TestRead(t *testing.T) {
	raw, _ := json.Marshal(uat())
	got, err := Read(raw)
	if diff := cmp.Diff(uat(), got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	raw, _ = json.Marshal(map[string]any{"version": 1, "a": Snapshot{}, "b": uat(), "differences": []Difference{}})
	if got, err := Read(raw); err != nil || got.Name != "UAT" {
		t.Errorf("%v: %+v", err, got)
	}
	for _, other := range []string{"", "[]", "{}", `{"version":1,"healthy":true}`, `{"version":2,"taken":"2026-11-29T12:00:00Z"}`} {
		if _, err := Read([]byte(other)); err == nil {
			t.Errorf("%q is a snapshot", other)
		}
	}
}
