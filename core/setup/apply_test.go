package setup_test

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

const environment = "https://contoso.crm4.dynamics.com"

// signedIn is an administrator with every right in Entra.
type signedIn struct{ scopes string }

func (s signedIn) SignOut() {}

func (s signedIn) Account() string { return "" }

func (s signedIn) Token(_ context.Context, resource string) (admin.Token, error) {
	return admin.Token{Value: secret.New("token-of-" + resource), Resource: resource, Scopes: s.scopes}, nil
}

// keeper stores credentials in memory, as they survive a killed run.
type keeper struct {
	days    int // of the certificate, or 0
	secrets int
	full    error // the error of a store that accepts nothing
}

// Certificate returns a mock of a certificate: two bytes, which contain its days and are
// also its thumbprint.
func (k *keeper) Certificate(_ string, lifetime time.Duration, known func(string) bool, announce func(string) error) ([]byte, string, error) {
	name := func() string { return fmt.Sprintf("%04X", k.days) }
	if k.days != 0 && !known(name()) {
		return nil, "", errors.New("the journal does not know the certificate")
	}
	if days := int(lifetime.Hours() / 24); k.days == 0 || k.days > days {
		k.days = days
		if err := announce(name()); err != nil {
			k.days = 0
			return nil, "", err
		}
	}
	der, err := hex.DecodeString(name())
	return der, name(), err
}

func (k *keeper) Secret(value secret.Value) error {
	if k.full != nil {
		return k.full
	}
	if value.Empty() {
		return errors.New("no secret")
	}
	k.secrets++
	return nil
}

func contoso(change func(*plan.Target)) plan.Target {
	public, _ := cloud.OfEnvironment(cloud.Table, "contoso.crm4.dynamics.com")
	t := plan.Target{Environment: environment, Cloud: public, TenantID: "7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f", Role: "Sales"}
	if change != nil {
		change(&t)
	}
	return t
}

// begin returns a run on a tenant with the journal of a path, which is created if it is
// missing. Pauses take no time.
func begin(t *testing.T, on *tenant, target plan.Target, k *keeper, path string) *setup.Run {
	t.Helper()
	journal, err := setup.Open(path)
	if err != nil {
		if journal, err = setup.Create(path, target); err != nil {
			t.Fatal(err)
		}
	}
	client := transport.New(transport.Options{Replay: on, Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }})
	t.Cleanup(func() { client.Close(); _ = journal.Close() })
	return &setup.Run{
		Session: &setup.Session{Client: client, Admin: signedIn{"Application.ReadWrite.All DelegatedPermissionGrant.ReadWrite.All User.ReadWrite.All"}, Target: target},
		Journal: journal, Keeper: k,
		Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	}
}

var targets = map[string]plan.Target{
	"certificate and role": contoso(nil),
	"secret":               contoso(func(t *plan.Target) { t.Credential = plan.NewSecret }),
	"certificate, asked":   contoso(func(t *plan.Target) { t.Credential = plan.NewCertificate }),
	"minimal role": contoso(func(t *plan.Target) {
		t.Role = plan.Minimal
		t.Privileges, _ = plan.ParsePrivileges("account:read:org,contact:write:bu")
	}),
	"classic": contoso(func(t *plan.Target) { t.Classic, t.Role = true, "" }),
}

func statuses(p plan.Plan) string {
	var all []string
	for _, s := range p.Steps {
		all = append(all, string(s.ID)+" "+string(s.Status))
	}
	return strings.Join(all, ", ")
}

func TestApplyFromNothing(t *testing.T) {
	for name, target := range targets {
		t.Run(name, func(t *testing.T) {
			on, k, path := newTenant(), &keeper{}, filepath.Join(t.TempDir(), "journal")
			empty := on.snapshot()
			p, err := begin(t, on, target, k, path).Apply(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range p.Steps {
				if s.Status == plan.Todo && s.ID != plan.Proof || s.Status == plan.Failed || s.Status == plan.Blocked {
					t.Errorf("%s is %s: %s", s.ID, s.Status, s.Reason)
				}
			}
			if !p.Applied || len(on.apps) != 1 || len(on.spns) != 2 || len(on.users) != 1 {
				t.Errorf("%s; the tenant has %s", statuses(p), on.snapshot())
			}
			changes := on.changes
			if _, err := begin(t, on, target, k, path).Apply(t.Context()); err != nil || on.changes != changes {
				t.Errorf("the second run sent %d changes: %v", on.changes-changes, err)
			}
			raw, err := os.ReadFile(path)
			if err != nil || strings.Contains(string(raw), "Zx9~") || strings.Contains(string(raw), "token-of-") {
				t.Errorf("the journal holds a secret: %v", err)
			}
			for range 2 { // undo can be repeated
				if err := begin(t, on, target, k, path).Undo(t.Context()); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(empty, on.snapshot()); diff != "" {
					t.Errorf("after undo: -want +got\n%s", diff)
				}
			}
		})
	}
}

// TestApplyCutAnywhere guards the property of a plan: if any of its changes fails or is
// interrupted, a second run completes it without duplicates, and undo restores the
// tenant.
func TestApplyCutAnywhere(t *testing.T) {
	cuts := map[string]func(on *tenant, n int, kill func()){
		"cut before": func(on *tenant, n int, _ func()) { on.before = once(n, 0, errCut) },
		"cut after":  func(on *tenant, n int, _ func()) { on.after = once(n, 0, errCut) },
		"500 before": func(on *tenant, n int, _ func()) { on.before = once(n, 500, nil) },
		"503 after":  func(on *tenant, n int, _ func()) { on.after = once(n, 503, nil) },
		"429":        func(on *tenant, n int, _ func()) { on.before = once(n, 429, nil) },
		"killed before": func(on *tenant, n int, kill func()) {
			on.before = func(i int) (int, error) {
				if i == n {
					kill()
					return 0, errCut
				}
				return 0, nil
			}
		},
		"killed after": func(on *tenant, n int, kill func()) {
			on.after = func(i int) (int, error) {
				if i == n {
					kill()
					return 0, errCut
				}
				return 0, nil
			}
		},
	}
	for name, target := range targets {
		whole := newTenant()
		if _, err := begin(t, whole, target, &keeper{}, filepath.Join(t.TempDir(), "journal")).Apply(t.Context()); err != nil {
			t.Fatal(err)
		}
		for cut, arrange := range cuts {
			for n := 1; n <= whole.changes; n++ {
				t.Run(fmt.Sprintf("%s, %s %d", name, cut, n), func(t *testing.T) {
					t.Parallel()
					on, k, path := newTenant(), &keeper{}, filepath.Join(t.TempDir(), "journal")
					empty := on.snapshot()
					ctx, kill := context.WithCancel(t.Context())
					defer kill()
					arrange(on, n, kill)
					_, err := begin(t, on, target, k, path).Apply(ctx)
					on.before, on.after = nil, nil
					if killed := ctx.Err() != nil; killed != (err != nil) {
						t.Errorf("the first run: %v", err)
					}
					if err != nil {
						if _, err := begin(t, on, target, k, path).Apply(t.Context()); err != nil {
							t.Fatal(err)
						}
					}
					if diff := cmp.Diff(whole.snapshot(), on.snapshot()); diff != "" {
						t.Errorf("-undisturbed +got\n%s", diff)
					}
					if err := undoAlone(t, on, target, k, path).Undo(t.Context()); err != nil {
						t.Fatal(err)
					}
					if diff := cmp.Diff(empty, on.snapshot()); diff != "" {
						t.Errorf("after undo: -want +got\n%s", diff)
					}
				})
			}
		}
	}
}

// undoAlone returns a run that knows the target only from the journal.
func undoAlone(t *testing.T, on *tenant, target plan.Target, k *keeper, path string) *setup.Run {
	t.Helper()
	run := begin(t, on, target, k, path)
	head := run.Journal.Head
	run.Target = plan.Target{Environment: head.Environment, Cloud: target.Cloud, TenantID: head.TenantID, ClientID: head.ClientID, Name: head.Name, Role: head.Role}
	return run
}

// TestUndoLeavesAdopted guards objects that existed before: an adopted application and
// its disabled user are restored, at whichever point the run was killed.
func TestUndoLeavesAdopted(t *testing.T) {
	for n := 1; n <= 3; n++ {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			on, k, path := newTenant(), &keeper{}, filepath.Join(t.TempDir(), "journal")
			const app = "3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617"
			on.apps["app"] = map[string]any{"id": "app", "appId": app, "tags": []any{}, "keyCredentials": []any{}, "passwordCredentials": []any{}}
			on.spns["spn"] = map[string]any{"id": "spn", "appId": app, "accountEnabled": true}
			on.users["user"] = map[string]any{"systemuserid": "user", "applicationid": app, "isdisabled": true, "deletedstate": 0, "_businessunitid_value": unitID}
			before := on.snapshot()
			target := contoso(func(t *plan.Target) { t.ClientID = app })
			ctx, kill := context.WithCancel(t.Context())
			defer kill()
			on.after = func(i int) (int, error) {
				if i == n {
					kill()
					return 0, errCut
				}
				return 0, nil
			}
			_, _ = begin(t, on, target, k, path).Apply(ctx)
			on.after = nil
			if on.changes != n {
				t.Fatalf("%d changes, want %d", on.changes, n)
			}
			if err := undoAlone(t, on, target, k, path).Undo(t.Context()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(before, on.snapshot()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestUndoAfterLostResponse guards the undo of a change whose response was lost, from the
// journal alone.
func TestUndoAfterLostResponse(t *testing.T) {
	for name, target := range targets {
		for n := 1; n <= 8; n++ {
			t.Run(fmt.Sprintf("%s, %d", name, n), func(t *testing.T) {
				t.Parallel()
				on, k, path := newTenant(), &keeper{}, filepath.Join(t.TempDir(), "journal")
				empty := on.snapshot()
				ctx, kill := context.WithCancel(t.Context())
				defer kill()
				on.after = func(i int) (int, error) {
					if i == n {
						kill()
						return 0, errCut
					}
					return 0, nil
				}
				_, _ = begin(t, on, target, k, path).Apply(ctx)
				on.after = nil
				if err := undoAlone(t, on, target, k, path).Undo(t.Context()); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(empty, on.snapshot()); diff != "" {
					t.Errorf("-want +got\n%s", diff)
				}
			})
		}
	}
}

// TestUndonePlan guards the output of undo: the result of each step, also when undo is
// repeated, and the step that remains.
func TestUndonePlan(t *testing.T) {
	on, k, path := newTenant(), &keeper{}, filepath.Join(t.TempDir(), "journal")
	target := targets["minimal role"]
	if _, err := begin(t, on, target, k, path).Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	const undone = "application undone, credential undone, service-principal undone, consent optional, application-user undone, role undone, licence optional, proof optional"
	for _, c := range []struct {
		name, want string
		complete   bool
		before     func(int) (int, error)
	}{
		{"refused", strings.ReplaceAll(undone, "role undone", "role failed"), false, once(on.changes+1, 403, nil)},
		{"taken back", undone, true, nil},
		{"repeated", undone, true, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			on.before = c.before
			run := undoAlone(t, on, target, k, path)
			err := run.Undo(t.Context())
			if (err == nil) != c.complete {
				t.Fatalf("undo: %v", err)
			}
			p := run.Undone(err)
			if diff := cmp.Diff(c.want, statuses(p)); diff != "" || p.Complete != c.complete {
				t.Errorf("complete %v: -want +got\n%s", p.Complete, diff)
			}
			for _, s := range p.Steps {
				if (s.Status == plan.Undone || s.Status == plan.Failed) && len(s.Undo) == 0 {
					t.Errorf("%s has no requests that take it back", s.ID)
				}
			}
		})
	}
}

func once(n, status int, err error) func(int) (int, error) {
	return func(i int) (int, error) {
		if i == n {
			return status, err
		}
		return 0, nil
	}
}

func TestApplyWaitsForReplication(t *testing.T) {
	on := newTenant()
	on.lags = 3
	var notes []string
	run := begin(t, on, contoso(nil), &keeper{}, filepath.Join(t.TempDir(), "journal"))
	run.Observe = func(_ plan.Step, note text.Text) { notes = append(notes, note.String()) }
	if _, err := run.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(notes) == 0 {
		t.Error("the wait is not shown")
	}
}
