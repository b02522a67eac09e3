package profile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// place is a settings folder and a fake store, both on disk.
type place struct{ dir, vault string }

// newPlace uses the memory file system if there is one: a kill needs no disk, and syncing
// thousands of times would slow the test down.
func newPlace(t *testing.T) place {
	base := t.TempDir()
	if shm, err := os.MkdirTemp("/dev/shm", "profile"); err == nil {
		base = shm
		t.Cleanup(func() { check(os.RemoveAll(shm)) })
	}
	return place{filepath.Join(base, "settings"), filepath.Join(base, "vault")}
}

// systemStore, in the place of a fake store's folder, means the operating system's store.
const systemStore = "system"

// systemAccounts returns the accounts under our name in the operating system's store.
var systemAccounts func() []string

func (p place) open() *Store {
	o := Options{Dir: p.dir, Now: func() time.Time { return noon }}
	if p.vault != systemStore {
		o.Vault = must(newFileVault(p.vault))
	}
	return must(Open(o))
}

// accounts returns the accounts with a secret in the store.
func (p place) accounts() []string {
	if p.vault == systemStore {
		return systemAccounts()
	}
	var accounts []string
	for _, entry := range must(os.ReadDir(filepath.Join(p.vault, "items"))) {
		accounts = append(accounts, entry.Name())
	}
	return accounts
}

// child returns a process of this test binary that runs one test over the place.
func (p place) child(t *testing.T, test string, env ...string) *exec.Cmd {
	command := exec.CommandContext(t.Context(), must(os.Executable()), "-test.run=^"+test+"$")
	command.Env = append(os.Environ(), "S2S_KILL_DIR="+p.dir, "S2S_KILL_VAULT="+p.vault)
	command.Env = append(command.Env, env...)
	return command
}

// childPlace returns the place of a child; false in the parent.
func childPlace() (place, bool) {
	p := place{os.Getenv("S2S_KILL_DIR"), os.Getenv("S2S_KILL_VAULT")}
	return p, p.dir != ""
}

// killSelf ends this process as SIGKILL does: nothing deferred runs.
func killSelf() {
	_ = must(os.FindProcess(os.Getpid())).Kill()
	for {
		runtime.Gosched()
	}
}

// contents maps the names of saved connections to their secrets. A profile that lost its
// secret has the reason instead.
type contents map[string]string

const notReadable = "the file cannot be read"

func (s *Store) contents(ctx context.Context) contents {
	found := contents{}
	list, err := s.List(ctx)
	if err != nil {
		found[notReadable] = ""
	}
	for _, p := range list {
		l, err := s.Load(ctx, p.Name)
		found[p.Name] = open(l.Form.Secret)
		if err != nil || !l.Why.Empty() {
			found[p.Name] = "LOST: " + l.Why.String()
		}
	}
	return found
}

// checkNothingLeft checks after a restart that each secret in the store has a profile,
// and that the folder contains only expected files. It searches the text of the files for
// accounts, without the code under test.
func (p place) checkNothingLeft(t *testing.T) {
	t.Helper()
	accounts := p.accounts()
	var text strings.Builder
	entries, err := os.ReadDir(p.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	for _, entry := range entries {
		name := entry.Name()
		info := must(entry.Info())
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the mode %v", name, info.Mode())
		}
		data := must(os.ReadFile(filepath.Join(p.dir, name)))
		switch {
		case name == fileName || strings.HasPrefix(name, asidePrefix):
			text.Write(data)
		case name == lockName:
		case strings.HasPrefix(name, sealedPrefix) && !strings.Contains(name, tempMark):
			if !slices.Contains(accounts, strings.TrimPrefix(name, sealedPrefix)) {
				t.Errorf("%s has no key in the store", name)
			}
		default:
			t.Errorf("%s is left in the folder", name)
		}
		if strings.Contains(string(data), killCanary) {
			t.Errorf("%s holds a secret", name)
		}
	}
	for _, account := range accounts {
		if !strings.Contains(text.String(), account) {
			t.Errorf("orphaned secret %s", account)
		}
	}
}

const killCanary = "kill-canary"

// TestKilledAtEveryWrite ends a process before each file operation, and before and after
// each store operation, in turn. At the next start the saved connections are as before or
// as after the action, and nothing is left over.
func TestKilledAtEveryWrite(t *testing.T) {
	race.Skip(t, "hundreds of processes of one goroutine each")
	kills := 0
	for name, action := range actions {
		before, after := newPlace(t), newPlace(t)
		for _, p := range []place{before, after} {
			action.prepare(t, p)
		}
		action.act(after.open())
		want := []contents{before.open().contents(t.Context()), after.open().contents(t.Context())}
		if action.between != nil {
			want = append(want, action.between)
		}
		for stop := 1; ; stop++ {
			p := newPlace(t)
			action.prepare(t, p)
			out, err := p.child(t, "TestKilledAtWrite", "S2S_KILL_ACTION="+name, "S2S_KILL_STOP="+strconv.Itoa(stop)).CombinedOutput()
			if err == nil {
				break
			}
			if strings.Contains(string(out), "FAIL") {
				t.Fatalf("%s: %s", name, out)
			}
			kills++
			s := p.open()
			got := s.contents(t.Context())
			if !oneOf(got, want) {
				t.Errorf("%s, killed at operation %d: %v; want one of %v", name, stop, got, want)
			}
			if _, unreadable := got[notReadable]; !unreadable {
				p.checkNothingLeft(t)
			}
			// The lock is free, and the next save leaves nothing over either.
			must(s.Save(t.Context(), "next", killForm("next")))
			p.checkNothingLeft(t)
			if t.Failed() {
				t.Fatalf("%s, killed at operation %d", name, stop)
			}
		}
	}
	t.Logf("%d kills", kills)
}

// TestKilledAtWrite runs a process of TestKilledAtEveryWrite; without a place it does
// nothing.
func TestKilledAtWrite(t *testing.T) {
	p, ok := childPlace()
	if !ok {
		return
	}
	left := must(strconv.Atoi(os.Getenv("S2S_KILL_STOP")))
	step := func() {
		if left--; left == 0 {
			killSelf()
		}
	}
	vault := must(newFileVault(p.vault))
	vault.step = step
	s := must(Open(Options{Dir: p.dir, Vault: vault, Now: func() time.Time { return noon }, atStep: func(string) error { step(); return nil }}))
	actions[os.Getenv("S2S_KILL_ACTION")].act(s)
}

func oneOf(got contents, want []contents) bool {
	for _, w := range want {
		if cmp.Equal(got, w) {
			return true
		}
	}
	return false
}
