package compare

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
)

// TestByKeyboard chooses both sides, compares them, opens the equal items, and reads an
// item, by keyboard only.
func TestByKeyboard(t *testing.T) {
	d := open(t)
	if got := uitest.NameOf(d.Canvas.Focused()); got != "A: Choose…" {
		t.Fatalf("the focus is on %q", got)
	}
	d.WantShown("Choose A and B.")
	d.Key(fyne.KeyReturn)
	d.Entry("Name, address or ID").SetText("uat")
	d.Key(fyne.KeyReturn)
	if got := uitest.NameOf(d.Canvas.Focused()); got != "B: Choose…" || d.DialogOpen() {
		t.Fatalf("after A the focus is on %q", got)
	}
	d.Key(fyne.KeyDown)
	d.Entry("Name, address or ID").SetText("prod")
	d.Key(fyne.KeyReturn)
	d.WantAsked("side 0 Contoso UAT", "side 1 Contoso PROD")
	d.Key(fyne.KeyReturn)
	d.WantAsked("compare")
	d.state.Comparison.Active = true
	d.state.Comparison.Sides[0] = session.ComparedSide{Of: session.Compared{Connection: "Contoso UAT"}, Title: text.Raw("Contoso UAT"), Phase: session.SideRunning, Done: 3, Total: 12}
	d.draw()
	d.WantShown("3 of 12 done", "Both sides are being examined.", `button "Cancel"`)
	d.Key(fyne.KeyReturn)
	d.WantAsked("cancel")
	d.state.Comparison.Active = false
	b := uat(0)
	b.Roles = []drift.Role{{Name: "Service", Team: "All"}}
	d.compared(uat(0), b)
	d.WantShown(`chip "2 differences"`, `chip "Security roles: 2"`)
	d.lead("Result, ")
	d.Key(fyne.KeySpace)
	if !slices.Contains(d.rows(), "Result, A: Connected, B: Connected") || !slices.Contains(d.rows(), "Result, No difference · 2 are the same, open") {
		t.Errorf("after Space the lines are %q", d.rows())
	}
	d.lead("Service")
	d.Key(fyne.KeyReturn)
	d.WantOver(`"Service"`, "A · Contoso UAT", `"not there"`, "B · Contoso PROD", `"through team All"`)
	d.Press("Copy line")
	d.WantAsked("copy Service: – → through team All")
	if d.told != "Copied: Service" || d.Canvas.Focused() != fyne.Focusable(d.screen.rows) {
		t.Errorf("it shows %q, the focus is on %q", d.told, uitest.NameOf(d.Canvas.Focused()))
	}
}

// TestLines guards the rows: differences by area, equal items closed, and items that
// could not be read.
func TestLines(t *testing.T) {
	d := open(t, "Contoso UAT", "Contoso PROD")
	d.compared(uat(0), uat(0))
	d.WantShown(`chip "Nothing differs"`)
	broken := uat(0)
	broken.Roles, broken.Privileges, broken.ServerVersion = nil, map[string]string{"prvReadAccount": "Local"}, "9.2.2"
	d.compared(uat(0), broken)
	want := []string{
		"Result, No difference · 2 are the same, closed",
		"Credential, No difference · 2 are the same, closed",
		"Application user, No difference · 7 are the same, closed",
		"Security roles, Not compared: it could not be read of B",
		"Privileges, 1 difference", "prvReadAccount, A: Organization (Global), B: Business unit (Local)",
		"Server, 1 difference", "Server version, A: 9.2.1, B: 9.2.2",
	}
	if diff := cmp.Diff(want, d.rows()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	d.WantShown(`chip "Not compared: Security roles"`)
	d.Press("Copy")
	if len(d.Asked) != 1 || !strings.Contains(d.Asked[0], "prvReadAccount: Global → Local") || !strings.Contains(d.Asked[0], "Not compared: role") {
		t.Errorf("it copies %q", d.Asked)
	}
	d.Asked = nil
	d.Press("Save…")
	d.WantAsked("share")
}

// TestFailedSide guards that the reason why a side failed is shown in the place of the
// result.
func TestFailedSide(t *testing.T) {
	d := open(t, "Contoso UAT", "Contoso PROD")
	d.state.Comparison.Sides[1].Phase, d.state.Comparison.Sides[1].Why = session.SideFailed, text.Raw("The name is not known.")
	d.draw()
	d.WantShown("The name is not known.", "Nothing is compared: one side could not be examined to the end.", `button "Copy", disabled`)
	if len(d.rows()) != 0 {
		t.Errorf("it lists %q", d.rows())
	}
	d.screen.Copy()
	if d.told != "Nothing is compared yet." {
		t.Errorf("it shows %q", d.told)
	}
}

// TestEarlierAnswer chooses a file as a side, and goes back with Esc.
func TestEarlierAnswer(t *testing.T) {
	d := open(t, "Contoso UAT")
	d.tap(1)
	d.Press("Earlier answer…")
	d.WantAsked("side 1 /home/ana/earlier.json")
	d.tap(0)
	d.Entry("Name, address or ID").SetText("nobody")
	d.WantOver("No saved connection has “nobody” in its name, address or IDs.")
	d.Key(fyne.KeyEscape)
	if got := uitest.NameOf(d.Canvas.Focused()); d.DialogOpen() || got != "A: Contoso UAT" {
		t.Errorf("after Esc the focus is on %q", got)
	}
	d.state.Comparison.Active = true
	d.draw()
	d.screen.Escape()
	d.WantAsked("cancel")
	d.state.Comparison.Active = false
	d.draw()
	d.screen.Escape()
	d.WantAsked("close")
}

// TestMenuCopies guards that only the rows of items have a menu.
func TestMenuCopies(t *testing.T) {
	d := open(t, "Contoso UAT", "Contoso PROD")
	b := uat(0)
	b.ServerVersion = "9.2.2"
	d.compared(uat(0), b)
	if d.screen.menu(0) != nil {
		t.Error("a heading has a menu")
	}
	d.screen.menu(len(d.screen.lines) - 1).Items[0].Action()
	d.WantAsked("copy version: 9.2.1 → 9.2.2")
}

// TestManyPrivileges guards that only the visible rows exist.
func TestManyPrivileges(t *testing.T) {
	d := open(t, "Contoso UAT", "Contoso PROD")
	d.compared(uat(3000), uat(0))
	if got := len(d.screen.lines); got < 3000 {
		t.Fatalf("%d lines", got)
	}
	if drawn := strings.Count(d.Outline(), "\n"); drawn > 100 {
		t.Errorf("%d objects are drawn", drawn)
	}
	d.lead("prvRead2999")
	d.Key(fyne.KeyHome)
	if got := d.screen.rows.Lead(); got != 0 {
		t.Errorf("after Home the lead is at %d", got)
	}
}

// TestTypingFinds guards that typing searches with any focus, that results are open, and
// that Esc clears the search first.
func TestTypingFinds(t *testing.T) {
	d := open(t, "Contoso UAT", "Contoso PROD")
	d.compared(uat(3), uat(0))
	d.lead("Security roles")
	d.Canvas.Focused().TypedRune('x')
	d.WantAsked("find x")
	if d.Canvas.Focused() != fyne.Focusable(d.screen.search.Entry) {
		t.Errorf("the focus is on %q", uitest.NameOf(d.Canvas.Focused()))
	}
	c := &d.state.Comparison
	c.Query, c.Areas = "x", c.Result.Areas[3:4]
	d.draw()
	if diff := cmp.Diff([]string{"Security roles, No difference · 1 is the same, open", "Sales, A: direct, B: direct"}, d.rows()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	d.Key(fyne.KeyReturn) // the item, not its heading
	d.WantOver(`"Sales"`)
	d.Key(fyne.KeyEscape)
	c.Areas, c.Query = nil, "y"
	d.draw()
	d.WantShown("Nothing compared has “y”.")
	d.screen.Escape()
	d.WantAsked("find ")
	c.Areas, c.Query = c.Result.Areas, ""
	d.draw()
	d.screen.Escape()
	d.WantAsked("close")
}
