package ui

import (
	"context"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/rotate"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

var (
	update   = flag.Bool("update", false, "write the golden files anew")
	pictures = flag.String("pictures", "", "a `folder` to write a picture of every scene to")
)

// scenes are the states of the window, each with a function that reaches it.
var scenes = []struct {
	name  string
	reach func(s *stage)
}{
	{"empty", func(*stage) {}},
	{"problems", func(s *stage) {
		s.problems = []connection.Problem{
			{Field: connection.FieldEnvironment, Cause: "input.environment-url", Summary: text.Raw("make.powerapps.com is the maker portal, not an environment: copy the Environment URL from the Power Platform admin center.")},
			{Field: connection.FieldSecret, Cause: "input.secret-is-id", Summary: text.Raw("This is a GUID: the Secret ID, not the secret's Value.")},
		}
		s.fill(filledForm())
		s.finish(inputReport())
	}},
	{"certificate", func(s *stage) {
		form := filledForm()
		form.Secret, form.CertificateFile = secret.Value{}, "/home/ana/contoso/s2s-integration.pfx"
		s.fill(form)
	}},
	{"kinds", func(s *stage) {
		s.fill(filledForm())
		s.w.win.Canvas().Focus(s.credentials())
		s.key(fyne.KeyReturn)
		s.key(fyne.KeyDown)
	}},
	{"key-file", func(s *stage) {
		form := filledForm()
		form.Secret, form.CertificateFile, form.KeyFile = secret.Value{}, "/home/ana/contoso/s2s.crt", "/home/ana/contoso/s2s.key"
		s.lifetime = core.Lifetime{Ends: s.now.AddDate(0, 0, 12)}
		s.fill(form)
		s.until("the end of the certificate", func() bool { return len(s.w.session.State().Form.Cautions) > 0 })
	}},
	{"store", func(s *stage) {
		form := filledForm()
		form.Secret, form.Kind, form.Thumbprint = secret.Value{}, connection.CertificateStoreKind, "0F1E2D3C4B5A69788796A5B4C3D2E1F001234567"
		s.lifetime = core.Lifetime{Ends: s.now.AddDate(0, 0, 300)}
		s.fill(form)
		s.until("the end of the certificate", func() bool { return !s.w.session.State().Form.Lifetime.Ends.IsZero() })
	}},
	{"federated", func(s *stage) {
		form := filledForm()
		form.Secret, form.Kind = secret.Value{}, connection.FederatedKind
		form.Federation = connection.Federation{Issuer: connection.TokenFile, File: "/var/run/secrets/azure/tokens/azure-identity-token"}
		s.lifetime = core.Lifetime{Ends: s.now.Add(42 * time.Minute), Subject: "system:serviceaccount:integration:dataverse"}
		s.fill(form)
		s.until("the end of the token", func() bool { return !s.w.session.State().Form.Lifetime.Ends.IsZero() })
	}},
	{"pipeline", func(s *stage) {
		form := filledForm()
		form.Secret, form.Kind, form.Federation.Issuer = secret.Value{}, connection.FederatedKind, connection.GitHub
		s.fill(form)
	}},
	{"managed-identity", func(s *stage) {
		form := filledForm()
		form.Secret, form.ClientID, form.Kind = secret.Value{}, "", connection.ManagedIdentityKind
		s.fill(form)
	}},
	{"guide", func(s *stage) {
		s.fill(filledForm())
		s.finish(failedReport())
		s.lists().Choose(showGuide)
		s.openStep(2)
	}},
	{"classic", func(s *stage) { s.w.header.path.Choose(1) }},
	{"targets", func(s *stage) {
		s.fill(filledForm())
		s.finish(warnedReport())
		s.w.header.path.Choose(1)
		all := visible(s.w.result.Object.Object)
		s.w.result.Object.Reveal(all[len(all)-1]) // the last of the targets
	}},
	{"running", func(s *stage) {
		s.fill(filledForm())
		s.examine = halfway
		s.w.session.Test()
		s.until("four checks", func() bool { return s.examination().Progress.Done == 4 && !s.examination().Progress.Note.Empty() })
		s.advance(7e9)
	}},
	{"healthy", func(s *stage) { s.fill(filledForm()); s.finish(healthyReport()) }},
	{"warned", func(s *stage) { s.fill(filledForm()); s.finish(warnedReport()) }},
	{"failed", func(s *stage) { s.fill(filledForm()); s.finish(failedReport()) }},
	{"failed-open", func(s *stage) {
		s.fill(filledForm())
		s.finish(failedReport())
		s.check("whoami").SetOpen(true)
		s.w.result.FocusChecks()
		s.advance(0)
		s.settle()
	}},
	{"record", func(s *stage) { s.fill(filledForm()); s.finish(failedReport()); s.openRecord() }},
	{"choosing", func(s *stage) {
		for _, name := range []string{
			"DEV · contoso-dev.crm4.dynamics.com · 2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e",
			"PROD · contoso-integration.crm4.dynamics.com · 8c3e8f6a-2b7d-4d0e-9a51-7f6f0f8f2e11",
		} {
			s.choices = append(s.choices, paste.Choice{Name: name, Form: filledForm()})
		}
		s.w.pasteConnection()
	}},
	{"cancelled", func(s *stage) { s.fill(filledForm()); s.finish(cancelledReport()) }},
	{"saved", func(s *stage) {
		s.fill(filledForm())
		s.finish(healthyReport())
		s.saveAs("Contoso UAT")
		s.field("Redirect URI").Entry.SetText("http://localhost:8400")
		s.advance(session.TypingPause)
	}},
	{"naming", func(s *stage) {
		s.fill(filledForm())
		s.w.session.Save()
	}},
	{"forgetting", func(s *stage) {
		s.fill(filledForm())
		s.saveAs("Contoso UAT")
		s.w.session.Forget()
	}},
	{"unsaved", func(s *stage) {
		s.fill(filledForm())
		s.saveAs("Contoso UAT")
		s.field("Redirect URI").Entry.SetText("http://localhost:8400")
		s.advance(session.TypingPause)
		s.w.Close()
	}},
	{"duplicating", func(s *stage) {
		s.fill(filledForm())
		s.saveAs("Contoso UAT")
		s.w.session.Duplicate()
	}},
	{"finding", func(s *stage) { s.openFinder(); s.window().Entry("Name, address or ID").SetText("conto"); s.settle() }},
	{"overview", func(s *stage) {
		s.overviewed()
		s.w.session.GroupOverview(session.ByCredential)
		s.until("the groups", func() bool { return !s.w.session.State().Overview.Reading })
	}},
	{"comparing", func(s *stage) {
		s.comparing("Contoso UAT", "Contoso PROD")
		s.snapshot = halfCompared
		s.press("Compare")
		s.until("five checks", func() bool { c := s.w.session.State().Comparison; return c.Sides[0].Done == 5 && c.Sides[1].Done == 5 })
	}},
	{"compared", func(s *stage) { s.compared() }},
	{"compared-failed", func(s *stage) {
		s.comparing("Contoso UAT", "Contoso PROD")
		s.snapshot = unreachableProduction
		s.press("Compare")
		s.until("the end", func() bool { return !s.w.session.State().Comparison.Active })
	}},
	{"comparison", func(s *stage) { s.compared(); s.press("Save…") }},
	{"causes", func(s *stage) {
		s.overviewed()
		s.w.session.GroupOverview(session.ByCause)
		s.settle()
	}},
	{"ends", func(s *stage) {
		s.overviewed()
		s.w.session.AskEnds([]string{"Contoso UAT"})
		s.settle()
	}},
	{"replacing", func(s *stage) {
		s.overviewed()
		s.w.session.OpenReplacement([]string{"Contoso DEV", "Contoso TEST", "Contoso UAT", "Contoso PROD"})
		s.settle()
	}},
	{"replacing-stopped", func(s *stage) {
		s.overviewed()
		s.examine = func(_ context.Context, form connection.Form, _ func(exam.Event)) exam.Report {
			r := healthyReport()
			if strings.Contains(form.Environment, "contoso-uat") {
				r.Healthy, r.RootCause = false, catalog.SecretWrong
				set(&r, exam.CheckToken, exam.Fail, catalog.SecretWrong, "Entra answered invalid_client, AADSTS7000215.")
			}
			return r
		}
		s.w.session.OpenReplacement([]string{"Contoso DEV", "Contoso TEST", "Contoso UAT", "Contoso PROD"})
		s.window().Entry("New client secret (Value)").SetText(canary)
		s.press("Test and replace")
		s.until("the failure", func() bool {
			return s.w.session.State().Replacement.Failed != "" && !s.w.session.State().Replacement.Active
		})
	}},
	{"testing-all", func(s *stage) {
		s.overviewed()
		s.examine = func(ctx context.Context, form connection.Form, _ func(exam.Event)) exam.Report {
			if strings.Contains(form.Environment, "fabrikam") {
				<-ctx.Done()
			}
			return healthyReport()
		}
		s.w.session.TestAll()
		s.until("five are done and the others are being tested", func() bool {
			o := s.w.session.State().Overview
			return o.Run.Done == 5 && !slices.ContainsFunc(o.Lines, func(l session.OverviewLine) bool {
				return l.Row != nil && l.Row.Health == session.HealthWaiting
			})
		})
	}},
	{"rotation", func(s *stage) {
		s.fill(filledForm())
		s.saveAs("Contoso UAT")
		s.w.item("rotate").Action()
		s.press("Make the certificate")
		s.until("the certificate", func() bool { return s.w.session.State().Rotation.Begun })
	}},
	{"rotated", func(s *stage) {
		s.fill(filledForm())
		s.saveAs("Contoso UAT")
		s.rotator.switches = true
		s.w.item("rotate").Action()
		s.press("Make the certificate")
		s.until("the switch, and the connection as it is saved now", func() bool {
			st := s.w.session.State()
			return st.Rotation.Result.Step == rotate.Switched && st.Connections.Opening == ""
		})
	}},
	{"card", func(s *stage) {
		s.fill(filledForm())
		s.finish(failedReport())
		s.press("Card for the administrator…")
	}},
	{"support", func(s *stage) { s.fill(filledForm()); s.finish(failedReport()); s.press("Support report…") }},
	{"export", func(s *stage) { s.fill(filledForm()); s.w.item("export").Action(); s.settle() }},
	{"watching", func(s *stage) {
		s.fill(filledForm())
		s.finish(failedReport())
		s.press("Test until it works")
		s.until("the first test", func() bool { return !s.w.session.State().Watch.Next.IsZero() })
	}},
	{"imported", func(s *stage) { s.imported() }},
	{"session-only", func(s *stage) {
		s.vault.refuses(true)
		s.fill(filledForm())
		s.w.session.Save()
		s.named("Contoso UAT", "Save")
	}},
	{"secret-gone", func(s *stage) {
		s.fill(filledForm())
		s.saveAs("Contoso UAT")
		s.vault.refuses(true)
		s.w.session.NewConnection()
		s.w.toasts.Dismiss()
		s.choose("Contoso UAT")
	}},
	{"consent-waiting", func(s *stage) { s.consentUnderWay(waitingPage) }},
	{"consent-failed", func(s *stage) { s.consentUnderWay(declinedPage) }},
	{"consent-wrong-account", func(s *stage) { s.consentUnderWay(otherPage) }},
	{"setup", func(s *stage) { s.setUp() }},
	{"setup-code", func(s *stage) {
		s.setUp()
		s.setup.signIn = shownCode
		s.w.session.SignInSetup(admin.ByDevice)
		s.until("the code", func() bool { return s.w.session.State().Setup.Phase == session.SetupCode })
	}},
	{"setup-planned", func(s *stage) { s.roleChosen() }},
	{"setup-sign-in", func(s *stage) {
		s.setUp()
		s.setup.signIn = openedPage
		s.press("Sign in with the browser")
		s.until("the page", func() bool { return s.w.session.State().Setup.Phase == session.SetupCopy })
	}},
	{"setup-role", func(s *stage) {
		s.setUp()
		s.segmentedOver(i18n.L("Security role") + ": ").Choose(1)
		s.press("Add a table")
	}},
	{"setup-blocked", func(s *stage) {
		s.setUp()
		s.setup.state.MayNot = map[plan.ID]string{plan.ApplicationUser: "prvCreateUser"}
		s.press("Sign in with the browser")
		s.until("the plan", func() bool { return s.w.session.State().Setup.Phase == session.SetupPlanned })
		s.wantSetup(func(w *session.SetupWants) { w.RoleName = "Sales integration" })
	}},
	{"setup-working", func(s *stage) {
		s.roleChosen()
		s.setup.apply = waitsForCopies
		s.press("Make these changes")
		s.until("the wait", func() bool { return !s.w.session.State().Setup.Note.Empty() })
	}},
	{"setup-failed", func(s *stage) {
		s.roleChosen()
		s.setup.apply = stopsAtUser
		s.press("Make these changes")
		s.until("the failure", func() bool { return s.w.session.State().Setup.Failure != nil })
	}},
	{"setup-done", func(s *stage) { s.setUpDone() }},
	{"setup-undone", func(s *stage) {
		s.setUpDone()
		s.press("Take it back…")
		s.press("Take it back")
		s.until("the end", func() bool { return s.w.session.State().Setup.Phase == session.SetupUndone })
	}},
	{"setup-page", func(s *stage) { s.consentOnThePage() }},
	{"setup-consent", func(s *stage) {
		s.consentOnThePage()
		s.press("Make these changes")
		s.until("the end", func() bool { return s.w.session.State().Setup.Phase == session.SetupDone })
	}},
	{"sandbox", func(s *stage) {
		s.w.session.EnterSandbox("")
		s.until("the sandbox", func() bool { return s.w.session.State().Sandbox.Active })
		s.finish(healthyReport())
	}},
}

// TestPictures draws every scene without a screen, light and dark, in two sizes: for
// visual review, and for the documentation.
func TestPictures(t *testing.T) {
	if *pictures == "" {
		return // TestScenes compares the markup of the same scenes
	}
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		for _, size := range []struct {
			name string
			w, h float32
		}{{"1000x700", 1000, 700}, {"1600x1000", 1600, 1000}} {
			for _, scene := range scenes {
				t.Run(scene.name+"-"+string(mode)+"-"+size.name, func(t *testing.T) {
					s := newStage(t, Options{Theme: mode, Width: size.w, Height: size.h}, withSandbox, withConsent)
					scene.reach(s)
					s.settle()
					save(t, s, filepath.Join(*pictures, scene.name+"-"+string(mode)+"-"+size.name+".png"))
				})
			}
		}
	}
}

func save(t *testing.T, s *stage, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, s.w.win.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}
