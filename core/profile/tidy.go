package profile

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const (
	// asideLimit is the number of unreadable files that are kept.
	asideLimit  = 3
	asidePrefix = fileName + ".bad-"
	tempMark    = ".tmp-"
)

// Recover deletes what an interrupted program left: temporary files, and secrets
// in the system's store that no profile names. It writes nothing if there is
// nothing of the kind. [Open] calls it; the next change would do the same.
func (s *Store) Recover(ctx context.Context) error {
	if !s.interrupted() {
		return nil
	}
	var left error
	err := s.change(ctx, func(c *change) error {
		left = c.sweep(ctx)
		return nil
	})
	return errors.Join(err, left)
}

// interrupted reports whether the folder holds what only an interrupted change
// leaves. It is also true while another program changes it.
func (s *Store) interrupted() bool {
	entries, _ := os.ReadDir(s.dir)
	aside := 0
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), asidePrefix) {
			aside++
		}
		if entry.Name() == journalName || isTemp(entry) {
			return true
		}
	}
	return aside > asideLimit
}

// isTemp reports whether a file is one of those that [disk.replace] renames.
func isTemp(entry fs.DirEntry) bool {
	return strings.HasPrefix(entry.Name(), "profiles.") && strings.Contains(entry.Name(), tempMark) && entry.Type().IsRegular()
}

// tidy deletes temporary files, all of which are left over while we have the lock,
// and the oldest of the set-aside files. It does what it can: the rest is left to
// the next change.
func (c *change) tidy(ctx context.Context) {
	s := c.store
	entries, _ := os.ReadDir(s.dir)
	for _, entry := range entries {
		if isTemp(entry) {
			_ = s.disk.remove(ctx, filepath.Join(s.dir, entry.Name()))
		}
	}
	aside, _ := s.aside()
	for len(aside) > asideLimit {
		if c.discard(ctx, filepath.Join(s.dir, aside[0])) != nil {
			return
		}
		aside = aside[1:]
	}
}

// discard deletes a set-aside file. The accounts that it names are in the journal
// on disk before that; the next sweep decides about them.
func (c *change) discard(ctx context.Context, path string) error {
	data, err := read(ctx, path)
	if ignoreCorrupt(err) != nil {
		return err
	}
	c.journal.add(accountsIn(data)...)
	if err := c.file.write(ctx, c.journal); err != nil {
		return err
	}
	return c.store.disk.remove(ctx, path)
}

// aside returns the names of the set-aside files, the oldest first.
func (s *Store) aside() ([]string, error) {
	entries, err := os.ReadDir(s.dir)
	var names []string
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), asidePrefix) && entry.Type().IsRegular() {
			names = append(names, entry.Name())
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		stampA, numberA := asideParts(a)
		stampB, numberB := asideParts(b)
		return cmp.Or(strings.Compare(stampA, stampB), cmp.Compare(numberA, numberB))
	})
	return names, err
}

// asideStamp is the layout of the time in the name of a set-aside file.
const asideStamp = "20060102-150405"

// asideParts splits "profiles.json.bad-20261122-120000-2" into the time and the
// number, or 1.
func asideParts(name string) (stamp string, number int) {
	stamp = strings.TrimPrefix(name, asidePrefix)
	if len(stamp) <= len(asideStamp) {
		return stamp, 1
	}
	number, _ = strconv.Atoi(strings.TrimPrefix(stamp[len(asideStamp):], "-"))
	return stamp[:len(asideStamp)], number
}

// setAside renames the file of profiles and returns its new name.
func (s *Store) setAside(ctx context.Context) (string, error) {
	stamp := s.now().UTC().Format(asideStamp)
	for n := 1; ; n++ {
		name := asidePrefix + stamp
		if n > 1 {
			name += fmt.Sprintf("-%d", n)
		}
		path := filepath.Join(s.dir, name)
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			return name, s.disk.step(stepAside, func() error {
				return patiently(ctx, func() error { return rename(s.Path(), path) })
			})
		} else if err != nil {
			return "", err
		}
	}
}

// recoverAtStart bounds [Store.Recover] by the time of one call to the system's
// store. What it does not manage is left to the next change.
func (s *Store) recoverAtStart() {
	ctx, cancel := context.WithTimeout(context.Background(), VaultTimeout)
	defer cancel()
	_ = s.Recover(ctx)
}
