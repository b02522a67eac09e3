//go:build keyring && (linux || windows || darwin)

package profile

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// faithful checks that the operating system's store returns stored secrets and deletes
// them.
func faithful(t *testing.T) {
	t.Helper()
	ctx, v := t.Context(), System()
	if err := probe(ctx, v, newAccount()); err != nil {
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

// keepsAProfile saves a profile in a folder below dir, loads it as the next start of the
// program would, and deletes it.
func keepsAProfile(t *testing.T, dir string) {
	t.Helper()
	ctx := t.Context()
	dir = filepath.Join(dir, "settings")
	s := must(Open(Options{Dir: dir}))
	saved := must(s.Save(ctx, "Contoso UAT", form()))
	if saved.SecretLocation != InStore {
		t.Fatalf("saved %+v", saved)
	}
	nothingWritten(t, dir)
	again := must(Open(Options{Dir: dir}))
	if l := must(again.Load(ctx, "Contoso UAT")); open(l.Form.Secret) != canary || l.SecretLocation != InStore {
		t.Errorf("loaded %+v", l)
	}
	if err := again.Forget(ctx, "Contoso UAT"); err != nil {
		t.Fatal(err)
	}
	if _, err := System().Get(ctx, saved.Profile.Account); !errors.Is(err, ErrNoSecret) {
		t.Errorf("after Forget the store says %v", err)
	}
}
