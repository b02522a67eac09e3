package profile

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestTwoProcessesLoseNothing runs several processes that write several times in
// parallel: all profiles of all processes are saved.
func TestTwoProcessesLoseNothing(t *testing.T) {
	const processes, each = 3, 15
	dir := filepath.Join(t.TempDir(), "settings")
	var group sync.WaitGroup
	for p := range processes {
		command := exec.CommandContext(t.Context(), must(os.Executable()), "-test.run=^TestWriter$")
		command.Env = append(os.Environ(), fmt.Sprintf("S2S_PROFILE_WRITER=%d", p), "S2S_PROFILE_DIR="+dir, fmt.Sprintf("S2S_PROFILE_COUNT=%d", each))
		group.Go(func() {
			if out, err := command.CombinedOutput(); err != nil {
				t.Errorf("writer %d: %v\n%s", p, err, out)
			}
		})
	}
	group.Wait()
	s := must(Open(Options{Dir: dir, Vault: newMock()}))
	list, err := s.List(t.Context())
	if err != nil || len(list) != processes*each {
		t.Fatalf("%d profiles, want %d: %v", len(list), processes*each, err)
	}
	if names := files(t, dir); len(names) != 2 {
		t.Errorf("left behind: %v", names)
	}
}

// TestWriter runs a process of TestTwoProcessesLoseNothing; alone it does nothing.
func TestWriter(t *testing.T) {
	var id, count int
	if _, err := fmt.Sscan(os.Getenv("S2S_PROFILE_WRITER")+" "+os.Getenv("S2S_PROFILE_COUNT"), &id, &count); err != nil {
		return
	}
	s := must(Open(Options{Dir: os.Getenv("S2S_PROFILE_DIR"), Vault: newMock()}))
	for n := range count {
		if _, err := s.Save(t.Context(), fmt.Sprintf("writer %d, profile %d", id, n), form()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestGoroutinesShareAStore(t *testing.T) {
	s := newStore(t, newMock())
	var group sync.WaitGroup
	for n := range 8 {
		group.Go(func() {
			name := fmt.Sprintf("profile %d", n)
			if _, err := s.Save(t.Context(), name, form()); err != nil {
				t.Error(err)
			}
			if _, err := s.Load(t.Context(), name); err != nil {
				t.Error(err)
			}
			if n%2 == 0 {
				if err := s.Forget(t.Context(), name); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if list := must(s.List(t.Context())); len(list) != 4 {
		t.Errorf("list %v", list)
	}
}

// TestHeldLockTimesOut guards against a process that never releases the lock.
func TestHeldLockTimesOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStore(t, newMock())
		must(s.Save(t.Context(), "Contoso", form()))
		unlock := must(lock(t.Context(), filepath.Join(s.dir, lockName)))
		defer unlock()

		err := s.SetLast(t.Context(), "Contoso")
		if fault := (*FileError)(nil); !errors.As(err, &fault) || !errors.Is(err, errLocked) {
			t.Errorf("got %v", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := s.SetLast(ctx, "Contoso"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("with a context: %v", err)
		}
		if _, err := s.List(t.Context()); err != nil {
			t.Errorf("reading waits for nobody: %v", err)
		}
	})
}
