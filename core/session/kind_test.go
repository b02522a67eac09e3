package session

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

const testThumbprint = "0F1E2D3C4B5A69788796A5B4C3D2E1F001234567"

// everyKind returns a form with values for every kind of credential.
func everyKind() Typed {
	return Typed{connection.Form{
		Environment: contoso, ClientID: testClient, RedirectURI: "http://localhost",
		Secret: secret.New("0123456789"), CertificateFile: "/a.crt", KeyFile: "/a.key", CertificatePassword: secret.New("opensesame"),
		Thumbprint: testThumbprint, Federation: connection.Federation{File: "/token"},
	}}
}

var sameSecret = cmp.Comparer(func(a, b secret.Value) bool { return a.Equal(b) })

// TestEveryKindKeepsWhatIsTyped chooses each kind in turn and returns: only the fields of
// the chosen kind count, and no value is lost.
func TestEveryKindKeepsWhatIsTyped(t *testing.T) {
	base := connection.Form{Environment: contoso, ClientID: testClient, RedirectURI: "http://localhost"}
	of := func(kind connection.Kind, change func(*connection.Form)) connection.Form {
		form := base
		form.Kind = kind
		change(&form)
		return form
	}
	kinds := []connection.Form{
		of(connection.ManagedIdentityKind, func(*connection.Form) {}),
		of(connection.FederatedKind, func(f *connection.Form) {
			f.Federation = connection.Federation{Issuer: connection.TokenFile, File: "/token"}
		}),
		of(connection.CertificateStoreKind, func(f *connection.Form) { f.Thumbprint = testThumbprint }),
		of(connection.CertificateKind, func(f *connection.Form) {
			f.CertificateFile, f.KeyFile, f.CertificatePassword = "/a.crt", "/a.key", secret.New("opensesame")
		}),
		of(connection.SecretKind, func(f *connection.Form) { f.Secret = secret.New("0123456789") }),
	}
	run(t, func(b *bench) {
		b.s.Edit(everyKind())
		for range 2 {
			for _, want := range kinds {
				b.s.ChooseCredential(want.Kind)
				b.pump()
				if d := cmp.Diff(want, b.s.State().Form.Used(), sameSecret); d != "" {
					b.Errorf("%s: -want +got\n%s", want.Kind, d)
				}
			}
		}
		want := everyKind()
		want.Kind = connection.SecretKind
		if d := cmp.Diff(want, b.s.State().Form.Typed, sameSecret); d != "" {
			b.Errorf("typed: -want +got\n%s", d)
		}
	})
}

// TestChoosingIsAnEdit guards that choosing another kind outdates the report, and counts
// as an unsaved change only for a saved connection.
func TestChoosingIsAnEdit(t *testing.T) {
	run(t, func(b *bench) {
		b.s.Fill(filledForm())
		b.finish(testReport(exam.Pass))
		fills := b.s.State().Form.Fills
		b.s.ChooseCredential(connection.ManagedIdentityKind)
		if !b.s.State().Examination.Stale {
			b.Error("the report is not marked as one of another form")
		}
		if b.s.State().Form.Fills != fills {
			b.Error("the entries are filled anew")
		}
		b.s.clear()
		b.s.ChooseCredential(connection.ManagedIdentityKind)
		if b.s.State().Edited() || b.s.unsaved() {
			b.Error("an empty form with another kind is something to save")
		}
	})
}

// TestOfferedKinds guards that the certificate store is offered if it is available, and
// shown if it is chosen.
func TestOfferedKinds(t *testing.T) {
	offered := func(f Form) (kinds []connection.Kind) {
		for _, c := range f.Credentials() {
			kinds = append(kinds, c.Kind)
			if c.Title.Empty() || c.Use.Empty() {
				t.Errorf("%s lacks words", c.Kind)
			}
		}
		return kinds
	}
	all := []connection.Kind{connection.SecretKind, connection.CertificateKind, connection.CertificateStoreKind, connection.FederatedKind, connection.ManagedIdentityKind}
	elsewhere := []connection.Kind{connection.SecretKind, connection.CertificateKind, connection.FederatedKind, connection.ManagedIdentityKind}
	run(t, func(b *bench) {
		if d := cmp.Diff(elsewhere, offered(b.s.State().Form)); d != "" {
			b.Errorf("elsewhere: -want +got\n%s", d)
		}
		b.s.Fill(connection.Form{Kind: connection.CertificateStoreKind, Thumbprint: testThumbprint})
		if d := cmp.Diff(all, offered(b.s.State().Form)); d != "" {
			b.Errorf("with one of the store: -want +got\n%s", d)
		}
	})
	run(t, func(b *bench) {
		if d := cmp.Diff(all, offered(b.s.State().Form)); d != "" {
			b.Errorf("on Windows: -want +got\n%s", d)
		}
	}, func(d *Deps) { d.CertificateStore = true })
}

// TestPastedKind guards that a pasted text decides the kind of credential.
func TestPastedKind(t *testing.T) {
	token := connection.Federation{Issuer: connection.TokenFile, File: "/var/run/token"}
	for _, test := range []struct {
		name   string
		pasted connection.Form
		store  bool
		want   connection.Kind
		wanted string
		notice string
	}{
		{"secret", connection.Form{Secret: secret.New("abcdefghij")}, false, connection.SecretKind, "", "Filled one field from what you pasted."},
		{"certificate", connection.Form{CertificateFile: "/b.pfx"}, false, connection.CertificateKind, "", "Filled one field from what you pasted."},
		{"token file", connection.Form{Kind: connection.FederatedKind, Federation: token}, false, connection.FederatedKind, "", "Filled one field from what you pasted."},
		{"managed identity", connection.Form{Kind: connection.ManagedIdentityKind, Environment: fabrikam}, false, connection.ManagedIdentityKind, "", "Filled 2 fields from what you pasted."},
		{"thumbprint on Windows", connection.Form{Kind: connection.CertificateStoreKind, Thumbprint: testThumbprint}, true, connection.CertificateStoreKind, "", "Filled one field from what you pasted."},
		{"thumbprint elsewhere", connection.Form{Kind: connection.CertificateStoreKind, Thumbprint: testThumbprint}, false, connection.CertificateKind, testThumbprint, "Filled one field from what you pasted."},
		{"no credential", connection.Form{ClientID: testTenant}, false, connection.SecretKind, "", "Filled one field from what you pasted."},
	} {
		t.Run(test.name, func(t *testing.T) {
			run(t, func(b *bench) {
				before := filledForm()
				b.s.Fill(before)
				b.doctor.pasted = paste.Result{Form: test.pasted}
				b.s.Paste("text")
				form := b.s.State().Form
				if form.Typed.Kind != test.want || form.Wanted != test.wanted {
					b.Errorf("kind %q, wanted %q", form.Typed.Kind, form.Wanted)
				}
				if got := b.notices(); len(got) != 1 || got[0] != test.notice {
					b.Errorf("told %q", got)
				}
				b.events[len(b.events)-1].(*Notice).Do()
				if !sameForm(b.s.State().Form.Used(), TypedOf(before).Used()) {
					b.Error("what was typed does not come back")
				}
			}, func(d *Deps) { d.CertificateStore = test.store })
		})
	}
}

// TestDroppedFile guards that a file goes to the field that expects it.
func TestDroppedFile(t *testing.T) {
	run(t, func(b *bench) {
		b.s.UseFile("/a.pfx")
		if typed := b.s.State().Form.Typed; typed.Kind != connection.CertificateKind || typed.CertificateFile != "/a.pfx" {
			b.Errorf("certificate: %+v", typed)
		}
		b.s.ChooseCredential(connection.FederatedKind)
		b.s.UseFile("/token")
		if typed := b.s.State().Form.Typed; typed.Kind != connection.FederatedKind || typed.Federation.File != "/token" || typed.CertificateFile != "/a.pfx" {
			b.Errorf("token: %+v", typed)
		}
	})
}

// TestPipelineOfASavedConnection guards that the issuer of the token is kept as long as
// no file is named, and shown at the field.
func TestPipelineOfASavedConnection(t *testing.T) {
	run(t, func(b *bench) {
		form := filledForm()
		form.Secret, form.Kind, form.Federation = secret.Value{}, connection.FederatedKind, connection.Federation{Issuer: connection.GitHub}
		b.s.Fill(form)
		const note = "A job of GitHub Actions issues the token: test it there with s2scheck."
		if got := b.noted(connection.FieldTokenFile); got != note {
			b.Errorf("noted %q", got)
		}
		b.edit(func(t *Typed) { t.RedirectURI = "http://localhost:8400" })
		b.sleep(TypingPause)
		if got := b.s.State().Form.Used().Federation.Issuer; got != connection.GitHub {
			b.Errorf("after an edit elsewhere the issuer is %q", got)
		}
		b.s.UseTokenFile("/token")
		if got := b.s.State().Form.Used().Federation; got.Issuer != connection.TokenFile || got.File != "/token" || b.noted(connection.FieldTokenFile) != "" {
			b.Errorf("with a file: %+v, noted %q", got, b.noted(connection.FieldTokenFile))
		}
		b.edit(func(t *Typed) { t.Federation.File = "" })
		b.sleep(TypingPause)
		if got := b.s.State().Form.Used().Federation.Issuer; got != connection.GitHub {
			b.Errorf("without the file again the issuer is %q", got)
		}
	})
}

// TestNoConsentForManagedIdentity guards that there is no consent page, that the button
// shows the reason, and that the guide does not require consent.
func TestNoConsentForManagedIdentity(t *testing.T) {
	run(t, func(b *bench) {
		b.s.Fill(connection.Form{Environment: contoso, Kind: connection.ManagedIdentityKind})
		state := b.s.State()
		if state.Form.Consents() || state.Form.Shows(connection.FieldRedirectURI) || state.Guide.Asks {
			b.Errorf("consents %v, redirect %v, asks %v", state.Form.Consents(), state.Form.Shows(connection.FieldRedirectURI), state.Guide.Asks)
		}
		b.s.OpenConsent()
		want := []string{"A managed identity belongs to the environment's own tenant and needs no consent. Create its application user, then test the connection."}
		if d := cmp.Diff(want, b.notices()); d != "" || b.s.State().Consent.Open {
			b.Errorf("told: -want +got\n%s", d)
		}
		b.s.ChooseCredential(connection.FederatedKind)
		if state := b.s.State(); !state.Form.Consents() || !state.Guide.Asks || !state.Form.Shows(connection.FieldRedirectURI) {
			b.Error("by a federated token consent is no longer offered")
		}
	})
}

// TestGuideFollowsTheKind guards that the steps follow the chosen kind at once.
func TestGuideFollowsTheKind(t *testing.T) {
	run(t, func(b *bench) {
		b.s.Fill(filledForm())
		title := func() string { return b.s.State().Guide.Steps[0].Step.Title.String() }
		if got := title(); got != "Register the application" {
			b.Errorf("by secret: %q", got)
		}
		b.s.ChooseCredential(connection.ManagedIdentityKind)
		if got := title(); got != "Switch on the managed identity" {
			b.Errorf("by managed identity: %q", got)
		}
		b.s.ChoosePath(guide.Classic)
		b.s.ChooseCredential(connection.SecretKind)
		if got := title(); got != "Register the app" {
			b.Errorf("classic: %q", got)
		}
	})
}

// TestKeylessConnectionsAreSaved saves a connection of every kind in the window, opens
// another connection, and returns.
func TestKeylessConnectionsAreSaved(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("e30.e30.x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*connection.Form){
		"store": func(f *connection.Form) { f.Kind, f.Thumbprint = connection.CertificateStoreKind, testThumbprint },
		"token file": func(f *connection.Form) {
			f.Kind, f.Federation = connection.FederatedKind, connection.Federation{Issuer: connection.TokenFile, File: file}
		},
		"GitHub":   func(f *connection.Form) { f.Kind, f.Federation.Issuer = connection.FederatedKind, connection.GitHub },
		"identity": func(f *connection.Form) { f.Kind, f.ClientID = connection.ManagedIdentityKind, "" },
	} {
		t.Run(name, func(t *testing.T) {
			inLibrary(t, func(t *testing.T, l *library) {
				form := savedForm()
				form.Secret = secret.Value{}
				change(&form)
				l.Fill(form)
				l.Save()
				l.named("Contoso")
				l.wantOpen("Contoso", form)
				l.wantNotice("Saved as “Contoso”. It needs no secret.")
				if l.unsaved() {
					t.Error("there is something to save right after saving")
				}
				l.Tick(guide.Register, true)
				l.pump()
				l.restart()
				l.opens("Contoso")
				l.wantOpen("Contoso", form)
				if s := l.State(); s.Form.Lacking() != "" || !s.Guide.Ticks[guide.Register] || s.Edited() {
					t.Errorf("lacking %q, ticks %v, edited %v", s.Form.Lacking(), s.Guide.Ticks, s.Edited())
				}
				l.ChooseCredential(connection.SecretKind)
				if !l.State().Edited() {
					t.Error("another kind is no change")
				}
			})
		})
	}
}

// TestMissingSecretIsOfItsKind guards that a missing secret is not reported at the field
// of another kind.
func TestMissingSecretIsOfItsKind(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.saved("Contoso")
		l.vault.refuses(true)
		l.NewConnection()
		l.opens("Contoso")
		if got := l.State().Form.Lacking(); got != connection.FieldSecret {
			t.Fatalf("lacking %q", got)
		}
		for kind, want := range map[connection.Kind]connection.Field{
			connection.CertificateKind: "", connection.FederatedKind: "", connection.ManagedIdentityKind: "", connection.SecretKind: connection.FieldSecret,
		} {
			l.ChooseCredential(kind)
			if got := l.State().Form.Lacking(); got != want {
				t.Errorf("%s: lacking %q, want %q", kind, got, want)
			}
		}
	})
}
