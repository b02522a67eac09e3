package profile

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Folder is the name of the program's own folder among the user's settings.
const Folder = "S2S Doctor"

const (
	fileName = "profiles.json"
	lockName = "profiles.lock"
)

// Options are where profiles are kept. The zero value is the user's settings and
// the system's store.
type Options struct {
	// Dir is the folder; "" is [Folder] in os.UserConfigDir. It is created when
	// something is saved.
	Dir string
	// Vault keeps the secrets; nil is [System].
	Vault Vault
	// Clouds are the clouds that an environment may be in; nil is cloud.Table.
	Clouds []cloud.Cloud
	// Now is the clock; nil is the computer's.
	Now func() time.Time

	// atStep is [disk.fail], in tests.
	atStep func(step string) error
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

// Open finds the folder. It creates nothing, and deletes what an interrupted program
// left there and in the system's store, see [Store.Recover].
func Open(o Options) (*Store, error) {
	s := &Store{dir: o.Dir, vault: o.Vault, clouds: o.Clouds, now: o.Now, session: map[string]secret.Value{}}
	if s.dir == "" {
		config, err := os.UserConfigDir()
		if err != nil {
			return nil, &FileError{Summary: text.F("There is no folder for your settings, so no connection can be saved or opened."), err: err}
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
	s.disk.fail = o.atStep
	s.vault = sealedVault{s.vault, s.dir, &s.disk}
	s.recoverAtStart()
	return s, nil
}

// Path is the file of profiles.
func (s *Store) Path() string { return filepath.Join(s.dir, fileName) }

// VaultError is a failure of the system's store.
type VaultError struct {
	// Summary is why, in one or two sentences for users.
	Summary text.Text
	err     error
}

// Error is the Summary.
func (e *VaultError) Error() string { return e.Summary.String() }

// Message returns the summary.
func (e *VaultError) Message() text.Text { return e.Summary }

// Unwrap is the vault's own error.
func (e *VaultError) Unwrap() error { return e.err }

// List returns every profile, by name.
func (s *Store) List(ctx context.Context) ([]Profile, error) {
	d, err := s.load(ctx)
	if err != nil {
		return nil, err
	}
	return d.sorted(), nil
}

// Names returns the names of all profiles, in order. It reads the file of profiles and
// nothing else: the system's store is not asked, and nothing is repaired.
func Names() ([]string, error) {
	config, err := os.UserConfigDir()
	if err != nil {
		return nil, err
	}
	s := &Store{dir: filepath.Join(config, Folder)}
	d, err := s.load(context.Background())
	var names []string
	for _, one := range d.sorted() {
		names = append(names, one.Name)
	}
	return names, err
}

// Last returns the profile that was used last, or "".
func (s *Store) Last(ctx context.Context) (string, error) {
	d, err := s.load(ctx)
	if err != nil || d.find(d.Last) < 0 {
		return "", err
	}
	return d.Last, nil
}

// SetLast remembers the profile that is used.
func (s *Store) SetLast(ctx context.Context, name string) error {
	_, err := s.update(ctx, func(c *change) error {
		i := c.find(name)
		if i < 0 {
			return ErrNoProfile
		}
		c.Last = c.Profiles[i].Name
		return nil
	})
	return err
}

// SetGuide saves the user's progress in the guide with one connection.
func (s *Store) SetGuide(ctx context.Context, name string, g Guide) error {
	_, err := s.update(ctx, func(c *change) error {
		i := c.find(name)
		if i < 0 {
			return ErrNoProfile
		}
		c.Profiles[i].Guide = g
		return nil
	})
	return err
}

// SetEnds saves the day on which the secret of a connection ends; zero forgets it.
func (s *Store) SetEnds(ctx context.Context, name string, ends time.Time) error {
	_, err := s.update(ctx, func(c *change) error {
		i := c.find(name)
		if i < 0 {
			return ErrNoProfile
		}
		c.Profiles[i].Ends = ends.UTC().Truncate(24 * time.Hour)
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
