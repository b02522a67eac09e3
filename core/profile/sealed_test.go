package profile

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// sealedFiles returns the paths of the encrypted files.
func sealedFiles(s *Store) []string {
	return must(filepath.Glob(filepath.Join(s.dir, sealedPrefix+"*")))
}

func TestSealedSecretComesBack(t *testing.T) {
	for _, tt := range []struct {
		name  string
		plain string
		files int
		kept  SecretLocation
	}{
		{"as long as every store takes", strings.Repeat("x", SecretLimit), 0, InStore},
		{"one byte longer", strings.Repeat("é", SecretLimit/2) + "x", 1, InStore},
		{"64 KiB", strings.Repeat(canary, sealedLimit/len(canary)), 1, InStore},
		{"longer than that", strings.Repeat("x", sealedLimit+1), 0, InSession},
		{"that looks like a key", keyMark + canary, 1, InStore},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ctx, p := t.Context(), newPlace(t)
			s := p.open()
			f := form()
			f.Secret = secret.New(tt.plain)
			saved := must(s.Save(ctx, "Contoso", f))
			if saved.SecretLocation != tt.kept || saved.Why.Empty() != (tt.kept == InStore) {
				t.Errorf("kept in %q: %s", saved.SecretLocation, saved.Why)
			}
			if got := sealedFiles(s); len(got) != tt.files {
				t.Errorf("%d encrypted files, want %d", len(got), tt.files)
			}
			for _, path := range sealedFiles(s) {
				if mode := must(os.Stat(path)).Mode().Perm(); runtime.GOOS != "windows" && mode != 0o600 {
					t.Errorf("the file has the mode %o", mode)
				}
			}
			nothingWritten(t, s.dir)
			if tt.kept == InStore {
				s = p.open() // the next start
			}
			if l := must(s.Load(ctx, "Contoso")); open(l.Form.Secret) != tt.plain || l.SecretLocation != tt.kept {
				t.Errorf("loaded %d characters from %q: %s", l.Form.Secret.Len(), l.SecretLocation, l.Why)
			}
			check(s.Forget(ctx, "Contoso"))
			p.checkNothingLeft(t)
		})
	}
}

func TestSealedFileThatIsDamaged(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	ctx, p := t.Context(), newPlace(t)
	s := p.open()
	f := form()
	f.Secret = secret.New(strings.Repeat("x", SecretLimit+1))
	must(s.Save(ctx, "Contoso", f))
	path := sealedFiles(s)[0]
	whole := must(os.ReadFile(path))
	isDamaged := func(name string) {
		t.Helper()
		l := must(s.Load(ctx, "Contoso"))
		if !l.Form.Secret.Empty() || !strings.Contains(l.Why.String(), "missing or damaged") {
			t.Errorf("%s: loaded %d characters: %s", name, l.Form.Secret.Len(), l.Why)
		}
	}
	for i := range whole {
		flipped := append([]byte{}, whole...)
		flipped[i] ^= 1
		check(os.WriteFile(path, flipped, 0o600))
		isDamaged("one bit")
	}
	for _, n := range []int{0, 1, sealedOverhead - 1, sealedOverhead, len(whole) - 1} {
		check(os.WriteFile(path, whole[:n], 0o600))
		isDamaged("cut")
	}
	check(os.Remove(path))
	isDamaged("missing")
	check(os.WriteFile(path, whole, 0o600))
	if l := must(s.Load(ctx, "Contoso")); l.Form.Secret.Len() != SecretLimit+1 {
		t.Errorf("the whole file again: %s", l.Why)
	}
}

// TestSealedFileOfAnotherAccount guards that the file of an account opens only with its
// own key and for its own account.
func TestSealedFileOfAnotherAccount(t *testing.T) {
	key, data := seal("A", canary)
	otherKey, otherData := seal("B", canary)
	for name, tt := range map[string]struct {
		account, key string
		data         []byte
		want         error
	}{
		"own":           {"A", key, data, nil},
		"other account": {"B", key, data, ErrDamaged},
		"other key":     {"A", otherKey, data, ErrDamaged},
		"other file":    {"A", key, otherData, ErrDamaged},
		"no key":        {"A", "", data, ErrDamaged},
		"short key":     {"A", key[:8], data, ErrDamaged},
	} {
		if got, err := unseal(tt.account, tt.key, tt.data); !errors.Is(err, tt.want) || err == nil && open(got) != canary {
			t.Errorf("%s: %q, %v", name, open(got), err)
		}
	}
}

// TestSealedFileWithoutItsKey guards that no file stays if the store refuses the key.
func TestSealedFileWithoutItsKey(t *testing.T) {
	vault := newMock()
	vault.refuse = errNoStore
	s := newStore(t, vault)
	f := form()
	f.Secret = secret.New(strings.Repeat("x", SecretLimit+1))
	if saved := must(s.Save(t.Context(), "Contoso", f)); saved.SecretLocation != InSession {
		t.Errorf("saved %+v", saved)
	}
	if got := files(t, s.dir); strings.Join(got, " ") != "profiles.json profiles.lock" {
		t.Errorf("the folder holds %v", got)
	}
}
