package profile

import (
	"context"
	"time"
)

// Duplicate saves a copy of a profile under another name, which must be free, and
// makes it the last one used. The copy has a secret of its own in the same place;
// Saved.Why is the reason if it has no secret. Its guide starts at the beginning.
func (s *Store) Duplicate(ctx context.Context, from, to string) (Saved, error) {
	to, err := cleanName(to)
	if err != nil {
		return Saved{}, err
	}
	d, err := s.load(ctx)
	if err != nil {
		return Saved{}, err
	}
	i := d.find(from)
	switch {
	case i < 0:
		return Saved{}, ErrNoProfile
	case d.find(to) >= 0: // before anything is asked of the vault
		return Saved{}, errTaken
	}
	p := d.Profiles[i]
	hidden, _, missing := s.recall(ctx, p)
	kind := ClientSecret
	if p.CertificateFile != "" {
		kind = CertificatePassword
	}
	p.Name, p.Saved, p.Guide = to, s.now().UTC().Truncate(time.Second), Guide{}
	p.Account, p.Holds = "", ""
	var saved Saved
	saved.SetAside, err = s.update(ctx, func(c *change) (err error) {
		switch {
		case c.find(to) >= 0:
			return errTaken
		case missing != nil:
			saved.Why = missingText(missing)
		default:
			saved.SecretLocation, saved.Why, err = c.keep(ctx, &p, kind, hidden)
		}
		c.Profiles = append(c.Profiles, p)
		c.Last = p.Name
		return err
	})
	if err != nil {
		return Saved{}, err
	}
	saved.Profile = p
	return saved, nil
}
