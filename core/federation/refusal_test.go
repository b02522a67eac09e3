package federation_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/federation"
)

var update = flag.Bool("update", false, "write the golden files")

func TestMark(t *testing.T) {
	for _, test := range []struct{ name, presented, expected, wantPresented, wantExpected string }{
		{"equal", "repo:a/b", "repo:a/b", "repo:a/b", "repo:a/b"},
		{"case", "repo:Contoso/App:environment:Prod", "repo:contoso/App:environment:prod", "repo:«C»ontoso/App:environment:«P»rod", "repo:«c»ontoso/App:environment:«p»rod"},
		{"immutable", "repo:contoso@12/app@34:environment:prod", "repo:contoso/app:environment:prod", "repo:contoso«@12»/app«@34»:environment:prod", "repo:contoso/app:environment:prod"},
		{"environment and branch", "repo:a/b:environment:prod", "repo:a/b:ref:refs/heads/main", "repo:a/b:«environment»:«prod»", "repo:a/b:«ref»:«refs/heads/main»"},
		{"branch and tag", "repo:a/b:ref:refs/tags/v1", "repo:a/b:ref:refs/heads/v1", "repo:a/b:ref:refs/«tags»/v1", "repo:a/b:ref:refs/«heads»/v1"},
		{"slash at the end", "https://i.example", "https://i.example/", "https://i.example", "https://i.example«/»"},
		{"nothing", "", "x", "", "«x»"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, e := federation.Mark(test.presented, test.expected)
			if diff := cmp.Diff([]string{test.wantPresented, test.wantExpected}, []string{p, e}); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// FuzzMark guards that only the marks are added.
func FuzzMark(f *testing.F) {
	f.Add("repo:A/b:ref:x", "repo:a/b@1:environment:y")
	f.Fuzz(func(t *testing.T, a, b string) {
		if strings.ContainsAny(a+b, "«»") || len(a)+len(b) > 1000 {
			t.Skip()
		}
		x, y := federation.Mark(a, b)
		bare := strings.NewReplacer("«", "", "»", "")
		if bare.Replace(x) != a || bare.Replace(y) != b {
			t.Errorf("Mark(%q, %q) = %q, %q", a, b, x, y)
		}
		if (a == b) != (!strings.Contains(x, "«") && !strings.Contains(y, "«")) {
			t.Errorf("Mark(%q, %q) = %q, %q", a, b, x, y)
		}
	})
}

// TestRefusals compares all texts about each refusal with a golden file.
func TestRefusals(t *testing.T) {
	const client = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	git := func(subject string) federation.Claims {
		return federation.Claims{Issuer: "https://token.actions.githubusercontent.com", Subject: subject, Audience: audience}
	}
	var out strings.Builder
	for _, test := range []struct {
		name    string
		refusal federation.Refusal
	}{
		{"nothing known of the credential", federation.Refusal{Cause: "federation.subject", Presented: git("repo:contoso/app:environment:prod")}},
		{"case", federation.Refusal{Cause: "federation.subject", Message: "… The subject matches with case-insensitive comparison, but not with case-sensitive comparison. …", Presented: git("repo:Contoso/app:ref:refs/heads/main")}},
		{"Entra names the subject", federation.Refusal{Cause: "federation.subject", Message: "Please make sure the federated identity credential Subject is '/eid1/c/pub/t/{tenantId}/a/9Ex/7e3'.", Presented: federation.Claims{Issuer: "https://login.microsoftonline.com/t/v2.0", Subject: "/eid1/c/pub/t/v4j/a/9Ex/7e3", Audience: audience}}},
		{"Entra names it exactly", federation.Refusal{Cause: "federation.subject", Message: "Please make sure the federated identity credential Subject is 'sc://contoso/project/dataverse'.", Presented: federation.Claims{Issuer: "https://vstoken.dev.azure.com/1", Subject: "sc://contoso/project/Dataverse", Audience: audience}}},
		{"immutable against older", federation.Refusal{Cause: "federation.subject", Presented: git("repo:contoso@12/app@34:ref:refs/heads/main"), Expected: git("repo:contoso/app:ref:refs/heads/main")}},
		{"environment against branch", federation.Refusal{Cause: "federation.subject", Presented: git("repo:contoso/app:environment:prod"), Expected: git("repo:contoso/app:ref:refs/heads/main")}},
		{"branch against tag", federation.Refusal{Cause: "federation.subject", Presented: git("repo:contoso/app:ref:refs/heads/v1"), Expected: git("repo:contoso/app:ref:refs/tags/v1")}},
		{"a star", federation.Refusal{Cause: "federation.subject", Presented: git("repo:contoso/app:ref:refs/heads/main"), Expected: git("repo:contoso/app:ref:refs/heads/*")}},
		{"issuer with a slash", federation.Refusal{Cause: "federation.issuer", Presented: git("repo:contoso/app:environment:prod"), Expected: federation.Claims{Issuer: "https://token.actions.githubusercontent.com/"}}},
		{"audience", federation.Refusal{Cause: "federation.audience", Presented: federation.Claims{Issuer: "https://i.example", Subject: "system:serviceaccount:prod:app", Audience: "api://default"}}},
		{"subject from a message alone", federation.Refusal{Cause: "federation.subject", Presented: federation.Claims{Subject: "sc://contoso/project/dataverse"}}},
		{"expired", federation.Refusal{Cause: "federation.expired", Presented: git("repo:contoso/app:environment:prod")}},
		{"quotes of every kind", federation.Refusal{Cause: "federation.not-configured", Presented: git("it's \"${x}\" %{y} $HOME")}},
	} {
		r := test.refusal
		r.Audience = audience
		if test.name != "subject from a message alone" {
			r.ClientID = client
		}
		out.WriteString("== " + test.name + "\n")
		for _, f := range append(r.Presented.Facts(), r.Facts()...) {
			out.WriteString(string(f.Name) + ": " + f.Value.String() + "\n")
		}
		for _, fix := range r.Fix() {
			out.WriteString("- " + fix.String() + "\n")
		}
	}
	golden := filepath.Join("testdata", "refusals.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
