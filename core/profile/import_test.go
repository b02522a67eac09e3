package profile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/importer"
)

var xrmToolBox = filepath.Join("testdata", "xrmtoolbox.xml")

func TestImport(t *testing.T) {
	ctx, vault := t.Context(), newMock()
	s := newStore(t, vault)
	mine := form()
	mine.ClientID = tenant[:35] + "0"
	must(s.Save(ctx, "contoso uat", mine))

	leftOut := []importer.LeftOut{{Name: "Contoso (me)", Why: importer.PersonSignsIn}, {Name: "Fabrikam on premises", Why: importer.NotOnline}}
	got := must(s.Import(ctx, xrmToolBox))
	want := Imported{
		Added:         []string{"Contoso UAT (2)", "Contoso UAT (3)", "Contoso Production"},
		ByCertificate: []string{"Contoso Production"},
		LeftOut:       leftOut,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}

	// No connection was overwritten, and only readable connections were saved.
	if l := must(s.Load(ctx, "Contoso UAT")); l.Form.ClientID != mine.ClientID || open(l.Form.Secret) != canary {
		t.Errorf("what was saved before is now %+v", l.Form)
	}
	l := must(s.Load(ctx, "Contoso UAT (2)"))
	if l.Form.Environment != contoso || l.Form.Tenant != tenant || l.Form.ClientID != client || l.SecretLocation != NoSecret || !l.Why.Empty() {
		t.Errorf("imported as %+v", l)
	}
	if l := must(s.Load(ctx, "Contoso Production")); l.Profile.Thumbprint != "0F1E2D3C4B5A69788796A5B4C3D2E1F001234567" {
		t.Errorf("the certificate is %q", l.Profile.Thumbprint)
	}
	if last := must(s.Last(ctx)); last != "contoso uat" {
		t.Errorf("the last one is %q", last)
	}
	if data := must(os.ReadFile(s.Path())); strings.Contains(string(data), "kH9tdWx0") || vault.count() != 1 {
		t.Errorf("the vault holds %d secrets, the file\n%s", vault.count(), data)
	}

	// Importing the same file again changes nothing.
	got = must(s.Import(ctx, xrmToolBox))
	again := Imported{LeftOut: append(leftOut,
		importer.LeftOut{Name: "Contoso UAT", Why: importer.SavedAlready}, importer.LeftOut{Name: "Contoso UAT", Why: importer.SavedAlready},
		importer.LeftOut{Name: "Contoso Production", Why: importer.SavedAlready})}
	if diff := cmp.Diff(again, got); diff != "" {
		t.Errorf("again: -want +got\n%s", diff)
	}
}

// TestImportedNamesRoundTrip guards the file against a name that this package would
// refuse as damage.
func TestImportedNamesRoundTrip(t *testing.T) {
	for _, name := range []string{strings.Repeat("Ü", 200), "a\u0085b\u00a0", " \u2003x\n y ", "\u202eevil", "日本語 本番", strings.Repeat("x", 79) + " y"} {
		s := newStore(t, newMock())
		path := filepath.Join(t.TempDir(), "export.json")
		entry := func(org string) string {
			return `{"name":"` + strings.ReplaceAll(name, "\n", `\n`) + `","url":"https://` + org + `.crm4.dynamics.com","authenticationType":"clientSecret","clientId":"` + client + `"}`
		}
		if err := os.WriteFile(path, []byte(`{"version":1,"connections":[`+entry("a")+","+entry("b")+`]}`), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := s.Import(t.Context(), path)
		if err != nil || len(got.Added) != 2 {
			t.Fatalf("%q: %+v, %v", name, got, err)
		}
		list, err := s.List(t.Context())
		if err != nil || len(list) != 2 {
			t.Errorf("%q: %v, %v", name, list, err)
		}
	}
}

func TestImportUnusable(t *testing.T) {
	s := newStore(t, newMock())
	dir := t.TempDir()
	picture := filepath.Join(dir, "picture.json")
	if err := os.WriteFile(picture, []byte("\x89PNG"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(t.Context(), picture); !errors.Is(err, importer.ErrNotImportable) {
		t.Errorf("a picture: %v", err)
	}
	for name, path := range map[string]string{"no file": filepath.Join(dir, "none.xml"), "a folder": dir} {
		if _, err := s.Import(t.Context(), path); !errors.As(err, new(*FileError)) || strings.Contains(err.Error(), dir) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Import(ended, xrmToolBox); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := os.Stat(s.dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was made: %v", err)
	}
}
