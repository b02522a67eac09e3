package profile

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// SecretLimit is the longest secret in bytes that every system's store takes:
// Windows' CRED_MAX_CREDENTIAL_BLOB_SIZE; base64 of it still fits into the command
// line that macOS' security reads. See [sealedVault] for longer ones.
//
// Source: learn.microsoft.com/windows/win32/api/wincred/ns-wincred-credentiala.
const SecretLimit = 2560

// Vault keeps secrets. Get and Delete return [ErrNoSecret] for an account that is
// not there. All methods return soon after ctx ends.
type Vault interface {
	Get(ctx context.Context, account string) (secret.Value, error)
	Set(ctx context.Context, account string, v secret.Value) error
	Delete(ctx context.Context, account string) error
}

// put stores a secret and reads it back: some stores truncate, some forget. The
// error is a [*refusal] if the store has not taken the secret for sure.
func put(ctx context.Context, v Vault, account string, s secret.Value) (err error) {
	// What cannot be relied on is not left behind, also when ctx has ended.
	defer func() {
		if err != nil {
			cleanUp(ctx, v, account)
		}
	}()
	if err := v.Set(ctx, account, s); err != nil {
		if err = fmt.Errorf("storing: %w", err); ctx.Err() == nil && !errors.Is(err, ErrSlow) {
			return &refusal{err}
		}
		return err
	}
	back, err := v.Get(ctx, account)
	switch {
	case errors.Is(err, ErrNoSecret):
		return ErrUnfaithful
	case err != nil:
		return fmt.Errorf("reading back: %w", err)
	case !s.Equal(back):
		return ErrUnfaithful
	}
	return nil
}

// Probe tries the vault with random bytes, and takes them out again. The error is a
// [*VaultError].
func (s *Store) Probe(ctx context.Context) error {
	account := newAccount()
	err := put(ctx, s.vault, account, secret.New(rand.Text()))
	if err == nil {
		err = remove(ctx, s.vault, account)
	}
	if err == nil {
		return nil
	}
	return &VaultError{Summary: vaultText(err), err: err}
}

// refusal is the error of a store that answered that it does not take a secret.
type refusal struct{ err error }

func (r *refusal) Error() string { return r.err.Error() }
func (r *refusal) Unwrap() error { return r.err }

// cleanUp deletes as well as it can, also when ctx has ended: then it takes no
// longer than one call may.
func cleanUp(ctx context.Context, v Vault, account string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), VaultTimeout)
	defer cancel()
	_ = v.Delete(ctx, account)
}

// remove deletes a secret and checks that it is gone, also if it was not there.
func remove(ctx context.Context, v Vault, account string) error {
	if err := v.Delete(ctx, account); err != nil && !errors.Is(err, ErrNoSecret) {
		return fmt.Errorf("deleting: %w", err)
	}
	switch _, err := v.Get(ctx, account); {
	case err == nil:
		return ErrNotDeleted
	case !errors.Is(err, ErrNoSecret):
		return fmt.Errorf("looking whether it is gone: %w", err)
	}
	return nil
}
