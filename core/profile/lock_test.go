package profile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// oddFiles put another kind of file in the place of a file.
var oddFiles = map[string]func(path string) error{
	"folder": func(path string) error { return os.Mkdir(path, 0o700) },
	"link": func(path string) error {
		appended := os.WriteFile(path+".elsewhere", nil, 0o600)
		return errors.Join(appended, os.Symlink(path+".elsewhere", path))
	},
	"link to nothing": func(path string) error { return os.Symlink(path+".elsewhere", path) },
}

// TestOddFilesAreRefused guards that another kind of file in the place of the lock or the
// journal is neither followed nor replaced, and that the error names it.
func TestOddFilesAreRefused(t *testing.T) {
	for kind, put := range oddFiles {
		for _, name := range []string{lockName, journalName} {
			t.Run(kind+" as "+name, func(t *testing.T) {
				s := newStore(t, newMock())
				check(os.Mkdir(s.dir, 0o700))
				path := filepath.Join(s.dir, name)
				check(put(path))
				before := must(os.Lstat(path))
				_, elsewhere := os.Lstat(path + ".elsewhere")

				start := time.Now()
				_, err := s.Save(t.Context(), "Contoso", form())
				fault := (*FileError)(nil)
				if !errors.As(err, &fault) || fault.Path != path || !strings.Contains(fault.Summary.String(), name+", ") {
					t.Errorf("got %v", err)
				}
				if time.Since(start) >= lockTimeout {
					t.Error("it waited for a lock that cannot be had")
				}
				if _, err := s.List(t.Context()); err != nil {
					t.Errorf("reading: %v", err)
				}
				if after := must(os.Lstat(path)); !os.SameFile(before, after) || after.Mode() != before.Mode() {
					t.Errorf("it is now %v, was %v", after.Mode(), before.Mode())
				}
				if _, err := os.Lstat(path + ".elsewhere"); errors.Is(err, fs.ErrNotExist) != errors.Is(elsewhere, fs.ErrNotExist) {
					t.Error("the link was followed")
				}
			})
		}
	}
}

func TestLockIsTheUsersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // the profile's folder is private there
	}
	s := newStore(t, newMock())
	check(os.Mkdir(s.dir, 0o777))
	path := filepath.Join(s.dir, lockName)
	check(os.WriteFile(path, nil, 0o600))
	check(os.Chmod(path, 0o666))
	check(os.Chmod(s.dir, 0o777))
	must(s.Save(t.Context(), "Contoso", form()))
	for path, want := range map[string]fs.FileMode{s.dir: 0o700, path: 0o600} {
		if got := must(os.Stat(path)).Mode().Perm(); got != want {
			t.Errorf("%s is %o, want %o", path, got, want)
		}
	}
}
