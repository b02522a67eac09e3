package card

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

var update = flag.Bool("update", false, "write the goldens")

const hostile = "<script>alert(1)</script> [x](javascript:y) `z`\n# w | \"v\" 'u'"

// broken returns a report with a broken link, the same cause again, and a warning. Its
// texts contain markup.
func broken() exam.Report {
	return exam.Report{
		Profile: hostile, RootCause: catalog.AppUserMissing,
		Connection: exam.Subject{Environment: "https://contoso.crm4.dynamics.com", TenantID: "12b5c856-4a7e-4c1d-9f3b-5d0c8e6a7b91", ClientID: "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"},
		Checks: []exam.Result{
			{ID: "token", Status: exam.Pass},
			{
				ID: "whoami", Status: exam.Fail, Cause: catalog.AppUserMissing, Owner: catalog.OwnerDataverseAdministrator, Summary: text.Raw(hostile),
				Fix:      []text.Text{text.Raw("Choose + New app user."), text.Raw(hostile)},
				Links:    []catalog.Link{{Title: text.Raw(hostile), URL: "https://admin.powerplatform.microsoft.com/manage/environments?a=1&b=<2>"}, {Title: text.Raw("bad"), URL: "javascript:alert(1)"}},
				Evidence: catalog.Evidence{Code: "0x80072560", RequestID: "5f0e7c91-d2a4-ee11-be36-000d3a4b1c2d", Timestamp: "2026-11-29 12:00:00Z"},
			},
			{ID: "whoami-soap", Status: exam.Fail, Cause: catalog.AppUserMissing},
			{ID: "credential-expiry", Status: exam.Warn, Cause: catalog.CertificateExpiresSoon, Owner: catalog.OwnerEntraApplicationOwner, Summary: text.Raw("It ends in 10 days.")},
		},
	}
}

func TestGoldens(t *testing.T) {
	c := Make(broken())
	for file, got := range map[string]string{"card.txt": c.Text(nil), "card.md": c.Markdown(nil), "card.html": c.HTML(nil, "en"), "healthy.txt": Make(exam.Report{Healthy: true}).Text(nil)} {
		t.Run(file, func(t *testing.T) {
			if *update {
				if err := os.WriteFile("testdata/"+file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile("testdata/" + file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestHTMLHasNoCode guards, with an independent parser, that no text of a report becomes
// an element or a link.
func TestHTMLHasNoCode(t *testing.T) {
	c := Make(broken())
	page, err := html.Parse(strings.NewReader(c.HTML(nil, "en")))
	if err != nil {
		t.Fatal(err)
	}
	links := 0
	for n := range page.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "script" || n.Data == "img" || n.Data == "iframe" {
			t.Errorf("the page has an element %s", n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "href" {
				links++
				if !strings.HasPrefix(a.Val, "https://") {
					t.Errorf("a link to %q", a.Val)
				}
			}
			if strings.HasPrefix(a.Key, "on") {
				t.Errorf("an attribute %s", a.Key)
			}
		}
	}
	if links != 1 {
		t.Errorf("%d links", links)
	}
	if len(c.Tasks) != 2 {
		t.Errorf("%d tasks, want the broken link once and the warning", len(c.Tasks))
	}
}

// TestCardDropsNonIDs guards that a value in the wrong field is on no card.
func TestCardDropsNonIDs(t *testing.T) {
	r := broken()
	r.Connection = exam.Subject{Environment: "Zx9~qW8e.RtY7", TenantID: "Zx9~qW8e.RtY7", ClientID: "Zx9~qW8e.RtY7"}
	c := Make(r)
	if all := c.Text(nil) + c.Markdown(nil) + c.HTML(nil, "en"); strings.Contains(all, "Zx9") {
		t.Errorf("what was typed is on the card:\n%s", all)
	}
}

// TestFamiliesHaveAnEnd guards that every cause that an administrator removes has a
// sentence on how to verify the fix.
func TestFamiliesHaveAnEnd(t *testing.T) {
	for _, e := range catalog.All() {
		switch family := e.Cause.Family(); family {
		case catalog.FamilyToken, catalog.FamilyService, catalog.FamilyUnknown, catalog.FamilyConnection, catalog.FamilyAdmin:
			// The command at the end verifies it.
		default:
			if done[family].Empty() {
				t.Errorf("%s has no way to tell that it is done", e.Cause)
			}
		}
	}
}
