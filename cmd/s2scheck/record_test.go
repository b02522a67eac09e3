package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/record/replay"
)

// TestRecordUnderTheRealNames guards the record of a cloud's own hosts, through a proxy:
// it contains the region but nothing else of the tenant, and its replay has the same
// cause.
func TestRecordUnderTheRealNames(t *testing.T) {
	world := startMicrosoft(t)
	notMember := func(w http.ResponseWriter) {
		reply(w, 403, map[string]any{"error": map[string]any{"code": "0x80072560", "message": "Der Benutzer ist kein Mitglied der Organisation Contoso."}})
	}
	for _, tc := range []struct {
		name, secret string
		refuse       func(http.ResponseWriter)
		cause        catalog.Cause
	}{
		{"healthy", world.secret, nil, ""},
		{"wrong secret", "wrong~wrong~wrong~wrong~wrong~wrong~wrong", nil, "secret.wrong"},
		{"no application user", world.secret, notMember, "appuser.missing"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			world.refuseWith(tc.refuse)
			folder := filepath.Join(t.TempDir(), "record")
			world.command(t, "", []string{"S2S_CLIENT_SECRET=" + tc.secret},
				"--environment", "https://"+world.environment, "--client-id", world.client, "--record", folder)
			r, err := record.Read(os.DirFS(folder))
			if err != nil {
				t.Fatal(err)
			}
			for name, file := range r.Files {
				for _, trace := range []string{"contoso", world.tenant, world.client, tc.secret, tc.secret[:12], "aaaaaaaa-0000-0000-0000-000000000001"} {
					if strings.Contains(strings.ToLower(string(file)), strings.ToLower(trace)) {
						t.Errorf("%s names %q:\n%s", name, trace, file)
					}
				}
				if token.Match(file) {
					t.Errorf("%s shows a token", name)
				}
			}
			if index := string(r.Files[record.IndexName]); !strings.Contains(index, "org1.crm4.dynamics.com") || !strings.Contains(index, "login.microsoftonline.com") {
				t.Errorf("the cloud cannot be seen in\n%s", index)
			}
			report, err := replay.Run(t.Context(), r, cloud.Table, t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			if report.RootCause != tc.cause || !r.Examination.ExpectedCause.Accepts(tc.cause) {
				t.Errorf("the replay has cause %q, the record expects %q; want %q", report.RootCause, r.Examination.ExpectedCause, tc.cause)
			}
		})
	}
}
