package profile

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

const thumbprint = "0F1E2D3C4B5A69788796A5B4C3D2E1F001234567"

// keylessForms returns a form of every kind without a stored secret, as it is loaded.
func keylessForms(t *testing.T) map[string]connection.Form {
	t.Helper()
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("e30.e30.x"), 0o600); err != nil {
		t.Fatal(err)
	}
	of := func(kind connection.Kind, change func(*connection.Form)) connection.Form {
		f := connection.Form{Environment: contoso, ClientID: client, Kind: kind}
		change(&f)
		return f
	}
	return map[string]connection.Form{
		"store": of(connection.CertificateStoreKind, func(f *connection.Form) { f.Thumbprint = thumbprint }),
		"token file": of(connection.FederatedKind, func(f *connection.Form) {
			f.Federation = connection.Federation{Issuer: connection.TokenFile, File: file}
		}),
		"file by name":    of(connection.FederatedKind, func(f *connection.Form) { f.Federation.Issuer = connection.TokenFile }),
		"GitHub":          of(connection.FederatedKind, func(f *connection.Form) { f.Federation.Issuer = connection.GitHub }),
		"Azure DevOps":    of(connection.FederatedKind, func(f *connection.Form) { f.Federation.Issuer = connection.AzureDevOps }),
		"any issuer":      of(connection.FederatedKind, func(f *connection.Form) { f.Federation.Issuer = connection.AnyIssuer }),
		"system-assigned": of(connection.ManagedIdentityKind, func(f *connection.Form) { f.ClientID = "" }),
		"user-assigned":   of(connection.ManagedIdentityKind, func(*connection.Form) {}),
	}
}

// TestKeylessProfiles saves and loads connections without a stored secret. Values from a
// pipeline's environment are not saved.
func TestKeylessProfiles(t *testing.T) {
	for name, want := range keylessForms(t) {
		t.Run(name, func(t *testing.T) {
			ctx, vault := t.Context(), newMock()
			s := newStore(t, vault)
			typed := want
			typed.Secret, typed.CertificatePassword = secret.New(canary), secret.New(canary)
			if want.Kind == connection.FederatedKind {
				typed.Federation.RequestToken, typed.Federation.ServiceConnection = secret.New(canary), "service"
				typed.Federation.URL, typed.Federation.Missing = "https://pipelines.example/"+canary, []string{"A_VARIABLE"}
			}
			saved := must(s.Save(ctx, "Contoso", typed))
			if saved.SecretLocation != NoSecret || len(saved.LeftOut) > 0 || vault.count() != 0 {
				t.Errorf("saved %+v with %d secrets", saved, vault.count())
			}
			s = must(Open(Options{Dir: s.dir, Vault: vault}))
			l := must(s.Load(ctx, "Contoso"))
			if !l.Why.Empty() || l.SecretLocation != NoSecret {
				t.Errorf("loaded %+v", l)
			}
			if d := cmp.Diff(want, l.Form, cmp.Comparer(func(a, b secret.Value) bool { return a.Equal(b) })); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
			copied := must(s.Duplicate(ctx, "Contoso", "Fabrikam"))
			if copied.Profile.Credential != want.Kind || !copied.Why.Empty() {
				t.Errorf("copied %+v", copied)
			}
			nothingWritten(t, s.dir)
		})
	}
}

// TestOldestVersionIsWritten guards that older programs can read the file as long as no
// connection needs the newer version.
func TestOldestVersionIsWritten(t *testing.T) {
	ctx := t.Context()
	s := newStore(t, newMock())
	version := func() (v struct{ Version int }) {
		t.Helper()
		if err := json.Unmarshal(must(os.ReadFile(s.Path())), &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	must(s.Save(ctx, "Secret", form()))
	if v := version(); v.Version != 1 {
		t.Errorf("with a secret: version %d", v.Version)
	}
	for name, f := range keylessForms(t) {
		must(s.Save(ctx, name, f))
		if v := version(); v.Version != 2 {
			t.Errorf("with %s: version %d", name, v.Version)
		}
		if err := s.Forget(ctx, name); err != nil {
			t.Fatal(err)
		}
		if v := version(); v.Version != 1 {
			t.Errorf("after %s was forgotten: version %d", name, v.Version)
		}
	}
	if l := must(s.Load(ctx, "Secret")); open(l.Form.Secret) != canary {
		t.Errorf("loaded %+v", l)
	}
}

// TestChangedKindDropsTheSecret guards that a connection loses its secret when its kind
// of credential changes, and can get a new secret afterwards.
func TestChangedKindDropsTheSecret(t *testing.T) {
	for name, f := range keylessForms(t) {
		t.Run(name, func(t *testing.T) {
			ctx, vault := t.Context(), newMock()
			s := newStore(t, vault)
			must(s.Save(ctx, "Contoso", form()))
			must(s.Save(ctx, "Contoso", f))
			if vault.count() != 0 {
				t.Error("the secret is still in the store")
			}
			must(s.Save(ctx, "Contoso", form()))
			if l := must(s.Load(ctx, "Contoso")); open(l.Form.Secret) != canary || l.Profile.Credential != "" || l.Profile.Thumbprint != "" {
				t.Errorf("back by secret: %+v", l)
			}
		})
	}
}

// TestSecretInAKeylessField guards the file against a secret or token that was pasted
// into a field for other values.
func TestSecretInAKeylessField(t *testing.T) {
	for name, test := range map[string]struct {
		form connection.Form
		want connection.Field
	}{
		"thumbprint": {connection.Form{Kind: connection.CertificateStoreKind, Thumbprint: canary}, connection.FieldThumbprint},
		"token file": {connection.Form{Kind: connection.FederatedKind, Federation: connection.Federation{Issuer: connection.TokenFile, File: canary}}, connection.FieldTokenFile},
		"no issuer":  {connection.Form{Kind: connection.FederatedKind, Federation: connection.Federation{Issuer: connection.Issuer(canary), File: canary}}, connection.FieldTokenFile},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t, newMock())
			test.form.Environment, test.form.ClientID = contoso, client
			saved := must(s.Save(t.Context(), "Contoso", test.form))
			if d := cmp.Diff([]connection.Field{test.want}, saved.LeftOut); d != "" {
				t.Errorf("left out: -want +got\n%s", d)
			}
			nothingWritten(t, s.dir)
		})
	}
}

// TestForeignKindsAreDamage guards that the next save does not silently drop a member
// that this program would not have written.
func TestForeignKindsAreDamage(t *testing.T) {
	for name, members := range map[string]string{
		"unknown kind":      `"credential":"smart-card"`,
		"unknown issuer":    `"credential":"federated","issuer":"gitlab"`,
		"no issuer":         `"credential":"federated"`,
		"issuer alone":      `"issuer":"github"`,
		"file of another":   `"credential":"managed-identity","tokenFile":"/token"`,
		"account of a none": `"credential":"federated","issuer":"github","account":"ABCDEFGHIJKLMNOPQRSTUVWXYZ"`,
	} {
		if _, err := decode([]byte(`{"version":2,"profiles":[{"name":"Contoso","saved":"2026-11-22T12:00:00Z",` + members + `}]}`)); err == nil {
			t.Errorf("%s is read", name)
		}
	}
	for _, other := range []int{0, version + 1, -1} {
		if _, err := decode(fmt.Appendf(nil, `{"version":%d,"profiles":[]}`, other)); err == nil {
			t.Errorf("version %d is read", other)
		}
	}
	if _, err := decode([]byte(strings.Replace(`{"version":2,"profiles":[]}`, "2", "1", 1))); err != nil {
		t.Errorf("version 1: %v", err)
	}
}
