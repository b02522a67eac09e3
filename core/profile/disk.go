package profile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// fileLimit is the size in bytes past which the file is not ours.
const fileLimit = 4 << 20

// read returns the content of a regular file, nil if there is no file.
func read(ctx context.Context, path string) ([]byte, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &oddFile{path}
	case info.Size() > fileLimit:
		return nil, errCorrupt
	}
	var file *os.File
	if err := patiently(ctx, func() (err error) { file, err = os.Open(path); return err }); err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, fileLimit+1))
	if err == nil && len(data) > fileLimit {
		err = errCorrupt
	}
	if err == nil && len(data) == 0 {
		err = errCorrupt // we never write an empty file, a crashed disk does
	}
	return data, err
}

var errNotAFile = errors.New("not a regular file")

// oddFile is errNotAFile with the path of what is in a file's place: a link, a
// folder, a pipe. It is neither followed nor replaced.
type oddFile struct{ path string }

func (e *oddFile) Error() string { return errNotAFile.Error() }
func (e *oddFile) Unwrap() error { return errNotAFile }

// disk replaces files. Its zero value is the real one.
type disk struct {
	// fail is called before each step, in tests: it breaks the step or ends the
	// process. May be nil.
	fail func(step string) error
}

// The steps of replacing a file, in their order, and of what else is done to one.
const (
	stepFolder = "make the folder"
	stepCreate = "create"
	stepWrite  = "write"
	stepSync   = "sync"
	stepClose  = "close"
	stepRename = "rename"
	stepRemove = "remove"
	stepAside  = "set aside"
)

func (d disk) step(name string, f func() error) error {
	if d.fail != nil {
		if err := d.fail(name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := f(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// replace writes data to path so that there is the old file or the new one and
// never a part of it, even if the process ends in between. Only the user may read it.
func (d disk) replace(ctx context.Context, path string, data []byte) (err error) {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return &oddFile{path}
	}
	var temp *os.File
	if err := d.step(stepCreate, func() (err error) {
		// os.CreateTemp makes it 0600, regardless of the umask.
		temp, err = os.CreateTemp(filepath.Dir(path), filepath.Base(path)+tempMark+"*")
		return err
	}); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = temp.Close()
			_ = os.Remove(temp.Name())
		}
	}()
	if err := d.step(stepWrite, func() error { _, err := temp.Write(data); return err }); err != nil {
		return err
	}
	if err := d.step(stepSync, temp.Sync); err != nil {
		return err
	}
	if err := d.step(stepClose, temp.Close); err != nil {
		return err
	}
	if err := d.step(stepRename, func() error {
		return patiently(ctx, func() error { return rename(temp.Name(), path) })
	}); err != nil {
		return err
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// remove deletes a file. One that is not there is no error.
func (d disk) remove(ctx context.Context, path string) error {
	return d.step(stepRemove, func() error {
		err := patiently(ctx, func() error { return os.Remove(path) })
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	})
}

// private makes the folder, for the user alone.
func (d disk) private(folder string) error {
	return d.step(stepFolder, func() error {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		info, err := os.Stat(folder)
		if err != nil || info.Mode().Perm()&0o077 == 0 {
			return err
		}
		return os.Chmod(folder, 0o700) // #nosec G302 -- a folder needs the execute bit
	})
}
