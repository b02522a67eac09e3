package profile

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"time"
)

// outcomesName is the file of outcomes. It is apart from the profiles because it can be
// lost, and because it changes with every examination.
const outcomesName = "profiles.outcomes.json"

// Outcome is what an examination of a saved connection came to. It holds no secret and
// no text of a service.
type Outcome struct {
	Name string `json:"name"`
	// Environment to Certificate are the parts of the profile that were examined: with another environment or
	// credential the outcome says nothing any more.
	Environment string `json:"environment,omitempty"`
	ClientID    string `json:"clientId,omitempty"`
	Account     string `json:"account,omitempty"`
	Certificate string `json:"certificate,omitempty"`

	At       time.Time `json:"at"`
	Healthy  bool      `json:"healthy"`
	Cause    string    `json:"cause,omitempty"`
	Warnings []string  `json:"warnings,omitempty"`
	// User is the name of the application user, "" where it is not known.
	User string `json:"user,omitempty"`
	// Ends is when the credential ends, as its certificate says or an administrator saw;
	// zero where it is not known.
	Ends time.Time `json:"ends,omitzero"`
	// SeenAt is when an administrator saw the credential in the registration; zero for never.
	SeenAt time.Time `json:"seenAt,omitzero"`
}

// About fills in which profile an outcome is of.
func (o Outcome) About(p Profile) Outcome {
	o.Name, o.Environment, o.ClientID, o.Account, o.Certificate = p.Name, p.Environment, p.ClientID, p.Account, certificateName(p)
	return o
}

// Is reports whether an outcome is of a profile as it is now.
func (o Outcome) Is(p Profile) bool {
	return sameName(o.Name, p.Name) && o.Environment == p.Environment && o.ClientID == p.ClientID && o.Account == p.Account && o.Certificate == certificateName(p)
}

func certificateName(p Profile) string {
	if p.CertificateFile != "" {
		return p.CertificateFile
	}
	return p.Thumbprint
}

// outcomes is what the file holds.
type outcomes struct {
	Version  int       `json:"version"`
	Outcomes []Outcome `json:"outcomes"`
}

// Outcomes returns the last outcome of each profile that was examined. A file that
// cannot be read is one without outcomes.
func (s *Store) Outcomes(ctx context.Context) []Outcome {
	data, err := read(ctx, filepath.Join(s.dir, outcomesName))
	var file outcomes
	if err != nil || json.Unmarshal(data, &file) != nil || file.Version != 1 {
		return nil
	}
	return file.Outcomes
}

// renameOutcome lets the outcome follow its profile, as well as that can be done.
func (s *Store) renameOutcome(ctx context.Context, from, to string) {
	all := s.Outcomes(ctx)
	for i := range all {
		if sameName(all[i].Name, from) {
			all[i].Name = to
			_ = s.replaceOutcomes(ctx, all)
			return
		}
	}
}

// dropOutcome forgets what is known about a profile that is gone, as well as that can be
// done: the next outcome that is saved drops it, too.
func (s *Store) dropOutcome(ctx context.Context, name string) {
	all := s.Outcomes(ctx)
	left := slices.DeleteFunc(slices.Clone(all), func(o Outcome) bool { return sameName(o.Name, name) })
	if len(left) < len(all) {
		_ = s.replaceOutcomes(ctx, left)
	}
}

func (s *Store) replaceOutcomes(ctx context.Context, all []Outcome) error {
	data, err := json.MarshalIndent(outcomes{Version: 1, Outcomes: all}, "", "  ")
	if err != nil {
		return err
	}
	return s.disk.replace(ctx, filepath.Join(s.dir, outcomesName), append(data, '\n'))
}

// AddOutcomes saves outcomes in the place of earlier ones of the same profiles. Those of
// profiles that are gone are dropped.
func (s *Store) AddOutcomes(ctx context.Context, added []Outcome) error {
	return s.change(ctx, func(c *change) error {
		last := map[int]Outcome{}
		for _, o := range append(s.Outcomes(ctx), added...) {
			if i := c.find(o.Name); i >= 0 {
				last[i] = o
			}
		}
		all := []Outcome{}
		for i := range c.Profiles {
			if o, ok := last[i]; ok {
				all = append(all, o)
			}
		}
		return s.replaceOutcomes(ctx, all)
	})
}
