package fleet

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// TestExamineKeepsOrder guards that each report is that of its member, for any number of
// members.
func TestExamineKeepsOrder(t *testing.T) {
	var members []Member
	for i := range 200 {
		members = append(members, Member{Name: fmt.Sprint("Connection ", i), Form: connection.Form{
			Environment: fmt.Sprintf("https://contoso%d.crm4.dynamics.com", i), ClientID: client, Secret: secret.New("x"),
		}})
	}
	members[7].Refused = connection.Problem{Field: connection.FieldSecret, Cause: "input.secret-missing", Summary: text.F("There is none.")}
	done := map[int]bool{}
	reports := Examine(t.Context(), slices.Values(members), Options{Timeout: time.Minute, Offline: true, Done: func(i int, r exam.Report) {
		if r.Profile != members[i].Name {
			t.Errorf("report %d is of %q", i, r.Profile)
		}
		done[i] = true
	}})
	for i, r := range reports {
		if want := members[i].Form.Environment; r.Profile != members[i].Name || i != 7 && r.Connection.Environment != want {
			t.Errorf("report %d is of %q at %q", i, r.Profile, r.Connection.Environment)
		}
	}
	if len(reports) != 200 || len(done) != 200 || reports[7].RootCause != "input.secret-missing" {
		t.Errorf("%d reports, %d done, the refused one has %q", len(reports), len(done), reports[7].RootCause)
	}
}

func TestExamineInTheSandbox(t *testing.T) {
	sandbox, err := core.OpenSandbox()
	if err != nil {
		t.Fatal(err)
	}
	defer sandbox.Close()
	healthy, err := sandbox.Play("healthy")
	if err != nil {
		t.Fatal(err)
	}
	broken := healthy
	broken.Secret = secret.New("Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1")
	members := []Member{{Name: "healthy", Form: healthy}, {Name: "broken", Form: broken}, {Name: "again", Form: healthy}}
	o := Options{Timeout: time.Minute, Doctor: func(connection.Form) Doctor { return sandbox.Doctor }}
	reports := Examine(t.Context(), slices.Values(members), o)
	var got []string
	for _, r := range reports {
		got = append(got, fmt.Sprint(r.Profile, " ", r.Healthy, " ", r.RootCause))
	}
	if diff := cmp.Diff([]string{"healthy true ", "broken false secret.wrong", "again true "}, got); diff != "" {
		t.Errorf("reports (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([][]int{{0, 2}}, ByCredential(members)); diff != "" {
		t.Errorf("shared (-want +got):\n%s", diff)
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, r := range Examine(ctx, slices.Values(members), o) {
		if r.Complete || r.Healthy {
			t.Errorf("cancelled, %q is healthy %v, complete %v", r.Profile, r.Healthy, r.Complete)
		}
	}
}

func TestByCause(t *testing.T) {
	reports := []exam.Report{{}, {RootCause: "secret.wrong"}, {RootCause: "appuser.missing"}, {RootCause: "appuser.missing"}}
	want := []Cause{{"appuser.missing", []int{2, 3}}, {"secret.wrong", []int{1}}}
	if diff := cmp.Diff(want, ByCause(reports)); diff != "" {
		t.Errorf("causes (-want +got):\n%s", diff)
	}
}

func TestByCredential(t *testing.T) {
	withSecret := func(s string) Member { return Member{Form: connection.Form{Secret: secret.New(s)}} }
	withFile := func(path string) Member { return Member{Form: connection.Form{CertificateFile: path}} }
	identity := Member{Form: connection.Form{Kind: connection.ManagedIdentityKind}}
	stored := Member{Form: connection.Form{Kind: connection.CertificateStoreKind, Thumbprint: "0F1E"}}
	members := []Member{
		withSecret("a"), withFile("certs/a.pfx"), withSecret("b"), identity, withSecret("a"), identity, withFile("certs/./a.pfx"),
		withSecret(""), withSecret(""), stored, stored, withSecret("a"),
	}
	if diff := cmp.Diff([][]int{{0, 4, 11}, {1, 6}, {9, 10}}, ByCredential(members)); diff != "" {
		t.Errorf("shared (-want +got):\n%s", diff)
	}
}

func TestBaseline(t *testing.T) {
	b, err := ReadBaseline([]byte(`{"version":1,"results":[{"profile":"healthy","healthy":true},{"profile":"broken","healthy":false,"rootCause":"secret.wrong"},{"profile":"foreign","healthy":false,"rootCause":"Zx9~qW8e.RtY7"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		report exam.Report
		worse  bool
		change Change
	}{
		{"still healthy", exam.Report{Profile: "healthy", Healthy: true, Complete: true}, false, Change{StillHealthy, ""}},
		{"broken now", exam.Report{Profile: "healthy", RootCause: "secret.expired", Complete: true}, true, Change{Worse, ""}},
		{"no answer now", exam.Report{Profile: "healthy"}, true, Change{Worse, ""}},
		{"still broken", exam.Report{Profile: "broken", RootCause: "secret.wrong", Complete: true}, false, Change{Known, "secret.wrong"}},
		{"broken otherwise", exam.Report{Profile: "broken", RootCause: "secret.expired", Complete: true}, false, Change{Changed, "secret.wrong"}},
		{"mended", exam.Report{Profile: "broken", Healthy: true, Complete: true}, false, Change{Mended, "secret.wrong"}},
		{"no cause of ours", exam.Report{Profile: "foreign", RootCause: "secret.wrong", Complete: true}, false, Change{Changed, ""}},
		{"unknown and healthy", exam.Report{Profile: "new", Healthy: true, Complete: true}, false, Change{StillHealthy, ""}},
		{"unknown and broken", exam.Report{Profile: "new", RootCause: "secret.wrong", Complete: true}, true, Change{Worse, ""}},
	} {
		if got := b.Worse(c.report); got != c.worse {
			t.Errorf("%s: worse is %v", c.name, got)
		}
		if got := b.Compare(c.report); got != c.change {
			t.Errorf("%s: %v, want %v", c.name, got, c.change)
		}
	}
	for _, unreadable := range []string{"", "{}", `{"version":2,"results":[]}`, `{"version":1}`, `{"version":1,"results":[{}]}`, `[]`} {
		if _, err := ReadBaseline([]byte(unreadable)); err == nil {
			t.Errorf("%q is accepted", unreadable)
		}
	}
	for name, readable := range map[string]string{
		"of one connection": `{"version":1,"healthy":false}`,
		"with a mark":       "\ufeff" + `{"version":1,"results":[]}`,
		// The encoding of "> before.json" in PowerShell 5.1.
		"in UTF-16": "\xff\xfe" + strings.Join(strings.Split(`{"version":1,"results":[]}`, ""), "\x00") + "\x00",
	} {
		if _, err := ReadBaseline([]byte(readable)); err != nil {
			t.Errorf("a baseline %s: %v", name, err)
		}
	}
}
