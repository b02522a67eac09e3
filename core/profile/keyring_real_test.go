//go:build keyring && linux

package profile

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	ss "github.com/zalando/go-keyring/secret_service"
)

// needs skips a test unless the session's Secret Service is in one of the states;
// keyring-test.sh starts it in each of them.
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

// TestUnlockedStoreAfterKills guards that killed programs leave nothing in the real
// store.
func TestUnlockedStoreAfterKills(t *testing.T) {
	needs(t, "unlocked")
	systemAccounts = func() []string {
		service := must(ss.NewSecretService())
		var accounts []string
		for _, item := range must(service.SearchItems(service.GetLoginCollection(), map[string]string{"service": Service})) {
			attributes := must(service.Object("org.freedesktop.secrets", item).GetProperty("org.freedesktop.Secret.Item.Attributes"))
			accounts = append(accounts, attributes.Value().(map[string]string)["username"])
		}
		return accounts
	}
	p := newPlace(t)
	p.vault = systemStore
	killAtRandom(t, p, 400*time.Millisecond)
	s := p.open()
	for _, saved := range must(s.List(t.Context())) {
		check(s.Forget(t.Context(), saved.Name))
	}
	if left := p.accounts(); len(left) > 0 {
		t.Errorf("%d secrets are left after all were forgotten", len(left))
	}
}

// TestUnusableStoreMeansTheSession guards a locked and a missing keyring: the secret is
// kept for the session only, and within the time limits.
func TestUnusableStoreMeansTheSession(t *testing.T) {
	needs(t, "locked", "absent")
	state := os.Getenv("STORE")
	ctx := t.Context()
	dir := filepath.Join(t.TempDir(), "settings")
	s := must(Open(Options{Dir: dir}))
	saved := must(s.Save(ctx, "Contoso UAT", form()))
	if saved.SecretLocation != InSession || saved.Why.Empty() {
		t.Errorf("%s: saved %+v", state, saved)
	}
	t.Logf("%s: %s", state, saved.Why)
	nothingWritten(t, dir)
	if l := must(s.Load(ctx, "Contoso UAT")); open(l.Form.Secret) != canary || l.SecretLocation != InSession {
		t.Errorf("%s: loaded %+v", state, l)
	}
	if err := s.Forget(ctx, "Contoso UAT"); err != nil {
		t.Errorf("%s: %v", state, err)
	}
}
