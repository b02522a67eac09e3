package profile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"s2sdoctor/core/cloud"
	"s2sdoctor/core/prose"
	"s2sdoctor/core/secret"
)

// Folder is the name of the program's own folder among the user's settings.
const Folder = "S2S Doctor"

const (
	fileName = "profiles.json"
	lockName = "profiles.lock"
)

// Options say where profiles are kept. The zero value is the user's own place
// and the system's store.
type Options struct {
	// Dir is the folder; "" is [Folder] in os.UserConfigDir. It is made when
	// something is saved.
	Dir string
	// Vault keeps the secrets; nil is [System].
	Vault Vault
	// Clouds are the clouds that an environment may be in; nil is cloud.Table.
	Clouds []cloud.Cloud
	// Now is the clock; nil is the computer's.
	Now func() time.Time
}

// Store is the saved connections of one user. Several, in several processes, may
// use the same folder at once; so may goroutines one Store.
//
// The error of a method is a [*FileError] where the file is to blame,
// [ErrNoProfile] or a [*NameError] where a name is, and that of the context when
// it ended.
type Store struct {
	dir    string
	vault  Vault
	clouds []cloud.Cloud
	now    func() time.Time
	disk   disk

	// session holds the secrets that the vault did not take, by account, until the
	// program ends.
	mu      sync.Mutex
	session map[string]secret.Value
}

// Open finds the folder. It reads nothing yet, and makes nothing.
func Open(o Options) (*Store, error) {
	s := &Store{dir: o.Dir, vault: o.Vault, clouds: o.Clouds, now: o.Now, session: map[string]secret.Value{}}
	if s.dir == "" {
		config, err := os.UserConfigDir()
		if err != nil {
			return nil, &FileError{Summary: prose.F("There is no folder for your settings, so no connection can be saved or opened."), err: err}
		}
		s.dir = filepath.Join(config, Folder)
	}
	if s.vault == nil {
		s.vault = System()
	}
	if s.clouds == nil {
		s.clouds = cloud.Table
	}
	if s.now == nil {
		s.now = time.Now
	}
	return s, nil
}

// Path is the file of profiles.
func (s *Store) Path() string { return filepath.Join(s.dir, fileName) }

// ProbeVault tells whether the system's store can be relied on; the error's text
// is for people.
func (s *Store) ProbeVault(ctx context.Context) error {
	if err := Probe(ctx, s.vault); err != nil {
		return &VaultError{Summary: sayVault(err), err: err}
	}
	return nil
}

// VaultError says why the system's store cannot be used.
type VaultError struct {
	// Summary is one or two sentences for people.
	Summary prose.Text
	err     error
}

// Error is the Summary.
func (e *VaultError) Error() string { return e.Summary.String() }

// Prose is the Summary.
func (e *VaultError) Prose() prose.Text { return e.Summary }

// Unwrap is the vault's own error.
func (e *VaultError) Unwrap() error { return e.err }

// List gives every profile, by name.
func (s *Store) List(ctx context.Context) ([]Profile, error) {
	d, err := s.load(ctx)
	if err != nil {
		return nil, err
	}
	return d.sorted(), nil
}

// Last is the profile that was used last, "" when none was or it is gone.
func (s *Store) Last(ctx context.Context) (string, error) {
	d, err := s.load(ctx)
	if err != nil || d.find(d.Last) < 0 {
		return "", err
	}
	return d.Last, nil
}

// SetLast remembers the profile that is used.
func (s *Store) SetLast(ctx context.Context, name string) error {
	_, err := s.update(ctx, func(d *document) error {
		i := d.find(name)
		if i < 0 {
			return ErrNoProfile
		}
		d.Last = d.Profiles[i].Name
		return nil
	})
	return err
}

// SetGuide keeps how far a person came in the guide with one connection.
func (s *Store) SetGuide(ctx context.Context, name string, g Guide) error {
	_, err := s.update(ctx, func(d *document) error {
		i := d.find(name)
		if i < 0 {
			return ErrNoProfile
		}
		d.Profiles[i].Guide = g
		return nil
	})
	return err
}

// load reads the file as it is now. It needs no lock: there is always a whole one.
func (s *Store) load(ctx context.Context) (document, error) {
	if err := ctx.Err(); err != nil {
		return document{}, err
	}
	data, err := read(ctx, s.Path())
	if err == nil && data == nil {
		return document{}, nil
	}
	d := document{}
	if err == nil {
		d, err = decode(data)
	}
	return d, s.nameFile(err)
}

// update changes the file: nobody else writes from reading to writing. setAside
// is the name under which a file was kept that could not be read, "" otherwise.
func (s *Store) update(ctx context.Context, change func(*document) error) (setAside string, err error) {
	if err := s.disk.private(s.dir); err != nil {
		return "", s.nameFile(err)
	}
	unlock, err := lock(ctx, filepath.Join(s.dir, lockName))
	if err != nil {
		return "", s.nameFile(err)
	}
	defer unlock()

	d, err := s.load(ctx)
	unreadable := errors.Is(err, errCorrupt) || errors.Is(err, errNewer)
	if err != nil && !unreadable {
		return "", err
	}
	if err := change(&d); err != nil {
		return "", err
	}
	data, err := d.encode()
	if err != nil {
		return "", s.nameFile(err)
	}
	if unreadable {
		if setAside, err = s.setAside(); err != nil {
			return "", s.nameFile(err)
		}
	}
	return setAside, s.nameFile(s.disk.replace(ctx, s.Path(), data))
}

// setAside keeps a file that cannot be read under a name that is free.
func (s *Store) setAside() (string, error) {
	stamp := s.now().UTC().Format("20060102-150405")
	for n := 1; ; n++ {
		name := fileName + ".bad-" + stamp
		if n > 1 {
			name += fmt.Sprintf("-%d", n)
		}
		path := filepath.Join(s.dir, name)
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			return name, os.Rename(s.Path(), path)
		} else if err != nil {
			return "", err
		}
	}
}

// nameFile makes a FileError of what is the file's fault, and leaves the rest.
func (s *Store) nameFile(err error) error {
	e := &FileError{Path: s.Path(), err: err}
	switch {
	case err == nil:
		return nil
	case errors.As(err, new(*FileError)), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, errNewer):
		e.Newer = true
		e.Summary = prose.F("Your saved connections were written by a later version of S2S Doctor. Use that one; this one leaves the file as it is until you save something.")
	case errors.Is(err, errCorrupt):
		e.Summary = prose.F("The file of your saved connections is damaged. It is left as it is, and kept under another name as soon as you save something.")
	case errors.Is(err, errNotAFile):
		e.Summary = prose.F("In the place of the file of your saved connections is something else. Move it away.")
	case errors.Is(err, errLocked):
		e.Summary = prose.F("Another S2S Doctor is writing the file of your saved connections. Try again in a moment.")
	case errors.Is(err, fs.ErrPermission):
		e.Summary = prose.F("You may not read or write the file of your saved connections. Check its permissions.")
	default:
		e.Summary = prose.F("The file of your saved connections could not be read or written. Check that the disk is there and has room.")
	}
	return e
}
