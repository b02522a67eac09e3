package profile

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// fileVault is a fake of the system's store that several processes share: a file for each
// account. Like the real stores it outlives a killed process and stores a secret
// completely or not at all, and like Windows' store it has a limit.
type fileVault struct {
	dir string
	// step is called before and after each operation; may be nil.
	step func()
}

func newFileVault(dir string) (fileVault, error) {
	return fileVault{dir: dir}, os.MkdirAll(filepath.Join(dir, "items"), 0o700)
}

func (v fileVault) path(account string) string { return filepath.Join(v.dir, "items", account) }

func (v fileVault) around() func() {
	if v.step == nil {
		return func() {}
	}
	v.step()
	return v.step
}

func (v fileVault) Get(_ context.Context, account string) (secret.Value, error) {
	defer v.around()()
	data, err := os.ReadFile(v.path(account))
	if err != nil {
		return secret.Value{}, notThere(err)
	}
	return secret.New(string(data)), nil
}

func (v fileVault) Set(_ context.Context, account string, s secret.Value) error {
	defer v.around()()
	plain := open(s)
	if len(plain) > SecretLimit {
		return ErrTooLarge
	}
	temp := filepath.Join(v.dir, account)
	if err := os.WriteFile(temp, []byte(plain), 0o600); err != nil {
		return err
	}
	return os.Rename(temp, v.path(account))
}

func (v fileVault) Delete(_ context.Context, account string) error {
	defer v.around()()
	return notThere(os.Remove(v.path(account)))
}

func notThere(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return ErrNoSecret
	}
	return err
}
