package rotate

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// fileVault is a fake of the system's store that outlives a killed process.
type fileVault struct{ dir string }

func (v fileVault) file(account string) string { return filepath.Join(v.dir, account) }

func (v fileVault) Get(_ context.Context, account string) (secret.Value, error) {
	raw, err := os.ReadFile(v.file(account))
	return secret.New(string(raw)), missing(err)
}

func (v fileVault) Set(_ context.Context, account string, s secret.Value) error {
	temp, err := os.CreateTemp(filepath.Dir(v.dir), "vault")
	if err != nil {
		return err
	}
	s.Use(func(plain string) { _, err = temp.WriteString(plain) })
	return errors.Join(err, temp.Close(), os.Rename(temp.Name(), v.file(account)))
}

func (v fileVault) Delete(_ context.Context, account string) error {
	return missing(os.Remove(v.file(account)))
}

func missing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return profile.ErrNoSecret
	}
	return err
}

// noVault plays a system without a store.
type noVault struct{}

var errNoVault = errors.New("no store")

func (noVault) Get(context.Context, string) (secret.Value, error) { return secret.Value{}, errNoVault }
func (noVault) Set(context.Context, string, secret.Value) error   { return errNoVault }
func (noVault) Delete(context.Context, string) error              { return errNoVault }
