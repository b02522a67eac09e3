package overview

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/lifetime"
	"github.com/s2sdoctor/s2sdoctor/core/rotate"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// TestTypingFinds guards that typing searches with any focus, and that the lead stays at
// its connection while rows appear and disappear.
func TestTypingFinds(t *testing.T) {
	d := open(t, ending("a", 100), ending("b", 100), ending("c", 100))
	d.screen.rows.Focus()
	d.Key(fyne.KeyDown)
	d.Canvas.Focused().TypedRune('x')
	if d.Canvas.Focused() != fyne.Focusable(d.screen.search.Entry) {
		t.Errorf("the focus is on %T", d.Canvas.Focused())
	}
	d.WantAsked("find x")
	d.state.Overview.Lines = []session.OverviewLine{ending("0", 1), ending("a", 100), ending("b", 100)}
	d.draw()
	if got := d.screen.leading(); got != "b" {
		t.Errorf("the lead is at %q", got)
	}
	d.Key(fyne.KeyReturn)
	d.WantAsked("open b")
	d.state.Overview.Lines, d.state.Overview.Query = nil, "x"
	d.draw()
	d.WantShown("No connection has “x”.")
}

// TestAnotherOrderBeginsAtTheTop guards that the first rows of an order are visible, also
// if the groups come later.
func TestAnotherOrderBeginsAtTheTop(t *testing.T) {
	var lines []session.OverviewLine
	for i := range 40 {
		lines = append(lines, ending(strings.Repeat("x", i+1), i))
	}
	d := open(t, lines...)
	for name, change := range map[string]func(o *session.Overview){
		"sorted":  func(o *session.Overview) { o.Sort = session.SortHealth },
		"grouped": func(o *session.Overview) { o.Grouping = session.ByCause },
		"read":    func(o *session.Overview) { o.Grouping, o.Reading = session.ByCredential, true },
	} {
		t.Run(name, func(t *testing.T) {
			d.screen.rows.SetLead(30)
			change(&d.state.Overview)
			d.draw()
			if d.state.Overview.Reading {
				d.screen.rows.SetLead(30)
				d.state.Overview.Reading = false
				d.draw()
			}
			if got := d.screen.rows.Lead(); got != 0 {
				t.Errorf("the lead is %d", got)
			}
		})
	}
}

// TestEscape guards the order in which Esc clears the search, stops the test, and closes
// the screen.
func TestEscape(t *testing.T) {
	d := open(t, ending("a", 100))
	d.screen.search.SetQuery("x")
	d.state.Overview.Run = session.FleetRun{Active: true, Done: 3, Total: 9}
	d.draw()
	d.WantShown(`button "Cancel (3 of 9)"`)
	d.Asked = nil
	d.screen.Escape()
	d.WantAsked("find ")
	d.screen.Escape()
	d.WantAsked("cancel")
	d.state.Overview.Run = session.FleetRun{}
	d.draw()
	d.screen.Escape()
	d.WantAsked("close")
}

// TestCompareTheLead guards what Ctrl+D compares: the leading row, or a group of two.
func TestCompareTheLead(t *testing.T) {
	for want, line := range map[string]session.OverviewLine{
		"compare a": ending("a", 5), "compare a, b": shared(connection.SecretKind, "a", "b"), "compare ": shared(connection.SecretKind, "a", "b", "c"),
	} {
		d := open(t, line)
		d.screen.Compare()
		d.WantAsked(want)
	}
}

// TestMenu guards the commands for a row, and for all rows below a heading.
func TestMenu(t *testing.T) {
	for name, c := range map[string]struct {
		line   session.OverviewLine
		choose []string
		want   string
	}{
		"test a row":                   {ending("a", 5), []string{"Test it"}, "test a"},
		"compare a row":                {ending("a", 5), []string{"Compare with…"}, "compare a"},
		"compare a group of two":       {shared(connection.SecretKind, "a", "b"), []string{"Compare these 2"}, "compare a, b"},
		"test a group":                 {shared(connection.SecretKind, "a", "b"), []string{"Test these 2"}, "test a, b"},
		"label a row":                  {ending("a", 5), []string{"Label", "Production"}, "label a production"},
		"label a group by its names":   {shared(connection.SecretKind, "a", "b"), []string{"Label", "By its name"}, "label a, b "},
		"replace in a group":           {shared(connection.SecretKind, "a", "b"), []string{"Replace the credential…"}, "replace a, b"},
		"a new certificate":            {ending("a", 5), []string{"New certificate…"}, "rotate a"},
		"a new certificate for others": {shared(connection.CertificateKind, "a", "b"), []string{"New certificate…"}, "rotate a"},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, c.line)
			d.choose(c.choose[0], c.choose[1:]...)
			d.WantAsked(c.want)
		})
	}
	for _, item := range open(t, shared("", "a", "b")).screen.menu(0).Items {
		if item.Label == "Replace the credential…" {
			t.Error("connections that share no credential get one")
		}
	}
}

// TestAskEnds guards that the dialog passes on the typed value, and shows its problem
// until the value changes.
func TestAskEnds(t *testing.T) {
	d := open(t, ending("a", 5))
	d.choose("When the secret ends…")
	d.WantAsked("when ends a")
	d.state.Ends = session.EndsQuestion{Open: true, Names: []string{"a"}, Known: "2026-11-27"}
	d.draw()
	entry := d.Entry("Ends on")
	if entry.Text != "2026-11-27" || d.Canvas.Focused() != fyne.Focusable(entry) {
		t.Errorf("it begins with %q, the focus is on %T", entry.Text, d.Canvas.Focused())
	}
	entry.SetText("soon")
	d.Key(fyne.KeyReturn)
	d.WantAsked("ends soon")
	d.state.Ends.Problem = text.F("Type a day such as 2027-03-31.")
	d.draw()
	d.WantShown("Type a day such as 2027-03-31.")
	entry.SetText("2027-03-31")
	if strings.Contains(d.Outline(), "Type a day") {
		t.Error("the problem stays while the user types")
	}
	d.Press("Save")
	d.WantAsked("ends 2027-03-31")
	d.state.Ends = session.EndsQuestion{}
	d.draw()
	if strings.Contains(d.Outline(), "When does the secret") {
		t.Error("the dialog stays open")
	}
	d.state.Ends = session.EndsQuestion{Open: true, Names: []string{"a", "b"}}
	d.draw()
	d.WantShown("When does the secret of these 2 end?")
	d.Key(fyne.KeyEscape)
	d.WantAsked("close the question")
}

func TestCalendar(t *testing.T) {
	d := open(t, ending("a", 5))
	d.choose("All ends as a calendar (.ics)…")
	if d.told != "No end of a credential is known yet." {
		t.Errorf("it says %q", d.told)
	}
	d.calendar = "BEGIN:VCALENDAR"
	d.choose("All ends as a calendar (.ics)…")
	d.WantAsked("save /home/ana/credentials.ics BEGIN:VCALENDAR")
}

// TestEndsInWords guards the thresholds: red from 14 days, a warning from 30, days from
// 90.
func TestEndsInWords(t *testing.T) {
	for days, want := range map[int]struct {
		words string
		tone  kit.Tone
	}{
		-1: {"Ended on 2026-11-21", kit.Bad}, 1: {"Ends tomorrow", kit.Bad}, 13: {"Ends in 13 days", kit.Bad}, 14: {"Ends in 14 days", kit.Caution},
		29: {"Ends in 29 days", kit.Caution}, 30: {"Ends in 30 days", kit.Neutral}, 89: {"Ends in 89 days", kit.Neutral}, 90: {"Ends on 2027-02-20", kit.Neutral},
	} {
		if words, tone := ends(ending("a", days).Row.Lifetime, today); words != want.words || tone != want.tone {
			t.Errorf("%d days: %q, tone %d; want %q, %d", days, words, tone, want.words, want.tone)
		}
	}
	for l, want := range map[lifetime.Lifetime]string{
		{}: "End not known", {Source: lifetime.Endless}: "Does not end", {Ends: today.Add(time.Hour)}: "Ends within a day",
	} {
		if words, _ := ends(l, today); words != want {
			t.Errorf("%q, want %q", words, want)
		}
	}
}

// TestReplaceCertificate chooses a file, stops, and closes.
func TestReplaceCertificate(t *testing.T) {
	d := open(t, ending("a", 5))
	d.state.Replacement = session.Replacement{Open: true, Names: []string{"a", "b"}, Kind: connection.CertificateKind}
	d.draw()
	d.problems = map[connection.Field]text.Text{connection.FieldCertificate: text.F("Choose the file of the new certificate.")}
	d.Press("Test and replace")
	d.WantShown("Choose the file of the new certificate.")
	if entry := d.Entry("New certificate file"); d.Canvas.Focused() != fyne.Focusable(entry) {
		t.Errorf("the focus is on %T", d.Canvas.Focused())
	}
	d.Press("Choose…")
	d.problems = nil
	d.Press("Test and replace")
	d.WantAsked("replace with  ", "replace with /home/ana/new.pfx ")
	d.state.Replacement.Active, d.state.Replacement.Now = true, "a"
	d.draw()
	d.WantShown("0 of 2 · a", `button "Stop"`)
	d.Press("Stop")
	d.WantAsked("stop replacing")
	d.state.Replacement.Active, d.state.Replacement.Failed, d.state.Replacement.Why = false, "a", text.F("Entra refuses it.")
	d.draw()
	d.WantShown("0 of 2 have the new one. It stopped at “a”; the rest keep the old one.", "Entra refuses it.")
	d.Press("Close")
	d.WantAsked("close the replacement")
}

// TestRotation guards that each step offers the next step, and that Esc stops the work
// under way before it closes.
func TestRotation(t *testing.T) {
	d := open(t, ending("a", 5))
	d.state.Rotation = session.Rotation{Open: true, Name: "a", Link: "https://entra.microsoft.com/#view/a"}
	d.draw()
	d.Press("Make the certificate")
	d.WantAsked("go on")
	d.state.Rotation.Active = true
	d.draw()
	d.Key(fyne.KeyReturn) // no button can be pressed
	d.Key(fyne.KeyEscape)
	d.WantAsked("stop the rotation")
	d.state.Rotation.Active, d.state.Rotation.Begun = false, true
	d.state.Rotation.Result = rotate.Result{Step: rotate.Upload, CER: "/home/ana/a.cer", Thumbprint: "0F1E"}
	d.state.Rotation.Answer = text.F("Entra does not know the certificate.")
	d.draw()
	d.WantShown("/home/ana/a.cer", "0F1E", "Entra does not know the certificate.", `button "Take it back"`)
	d.Press("Open Certificates & secrets")
	d.Press("Test and switch")
	d.WantAsked("open https://entra.microsoft.com/#view/a", "go on")
	d.state.Rotation.Begun, d.state.Rotation.Answer = false, text.Text{}
	d.state.Rotation.Result = rotate.Result{Step: rotate.Switched, File: "/home/ana/a.pfx", Ends: today.AddDate(1, 0, 0), Switched: []string{"a", "b"}}
	d.draw()
	d.WantShown("2 connections use the new certificate.", "2027-11-22")
	d.Key(fyne.KeyEscape)
	d.WantAsked("close the rotation")
}
