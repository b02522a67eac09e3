package ui

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
)

// TestSettingsAreCopiedWithoutTheSecret guards the clipboard: it contains a placeholder
// instead of the secret, and a message reports this.
func TestSettingsAreCopiedWithoutTheSecret(t *testing.T) {
	s := newStage(t, Options{})
	form := filledForm()
	form.Tenant = ""
	s.fill(form)
	s.finish(healthyReport())
	s.w.item("string").Action()
	s.w.item("env").Action()
	want := []string{
		"AuthType=ClientSecret;Url=" + form.Environment + ";ClientId=" + testClient + ";ClientSecret=" + connection.SecretGap,
		"DATAVERSE_URL=" + form.Environment + "\nAZURE_TENANT_ID=" + testTenant + "\nAZURE_CLIENT_ID=" + testClient + "\nAZURE_CLIENT_SECRET='" + connection.SecretGap + "'\n",
	}
	if len(s.copied) != 2 || s.copied[0] != want[0] || s.copied[1] != want[1] {
		t.Errorf("copied %q, want %q", s.copied, want)
	}
	if strings.Contains(strings.Join(s.copied, ""), canary) {
		t.Error("the secret is on the clipboard")
	}
	if want := "Copied the connection string. Fill in what is between < and >: no secret was copied."; s.said() != want {
		t.Errorf("it says %q", s.said())
	}
}
