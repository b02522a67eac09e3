package form

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
)

const environment = "https://contoso.crm4.dynamics.com"

// TestTabOrder goes through the form by keyboard only, with each kind of credential.
func TestTabOrder(t *testing.T) {
	before := []string{"Environment URL", "Directory (tenant) ID", "Application (client) ID"}
	for _, kind := range []struct {
		index int // in the list
		stops []string
	}{
		{0, []string{"Credential: Client secret", "Client secret (Value)", "Show Client secret (Value)", "Redirect URI", "Open consent page", "Set it up", "Test connection"}},
		{1, []string{"Credential: Certificate file", "Certificate file", "Choose certificate file", "Key file", "Choose key file", "Password of the file", "Show Password of the file", "Redirect URI", "Open consent page", "Set it up", "Test connection"}},
		{2, []string{"Credential: Federated token", "Token file", "Choose token file", "Redirect URI", "Open consent page", "Set it up", "Test connection"}},
		{3, []string{"Credential: Managed identity", "Set it up", "Test connection"}},
	} {
		t.Run(kind.stops[0], func(t *testing.T) {
			d := open(t)
			d.state.Setup.Offered = true
			d.draw()
			d.choose(kind.index)
			d.screen.Focus()
			want := append(append([]string{}, before...), kind.stops...)
			if diff := cmp.Diff(want, d.stops(len(want))); diff != "" {
				t.Errorf("stops -want +got\n%s", diff)
			}
			if got := d.stops(1)[0]; got != "Paste a connection" {
				t.Errorf("the way begins again at %q", got)
			}
		})
	}
}

func TestWithoutConsentPage(t *testing.T) {
	d := open(t, func(env *Env) { env.Consent = nil })
	if got := d.Outline(); strings.Contains(got, "consent page\"") {
		t.Errorf("there is a button for it:\n%s", got)
	}
}

// TestEditKeepsRest guards that typing keeps the values that have no entry in the window:
// the kind of credential, and the issuer of its token.
func TestEditKeepsRest(t *testing.T) {
	for _, form := range []connection.Form{
		{Kind: connection.CertificateStoreKind, Thumbprint: "0F1E2D3C4B5A69788796A5B4C3D2E1F001234567"},
		{Kind: connection.FederatedKind, Federation: connection.Federation{Issuer: connection.TokenFile, File: "/token"}},
		{Kind: connection.FederatedKind, Federation: connection.Federation{Issuer: connection.AzureDevOps, URL: "https://pipelines.example/", ServiceConnection: "dataverse"}},
		{Kind: connection.ManagedIdentityKind},
	} {
		d := open(t)
		form.Environment = environment
		d.fill(form)
		want := d.state.Form.Typed
		d.Entry("Environment URL").SetText("https://fabrikam.crm4.dynamics.com")
		want.Environment = "https://fabrikam.crm4.dynamics.com"
		equal := cmp.Comparer(func(a, b secret.Value) bool { return a.Equal(b) })
		if diff := cmp.Diff(want, d.state.Form.Typed, equal); diff != "" {
			t.Errorf("typed -want +got\n%s", diff)
		}
	}
}

// TestTypedIsSent types a connection and a secret, character by character.
func TestTypedIsSent(t *testing.T) {
	d := open(t)
	d.screen.Focus()
	for _, value := range []string{environment, "", "2015d711", ""} {
		for _, letter := range value {
			d.Canvas.Focused().TypedRune(letter)
		}
		d.Canvas.FocusNext()
	}
	for _, letter := range "qX8~" {
		d.Canvas.Focused().TypedRune(letter)
	}
	got := d.state.Form.Typed
	if got.Environment != environment || got.Tenant != "" || got.ClientID != "2015d711" || !got.Secret.Equal(secret.New("qX8~")) {
		t.Errorf("it is %q, %q, %q and a secret of %d letters", got.Environment, got.Tenant, got.ClientID, got.Secret.Len())
	}
	want := []string{
		"focus environment", "leave environment", "focus tenant", "leave tenant",
		"focus clientId", "leave clientId", "focus secret",
	}
	if diff := cmp.Diff(want, d.Asked); diff != "" {
		t.Errorf("asked for -want +got\n%s", diff)
	}
}

// TestFillIsNotTyped guards that a value which the session puts into the form is not
// reported to the session as typed, and that a secret is hidden again.
func TestFillIsNotTyped(t *testing.T) {
	d := open(t)
	d.fill(connection.Form{Environment: environment, Secret: secret.New("must-never-be-seen")})
	d.Press("Show Client secret (Value)")
	if got := d.Outline(); !strings.Contains(got, "must-never-be-seen") {
		t.Fatalf("Show does not show it:\n%s", got)
	}
	d.state.Form.Typed.Kind = "left alone"
	d.fill(connection.Form{Environment: "https://fabrikam.crm4.dynamics.com", Secret: secret.New("must-never-be-seen-either")})
	got := d.Outline()
	if strings.Contains(got, "must-never") || !strings.Contains(got, `entry "Client secret (Value)", 25 dots`) {
		t.Errorf("another secret is shown:\n%s", got)
	}
	if d.state.Form.Typed.Environment != "https://fabrikam.crm4.dynamics.com" || d.state.Form.Typed.Kind != connection.SecretKind {
		t.Errorf("it came back as %+v", d.state.Form.Typed)
	}
}

// TestProblemsAndCautions guards the text shown and read out at a field, and that it
// disappears.
func TestProblemsAndCautions(t *testing.T) {
	d := open(t)
	d.fill(connection.Form{CertificateFile: "/certs/s2s.pfx"})
	d.state.Form.Cautions = map[connection.Field]text.Text{connection.FieldCertificate: text.Raw("Valid until 2026-12-04, 12 days from now.")}
	d.state.Form.Problems = map[connection.Field]text.Text{connection.FieldEnvironment: text.Raw("This is no environment.")}
	d.draw()
	if got := d.Entry("Certificate file").AccessibilityLabel(); got != "Certificate file: /certs/s2s.pfx. Warning: Valid until 2026-12-04, 12 days from now." {
		t.Errorf("it is read out as %q", got)
	}
	if got := d.Outline(); !strings.Contains(got, `field "Environment URL", error "This is no environment."`) || !strings.Contains(got, `text "This is no environment."`) {
		t.Errorf("it shows\n%s", got)
	}
	d.state.Form.Problems = nil
	d.state.Form.Notes = map[connection.Field]text.Text{connection.FieldEnvironment: text.Raw("Found.")}
	d.state.Form.Place = text.Raw("Contoso UAT, Europe.")
	d.draw()
	if got := d.Outline(); strings.Contains(got, "no environment") || !strings.Contains(got, `text "Found. Contoso UAT, Europe."`) {
		t.Errorf("it shows\n%s", got)
	}
}

// TestPasteIsSpread guards that a pasted text which the session distributes over the form
// does not get into the field.
func TestPasteIsSpread(t *testing.T) {
	for _, spreads := range []bool{true, false} {
		d := open(t)
		d.spreads = spreads
		tenant := d.Entry("Directory (tenant) ID")
		d.paste(tenant, "contoso")
		d.wantAsked("spread contoso")
		if got, want := tenant.Text, map[bool]string{true: "", false: "contoso"}[spreads]; got != want || d.state.Form.Typed.Tenant != want {
			t.Errorf("spread %v: the field holds %q, the form %q", spreads, got, d.state.Form.Typed.Tenant)
		}
	}
}

// TestAskConnection guards that a text with two connections is decided by keyboard, or
// left undecided.
func TestAskConnection(t *testing.T) {
	for _, c := range []struct {
		name string
		keys []fyne.KeyName
		want []string
	}{
		{"the second", []fyne.KeyName{fyne.KeyTab, fyne.KeyReturn}, []string{"use PROD · fabrikam.crm.dynamics.com"}},
		{"the first", []fyne.KeyName{fyne.KeyReturn}, []string{"use DEV · contoso.crm4.dynamics.com"}},
		{"none", []fyne.KeyName{fyne.KeyEscape}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := open(t)
			d.screen.AskConnection([]paste.Choice{{Name: "DEV · contoso.crm4.dynamics.com"}, {Name: "PROD · fabrikam.crm.dynamics.com"}})
			if got := uitest.NameOf(d.Canvas.Focused()); got != "DEV, contoso.crm4.dynamics.com" {
				t.Fatalf("the focus is on %q", got)
			}
			for _, key := range c.keys {
				if key == fyne.KeyTab {
					d.Canvas.FocusNext()
				} else {
					d.Key(key)
				}
			}
			d.wantAsked(c.want...)
			if d.DialogOpen() {
				t.Error("the question is still there")
			}
		})
	}
}

// TestButtons guards the command of each button of the form.
func TestButtons(t *testing.T) {
	d := open(t)
	d.Press("Paste a connection")
	d.Press("Open consent page")
	d.Press("Test connection")
	d.wantAsked("paste", "consent", "test")
	d.state.Setup.Offered = true
	d.draw()
	d.Press("Set it up")
	d.wantAsked("set up")
	d.state.Examination.Active = true
	d.draw()
	if strings.Contains(d.Outline(), "Set it up") {
		t.Error("the set-up is offered during an examination")
	}
	d.Press("Cancel test")
	d.wantAsked("cancel")
	d.state.Examination.Active = false
	d.choose(1)
	d.Press("Choose certificate file")
	d.Press("Choose key file")
	d.choose(2)
	d.Press("Choose token file")
	d.wantAsked("certificate /chosen", "key /chosen", "token /chosen")
}

// TestShowField guards that the focus moves to a field, and stays if the form does not
// have the field.
func TestShowField(t *testing.T) {
	d := open(t)
	d.screen.Show(connection.Field("nothing"))
	if d.Canvas.Focused() != nil {
		t.Errorf("the focus is on %q", uitest.NameOf(d.Canvas.Focused()))
	}
	d.screen.Show(connection.FieldRedirectURI)
	if got := uitest.NameOf(d.Canvas.Focused()); got != "Redirect URI" {
		t.Errorf("the focus is on %q", got)
	}
}
