package profile

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"time"
)

// outcomesName is the file of outcomes. It is not the file of profiles because it may be
// lost, and because it changes with every examination.
const outcomesName = "profiles.outcomes.json"

// Outcome is the result of an examination of a saved connection. It holds no secret and no
// text of a service.
type Outcome struct {
	Name string `json:"name"`
	// Environment to Certificate are the parts of the profile that were examined. If one of
	// them is another now, the outcome does not count any more: see [Outcome.Is].
	Environment string `json:"environment,omitempty"`
	ClientID    string `json:"clientId,omitempty"`
	Account     string `json:"account,omitempty"`
	Certificate string `json:"certificate,omitempty"`

	At       time.Time `json:"at"`
	Healthy  bool      `json:"healthy"`
	Cause    string    `json:"cause,omitempty"`
	Warnings []string  `json:"warnings,omitempty"`
	// User is the name of the application user; "" if it is not known.
	User string `json:"user,omitempty"`
	// Ends is when the credential ends, from its certificate or as an administrator saw it;
	// zero if it is not known.
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
	Version     int          `json:"version"`
	Outcomes    []Outcome    `json:"outcomes"`
	EndWarnings []EndWarning `json:"endWarnings,omitempty"`
}

// outcomes reads the file. If it cannot be read, it holds nothing.
func (s *Store) outcomes(ctx context.Context) outcomes {
	data, err := read(ctx, filepath.Join(s.dir, outcomesName))
	var file outcomes
	if err != nil || json.Unmarshal(data, &file) != nil || file.Version != 1 {
		return outcomes{}
	}
	return file
}

func (s *Store) replaceOutcomes(ctx context.Context, file outcomes) error {
	file.Version = 1
	if file.Outcomes == nil {
		file.Outcomes = []Outcome{}
	}
	data, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return err
	}
	return s.disk.replace(ctx, filepath.Join(s.dir, outcomesName), append(data, '\n'))
}

// Outcomes returns the last outcome of each profile that was examined.
func (s *Store) Outcomes(ctx context.Context) []Outcome { return s.outcomes(ctx).Outcomes }

// renameOutcome gives what is known about a profile its new name. An error is ignored:
// the next test knows it again.
func (s *Store) renameOutcome(ctx context.Context, from, to string) {
	file, found := s.outcomes(ctx), false
	for i := range file.Outcomes {
		if sameName(file.Outcomes[i].Name, from) {
			file.Outcomes[i].Name, found = to, true
		}
	}
	for i := range file.EndWarnings {
		if sameName(file.EndWarnings[i].Name, from) {
			file.EndWarnings[i].Name, found = to, true
		}
	}
	if found {
		_ = s.replaceOutcomes(ctx, file)
	}
}

// dropOutcome deletes what is known about a profile that is gone. An error is ignored:
// the next outcome that is saved deletes it, too.
func (s *Store) dropOutcome(ctx context.Context, name string) {
	file := s.outcomes(ctx)
	before := len(file.Outcomes) + len(file.EndWarnings)
	file.Outcomes = slices.DeleteFunc(file.Outcomes, func(o Outcome) bool { return sameName(o.Name, name) })
	file.EndWarnings = slices.DeleteFunc(file.EndWarnings, func(w EndWarning) bool { return sameName(w.Name, name) })
	if len(file.Outcomes)+len(file.EndWarnings) < before {
		_ = s.replaceOutcomes(ctx, file)
	}
}

// AddOutcomes saves outcomes in the place of earlier ones of the same profiles. Those of
// profiles that are gone are dropped.
func (s *Store) AddOutcomes(ctx context.Context, added []Outcome) error {
	return s.change(ctx, func(c *change) error {
		file := s.outcomes(ctx)
		file.Outcomes = newest(c, append(file.Outcomes, added...), func(o Outcome) string { return o.Name })
		return s.replaceOutcomes(ctx, file)
	})
}

// newest returns the last of the values for each profile, in the order of the profiles.
func newest[V any](c *change, values []V, name func(V) string) []V {
	last := map[int]V{}
	for _, v := range values {
		if i := c.find(name(v)); i >= 0 {
			last[i] = v
		}
	}
	var list []V
	for i := range c.Profiles {
		if v, ok := last[i]; ok {
			list = append(list, v)
		}
	}
	return list
}
