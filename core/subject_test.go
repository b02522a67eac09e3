package core

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
)

// TestSubjectKnowsItsCloud guards that the cloud is looked up in the Doctor's table: no
// cloud of Microsoft has the sandbox's environments.
func TestSubjectKnowsItsCloud(t *testing.T) {
	const client = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	practising := Doctor{Clouds: sandbox.Clouds()}
	for name, c := range map[string]struct {
		doctor Doctor
		form   connection.Form
		want   exam.Subject
		portal string
	}{
		"a page of the environment": {
			Doctor{},
			connection.Form{Environment: " https://Contoso.crm4.dynamics.com/main.aspx?appid=1 ", Tenant: "contoso.com", ClientID: "{2015D711-8A4F-4D3C-9B2E-0F1A2B3C4D5E}"},
			exam.Subject{Environment: "https://contoso.crm4.dynamics.com", Cloud: "public", TenantID: "contoso.com", ClientID: client},
			"entra.microsoft.com",
		},
		"China":                   {Doctor{}, connection.Form{Environment: "https://contoso.crm.dynamics.cn"}, exam.Subject{Environment: "https://contoso.crm.dynamics.cn", Cloud: "china"}, "entra.microsoftonline.cn"},
		"the sandbox":             {practising, connection.Form{Environment: "https://contoso.crm4.sandbox.localhost"}, exam.Subject{Environment: "https://contoso.crm4.sandbox.localhost", Cloud: "sandbox"}, "entra.microsoft.com"},
		"the sandbox, from afar":  {Doctor{}, connection.Form{Environment: "https://contoso.crm4.sandbox.localhost"}, exam.Subject{}, ""},
		"the cloud, from sandbox": {practising, connection.Form{Environment: "https://contoso.crm4.dynamics.com"}, exam.Subject{}, ""},
		"nothing":                 {Doctor{}, connection.Form{}, exam.Subject{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := c.doctor.Subject(c.form)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			want := catalog.Vars{"clientId": got.ClientID, "tenantId": got.TenantID, "environment": got.Environment}
			vars := c.doctor.Vars(got)
			if vars["portal"] != c.portal {
				t.Errorf("its portal is %q, want %q", vars["portal"], c.portal)
			}
			delete(vars, "portal")
			delete(vars, "admin")
			delete(vars, "login")
			if diff := cmp.Diff(want, vars); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
