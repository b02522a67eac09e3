//go:build keyring && linux

package profile

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// These tests ask the Secret Service of the session they run in; keyring-test.sh
// gives them one of their own, in the state that each of them is about.
func needs(t *testing.T, states ...string) {
	t.Helper()
	if !slices.Contains(states, os.Getenv("STORE")) {
		t.Fatal("run keyring-test.sh: it starts a session with a keyring of its own")
	}
}

func TestUnlockedStoreIsFaithful(t *testing.T) {
	needs(t, "unlocked")
	faithful(t)
}

func TestUnlockedStoreKeepsAProfile(t *testing.T) {
	needs(t, "unlocked")
	keepsAProfile(t, t.TempDir())
}

// A keyring that is locked, and one that is not there: the secret lives for the
// session, and that within the limits.
func TestUnusableStoreMeansTheSession(t *testing.T) {
	needs(t, "locked", "absent")
	state := os.Getenv("STORE")
	ctx := t.Context()
	dir := filepath.Join(t.TempDir(), "settings")
	s := must(Open(Options{Dir: dir}))
	saved := must(s.Save(ctx, "Contoso UAT", form()))
	if saved.Kept != InSession || saved.Why.Empty() {
		t.Errorf("%s: saved %+v", state, saved)
	}
	t.Logf("%s: %s", state, saved.Why)
	nothingWritten(t, dir)
	if l := must(s.Load(ctx, "Contoso UAT")); open(l.Form.Secret) != canary || l.Kept != InSession {
		t.Errorf("%s: loaded %+v", state, l)
	}
	if err := s.ProbeVault(ctx); !errors.As(err, new(*VaultError)) {
		t.Errorf("%s: the probe says %v", state, err)
	}
	if err := s.Forget(ctx, "Contoso UAT"); err != nil {
		t.Errorf("%s: %v", state, err)
	}
}
