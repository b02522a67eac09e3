package profile

import (
	"errors"

	"s2sdoctor/core/prose"
)

// ErrNoProfile: no profile has that name.
var ErrNoProfile = prose.Error(prose.F("no saved connection has that name"))

// NameError says why a name cannot be used.
type NameError struct {
	// Summary is one or two sentences for people.
	Summary prose.Text
}

// Error is the Summary.
func (e *NameError) Error() string { return e.Summary.String() }

// Prose is the Summary.
func (e *NameError) Prose() prose.Text { return e.Summary }

// FileError says why the file of profiles cannot be read or written. What is in
// it is not lost: a file that cannot be read is kept under another name before
// anything new is written.
type FileError struct {
	// Newer is set when a later version of the program wrote it.
	Newer bool
	// Summary is one or two sentences for people, without a path.
	Summary prose.Text
	// Path is the file, for a button that shows it.
	Path string
	err  error
}

// Error is the Summary.
func (e *FileError) Error() string { return e.Summary.String() }

// Prose is the Summary.
func (e *FileError) Prose() prose.Text { return e.Summary }

// Unwrap is what the operating system said; may be nil.
func (e *FileError) Unwrap() error { return e.err }

// The ways in which a [Vault] fails.
var (
	// ErrNoSecret: the vault holds nothing under that account.
	ErrNoSecret = errors.New("the system's secret store holds no such secret")
	// ErrSlow: the vault did not answer in time; often it waits for a person to
	// unlock it.
	ErrSlow = errors.New("the system's secret store does not answer")
	// ErrTooLarge: the secret is longer than [SecretLimit].
	ErrTooLarge = errors.New("the secret is too long for the system's secret store")
	// ErrUnfaithful: what came back is not what was stored.
	ErrUnfaithful = errors.New("the system's secret store does not give back what it was given")
	// ErrKept: the secret is still there after it was deleted.
	ErrKept = prose.Error(prose.F("the system's secret store did not delete the secret"))
)

// sayVault makes a sentence of a vault's failure. What the operating system said
// is left out: it is in its own language and for its own people.
func sayVault(err error) prose.Text {
	switch {
	case errors.Is(err, ErrSlow):
		return prose.F("The system's secret store does not answer. It may be locked: unlock it, and save again.")
	case errors.Is(err, ErrTooLarge):
		return prose.F("The secret is too long for the system's secret store.")
	case errors.Is(err, ErrUnfaithful):
		return prose.F("The system's secret store does not give back what it was given.")
	}
	return prose.F("The system's secret store cannot be used: there is none, or it is locked.")
}
