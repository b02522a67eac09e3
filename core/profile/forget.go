package profile

import (
	"context"
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Forget deletes a profile with its secrets and checks that they are gone. After an
// interruption, the next change or start deletes the secrets.
//
// When the vault fails, the profile stays, so that it can be tried again; the
// error is then a [*VaultError].
func (s *Store) Forget(ctx context.Context, name string) error {
	return s.change(ctx, func(c *change) error {
		i := c.find(name)
		switch {
		case c.unreadable != nil:
			return c.unreadable
		case i < 0:
			return ErrNoProfile
		}
		before, gone := c.document, c.Profiles[i]
		c.release(gone)
		c.Profiles = slices.Delete(slices.Clone(c.Profiles), i, i+1)
		if sameName(c.Last, name) {
			c.Last = ""
		}
		if err := c.commit(ctx); err != nil {
			return err
		}
		if err := c.sweep(ctx); gone.Holds != "" && c.journal.has(gone.Account) {
			c.document = before
			if err := c.commit(context.WithoutCancel(ctx)); err != nil {
				return err
			}
			return cannotDelete(ctx, err)
		}
		s.dismiss(gone)
		s.dropCertificate(gone, c.Profiles)
		s.dropOutcome(ctx, gone.Name)
		return nil
	})
}

// cannotDelete is what Forget returns for a vault's error.
func cannotDelete(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return &VaultError{Summary: text.Join(" ", text.F("The secret could not be deleted."), vaultText(err)), err: err}
}

var errTaken = &NameError{text.F("Another connection has that name. Choose a different one.")}

// Rename changes the name of a profile. The new one must be free.
func (s *Store) Rename(ctx context.Context, from, to string) error {
	to, err := cleanName(to)
	if err != nil {
		return err
	}
	_, err = s.update(ctx, func(c *change) error {
		i := c.find(from)
		if i < 0 {
			return ErrNoProfile
		}
		if taken := c.find(to); taken >= 0 && taken != i {
			return errTaken
		}
		if sameName(c.Last, from) {
			c.Last = to
		}
		c.Profiles[i].Name = to
		s.renameOutcome(ctx, from, to)
		return nil
	})
	return err
}
