package profile

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// ErrNoProfile is returned for a name that no saved connection has.
var ErrNoProfile = text.Error(text.F("no saved connection has that name"))

// NameError is a name that cannot be used.
type NameError struct {
	// Summary is why, in one or two sentences for users.
	Summary text.Text
}

// Error is the Summary.
func (e *NameError) Error() string { return e.Summary.String() }

// Message returns the summary.
func (e *NameError) Message() text.Text { return e.Summary }

// FileError is a file of profiles that cannot be read or written. What is in it is
// not lost: a file that cannot be read is kept under another name before
// anything new is written.
type FileError struct {
	// Newer is set when a later version of the program wrote it.
	Newer bool
	// Summary is why, in one or two sentences for users, without a path.
	Summary text.Text
	// Path is the file, for a button that shows it.
	Path string
	err  error
}

// Error is the Summary.
func (e *FileError) Error() string { return e.Summary.String() }

// Message returns the summary.
func (e *FileError) Message() text.Text { return e.Summary }

// Unwrap returns the operating system's error; may be nil.
func (e *FileError) Unwrap() error { return e.err }

// The ways in which a [Vault] fails.
var (
	// ErrNoSecret: the vault holds nothing under that account.
	ErrNoSecret = errors.New("the system's secret store holds no such secret")
	// ErrSlow: the vault did not answer in time; often it waits for the user to
	// unlock it.
	ErrSlow = errors.New("the system's secret store does not answer")
	// ErrTooLarge: the secret is longer than 64 KiB.
	ErrTooLarge = errors.New("the secret is too long for the system's secret store")
	// ErrUnfaithful: what came back is not what was stored.
	ErrUnfaithful = errors.New("the system's secret store does not give back what it was given")
	// ErrDamaged: the file of a long secret is not the one that was written.
	ErrDamaged = errors.New("the encrypted file of the secret is missing or damaged")
	// ErrKept: the secret is still there after it was deleted.
	ErrNotDeleted = text.Error(text.F("the system's secret store did not delete the secret"))
)

// vaultText makes a sentence of a vault's failure. The operating system's error
// is left out: it is in its own language and for its own people.
func vaultText(err error) text.Text {
	switch {
	case errors.Is(err, ErrSlow):
		return text.F("The system's secret store does not answer. It may be locked: unlock it, and save again.")
	case errors.Is(err, ErrTooLarge):
		return text.F("The secret is too long for the system's secret store.")
	case errors.Is(err, ErrUnfaithful):
		return text.F("The system's secret store does not return what was stored in it.")
	}
	return text.F("The system's secret store cannot be used: there is none, or it is locked.")
}

// nameFile returns a FileError for an error of the disk, and any other error as it is.
func (s *Store) nameFile(err error) error {
	if err == nil || isNamed(err) {
		return err
	}
	e := &FileError{Path: s.Path(), err: err}
	switch odd := (*oddFile)(nil); {
	case errors.As(err, &odd) && odd.path != s.Path():
		e.Path = odd.path
		e.Summary = text.F("%s, beside the file of your saved connections, is not a regular file. Move it away.", filepath.Base(odd.path))
	case errors.Is(err, errNewer):
		e.Newer = true
		e.Summary = text.F("Your saved connections were written by a later version of S2S Doctor. Use that one; this one leaves the file as it is until you save something.")
	case errors.Is(err, errCorrupt):
		e.Summary = text.F("The file of your saved connections is damaged. It is left as it is, and kept under another name as soon as you save something.")
	case errors.Is(err, errNotAFile):
		e.Summary = text.F("In the place of the file of your saved connections is something else. Move it away.")
	case errors.Is(err, errFull):
		e.Summary = text.F("The file of your saved connections would be larger than 4 MiB. Forget some connections first.")
	case errors.Is(err, errLocked):
		e.Summary = text.F("Another S2S Doctor is writing the file of your saved connections. Try again in a moment.")
	case errors.Is(err, fs.ErrPermission):
		e.Summary = text.F("You may not read or write the file of your saved connections. Check its permissions.")
	default:
		e.Summary = text.F("The file of your saved connections could not be read or written. Check that the disk is there and has room.")
	}
	return e
}

// isNamed reports whether an error has a text for users already, or is the context's.
func isNamed(err error) bool {
	return errors.As(err, new(interface{ Message() text.Text })) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
