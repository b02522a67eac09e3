package profile

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// change is a change of the saved connections. The lock is held from reading the
// file to the end of the change, so that there is one writer at a time, also of
// the system's store.
type change struct {
	document // as it will be written
	store    *Store
	file     journalFile
	journal  journal
	// unreadable is why the file must be set aside before it is replaced; nil if it
	// could be read.
	unreadable error
	setAside   string
	// forSession are the secrets, by account, that the store has not taken.
	forSession map[string]secret.Value
}

// change calls f with the file as it is now, and deletes the secrets that no
// profile names afterwards. f calls commit.
func (s *Store) change(ctx context.Context, f func(*change) error) error {
	if err := s.disk.private(s.dir); err != nil {
		return s.nameFile(err)
	}
	unlock, err := lock(ctx, filepath.Join(s.dir, lockName))
	if err != nil {
		return s.nameFile(err)
	}
	defer unlock()
	c, err := s.begin(ctx)
	if err != nil {
		return s.nameFile(err)
	}
	err = f(c)
	_ = c.sweep(ctx) // what is left stays in the journal
	return s.nameFile(err)
}

// update is a change that ends with one commit. setAside is the name under which
// an unreadable file was kept, or "".
func (s *Store) update(ctx context.Context, f func(*change) error) (setAside string, err error) {
	err = s.change(ctx, func(c *change) error {
		if err := f(c); err != nil {
			return err
		}
		if err := c.commit(ctx); err != nil {
			return err
		}
		s.adopt(c.forSession)
		setAside = c.setAside
		return nil
	})
	return setAside, err
}

// begin reads the file and the journal. It needs the lock.
func (s *Store) begin(ctx context.Context) (*change, error) {
	c := &change{store: s}
	var err error
	c.document, err = s.load(ctx)
	if errors.Is(err, errCorrupt) || errors.Is(err, errNewer) {
		c.unreadable, err = err, nil
	}
	if err != nil {
		return nil, err
	}
	if c.file, c.journal, err = s.openJournal(ctx); err != nil {
		return nil, err
	}
	c.tidy(ctx)
	return c, nil
}

// commit writes the journal, then the document. It may be called again.
func (c *change) commit(ctx context.Context) error {
	data, err := c.encode()
	switch {
	case err != nil:
		return err
	case len(data) > fileLimit:
		return errFull
	}
	if err := c.file.write(ctx, c.journal); err != nil {
		return err
	}
	if c.unreadable != nil {
		if c.setAside, err = c.store.setAside(ctx); err != nil {
			return err
		}
		c.unreadable = nil
		c.tidy(ctx)
	}
	return c.store.disk.replace(ctx, c.store.Path(), data)
}

// release marks the stored secret of a profile for deletion, which happens after
// the commit unless another profile still names it.
func (c *change) release(p Profile) {
	if p.Holds != "" {
		c.journal.add(p.Account)
	}
}

// sweep deletes the secrets that are in the journal and that no file names. The
// error is the vault's; what could not be deleted stays in the journal.
func (c *change) sweep(ctx context.Context) error {
	if len(c.journal) == 0 {
		return c.file.write(ctx, c.journal)
	}
	named, err := c.store.named(ctx)
	if err != nil {
		return err
	}
	var failed error
	left := c.journal.orphans(named)
	for _, account := range left {
		err := remove(ctx, c.store.vault, account)
		if err == nil {
			left.drop(account)
			continue
		}
		failed = err
		if !errors.Is(err, ErrNotDeleted) {
			break // the store cannot be used now
		}
	}
	c.journal = left
	return errors.Join(failed, c.file.write(ctx, left))
}

// named returns the accounts whose secrets must stay: those of the file, and of
// the files that were set aside, which can be put back. The error means that the
// file cannot be read, so that no account is known to be unused.
func (s *Store) named(ctx context.Context) (map[string]bool, error) {
	d, err := s.load(ctx)
	if err != nil {
		return nil, err
	}
	named := d.stored()
	aside, err := s.aside()
	for _, name := range aside {
		data, readErr := read(ctx, filepath.Join(s.dir, name))
		if err = errors.Join(err, ignoreCorrupt(readErr)); err != nil {
			break
		}
		for _, account := range accountsIn(data) {
			named[account] = true
		}
	}
	return named, err
}

// ignoreCorrupt hides that a set-aside file is empty or too large: it names nothing.
func ignoreCorrupt(err error) error {
	if errors.Is(err, errCorrupt) {
		return nil
	}
	return err
}
