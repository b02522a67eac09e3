package profile

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

const (
	contoso = "https://contoso.crm4.dynamics.com"
	tenant  = "12b5c856-7e1f-4d0a-9f4e-3c1a5b0d9e77"
	client  = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	canary  = "c4n4ry8Q~qWe.rTyUiOp_asDfGhJkL-zxCvBnM1a"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func form() connection.Form {
	return connection.Form{Environment: contoso, Tenant: tenant, ClientID: client, Secret: secret.New(canary), RedirectURI: "http://localhost"}
}

func newStore(t testing.TB, v Vault) *Store {
	t.Helper()
	return must(Open(Options{Dir: filepath.Join(t.TempDir(), "settings"), Vault: v, Now: func() time.Time { return noon }}))
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestSaveAndLoad(t *testing.T) {
	ctx, vault := t.Context(), newMock()
	s := newStore(t, vault)
	saved, err := s.Save(ctx, "  Contoso UAT ", form())
	if err != nil || saved.SecretLocation != InStore || !saved.Why.Empty() || len(saved.LeftOut) > 0 || saved.SetAside != "" {
		t.Fatalf("saved %+v, %v", saved, err)
	}
	// A second start opens it, regardless of the case of the name.
	s = must(Open(Options{Dir: s.dir, Vault: vault}))
	l, err := s.Load(ctx, "contoso uat")
	if err != nil || l.SecretLocation != InStore || !l.Why.Empty() || open(l.Form.Secret) != canary {
		t.Fatalf("loaded %+v, %v", l, err)
	}
	l.Form.Secret = secret.Value{}
	want := connection.Form{Environment: contoso, Tenant: tenant, ClientID: client, RedirectURI: "http://localhost"}
	if d := cmp.Diff(want, l.Form, cmp.Comparer(func(a, b secret.Value) bool { return open(a) == open(b) })); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	if l.Profile.Name != "Contoso UAT" || !l.Profile.Saved.Equal(noon) {
		t.Errorf("profile %+v", l.Profile)
	}
	if last, err := s.Last(ctx); last != "Contoso UAT" || err != nil {
		t.Errorf("last used: %q, %v", last, err)
	}
}

func TestSaveOverAnother(t *testing.T) {
	ctx, vault := t.Context(), newMock()
	s := newStore(t, vault)
	must(s.Save(ctx, "Contoso", form()))
	guide := Guide{Path: "classic", SameTenant: "yes", Ticks: map[string]bool{"register": true}}
	if err := s.SetGuide(ctx, "CONTOSO", guide); err != nil {
		t.Fatal(err)
	}
	changed := form()
	changed.Secret, changed.Tenant = secret.New("another~secret"), ""
	must(s.Save(ctx, "contoso", changed))

	list := must(s.List(ctx))
	if len(list) != 1 || list[0].Name != "contoso" || list[0].Tenant != "" {
		t.Errorf("list %+v", list)
	}
	if d := cmp.Diff(guide, list[0].Guide); d != "" {
		t.Errorf("the guide was lost: -want +got\n%s", d)
	}
	if got := open(must(s.Load(ctx, "contoso")).Form.Secret); got != "another~secret" {
		t.Errorf("secret %q", got)
	}
	if vault.count() != 1 {
		t.Errorf("%d secrets for one profile", vault.count())
	}
}

// TestSaveWithoutSecretKeepsStored guards a profile that was loaded while the
// store was locked, so that the form has no secret: saving a new redirect URI must not
// delete the stored secret.
func TestSaveWithoutSecretKeepsStored(t *testing.T) {
	ctx, vault := t.Context(), newMock()
	s := newStore(t, vault)
	must(s.Save(ctx, "Contoso", form()))
	changed := form()
	changed.Secret, changed.RedirectURI = secret.Value{}, "http://localhost:8400"
	if saved := must(s.Save(ctx, "Contoso", changed)); saved.SecretLocation != InStore {
		t.Errorf("saved %+v", saved)
	}
	if l := must(s.Load(ctx, "Contoso")); open(l.Form.Secret) != canary || l.Form.RedirectURI != "http://localhost:8400" {
		t.Errorf("loaded %+v", l)
	}
	// A secret is not used for another application.
	changed.ClientID = tenant[:35] + "0"
	must(s.Save(ctx, "Contoso", changed))
	if l := must(s.Load(ctx, "Contoso")); !l.Form.Secret.Empty() || !l.Why.Empty() || vault.count() != 0 {
		t.Errorf("another application got the secret: %+v", l)
	}
}

func TestWithoutAStoreSecretsLiveForTheSession(t *testing.T) {
	for name, tt := range map[string]struct {
		vault *mockVault
		says  string
	}{
		"none":      {&mockVault{refuse: errNoStore}, "cannot be used"},
		"locked":    {&mockVault{refuse: ErrSlow}, "does not answer"},
		"forgets":   {&mockVault{forgets: true}, "does not return"},
		"alters":    {&mockVault{alters: true}, "does not return"},
		"truncates": {&mockVault{truncate: 10}, "does not return"},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			tt.vault.items = map[string]secret.Value{}
			s := newStore(t, tt.vault)
			saved, err := s.Save(ctx, "Contoso", form())
			if err != nil || saved.SecretLocation != InSession || !strings.Contains(saved.Why.String(), tt.says) {
				t.Fatalf("want the session, because it %s; got %+v, %v", tt.says, saved, err)
			}
			if tt.vault.count() != 0 {
				t.Error("something was left in a store that cannot be relied on")
			}
			if l := must(s.Load(ctx, "Contoso")); l.SecretLocation != InSession || open(l.Form.Secret) != canary {
				t.Errorf("in the same session: %+v", l)
			}
			next := must(Open(Options{Dir: s.dir, Vault: tt.vault}))
			if l := must(next.Load(ctx, "Contoso")); !l.Form.Secret.Empty() || !strings.Contains(l.Why.String(), "session") {
				t.Errorf("in the next session: %+v", l)
			}
			nothingWritten(t, s.dir)
			if err := s.Forget(ctx, "Contoso"); err != nil {
				t.Error(err)
			}
			if len(s.session) != 0 {
				t.Error("the session still has the secret")
			}
		})
	}
}

func TestLoadWithoutItsSecret(t *testing.T) {
	ctx, vault := t.Context(), newMock()
	s := newStore(t, vault)
	must(s.Save(ctx, "Contoso", form()))

	vault.refuse = ErrSlow
	if l := must(s.Load(ctx, "Contoso")); l.Form.Environment != contoso || !l.Form.Secret.Empty() || !strings.Contains(l.Why.String(), "does not answer") {
		t.Errorf("locked: %+v", l)
	}
	vault.refuse = nil
	clear(vault.items)
	if l := must(s.Load(ctx, "Contoso")); !l.Form.Secret.Empty() || !strings.Contains(l.Why.String(), "no longer has") {
		t.Errorf("deleted by hand: %+v", l)
	}
	if _, err := s.Load(ctx, "Fabrikam"); !errors.Is(err, ErrNoProfile) {
		t.Errorf("unknown: %v", err)
	}
}

func TestCertificateProfile(t *testing.T) {
	ctx, vault := t.Context(), newMock()
	s := newStore(t, vault)
	file := filepath.Join(t.TempDir(), "app.pfx")
	if err := os.WriteFile(file, []byte("not a certificate yet"), 0o600); err != nil {
		t.Fatal(err)
	}
	f := form()
	f.CertificateFile, f.CertificatePassword = `"`+file+`"`, secret.New("p4ss~"+canary)
	must(s.Save(ctx, "Contoso", f))
	l := must(s.Load(ctx, "Contoso"))
	if l.Form.CertificateFile != file || open(l.Form.CertificatePassword) != "p4ss~"+canary || !l.Form.Secret.Empty() {
		t.Errorf("loaded %+v", l)
	}
	f.CertificateFile = canary
	saved := must(s.Save(ctx, "Contoso", f))
	if d := cmp.Diff([]connection.Field{connection.FieldCertificate}, saved.LeftOut); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	nothingWritten(t, s.dir)
	if vault.count() != 0 {
		t.Error("the password of the certificate before is still there")
	}
}

// TestSaveRefusesUnusable guards that a secret in the wrong field is not written
// to the file as the text of the field.
func TestSaveRefusesUnusable(t *testing.T) {
	ctx := t.Context()
	s := newStore(t, newMock())
	saved := must(s.Save(ctx, "Contoso", connection.Form{
		Environment: canary, Tenant: canary, ClientID: canary, RedirectURI: canary, CertificateFile: canary, KeyFile: canary,
	}))
	want := []connection.Field{connection.FieldEnvironment, connection.FieldTenant, connection.FieldClientID, connection.FieldRedirectURI, connection.FieldCertificate}
	if d := cmp.Diff(want, saved.LeftOut); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
	nothingWritten(t, s.dir)
}

func TestNames(t *testing.T) {
	s := newStore(t, newMock())
	for name, given := range map[string]string{
		"nothing": " \t", "line break": "a\nb", "right to left": "a\u202eb", "too long": strings.Repeat("x", NameLimit+1), "no text": "a\xffb",
	} {
		if _, err := s.Save(t.Context(), given, form()); !errors.As(err, new(*NameError)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Save(t.Context(), strings.Repeat("ü", NameLimit), form()); err != nil {
		t.Errorf("just short enough: %v", err)
	}
	if _, err := os.Stat(filepath.Join(s.dir, "x")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestSettings(t *testing.T) {
	ctx := t.Context()
	s := newStore(t, newMock())
	must(s.Save(ctx, "b", form()))
	must(s.Save(ctx, "A", form()))
	if err := s.SetLast(ctx, "B"); err != nil || must(s.Last(ctx)) != "b" {
		t.Errorf("last: %q, %v", must(s.Last(ctx)), err)
	}
	for name, err := range map[string]error{"SetLast": s.SetLast(ctx, "c"), "SetGuide": s.SetGuide(ctx, "c", Guide{})} {
		if !errors.Is(err, ErrNoProfile) {
			t.Errorf("%s of an unknown profile: %v", name, err)
		}
	}
	if list := must(s.List(ctx)); list[0].Name != "A" || list[1].Name != "b" {
		t.Errorf("order: %v", list)
	}
}

// TestReadingMakesNothing guards that reading writes no file: the command in a pipeline
// may have no home folder.
func TestReadingMakesNothing(t *testing.T) {
	s := newStore(t, newMock())
	if list, err := s.List(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("list %v, %v", list, err)
	}
	if last, err := s.Last(t.Context()); err != nil || last != "" {
		t.Errorf("last %q, %v", last, err)
	}
	if _, err := os.Stat(s.dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
}

func TestCancelledSaveLeavesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		vault := newMock()
		vault.hangs = true
		s := newStore(t, vault)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		if _, err := s.Save(ctx, "Contoso", form()); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took > time.Second+2*VaultTimeout {
			t.Errorf("it went on for %s after its context ended", took)
		}
		if len(s.session) != 0 {
			t.Error("the session keeps the secret")
		}
		if list := must(s.List(t.Context())); len(list) != 0 {
			t.Errorf("it wrote %v", list)
		}
	})
}

// TestNoTypeOfTheFileCanHoldASecret guards that the types of the file have no field for a
// secret.
func TestNoTypeOfTheFileCanHoldASecret(t *testing.T) {
	plain := map[reflect.Kind]bool{reflect.String: true, reflect.Bool: true, reflect.Int: true, reflect.Float32: true}
	var walk func(path string, of reflect.Type)
	walk = func(path string, of reflect.Type) {
		switch {
		case of == reflect.TypeFor[time.Time](), plain[of.Kind()]:
		case of.Kind() == reflect.Struct && of.PkgPath() == reflect.TypeFor[Profile]().PkgPath():
			for f := range of.Fields() {
				if name := strings.ToLower(f.Name); strings.Contains(name, "secret") || strings.Contains(name, "password") {
					t.Errorf("%s.%s is called like a secret", path, f.Name)
				}
				walk(path+"."+f.Name, f.Type)
			}
		case of.Kind() == reflect.Slice:
			walk(path+"[]", of.Elem())
		case of == reflect.TypeFor[map[string]bool]():
		default:
			t.Errorf("%s is a %s, which could hold anything", path, of)
		}
	}
	walk("document", reflect.TypeFor[document]())
}

// nothingWritten searches every file below dir for the canary.
func nothingWritten(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if data := string(must(os.ReadFile(path))); strings.Contains(data, canary[:8]) {
			t.Errorf("%s holds the secret:\n%s", d.Name(), data)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestFilesAreTheUsersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // the profile's folder is private there
	}
	s := newStore(t, newMock())
	if err := os.Mkdir(s.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	must(s.Save(t.Context(), "Contoso", form()))
	for path, want := range map[string]fs.FileMode{s.dir: 0o700, s.Path(): 0o600, filepath.Join(s.dir, lockName): 0o600} {
		if got := must(os.Stat(path)).Mode().Perm(); got != want {
			t.Errorf("%s is %o, want %o", path, got, want)
		}
	}
	nothingWritten(t, s.dir)
}

func TestFileIsReadable(t *testing.T) {
	s := newStore(t, newMock())
	must(s.Save(t.Context(), "Contoso", form()))
	var got map[string]any
	if err := json.Unmarshal(must(os.ReadFile(s.Path())), &got); err != nil {
		t.Fatal(err)
	}
	delete(got["profiles"].([]any)[0].(map[string]any), "account")
	want := map[string]any{"version": 1.0, "last": "Contoso", "profiles": []any{map[string]any{
		"name": "Contoso", "environment": contoso, "tenantId": tenant, "clientId": client, "redirectUri": "http://localhost",
		"saved": "2026-11-22T12:00:00Z", "holds": "client-secret",
	}}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}
