package connection_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

const (
	tenantID = "12b5c856-7e1f-4d0a-9f4e-3c1a5b0d9e77"
	clientID = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	value    = "c4n4ry8Q~qWe.rTyUiOp_asDfGhJkL-zxCvBnM1a"
)

// complete returns a form without problems and notes.
func complete() connection.Form {
	return connection.Form{
		Environment: "https://contoso.crm4.dynamics.com", Tenant: tenantID, ClientID: clientID,
		Secret: secret.New(value), RedirectURI: "http://localhost",
	}
}

func TestCompleteFormUnchanged(t *testing.T) {
	c, notes, problems := complete().Clean(cloud.Table)
	if len(notes) > 0 || len(problems) > 0 {
		t.Fatalf("notes %v, problems %v", notes, problems)
	}
	got := []string{c.Environment, c.Host, c.Cloud.Name, c.Tenant, c.ClientID, string(c.Credential.Kind), c.RedirectURI}
	want := []string{"https://contoso.crm4.dynamics.com", "contoso.crm4.dynamics.com", "public", tenantID, clientID, "secret", "http://localhost"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if plain(c.Credential.Secret) != value {
		t.Error("the secret came out changed")
	}
}

func TestProblemsComeInTheOrderOfTheForm(t *testing.T) {
	_, _, problems := connection.Form{RedirectURI: "ftp://x", Tenant: "common"}.Clean(cloud.Table)
	var got []string
	for _, p := range problems {
		got = append(got, string(p.Field)+" "+string(p.Cause))
	}
	want := []string{
		"environment input.environment-url", "tenant input.tenant-id", "clientId input.client-id", "secret input.secret-missing",
		"redirectUri input.redirect-uri",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

// TestProblemKeepsOtherFields guards that the valid fields are returned although another
// field has a problem: the consent page needs no secret.
func TestProblemKeepsOtherFields(t *testing.T) {
	form := complete()
	form.Secret = secret.Value{}
	c, _, problems := form.Clean(cloud.Table)
	if len(problems) != 1 || c.ClientID != clientID || c.Environment == "" || c.Tenant != tenantID {
		t.Errorf("got %+v with %v", c, problems)
	}
}

func plain(v secret.Value) (text string) {
	v.Use(func(p string) { text = p })
	return text
}

// only returns the result of a form with a problem at a single field, and the summary of
// its note.
func only(t *testing.T, field connection.Field, form connection.Form) (c connection.Connection, note string, problem connection.Problem) {
	t.Helper()
	c, notes, problems := form.Clean(cloud.Table)
	var said []string
	for _, n := range notes {
		if n.Field == field {
			said = append(said, n.Text.String())
		}
	}
	for _, p := range problems {
		if p.Field != field {
			t.Errorf("unexpected problem with %s: %s", p.Field, p.Summary)
		}
		if problem.Cause != "" {
			t.Errorf("two problems with %s", field)
		}
		problem = p
	}
	return c, strings.Join(said, "; "), problem
}
