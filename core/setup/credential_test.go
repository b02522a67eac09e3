package setup_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// TestLifetimeMeetsPolicy guards the contract: a policy that caps lifetimes is met with a
// shorter one.
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

// TestSecretNotKeptIsRemoved guards a registration against secrets that the store
// refused: each retry would have added another secret.
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

// TestUnkeptIsRefused guards the contract: what cannot be kept is refused before anything
// is changed, and only if a credential would be created.
func TestUnkeptIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		target string
		has    bool // the registration has a valid certificate
		unkept bool
		want   plan.Status
	}{
		"certificate":     {"certificate and role", false, true, plan.Blocked},
		"secret":          {"secret", false, true, plan.Blocked},
		"can be kept":     {"secret", false, false, plan.Applied},
		"no need of them": {"certificate and role", true, true, plan.Done},
	} {
		t.Run(name, func(t *testing.T) {
			on, target := newTenant(), targets[c.target]
			if c.has {
				const app = "3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617"
				key := map[string]any{"keyId": "key", "customKeyIdentifier": "AQI=", "endDateTime": "2099-01-01T00:00:00Z"}
				on.apps["app"] = map[string]any{"id": "app", "appId": app, "tags": []any{}, "keyCredentials": []any{key}, "passwordCredentials": []any{}}
				target.ClientID = app
			}
			run := begin(t, on, target, &keeper{}, filepath.Join(t.TempDir(), "journal"))
			run.Unkept = func(secret bool) text.Text {
				if secret != (c.target == "secret") {
					t.Errorf("asked about a secret: %v", secret)
				}
				if c.unkept {
					return text.F("There is no place for it.")
				}
				return text.Text{}
			}
			p, err := run.Apply(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			got := p.Step(plan.Credential)
			if got.Status != c.want || (got.Cause == catalog.InputNoStore) != (c.want == plan.Blocked) {
				t.Errorf("%s %s, want %s: %s", got.Status, got.Cause, c.want, got.Reason)
			}
			if c.want == plan.Blocked && on.changes != 0 {
				t.Errorf("%d changes were sent", on.changes)
			}
		})
	}
}
