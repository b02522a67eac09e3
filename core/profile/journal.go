package profile

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
)

const (
	journalName = "profiles.pending"
	// journalLimit is the number of accounts past which no secret is stored. Only a
	// store that never deletes anything gets there.
	journalLimit = 1000
)

// journal lists the accounts whose secret may be in the system's store although
// no profile names them: of a save that is under way or was interrupted, and of a
// profile that was replaced or forgotten. An account is on disk in the journal
// before its secret is stored, and stays until the secret is known to be deleted
// or a profile names it.
//
// The file has one account a line and exists only while there is one.
type journal []string

// decodeJournal returns the accounts in data. It skips lines that are no account,
// so that a damaged journal loses as little as possible.
func decodeJournal(data []byte) journal {
	var lines []string
	for line := range bytes.Lines(data) {
		if account := string(bytes.TrimSpace(line)); validAccount(account) {
			lines = append(lines, account)
		}
	}
	var j journal
	j.add(lines...)
	return j
}

func (j journal) encode() []byte { return []byte(strings.Join(j, "\n") + "\n") }

func (j journal) has(account string) bool { return slices.Contains(j, account) }

// add appends the accounts that are not in the journal yet.
func (j *journal) add(accounts ...string) {
	known := map[string]bool{}
	for _, account := range *j {
		known[account] = true
	}
	*j = slices.Clip(*j) // a copy of the journal stays as it is
	for _, account := range accounts {
		if !known[account] {
			known[account] = true
			*j = append(*j, account)
		}
	}
}

func (j *journal) drop(account string) {
	*j = slices.DeleteFunc(slices.Clone(*j), func(a string) bool { return a == account })
}

// orphans returns the accounts that are not named.
func (j journal) orphans(named map[string]bool) journal {
	return slices.DeleteFunc(slices.Clone(j), func(a string) bool { return named[a] })
}

// journalFile reads and writes the journal of one folder. Its methods need the lock.
type journalFile struct {
	disk *disk
	path string
	// data is what the file holds, or nil.
	data []byte
}

func (s *Store) openJournal(ctx context.Context) (journalFile, journal, error) {
	f := journalFile{disk: &s.disk, path: filepath.Join(s.dir, journalName)}
	data, err := read(ctx, f.path)
	if errors.Is(err, errCorrupt) {
		data, err = []byte{}, nil // empty or larger than 4 MiB: not written by this program
	}
	f.data = data
	return f, decodeJournal(data), err
}

// write returns when j is on disk. An empty journal has no file: if its removal is
// lost in a power cut, the accounts that come back are looked up once more.
func (f *journalFile) write(ctx context.Context, j journal) error {
	var data []byte
	if len(j) > 0 {
		data = j.encode()
	}
	var err error
	switch {
	case bytes.Equal(f.data, data) && (f.data == nil) == (data == nil):
		return nil
	case data == nil:
		err = f.disk.remove(ctx, f.path)
	default:
		err = f.disk.replace(ctx, f.path, data)
	}
	if err == nil {
		f.data = data
	}
	return err
}
