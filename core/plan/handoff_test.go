package plan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/handoff"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

// TestTakeUp guards that the results of a script count as done without a request to a
// service, if they belong to the application and the environment of the plan.
func TestTakeUp(t *testing.T) {
	made := handoff.Result{Environment: environment, TenantID: tenant, ClientID: client, Values: map[string]string{
		"application.id": "obj-app", "service-principal.id": "obj-sp", "credential.thumbprint": "AB12", "application-user.id": "user-1", "role.id": "role-1",
	}}
	for name, c := range map[string]struct {
		target func(*plan.Target)
		want   []plan.ID
	}{
		"the script's application":  {func(t *plan.Target) { t.Role = plan.Minimal }, []plan.ID{plan.Application, plan.Credential, plan.ServicePrincipal, plan.ApplicationUser, plan.Role}},
		"the same application":      {func(t *plan.Target) { t.ClientID, t.Role = client, "Sales" }, []plan.ID{plan.Application, plan.Credential, plan.ServicePrincipal, plan.ApplicationUser, plan.Role}},
		"another environment":       {func(t *plan.Target) { t.Environment, t.Role = "https://fabrikam.crm4.dynamics.com", "Sales" }, []plan.ID{plan.Application, plan.Credential, plan.ServicePrincipal}},
		"another application":       {func(t *plan.Target) { t.ClientID, t.Role = tenant, "Sales" }, []plan.ID{plan.Application}},
		"another, certificate held": {func(t *plan.Target) { t.ClientID, t.Given = tenant, "certificate" }, []plan.ID{plan.Application, plan.Credential}},
	} {
		t.Run(name, func(t *testing.T) {
			aim := target(c.target)
			aim.TakeUp(made)
			var done []plan.ID
			for _, s := range plan.Make(aim, plan.State{Made: aim.Known}).Steps {
				if s.Status == plan.Done {
					done = append(done, s.ID)
				}
			}
			if diff := cmp.Diff(c.want, done); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
