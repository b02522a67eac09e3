package ui

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// These tests cover what the dialog shows and how the keyboard moves in it. core/session
// tests what it does.

// setupPhase returns the phase of the dialog.
func (s *stage) setupPhase() session.SetupPhase { return s.w.session.State().Setup.Phase }

// TestSetupByKeysAlone goes from an empty tenant to WhoAmI by keyboard only.
func TestSetupByKeysAlone(t *testing.T) {
	s := newStage(t, Options{}, withSetup)
	s.w.form.Focus()
	s.w.win.Canvas().Focused().TypedRune('h')
	s.field("Environment URL").Entry.SetText(contoso)
	s.advance(session.TypingPause)
	s.w.item("setup").Action()
	s.settle()
	s.key(fyne.KeyReturn) // the button that signs in has the focus
	s.until("the plan", func() bool { return s.setupPhase() == session.SetupPlanned })
	s.key(fyne.KeyReturn) // leads to the missing choice
	if got := uitest.NameOf(s.w.win.Canvas().Focused()); got != "Role of the environment: Choose…" {
		t.Fatalf("the focus is on %q", got)
	}
	s.key(fyne.KeyReturn)
	s.key(fyne.KeyDown)
	s.key(fyne.KeyReturn)
	s.advance(session.DiscoverPause)
	s.until("the plan", func() bool { return !s.w.session.State().Setup.Reading })
	if w := s.w.session.State().Setup.Wants; w.RoleName != "Sales integration" {
		t.Fatalf("the role is %q", w.RoleName)
	}
	for range 60 {
		if s.w.win.Canvas().FocusNext(); uitest.NameOf(s.w.win.Canvas().Focused()) == "Make these changes" {
			break
		}
	}
	s.key(fyne.KeyReturn)
	s.until("the end", func() bool { return s.setupPhase() == session.SetupDone })
	if got := s.over(); !strings.Contains(got, `text "Connected"`) || !strings.Contains(got, `text "e94c7b12-d7a4-ee11-be37-000d3a4b1c2d"`) {
		t.Errorf("it shows\n%s", got)
	}
	s.key(fyne.KeyReturn)
	s.rest()
	if s.over() != "" || !s.shows("Connected") || s.w.session.State().Connections.Open != "contoso" {
		t.Errorf("after Close: open %q\n%s", s.w.session.State().Connections.Open, s.outline())
	}
}

// TestSetupShowsEachRequest guards that an open step shows its requests and those that
// undo them, and that its tick excludes it.
func TestSetupShowsEachRequest(t *testing.T) {
	s := newStage(t, Options{})
	s.roleChosen()
	s.foldOver("1. Register the application").SetOpen(true)
	s.settle()
	got := s.over()
	for _, want := range []string{"POST https://graph.microsoft.com/v1.0/applications", "DELETE https://graph.microsoft.com/v1.0/applications/{application.id}", `"signInAudience": "AzureADMyOrg"`} {
		if !strings.Contains(strings.ReplaceAll(got, `\"`, `"`), want) {
			t.Errorf("it does not show %s", want)
		}
	}
	s.tickOver("Do: Register the application, ticked")
	if got := s.over(); !strings.Contains(got, `"1. Register the application: Left out, open"`) || !strings.Contains(got, `chip "Entra application owner"`) {
		t.Errorf("it shows\n%s", got)
	}
	if !s.w.session.State().Setup.Left[plan.Application] {
		t.Error("the step is still to be done")
	}
}

// TestSetupShowsNewRequests guards that an open step follows the choices, also if its
// sentence stays the same.
func TestSetupShowsNewRequests(t *testing.T) {
	s := newStage(t, Options{})
	s.setUp()
	s.foldOver("2. Give it a credential").SetOpen(true)
	s.settle()
	s.entryOver("Name of the application").SetText("Ledger")
	s.settle()
	if got := s.over(); !strings.Contains(got, "CN=Ledger") {
		t.Errorf("it shows\n%s", got)
	}
}

// TestSetupHandsOver guards that each format for other administrators is copied.
func TestSetupHandsOver(t *testing.T) {
	s := newStage(t, Options{})
	s.roleChosen()
	for button, want := range map[string]string{
		"Copy Card (Markdown)": "# Set up a server-to-server connection", "Copy Script for the Azure CLI": "az rest",
		"Copy PowerShell script": "Invoke-", "Copy Terraform configuration": `resource "azuread_application"`,
	} {
		s.copied = nil
		s.press(button)
		if len(s.copied) != 1 || !strings.Contains(s.copied[0], want) {
			t.Errorf("%s copied %q", button, s.copied)
		}
	}
	s.foldOver("Take up what their script printed").SetOpen(true)
	s.settle()
	s.entryOver("What their script printed").SetText("nothing")
	s.press("Take it up")
	if got := s.over(); !strings.Contains(got, "This holds no result of a script.") {
		t.Errorf("it shows\n%s", got)
	}
	s.entryOver("What their script printed").SetText(`{"s2sdoctor":1,"environment":"` + contoso + `","tenantId":"` + testTenant + `","clientId":"` + testClient + `","result":{"application.appId":"` + testClient + `"}}`)
	s.press("Take it up")
	if got := s.field("Application (client) ID").Entry.Text; got != testClient || !s.w.session.State().Setup.TakenUp {
		t.Errorf("the application is %q", got)
	}
}

// TestSetupBlockedSignIn guards that a refusal shows its code and the remaining ways to
// sign in.
func TestSetupBlockedSignIn(t *testing.T) {
	s := newStage(t, Options{})
	s.setUp()
	s.setup.signIn = func(context.Context, core.SignIn) error {
		refused, _ := admin.Explain("AADSTS700016: …")
		return refused
	}
	s.press("Sign in with the browser")
	s.until("the refusal", func() bool { return s.w.session.State().Setup.Failure != nil })
	got := s.over()
	for _, want := range []string{`"AADSTS700016"`, "Sign in through another Microsoft program", "Sign in with an application of your own", "Use the plan as a script"} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not show %s:\n%s", want, got)
		}
	}
	s.press("Sign in with an application of your own")
	if got := uitest.NameOf(s.w.win.Canvas().Focused()); !strings.HasPrefix(got, "Sign in with another program") {
		t.Errorf("the focus is on %q", got)
	}
	s.press("Use the plan as a script")
	if got := uitest.NameOf(s.w.win.Canvas().Focused()); got != "Copy Card (Markdown)" {
		t.Errorf("the focus is on %q", got)
	}
	var clients []string
	s.setup.signIn = func(_ context.Context, how core.SignIn) error {
		clients = append(clients, how.ClientID)
		return nil
	}
	s.press("Sign in through another Microsoft program")
	s.until("the plan", func() bool { return s.setupPhase() == session.SetupPlanned })
	if len(clients) != 1 || clients[0] == "" || clients[0] == "9cee029c-6210-4654-90bb-17e6e9d36617" {
		t.Errorf("signed in through %q", clients)
	}
}

// TestSetupLeadsToWhatIsBlocked guards that the main button shows why it cannot continue.
func TestSetupLeadsToWhatIsBlocked(t *testing.T) {
	s := newStage(t, Options{})
	s.setUp()
	s.setup.state.MayNot = map[plan.ID]string{plan.ApplicationUser: "prvCreateUser"}
	s.press("Sign in with the browser")
	s.until("the plan", func() bool { return s.setupPhase() == session.SetupPlanned })
	s.wantSetup(func(w *session.SetupWants) { w.RoleName = "Sales integration" })
	s.press("Make these changes")
	if got := uitest.NameOf(s.w.win.Canvas().Focused()); got != "5. Create the application user: Blocked, closed" {
		t.Errorf("the focus is on %q", got)
	}
	if got := s.over(); !strings.Contains(got, "prvCreateUser is missing") || !strings.Contains(got, "Two administrators sign in") {
		t.Errorf("it shows\n%s", got)
	}
	for _, size := range []fyne.Size{fyne.NewSize(720, 440), fyne.NewSize(1000, 700)} {
		s.resize(size.Width, size.Height)
		nothingIsCutOff(t, s, size)
	}
	s.press("Two administrators, the environment's with the Azure CLI")
	s.until("the plan", func() bool { return s.setupPhase() == session.SetupPlanned })
	if how := s.setup.how; how.Way != admin.ByBrowser || how.EnvironmentWay != admin.ByAzureCLI {
		t.Errorf("signed in by %q and %q", how.Way, how.EnvironmentWay)
	}
}

// TestSetupUndoAsksFirst guards the second press, and Esc on the first.
func TestSetupUndoAsksFirst(t *testing.T) {
	s := newStage(t, Options{})
	s.setUpDone()
	s.press("Take it back…")
	s.key(fyne.KeyEscape)
	if s.setupPhase() != session.SetupDone || s.over() == "" {
		t.Fatalf("Esc led to %q", s.setupPhase())
	}
	s.press("Take it back…")
	s.press("Take it back")
	s.until("the end", func() bool { return s.setupPhase() == session.SetupUndone })
	if got := s.over(); !strings.Contains(got, "Everything is taken back") || strings.Contains(got, "Take it back…") {
		t.Errorf("it shows\n%s", got)
	}
}

// TestSetupEscStopsFirst guards that Esc ends the work under way before it closes.
func TestSetupEscStopsFirst(t *testing.T) {
	s := newStage(t, Options{})
	s.roleChosen()
	s.setup.apply = waitsForCopies
	s.press("Make these changes")
	s.until("the wait", func() bool { return !s.w.session.State().Setup.Note.Empty() })
	if got := s.over(); !strings.Contains(got, "waiting 8 s for Microsoft to copy what was made") || !strings.Contains(got, "5. Create the application user: Under way") {
		t.Errorf("it shows\n%s", got)
	}
	s.key(fyne.KeyEscape)
	s.until("the end", func() bool { return s.setupPhase() == session.SetupPlanned })
	if got := s.over(); !strings.Contains(got, `text "The set-up was stopped"`) || !strings.Contains(got, `button "Go on", primary`) {
		t.Errorf("it shows\n%s", got)
	}
	s.key(fyne.KeyEscape)
	if s.over() != "" || s.w.session.State().Setup.Open {
		t.Error("the second does not close it")
	}
}

// TestSetupTable guards the table of privileges: lines are added, ticked and removed.
func TestSetupTable(t *testing.T) {
	s := newStage(t, Options{})
	s.setUp()
	s.segmentedOver("Security role: ").Choose(1)
	s.press("Add a table")
	if got := uitest.NameOf(s.w.win.Canvas().Focused()); !strings.HasPrefix(got, "Table 2") {
		t.Errorf("the focus is on %q", got)
	}
	s.entryOver("Table 2").SetText("contact")
	s.tickOver("contact: write, not ticked")
	s.press("Remove account")
	w := s.w.session.State().Setup.Wants
	if len(w.Tables) != 1 || w.Tables[0].Table != "contact" || !w.Tables[0].Verbs["write"] || !w.Tables[0].Verbs["read"] {
		t.Errorf("%+v", w.Tables)
	}
	if got := s.over(); !strings.Contains(got, "contact:read:org, contact:write:org") {
		t.Errorf("the plan does not say what is granted:\n%s", got)
	}
}

// TestSetupHasRoom guards the states outside the scenes, with the longest words and in
// the smallest windows.
func TestSetupHasRoom(t *testing.T) {
	race.Skip(t, measures)
	s := speaking(t, "de", Options{Width: windows[0].Width, Height: windows[0].Height})
	for _, state := range []func(){
		func() { // the page is open
			s.setUp()
			s.setup.signIn = openedPage
			s.press("Sign in with the browser")
			s.until("the page", func() bool { return s.setupPhase() == session.SetupCopy })
		},
		func() { // a table of privileges, and the other ways to sign in
			s.w.session.StopSetup()
			s.foldOver("Andere Wege zur Anmeldung").SetOpen(true)
			s.segmentedOver("Sicherheitsrolle: ").Choose(1)
			s.press("Add a table")
		},
		func() { // work under way, with a step open
			s.w.session.CloseSetup()
			s.roleChosen()
			s.foldOver("1. ").SetOpen(true)
			s.setup.apply = waitsForCopies
			s.press("Make these changes")
			s.until("the wait", func() bool { return !s.w.session.State().Setup.Note.Empty() })
		},
	} {
		state()
		for _, size := range []fyne.Size{windows[0], fyne.NewSize(720, 440), fyne.NewSize(1000, 700)} {
			s.resize(size.Width, size.Height)
			nothingIsCutOff(t, s, size)
		}
	}
}

// foldOver returns the disclosure in the topmost dialog whose name begins with name.
func (s *stage) foldOver(name string) *kit.Disclosure {
	s.t.Helper()
	return over(s, name, func(f *kit.Disclosure) bool { return strings.HasPrefix(f.Name, name) })
}

// segmentedOver returns the choice in the topmost dialog whose name begins with name.
func (s *stage) segmentedOver(name string) *kit.Segmented {
	s.t.Helper()
	return over(s, name, func(c *kit.Segmented) bool { return strings.HasPrefix(c.AccessibilityLabel(), name) })
}

// tickOver taps the checkbox with a name in the dialog over the window.
func (s *stage) tickOver(name string) {
	s.t.Helper()
	test.Tap(over(s, name, func(c *kit.Checkbox) bool { return c.AccessibilityLabel() == name }))
	s.pump()
	s.settle()
}

func over[T fyne.CanvasObject](s *stage, name string, is func(T) bool) T {
	s.t.Helper()
	all := visible(s.w.win.Canvas().Overlays().Top())
	i := slices.IndexFunc(all, func(o placed) bool { c, ok := o.CanvasObject.(T); return ok && is(c) })
	if i < 0 {
		s.t.Fatalf("nothing over the window is called %q:\n%s", name, s.over())
	}
	return all[i].CanvasObject.(T)
}
