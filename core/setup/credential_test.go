package setup_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
)

// TestLifetimeMeetsPolicy guards the contract: a policy that caps lifetimes is met
// with a shorter one.
func TestLifetimeMeetsPolicy(t *testing.T) {
	for name, c := range map[string]struct {
		target  string
		longest int // days
		want    int // days of the certificate
		cause   catalog.Cause
	}{
		"certificate, no policy":    {"certificate and role", 0, 365, ""},
		"certificate, half a year":  {"certificate and role", 200, 180, ""},
		"certificate, a week":       {"certificate and role", 7, 7, ""},
		"certificate, five days":    {"certificate and role", 5, 7, catalog.PolicyCredentialRestricted},
		"secret, half a year":       {"secret", 180, 0, ""},
		"secret, a month":           {"secret", 31, 0, ""},
		"secret, less than offered": {"secret", 3, 0, catalog.PolicyCredentialRestricted},
	} {
		t.Run(name, func(t *testing.T) {
			on, k := newTenant(), &keeper{}
			on.longest = c.longest
			run := begin(t, on, targets[c.target], k, filepath.Join(t.TempDir(), "journal"))
			p, err := run.Apply(t.Context())
			var refused *setup.Refusal
			switch {
			case c.cause == "" && (err != nil || p.Step(plan.Credential).Status != plan.Applied):
				t.Errorf("the credential is %s: %v", p.Step(plan.Credential).Status, err)
			case c.cause != "" && (!errors.As(err, &refused) || refused.Cause != c.cause):
				t.Errorf("got %v, want %s", err, c.cause)
			}
			if k.days != c.want {
				t.Errorf("the certificate lasts %d days, want %d", k.days, c.want)
			}
			for _, app := range on.apps {
				keys, _ := app["keyCredentials"].([]any)
				secrets, _ := app["passwordCredentials"].([]any)
				if have := len(keys) + len(secrets); c.cause == "" && have != 1 || c.cause != "" && have != 0 {
					t.Errorf("the registration has %d credentials", have)
				}
			}
		})
	}
}

// TestSecretNotKeptIsRemoved guards a registration against secrets that the store did
// not take: each further try would have left another.
func TestSecretNotKeptIsRemoved(t *testing.T) {
	full := errors.New("the store is locked")
	on, k := newTenant(), &keeper{full: full}
	_, err := begin(t, on, targets["secret"], k, filepath.Join(t.TempDir(), "journal")).Apply(t.Context())
	if !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	for _, app := range on.apps {
		if secrets := app["passwordCredentials"].([]any); len(secrets) != 0 {
			t.Errorf("%d secrets are left", len(secrets))
		}
	}
	if on.changes != 3 {
		t.Errorf("%d changes were sent, want 3: the registration, the secret, its removal", on.changes)
	}
}
