package profile

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

func TestDecodeJournal(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want journal
	}{
		"nothing":          {"", nil},
		"two":              {"A\nB\n", journal{"A", "B"}},
		"of Windows":       {"A\r\nB", journal{"A", "B"}},
		"twice":            {"A\nB\nA\n", journal{"A", "B"}},
		"damaged between":  {"A\n\x00\x00\x00\n../../x\n\nB C\nB\n", journal{"A", "B"}},
		"longer than any":  {strings.Repeat("A", 65) + "\n", nil},
		"of a later start": {"A\n{\"version\":2}\nB\n", journal{"A", "B"}},
	} {
		if diff := cmp.Diff(tt.want, decodeJournal([]byte(tt.text))); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

// FuzzJournal guards that any bytes decode to accounts that encode to the same bytes, and
// that an account in a readable file of profiles is never an orphan.
func FuzzJournal(f *testing.F) {
	full := document{Profiles: []Profile{{Name: "Contoso", Saved: noon, Account: "A", Holds: ClientSecret}, {Name: "Fabrikam", Saved: noon, Account: "B"}}}
	f.Add([]byte("A\nB\nC\n"), must(full.encode()))
	f.Add([]byte("A\r\nB"), []byte(`{"version":1,"profiles":[{"name":"a","ACCOUNT":"A","account":"\u0042","holds":"client-secret","saved":"2026-11-22T12:00:00Z"}]}`))
	f.Add([]byte("\x00\n../../A\n"), []byte(`{"account" : "A"`))
	f.Fuzz(func(t *testing.T, data, profiles []byte) {
		j := decodeJournal(data)
		if slices.ContainsFunc(j, func(a string) bool { return !validAccount(a) }) {
			t.Fatalf("no account: %q", j)
		}
		if len(j) > 0 && !slices.Equal(j, decodeJournal(j.encode())) {
			t.Fatalf("%q is not read back", j)
		}
		aside := map[string]bool{}
		for _, account := range accountsIn(profiles) {
			aside[account] = true
		}
		d, err := decode(profiles)
		if err != nil {
			return
		}
		orphans, orphansOfAside := j.orphans(d.stored()), j.orphans(aside)
		for _, p := range d.Profiles {
			if p.Holds != "" && orphans.has(p.Account) || p.Account != "" && orphansOfAside.has(p.Account) {
				t.Fatalf("%s would lose its secret", p.Name)
			}
		}
		for _, account := range j {
			if !d.stored()[account] && !orphans.has(account) {
				t.Fatalf("%s is named by no profile and stays", account)
			}
		}
	})
}

// watchedVault reports the journal on disk at each Set.
type watchedVault struct {
	*mockVault
	journal func(account string) bool
	missing int
}

func (v *watchedVault) Set(ctx context.Context, account string, s secret.Value) error {
	if !v.journal(account) {
		v.missing++
	}
	return v.mockVault.Set(ctx, account, s)
}

func TestNoSecretBeforeItsJournal(t *testing.T) {
	ctx, vault := t.Context(), &watchedVault{mockVault: newMock()}
	s := newStore(t, vault)
	vault.journal = func(account string) bool {
		data, _ := os.ReadFile(filepath.Join(s.dir, journalName))
		return bytes.Contains(data, []byte(account))
	}
	must(s.Save(ctx, "a", form()))
	must(s.Save(ctx, "a", form()))
	must(s.Duplicate(ctx, "a", "b"))
	if vault.missing > 0 {
		t.Errorf("%d secrets were stored before their account was in the journal", vault.missing)
	}
	if got := files(t, s.dir); strings.Join(got, " ") != "profiles.json profiles.lock" {
		t.Errorf("the folder holds %v", got)
	}
}

// TestJournalOutlivesAStoreThatHangs guards a store that may accept a secret after the
// timeout: its account stays in the journal until the store responds.
func TestJournalOutlivesAStoreThatHangs(t *testing.T) {
	ctx, vault := t.Context(), newMock()
	s := newStore(t, vault)
	vault.refuse = ErrSlow
	must(s.Save(ctx, "Contoso", form()))
	account := must(s.List(ctx))[0].Account
	check(s.SetLast(ctx, "Contoso"))
	if got := string(must(os.ReadFile(filepath.Join(s.dir, journalName)))); got != account+"\n" {
		t.Errorf("the journal holds %q, want %q", got, account)
	}
	vault.refuse = nil
	check(vault.Set(ctx, account, secret.New(canary))) // after the timeout
	next := must(Open(Options{Dir: s.dir, Vault: vault}))
	if vault.count() != 0 {
		t.Error("the late secret is still in the store")
	}
	if l := must(next.Load(ctx, "Contoso")); !strings.Contains(l.Why.String(), "session") {
		t.Errorf("loaded %+v", l)
	}
}

// TestUnreadableFileKeepsItsSecrets guards that no secret is deleted while the file
// cannot be read, because it may contain any account.
func TestUnreadableFileKeepsItsSecrets(t *testing.T) {
	for name, damage := range map[string]func([]byte) []byte{
		"cut":  func(data []byte) []byte { return data[:len(data)/2] },
		"more": func(data []byte) []byte { return append(data, '}') },
		"newer": func(data []byte) []byte {
			return bytes.Replace(data, []byte(`"version": 1`), []byte(`"version": 9`), 1)
		},
		"empty":     func([]byte) []byte { return nil },
		"all zeros": func(data []byte) []byte { return make([]byte, len(data)) },
	} {
		t.Run(name, func(t *testing.T) {
			ctx, vault := t.Context(), newMock()
			s := newStore(t, vault)
			must(s.Save(ctx, "Contoso", form()))
			account := must(s.List(ctx))[0].Account
			whole := must(os.ReadFile(s.Path()))
			check(os.WriteFile(s.Path(), damage(bytes.Clone(whole)), 0o600))
			check(os.WriteFile(filepath.Join(s.dir, journalName), []byte(account+"\n"), 0o600))

			s = must(Open(Options{Dir: s.dir, Vault: vault, Now: func() time.Time { return noon }}))
			if err := s.Rename(ctx, "Contoso", "x"); !errors.Is(err, ErrNoProfile) {
				t.Errorf("rename: %v", err)
			}
			if vault.count() != 1 {
				t.Error("the secret was deleted")
			}
			check(os.WriteFile(s.Path(), whole, 0o600)) // corrected by hand
			if l := must(s.Load(ctx, "Contoso")); open(l.Form.Secret) != canary {
				t.Errorf("loaded %+v", l)
			}
		})
	}
}

// TestSetAsideFileKeepsItsSecrets guards that the secrets of a set-aside file stay, also
// if a journal lists them: the file can be restored.
func TestSetAsideFileKeepsItsSecrets(t *testing.T) {
	ctx, vault := t.Context(), newMock()
	s := newStore(t, vault)
	must(s.Save(ctx, "Contoso", form()))
	account := must(s.List(ctx))[0].Account
	appendTo(t, s.Path(), "}")
	appendTo(t, filepath.Join(s.dir, journalName), account+"\n")
	must(s.Save(ctx, "Fabrikam", form()))
	must(Open(Options{Dir: s.dir, Vault: vault}))
	if _, err := vault.Get(ctx, account); err != nil || vault.count() != 2 {
		t.Errorf("%d secrets, %v", vault.count(), err)
	}
}
