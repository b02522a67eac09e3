package result

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

func TestIdle(t *testing.T) {
	d := open(t)
	d.WantShown(`text "Find the broken link"`, `text "the guide"`, `text "1 of 6 done"`)
	d.Press("Paste what you have")
	d.Press("Try it in the sandbox")
	d.WantAsked("paste", "practise")
	d.screen.CopyReport()
	if d.copied != nil {
		t.Errorf("copied before there is a report: %q", d.copied)
	}
	d.state.Sandbox.Active = true
	d.state.Examination.Generation++
	d.draw()
	if got := d.Outline(); strings.Contains(got, "sandbox") {
		t.Errorf("in the sandbox it offers the sandbox:\n%s", got)
	}
}

// TestNextAction guards that the next action needs only one press, and what is copied.
func TestNextAction(t *testing.T) {
	d := open(t)
	d.finish(uitest.FailedReport())
	d.WantShown("mark Failed\n", `text "Do this next"`, `chip "Dataverse administrator"`, `text "First broken link: check 7 of 12, “Dataverse answers WhoAmI”."`)
	d.Press("Open Power Platform admin center: Environments")
	d.WantAsked("open https://admin.powerplatform.microsoft.com/manage/environments")
	d.Press("Copy the request for: Dataverse administrator")
	d.wantCopied("handover.txt")
	d.Press("Copy the whole report")
	d.wantCopied("report.txt")
	d.screen.CopyReport()
	d.wantCopied("report.txt")
}

func TestUnusableForm(t *testing.T) {
	d := open(t)
	d.finish(uitest.InputReport())
	d.Press("Show the field")
	d.WantAsked("show the problem")
}

// TestProgress guards what is shown during an examination, and that a clock appears only
// after a while.
func TestProgress(t *testing.T) {
	d := open(t)
	d.examine()
	d.WantShown(`text "Beginning…"`, "Nothing is changed anywhere: the examination only reads.")
	e := &d.state.Examination
	e.Progress = session.Progress{Done: 4, Total: 12, Doing: text.Raw("Entra gives the application a token"), Note: text.Raw("waiting 12 s, as Entra asks"), Elapsed: 2 * time.Second}
	e.Checks = map[exam.CheckID]session.Check{
		"inputs": {Phase: exam.Done, Result: exam.Result{ID: "inputs", Status: exam.Pass, Title: text.Raw("form")}},
		"token":  {Phase: exam.Running},
	}
	d.draw()
	d.WantShown(`text "4 of 12 · Entra gives the application a token"`, `text "Waiting 12 s, as Entra asks."`, `text "4 of 12 done"`)
	if got := d.Outline(); strings.Contains(got, `"2 s"`) {
		t.Error("there is a clock after two seconds")
	}
	for _, id := range []exam.CheckID{"inputs", "token"} {
		want := map[exam.CheckID]kit.Status{"inputs": kit.Passed, "token": kit.Running}[id]
		if got := d.screen.checks.row(id).state; got != want {
			t.Errorf("%s is shown as %s, want %s", id, got.Word(), want.Word())
		}
	}
	e.Progress.Elapsed = 6 * time.Second
	d.draw()
	d.WantShown(`"6 s"`)
	d.Press("Cancel (Esc)")
	d.WantAsked("focus the test", "cancel")
	e.Stopping = true
	d.draw()
	d.WantShown(`text "Cancelling…"`)
	report := uitest.CancelledReport()
	e.Active, e.Report = false, &report
	d.draw()
	d.WantShown(`text "Cancelled"`, "3 of 12 checks ran")
	d.Press("Test again")
	d.WantAsked("focus the test", "test")
}

// TestIDsAndResponsesAreCopied guards that the copied text is the value itself, or the
// unchanged response.
func TestIDsAndResponsesAreCopied(t *testing.T) {
	d := open(t)
	d.finish(uitest.HealthyReport())
	d.WantShown(`text "Connected"`, "Dataverse knows this application as # Contoso integration, in Contoso UAT.")
	d.Press("Copy UserId")
	d.Press("Copy OrganizationId")
	d.fold("Raw answers").SetOpen(true)
	d.fold("2 · POST").SetOpen(true)
	d.Press("Copy the answer of request 2")
	if d.copied[0] != "e94c7b12-d7a4-ee11-be37-000d3a4b1c2d" || d.copied[1] != "5f0e7c91-d2a4-ee11-be36-000d3a4b1c2d" || !strings.Contains(d.copied[2], "no answer within 10 s") {
		t.Errorf("copied %q", d.copied)
	}
	d.Press("Save a record…")
	d.WantAsked("record")
}

// TestWarningLeadsToItsCheck guards the button next to a warning.
func TestWarningLeadsToItsCheck(t *testing.T) {
	d := open(t)
	d.finish(uitest.WarnedReport())
	d.screen.ShowGuide()
	d.WantShown("It works. 2 things should be corrected:", `text "the guide"`)
	d.Press("Show: The application user is System Administrator")
	if row := d.screen.checks.row("roles"); !row.fold.Open() || d.screen.lists.which.Chosen() != showChecks {
		t.Error("the check is not shown")
	}
}

// TestStale guards that a result is hidden after the form has changed.
func TestStale(t *testing.T) {
	const notice = `text "The form has changed since this test."`
	d := open(t)
	d.finish(uitest.HealthyReport())
	if strings.Contains(d.Outline(), notice) {
		t.Error("it is stale at once")
	}
	d.state.Examination.Stale = true
	d.draw()
	d.WantShown(notice)
	d.Press("Test again")
	d.WantAsked("test")
	d.finish(uitest.HealthyReport())
	if strings.Contains(d.Outline(), notice) {
		t.Error("the new result is called stale")
	}
}

// TestRowsOfChecks guards that a row has an icon and a word for its status, opens by
// keyboard, can be copied, and is closed by the next examination.
func TestRowsOfChecks(t *testing.T) {
	d := open(t)
	d.finish(uitest.FailedReport())
	row := d.row("Dataverse answers WhoAmI")
	if row.Name != "Dataverse answers WhoAmI: Failed, Dataverse administrator" {
		t.Errorf("it is called %q", row.Name)
	}
	d.screen.FocusChecks()
	d.Key(fyne.KeyReturn)
	if !row.Open() {
		t.Fatal("Enter on the first broken check does not open it")
	}
	d.WantShown("0x80072560")
	d.Canvas.Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutCopy{})
	if len(d.copied) != 1 || !strings.HasPrefix(d.copied[0], "Failed: Dataverse answers WhoAmI") || strings.Join(d.told, "") != "Copied: Dataverse answers WhoAmI" {
		t.Errorf("copied %q, said %q", d.copied, d.told)
	}
	d.Key(fyne.KeyUp)
	d.Key(fyne.KeyReturn)
	above := d.screen.checks.rows[5]
	if !above.fold.Open() {
		t.Errorf("Up and Enter do not open %q", above.title)
	}
	d.examine()
	for _, r := range d.screen.checks.rows {
		if r.fold.Open() || r.state != kit.Waiting {
			t.Errorf("%q stays open, or as it was: %s", r.title, r.state.Word())
		}
	}
}
