package profile

import (
	"context"
	"slices"

	"s2sdoctor/core/prose"
)

// Forget deletes a profile with its secrets and looks whether they are gone.
//
// When the vault fails, the profile stays, so that it can be tried again; the
// error is then a [*VaultError].
func (s *Store) Forget(ctx context.Context, name string) error {
	d, err := s.load(ctx)
	if err != nil {
		return err
	}
	i := d.find(name)
	if i < 0 {
		return ErrNoProfile
	}
	gone := d.Profiles[i]
	if gone.Holds != "" {
		if err := remove(ctx, s.vault, gone.Account); err != nil {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			return &VaultError{Summary: prose.Join(" ", prose.F("The secret could not be deleted."), sayVault(err)), err: err}
		}
	}
	s.dismiss(gone)
	_, err = s.update(ctx, func(d *document) error {
		i := d.find(name)
		if i < 0 {
			return nil // somebody else was faster
		}
		if d.Profiles[i].Account != gone.Account {
			return errChanged
		}
		d.Profiles = slices.Delete(d.Profiles, i, i+1)
		if sameName(d.Last, name) {
			d.Last = ""
		}
		return nil
	})
	return err
}

// errChanged: another copy of the program saved the profile in the meantime.
var errChanged = &FileError{Summary: prose.F("The connection was saved by another S2S Doctor just now. Look at it before you forget it.")}

var errTaken = &NameError{prose.F("Another connection has that name. Choose a different one.")}

// Rename gives a profile another name.
func (s *Store) Rename(ctx context.Context, from, to string) error {
	to, err := cleanName(to)
	if err != nil {
		return err
	}
	_, err = s.update(ctx, func(d *document) error {
		i := d.find(from)
		if i < 0 {
			return ErrNoProfile
		}
		if taken := d.find(to); taken >= 0 && taken != i {
			return errTaken
		}
		if sameName(d.Last, from) {
			d.Last = to
		}
		d.Profiles[i].Name = to
		return nil
	})
	return err
}
