package plan_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

var update = flag.Bool("update", false, "write the golden files")

const (
	client      = "3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617"
	tenant      = "7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f"
	environment = "https://contoso.crm4.dynamics.com"
)

var now = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

func target(change func(*plan.Target)) plan.Target {
	public, _ := cloud.OfEnvironment(cloud.Table, "contoso.crm4.dynamics.com")
	t := plan.Target{Environment: environment, Cloud: public, TenantID: tenant}
	if change != nil {
		change(&t)
	}
	return t
}

// healthy returns the state of a complete set-up, with a change.
func healthy(change func(*plan.State)) plan.State {
	s := plan.State{
		Now: now,
		Applications: plan.Found(plan.App{ObjectID: "obj-app", AppID: client, DisplayName: "Contoso integration", Keys: []plan.Key{
			{KeyID: "key-1", Secret: true, End: now.AddDate(0, 3, 0), Given: true},
		}}),
		Principals:    plan.Found(plan.Principal{ObjectID: "obj-sp"}),
		Dataverse:     plan.Found(plan.Principal{ObjectID: "obj-dataverse"}),
		Grants:        plan.Found[plan.Grant](),
		Users:         plan.Found(plan.User{ID: "user-1", BusinessUnitID: "bu-1", Roles: []plan.SecurityRole{{ID: "role-1", Name: "Integration"}}}),
		BusinessUnits: plan.Found("bu-1"),
		Roles:         plan.Found[plan.SecurityRole](),
	}
	if change != nil {
		change(&s)
	}
	return s
}

func adopt(t *plan.Target) { t.ClientID, t.Given = client, connection.SecretKind }

// TestMakeStatus guards the status of each step. The words are the statuses of the eight
// steps, in order, with the cause of a blocked step.
func TestMakeStatus(t *testing.T) {
	for name, c := range map[string]struct {
		target plan.Target
		state  plan.State
		want   map[plan.ID]string // other steps are as in the row "healthy"
	}{
		"healthy": {target(adopt), healthy(nil), nil},
		"from nothing, nobody asked": {target(nil), plan.State{}, map[plan.ID]string{
			plan.Application: "todo", plan.Credential: "todo", plan.ServicePrincipal: "todo", plan.ApplicationUser: "todo",
			plan.Role: "manual", plan.Proof: "todo",
		}},
		"adopted, nobody asked": {target(adopt), plan.State{}, map[plan.ID]string{
			plan.ServicePrincipal: "todo", plan.ApplicationUser: "todo", plan.Role: "manual", plan.Proof: "todo",
		}},
		"unknown application": {target(adopt), healthy(func(s *plan.State) {
			s.Applications, s.Principals = plan.Found[plan.App](), plan.Found[plan.Principal]()
		}), map[plan.ID]string{
			plan.Application: "blocked application.not-found", plan.ServicePrincipal: "todo", plan.Proof: "todo",
		}},
		"application of another tenant": {target(adopt), healthy(func(s *plan.State) { s.Applications = plan.Found[plan.App]() }), nil},
		"valid credential elsewhere": {target(func(t *plan.Target) { t.ClientID = client }), healthy(func(s *plan.State) {
			s.Applications.Rows[0].Keys[0].Given = false
		}), map[plan.ID]string{plan.Proof: "manual"}},
		"a new one is asked for": {target(func(t *plan.Target) { t.ClientID, t.Credential = client, plan.NewCertificate }), healthy(func(s *plan.State) {
			s.Applications.Rows[0].Keys[0].Given = false
		}), map[plan.ID]string{plan.Credential: "todo", plan.Proof: "todo"}},
		"ended secret": {
			target(adopt), healthy(func(s *plan.State) { s.Applications.Rows[0].Keys[0].End = now.AddDate(0, 0, -1) }),
			map[plan.ID]string{plan.Credential: "todo", plan.Proof: "todo"},
		},
		"disabled service principal": {
			target(adopt), healthy(func(s *plan.State) { s.Principals.Rows[0].Disabled = true }),
			map[plan.ID]string{plan.ServicePrincipal: "todo", plan.Proof: "todo"},
		},
		"disabled user": {
			target(adopt), healthy(func(s *plan.State) { s.Users.Rows[0].Disabled = true }),
			map[plan.ID]string{plan.ApplicationUser: "todo", plan.Proof: "todo"},
		},
		"two users": {
			target(adopt), healthy(func(s *plan.State) { s.Users.Rows = append(s.Users.Rows, plan.User{ID: "user-2"}) }),
			map[plan.ID]string{plan.ApplicationUser: "blocked appuser.duplicate", plan.Role: "manual", plan.Proof: "todo"},
		},
		"soft-deleted user": {
			target(adopt), healthy(func(s *plan.State) { s.Users.Rows[0].Deleted = true }),
			map[plan.ID]string{plan.ApplicationUser: "todo", plan.Role: "manual", plan.Proof: "todo"},
		},
		"no role": {
			target(adopt), healthy(func(s *plan.State) { s.Users.Rows[0].Roles = nil }),
			map[plan.ID]string{plan.Role: "manual", plan.Proof: "todo"},
		},
		"role that is not there": {
			target(func(t *plan.Target) { adopt(t); t.Role = "Sales" }), healthy(nil),
			map[plan.ID]string{plan.Role: "blocked role.not-found", plan.Proof: "todo"},
		},
		"two roles of a name": {target(func(t *plan.Target) { adopt(t); t.Role = "Sales" }), healthy(func(s *plan.State) {
			s.Roles = plan.Found(plan.SecurityRole{ID: "role-2", Name: "Sales"}, plan.SecurityRole{ID: "role-3", Name: "Sales"})
		}), map[plan.ID]string{plan.Role: "blocked role.ambiguous", plan.Proof: "todo"}},
		"role to assign": {target(func(t *plan.Target) { adopt(t); t.Role = "Sales" }), healthy(func(s *plan.State) {
			s.Roles = plan.Found(plan.SecurityRole{ID: "role-2", Name: "Sales"})
		}), map[plan.ID]string{plan.Role: "todo", plan.Proof: "todo"}},
		"no rights": {target(func(t *plan.Target) { adopt(t); t.Role = "Sales" }), healthy(func(s *plan.State) {
			s.Roles = plan.Found(plan.SecurityRole{ID: "role-2", Name: "Sales"})
			s.MayNot = map[plan.ID]string{plan.Role: "prvAssignRole", plan.Application: "Application.ReadWrite.All"}
		}), map[plan.ID]string{plan.Role: "blocked admin.no-rights", plan.Proof: "todo"}},
		"no user of the environment": {target(func(t *plan.Target) { adopt(t); t.Role = "Sales" }), healthy(func(s *plan.State) {
			s.Users, s.BusinessUnits, s.Roles, s.Stranger = plan.Lookup[plan.User]{}, plan.Lookup[string]{}, plan.Lookup[plan.SecurityRole]{}, true
			s.Principals = plan.Found[plan.Principal]()
		}), map[plan.ID]string{
			plan.ServicePrincipal: "todo", plan.ApplicationUser: "blocked admin.no-rights", plan.Role: "blocked admin.no-rights", plan.Proof: "todo",
		}},
		"classic, no user of the environment": {target(func(t *plan.Target) { adopt(t); t.Classic = true }), healthy(func(s *plan.State) {
			s.Users, s.BusinessUnits, s.Roles, s.Stranger = plan.Lookup[plan.User]{}, plan.Lookup[string]{}, plan.Lookup[plan.SecurityRole]{}, true
		}), map[plan.ID]string{
			plan.Consent: "todo", plan.ApplicationUser: "blocked admin.no-rights", plan.Role: "blocked admin.no-rights",
			plan.Licence: "blocked admin.no-rights", plan.Proof: "todo",
		}},
		"Entra cannot be read": {target(func(t *plan.Target) { adopt(t); t.Given, t.Classic, t.Role = "", true, "Sales" }), healthy(func(s *plan.State) {
			s.Applications, s.Principals = plan.Lookup[plan.App]{Denied: true}, plan.Lookup[plan.Principal]{Denied: true}
			s.Roles, s.Licences = plan.Found(plan.SecurityRole{ID: "role-2", Name: "Sales"}), plan.Found[string]()
		}), map[plan.ID]string{
			plan.Application: "blocked admin.no-rights", plan.Credential: "blocked admin.no-rights", plan.ServicePrincipal: "blocked admin.no-rights",
			plan.Consent: "blocked admin.no-rights", plan.Role: "todo", plan.Licence: "done", plan.Proof: "manual",
		}},
		"classic": {target(func(t *plan.Target) { adopt(t); t.Classic = true }), healthy(func(s *plan.State) {
			s.Licences, s.LicensedUser = plan.Found("sku-1"), "person-1"
		}), map[plan.ID]string{plan.Consent: "todo", plan.Role: "todo", plan.Licence: "todo", plan.Proof: "todo"}},
		"classic, by the page": {target(func(t *plan.Target) { adopt(t); t.Classic, t.ConsentPage = true, true }), healthy(func(s *plan.State) {
			s.Licences, s.LicensedUser = plan.Found("sku"), "5"
			s.Grants = plan.Found(plan.Grant{ID: "g", Scope: "user_impersonation", Principal: "6"}, plan.Grant{ID: "h", Scope: "openid", Everybody: true})
		}), map[plan.ID]string{plan.Consent: "manual", plan.Role: "todo", plan.Licence: "todo", plan.Proof: "todo"}},
		"classic, by the page, all there": {target(func(t *plan.Target) { adopt(t); t.Classic, t.ConsentPage, t.Name = true, true, "X" }), healthy(func(s *plan.State) {
			s.Licences, s.LicensedUser = plan.Found[string](), "5"
			s.Grants = plan.Found(plan.Grant{ID: "g", Scope: "user_impersonation", Principal: "5"})
			s.Users.Rows[0].Roles[0].Name = "X role"
		}), map[plan.ID]string{plan.Consent: "done", plan.Licence: "done"}},
		"classic, all there": {target(func(t *plan.Target) { adopt(t); t.Classic = true; t.Name = "X" }), healthy(func(s *plan.State) {
			s.Grants = plan.Found(plan.Grant{ID: "grant-1", Scope: "user_impersonation", Everybody: true})
			s.Licences = plan.Found[string]()
			s.Users.Rows[0].Roles[0].Name = "X role"
		}), map[plan.ID]string{plan.Consent: "done", plan.Licence: "done"}},
		"only some steps": {target(func(t *plan.Target) { t.Only = []plan.ID{plan.ApplicationUser} }), plan.State{}, map[plan.ID]string{
			plan.Application: "optional", plan.Credential: "optional", plan.ServicePrincipal: "optional",
			plan.ApplicationUser: "todo", plan.Role: "optional", plan.Proof: "optional",
		}},
		"proven": {target(adopt), healthy(func(s *plan.State) { s.Proven = plan.Found(catalog.Cause("")) }), map[plan.ID]string{plan.Proof: "done"}},
	} {
		t.Run(name, func(t *testing.T) {
			want := map[plan.ID]string{
				plan.Application: "done", plan.Credential: "done", plan.ServicePrincipal: "done", plan.Consent: "optional",
				plan.ApplicationUser: "done", plan.Role: "done", plan.Licence: "optional", plan.Proof: "optional",
			}
			for id, status := range c.want {
				want[id] = status
			}
			p := plan.Make(c.target, c.state)
			got, left := map[plan.ID]string{}, false
			for i, s := range p.Steps {
				if s.ID != plan.IDs()[i] {
					t.Errorf("step %d is %s, want %s", i, s.ID, plan.IDs()[i])
				}
				got[s.ID] = string(s.Status)
				if s.Status == plan.Blocked {
					got[s.ID] += " " + string(s.Cause)
				}
				left = left || s.Status == plan.Todo || s.Status == plan.Blocked || s.Status == plan.Manual
				if (s.Status == plan.Todo) != (len(s.Requests) > 0) && s.ID != plan.Proof {
					t.Errorf("%s is %s with %d requests", s.ID, s.Status, len(s.Requests))
				}
				if s.Status != plan.Todo && s.Reason.Empty() {
					t.Errorf("%s is %s without a reason", s.ID, s.Status)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if p.Complete == left {
				t.Errorf("complete is %v", p.Complete)
			}
		})
	}
}

// plans returns the plans whose JSON and scripts are golden files.
func plans() map[string]struct {
	Target plan.Target
	Plan   plan.Plan
} {
	all := map[string]struct {
		Target plan.Target
		Plan   plan.Plan
	}{}
	add := func(name string, t plan.Target, s plan.State) {
		all[name] = struct {
			Target plan.Target
			Plan   plan.Plan
		}{t, plan.Make(t, s)}
	}
	add("nothing", target(nil), plan.State{})
	add("secret", target(func(t *plan.Target) {
		t.Credential, t.Name, t.Role = plan.NewSecret, "Contoso's nightly import", "Sales \"West\""
	}), plan.State{})
	add("minimal", target(func(t *plan.Target) {
		t.Role = plan.Minimal
		t.Privileges, _ = plan.ParsePrivileges("account:read:org,contact:write:bu")
	}), plan.State{})
	add("classic", target(func(t *plan.Target) { t.Classic, t.RedirectURI = true, "http://localhost" }), plan.State{})
	add("adopt", target(func(t *plan.Target) { adopt(t); t.Role = "Sales" }), healthy(func(s *plan.State) {
		s.Applications.Rows[0].Keys = []plan.Key{
			{KeyID: "key-1", Secret: true, End: now.AddDate(0, -3, 0), Given: true},
			{KeyID: "key-2", Raw: []byte(`{"keyId":"key-2","type":"AsymmetricX509Cert","usage":"Verify","key":"MIIB"}`), End: now.AddDate(0, -1, 0)},
		}
		s.Users.Rows[0].Deleted = true
		s.Roles = plan.Found(plan.SecurityRole{ID: "role-2", Name: "Sales"})
	}))
	return all
}

func TestMakeJSON(t *testing.T) {
	for name, p := range plans() {
		t.Run(name, func(t *testing.T) {
			got, err := json.MarshalIndent(p.Plan, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".json", string(got)+"\n")
		})
	}
}

// golden compares got with a file of testdata.
func golden(t *testing.T, file, got string) {
	t.Helper()
	path := filepath.Join("testdata", file)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got\n%s", file, diff)
	}
}

func TestParsePrivileges(t *testing.T) {
	for name, c := range map[string]struct {
		list string
		want []plan.Privilege
		err  string
	}{
		"two":              {"account:read:org, contact:write:bu", []plan.Privilege{{"account", "read", "org"}, {"contact", "write", "bu"}}, ""},
		"custom table":     {"new_order:appendto:deep", []plan.Privilege{{"new_order", "appendto", "deep"}}, ""},
		"twice the same":   {"account:read:org,account:read:org", []plan.Privilege{{"account", "read", "org"}}, ""},
		"upper case verb":  {"account:Read:ORG", []plan.Privilege{{"account", "read", "org"}}, ""},
		"two depths":       {"account:read:org,account:read:bu", nil, "account:read has two depths, org and bu: choose one"},
		"empty":            {"", nil, "a privilege is table:verb:depth, such as account:read:org"},
		"no depth":         {"account:read", nil, "a privilege is table:verb:depth, such as account:read:org"},
		"display name":     {"Account:read:org", nil, "the table of a privilege is its logical name, in lower case, such as account"},
		"filter injection": {"a' or 1 eq 1:read:org", nil, "the table of a privilege is its logical name, in lower case, such as account"},
		"wrong verb":       {"account:update:org", nil, "the verb of a privilege is one of create, read, write, delete, append, appendto, assign, share"},
		"wrong depth":      {"account:read:all", nil, "the depth of a privilege is one of user, bu, deep, org"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := plan.ParsePrivileges(c.list)
			message := ""
			if err != nil {
				message = err.Error()
			}
			if diff := cmp.Diff(c.want, got); diff != "" || message != c.err {
				t.Errorf("error %q, want %q; -want +got\n%s", message, c.err, diff)
			}
		})
	}
}
