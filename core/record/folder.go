package record

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// ErrNotEmpty is the error for a folder that holds something already.
var ErrNotEmpty = errors.New("it exists and is not empty: a record needs a new folder")

// Folder is a folder to be: nothing is there until [Folder.Save].
type Folder struct{ path, draft string }

// Reserve makes sure that a record can be written to path, before anything is
// sent: path must not exist, or be an empty folder, and its parent must be there.
// Call [Folder.Discard] when done.
func Reserve(path string) (*Folder, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := vacant(path); err != nil {
		return nil, fmt.Errorf("the record cannot be written to %s: %w", plain.Line(path), err)
	}
	draft, err := os.MkdirTemp(filepath.Dir(path), ".s2s-record-*") // 0700
	if err != nil {
		return nil, fmt.Errorf("the record cannot be written to %s: %w", plain.Line(path), reason(err))
	}
	return &Folder{path, draft}, nil
}

// Path is where the record will be.
func (f *Folder) Path() string { return f.path }

// Save writes all files, or no file: the folder appears once it is whole. Files are
// readable for their owner alone.
func (f *Folder) Save(files Files) error {
	err := f.write(files)
	if err == nil {
		err = vacant(f.path)
	}
	if err == nil {
		_ = os.Remove(f.path) // an empty folder is in the way of the new one
		err = os.Rename(f.draft, f.path)
	}
	if err != nil {
		return fmt.Errorf("the record could not be written to %s: %w", plain.Line(f.path), reason(err))
	}
	return nil
}

func (f *Folder) write(files Files) error {
	for name, content := range files {
		if !filepath.IsLocal(name) {
			return fmt.Errorf("%q is no name for a file", name)
		}
		path := filepath.Join(f.draft, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// Discard removes what was not saved. It is safe to call after Save.
func (f *Folder) Discard() { _ = os.RemoveAll(f.draft) }

// vacant returns an error unless nothing, or an empty folder, is at path.
func vacant(path string) error {
	entries, err := os.ReadDir(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return reason(err)
	case len(entries) > 0:
		return ErrNotEmpty
	}
	return nil
}

// reason is the system's word without the path, which the caller names.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
