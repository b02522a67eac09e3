package profile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
)

var errBroken = errors.New("broken")

// TestAFileIsOldOrNewAndNeverAPart guards that, after any failure while a file is
// replaced, the old file is complete and no other file exists.
func TestAFileIsOldOrNewAndNeverAPart(t *testing.T) {
	for _, step := range []string{stepFolder, stepCreate, stepWrite, stepSync, stepClose, stepRename} {
		t.Run(step, func(t *testing.T) {
			ctx, vault := t.Context(), newMock()
			s := newStore(t, vault)
			must(s.Save(ctx, "Contoso", form()))
			before := string(must(os.ReadFile(s.Path())))

			s.disk.fail = func(at string) error {
				if at == step {
					return errBroken
				}
				return nil
			}
			changed := form()
			changed.Tenant = ""
			_, err := s.Save(ctx, "Contoso", changed)
			if fault := (*FileError)(nil); !errors.As(err, &fault) || !errors.Is(err, errBroken) || fault.Summary.String() == "" {
				t.Fatalf("got %v", err)
			}
			if after := string(must(os.ReadFile(s.Path()))); after != before {
				t.Errorf("the file changed:\n%s", after)
			}
			if names := files(t, s.dir); strings.Join(names, " ") != "profiles.json profiles.lock" {
				t.Errorf("left behind: %v", names)
			}
			// The secret still belongs to the profile in the file.
			if l := must(s.Load(ctx, "Contoso")); open(l.Form.Secret) != canary || l.Form.Tenant != tenant || vault.count() != 1 {
				t.Errorf("loaded %+v, %d secrets", l, vault.count())
			}
		})
	}
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	for _, entry := range must(os.ReadDir(dir)) {
		names = append(names, entry.Name())
	}
	return names
}

func TestAnUnreadableFileIsKept(t *testing.T) {
	good := `{"version":1,"profiles":[{"name":"Contoso","saved":"2026-11-22T12:00:00Z"}]}`
	for _, tt := range []struct {
		name, content string
		newer         bool
	}{
		{"nothing", "", false},
		{"half of it", good[:40], false},
		{"something else", "[]", false},
		{"more behind it", good + "{}", false},
		{"zeros after a crash", strings.Repeat("\x00", 512), false},
		{"no version", `{"profiles":[]}`, false},
		{"two of one name", `{"version":1,"profiles":[{"name":"a","saved":"2026-11-22T12:00:00Z"},{"name":"A","saved":"2026-11-22T12:00:00Z"}]}`, false},
		{"name that is none", `{"version":1,"profiles":[{"name":"","saved":"2026-11-22T12:00:00Z"}]}`, false},
		{"member of tomorrow", `{"version":1,"profiles":[],"theme":"dark"}`, false},
		{"version of tomorrow", `{"version":999,"profiles":{}}`, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ctx := t.Context()
			s := newStore(t, newMock())
			if err := os.Mkdir(s.dir, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(s.Path(), []byte(tt.content), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := s.List(ctx)
			if fault := (*FileError)(nil); !errors.As(err, &fault) || fault.Newer != tt.newer || fault.Path != s.Path() {
				t.Fatalf("reading: %v", err)
			}
			if got := string(must(os.ReadFile(s.Path()))); got != tt.content {
				t.Errorf("reading changed it to %q", got)
			}
			saved, err := s.Save(ctx, "Fabrikam", form())
			if err != nil || saved.SetAside != "profiles.json.bad-20261122-120000" {
				t.Fatalf("saved %+v, %v", saved, err)
			}
			if got := string(must(os.ReadFile(filepath.Join(s.dir, saved.SetAside)))); got != tt.content {
				t.Errorf("kept %q", got)
			}
			if list := must(s.List(ctx)); len(list) != 1 || list[0].Name != "Fabrikam" {
				t.Errorf("list %v", list)
			}
			// A second file in the same second does not overwrite the first.
			if err := os.WriteFile(s.Path(), []byte("again"), 0o600); err != nil {
				t.Fatal(err)
			}
			if saved := must(s.Save(ctx, "Fabrikam", form())); saved.SetAside != "profiles.json.bad-20261122-120000-2" {
				t.Errorf("set aside as %q", saved.SetAside)
			}
		})
	}
}

// TestOnlyARegularFileIsReplaced guards a folder or a link in the place of the file,
// which the user has made: it is neither followed nor replaced.
func TestOnlyARegularFileIsReplaced(t *testing.T) {
	for name, put := range map[string]func(path string) error{
		"folder": func(path string) error { return os.Mkdir(path, 0o700) },
		"link": func(path string) error {
			target := path + ".elsewhere"
			if err := os.WriteFile(target, []byte(`{"version":1,"profiles":[]}`), 0o600); err != nil {
				return err
			}
			return os.Symlink(target, path)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t, newMock())
			if err := os.Mkdir(s.dir, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := put(s.Path()); err != nil {
				t.Fatal(err)
			}
			_, err := s.Save(t.Context(), "Contoso", form())
			if fault := (*FileError)(nil); !errors.As(err, &fault) || !errors.Is(err, errNotAFile) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// FuzzDecode guards that a file is either refused, or read and written back unchanged.
func FuzzDecode(f *testing.F) {
	full := document{Last: "Contoso", Profiles: []Profile{{
		Name: "Contoso", Environment: contoso, Saved: noon, Account: "A", Holds: ClientSecret, Guide: Guide{Path: "modern", Ticks: map[string]bool{"x": true}},
	}}}
	f.Add(must(full.encode()))
	full.Profiles = append(full.Profiles, Profile{Name: "Fabrikam", Saved: noon, Credential: connection.FederatedKind, Issuer: connection.TokenFile, TokenFile: "/token"})
	f.Add(must(full.encode()))
	f.Add([]byte(`{"version":1,"profiles":null}`))
	f.Add([]byte(`{"version":99999999999999999999}`))
	f.Add([]byte("\ufeff{\"version\":1}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := decode(data)
		if err != nil {
			if !errors.Is(err, errCorrupt) && !errors.Is(err, errNewer) {
				t.Fatalf("an error without name: %v", err)
			}
			return
		}
		again, err := decode(must(d.encode()))
		if err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
		if a, b := fmt.Sprintf("%+v", d.sorted()), fmt.Sprintf("%+v", again.sorted()); a != b {
			t.Fatalf("%s became %s", a, b)
		}
	})
}
