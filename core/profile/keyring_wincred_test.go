//go:build keyring && windows

package profile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"s2sdoctor/core/secret"
)

// TestCredentialManagerIsFaithful asks the Windows Credential Manager of whoever
// runs it; make wine runs it where there is no Windows.
func TestCredentialManagerIsFaithful(t *testing.T) {
	ctx, v := t.Context(), System()
	if err := Probe(ctx, v); err != nil {
		t.Fatal(err)
	}
	for name, plain := range map[string]string{
		"of Entra":          canary,
		"as long as it may": strings.Repeat("x", SecretLimit),
		"beyond ASCII":      "pässwörd ☂ with 'quotes' and \"more\"; $(x)",
	} {
		if err := put(ctx, v, "test/"+name, secret.New(plain)); err != nil {
			t.Errorf("a secret %s: %v", name, err)
		}
		if err := remove(ctx, v, "test/"+name); err != nil {
			t.Errorf("deleting a secret %s: %v", name, err)
		}
	}
	if _, err := v.Get(ctx, "test/never there"); !errors.Is(err, ErrNoSecret) {
		t.Errorf("a secret that was never there: %v", err)
	}
}

func TestCredentialManagerKeepsAProfile(t *testing.T) {
	ctx := t.Context()
	dir := filepath.Join(settings(t), "settings")
	s := must(Open(Options{Dir: dir}))
	saved := must(s.Save(ctx, "Contoso UAT", form()))
	if saved.Kept != InStore {
		t.Fatalf("saved %+v", saved)
	}
	nothingWritten(t, dir)
	again := must(Open(Options{Dir: dir}))
	if l := must(again.Load(ctx, "Contoso UAT")); open(l.Form.Secret) != canary || l.Kept != InStore {
		t.Errorf("loaded %+v", l)
	}
	if err := again.Forget(ctx, "Contoso UAT"); err != nil {
		t.Fatal(err)
	}
	if _, err := System().Get(ctx, saved.Profile.Account); !errors.Is(err, ErrNoSecret) {
		t.Errorf("after Forget the store says %v", err)
	}
}

// settings is a folder that is cleared file by file: Wine 8 lacks the call by
// which Go clears a whole tree, as t.TempDir does.
func settings(t *testing.T) string {
	t.Helper()
	dir := must(os.MkdirTemp("", "profile"))
	t.Cleanup(func() {
		var all []string
		_ = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, _ error) error {
			all = append(all, path)
			return nil
		})
		for _, path := range slices.Backward(all) {
			if err := os.Remove(path); err != nil {
				t.Error(err)
			}
		}
	})
	return dir
}
