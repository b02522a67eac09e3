package connection_test

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
)

func TestTenant(t *testing.T) {
	const onLogin = "took the Directory (tenant) ID from an address on login.microsoftonline.com"
	for _, tt := range []struct {
		name, typed, want, note string
		cause                   catalog.Cause
	}{
		{"nothing is to be discovered", " ", "", "", ""},
		{"GUID", tenantID, tenantID, "", ""},
		{"capitals, braces, blanks", " {" + strings.ToUpper(tenantID) + "}\n", tenantID, "", ""},
		{"URN", "urn:uuid:" + tenantID, tenantID, "", ""},
		{"no hyphens", strings.ReplaceAll(tenantID, "-", ""), tenantID, "", ""},
		{"domain", "Contoso.onmicrosoft.com", "contoso.onmicrosoft.com", "", ""},
		{"authority", "https://login.microsoftonline.com/" + tenantID, tenantID, onLogin, ""},
		{"token endpoint", "https://login.microsoftonline.com/" + tenantID + "/oauth2/v2.0/token", tenantID, onLogin, ""},
		{"authority without scheme", "login.microsoftonline.com/contoso.com/", "contoso.com", onLogin, ""},
		{"issuer", "https://sts.windows.net/" + tenantID + "/", tenantID, "took the Directory (tenant) ID from an address on sts.windows.net", ""},
		{"authority of common", "https://login.microsoftonline.com/common/oauth2", "", "", "input.tenant-id"},
		{"authority of nobody", "https://login.microsoftonline.com/", "", "", "input.tenant-id"},
		{"authority elsewhere", "https://login.microsoftonline.com.evil.example/" + tenantID, "", "", "input.tenant-id"},
		{"authority by http", "http://login.microsoftonline.com/" + tenantID, "", "", "input.tenant-id"},
		{"authority with userinfo", "https://login.microsoftonline.com@evil.example/" + tenantID, "", "", "input.tenant-id"},
		{"authority of another cloud", "https://login.microsoftonline.us/" + tenantID, "", "", "tenant.wrong-cloud"},
		{"common", "common", "", "", "input.tenant-id"},
		{"organizations", "Organizations", "", "", "input.tenant-id"},
		{"consumers", "consumers", "", "", "input.tenant-id"},
		{"consumers by its GUID", "9188040d-6c67-4c5b-b112-36a304b66dad", "", "", "input.tenant-id"},
		{"zeros", "00000000-0000-0000-0000-000000000000", "", "", "input.tenant-id"},
		{"one character short", tenantID[1:], "", "", "input.tenant-id"},
		{"name", "Contoso", "", "", "input.tenant-id"},
		{"sign-in name", "admin@contoso.com", "", "", "input.tenant-id"},
		{"environment", "contoso.crm4.dynamics.com", "", "", "input.tenant-id"},
		{"login host", "login.microsoftonline.com", "", "", "input.tenant-id"},
		{"IP address", "10.0.0.1", "", "", "input.tenant-id"},
		{"placeholder", "{{tenantId}}", "", "", "input.tenant-id"},
		{"look-alike", "cоntoso.com", "", "", "input.tenant-id"},
		{"path", "contoso.com/../common", "", "", "input.tenant-id"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			form := complete()
			form.Tenant = tt.typed
			c, note, problem := only(t, connection.FieldTenant, form)
			if c.Tenant != tt.want || note != tt.note || problem.Cause != tt.cause {
				t.Errorf("-want +got\n-%q %q %s\n+%q %q %s %s", tt.want, tt.note, tt.cause, c.Tenant, note, problem.Cause, problem.Summary)
			}
		})
	}
}

func TestClientID(t *testing.T) {
	for _, tt := range []struct{ name, typed, says string }{
		{"GUID", clientID, ""},
		{"braces", "{" + strings.ToUpper(clientID) + "}", ""},
		{"parentheses", "(" + clientID + ")", ""},
		{"no hyphens", strings.ReplaceAll(clientID, "-", ""), ""},
		{"quotes and blanks", ` "` + clientID + `" `, ""},
		{"nothing", "", "is empty"},
		{"name", "Contoso integration", "must be a GUID"},
		{"one brace", "{" + clientID, "must be a GUID"},
		{"one digit more", clientID + "0", "must be a GUID"},
		{"letter that is no digit", "g" + clientID[1:], "must be a GUID"},
		{"zeros", strings.Repeat("0", 32), "zeros only"},
		{"URI", "https://contoso.onmicrosoft.com/app", "is an address"},
		{"application ID URI", "api://" + clientID, "is an address"},
		{"sign-in name", "app@contoso.com", "sign-in name"},
		{"placeholder", "$(ClientId)", "never filled in"},
		{"words of an example", "<application-id>", "never filled in"},
		{"the tenant again", strings.ToUpper(tenantID), "pasted twice"},
		{"the secret", value, "must be a GUID"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			form := complete()
			form.ClientID = tt.typed
			c, _, problem := only(t, connection.FieldClientID, form)
			if tt.says == "" {
				if c.ClientID != clientID || problem.Cause != "" {
					t.Errorf("got %q, %s", c.ClientID, problem.Summary)
				}
				return
			}
			if problem.Cause != "input.client-id" || !strings.Contains(problem.Summary.String(), tt.says) || c.ClientID != "" {
				t.Errorf("want input.client-id saying %q, got %s %q", tt.says, problem.Cause, problem.Summary)
			}
			if strings.Contains(problem.Summary.String(), value[:8]) {
				t.Errorf("the summary repeats what was typed: %s", problem.Summary)
			}
		})
	}
}
