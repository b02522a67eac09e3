package profile

import (
	"context"
	"time"
)

// EndWarning is a warning that the user has seen: the credential of a connection ends
// within a number of days. It is in the file of outcomes.
type EndWarning struct {
	Name string    `json:"name"`
	Ends time.Time `json:"ends"`
	Days int       `json:"days"`
}

// EndWarnings returns the last warning about each profile.
func (s *Store) EndWarnings(ctx context.Context) []EndWarning { return s.outcomes(ctx).EndWarnings }

// AddEndWarnings saves warnings in the place of earlier ones about the same profiles.
// Those about profiles that are gone are dropped.
func (s *Store) AddEndWarnings(ctx context.Context, added []EndWarning) error {
	return s.change(ctx, func(c *change) error {
		file := s.outcomes(ctx)
		file.EndWarnings = newest(c, append(file.EndWarnings, added...), func(w EndWarning) string { return w.Name })
		return s.replaceOutcomes(ctx, file)
	})
}
