package profile

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

const (
	// sealedLimit is the longest secret in bytes that is kept at all. Entra's client
	// secrets have 40 characters; a password of a certificate is typed.
	sealedLimit  = 64 << 10
	sealedPrefix = "profiles.secret-"
	// keyMark starts what the system's store holds instead of a long secret. It
	// changes with the format of the file.
	keyMark = "S2S Doctor key 1:"
)

// sealedVault is a vault for secrets of up to 64 KiB over one that takes
// [SecretLimit] bytes. A longer secret is in a file of the folder, encrypted with
// AES-256-GCM; the vault below has the key, which is used for this file only.
type sealedVault struct {
	Vault
	dir  string
	disk *disk
}

func (v sealedVault) path(account string) string {
	return filepath.Join(v.dir, sealedPrefix+account)
}

func (v sealedVault) Set(ctx context.Context, account string, s secret.Value) error {
	var key string
	var data []byte
	s.Use(func(plain string) {
		if len(plain) > SecretLimit || strings.HasPrefix(plain, keyMark) {
			key, data = seal(account, plain)
		}
	})
	switch {
	case data == nil:
		return v.Vault.Set(ctx, account, s)
	case len(data) > sealedLimit+sealedOverhead || !validAccount(account):
		return ErrTooLarge
	}
	if err := v.disk.replace(ctx, v.path(account), data); err != nil {
		return err
	}
	err := v.Vault.Set(ctx, account, secret.New(keyMark+key))
	if err != nil {
		_ = v.disk.remove(ctx, v.path(account))
	}
	return err
}

func (v sealedVault) Get(ctx context.Context, account string) (secret.Value, error) {
	s, err := v.Vault.Get(ctx, account)
	if err != nil {
		return s, err
	}
	var key string
	isKey := false
	s.Use(func(plain string) { key, isKey = strings.CutPrefix(plain, keyMark) })
	if !isKey {
		return s, nil
	}
	if !validAccount(account) {
		return secret.Value{}, ErrDamaged
	}
	data, err := read(ctx, v.path(account))
	if err != nil {
		return secret.Value{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return unseal(account, key, data)
}

// Delete deletes the key first: without it the file is noise.
func (v sealedVault) Delete(ctx context.Context, account string) error {
	err := v.Vault.Delete(ctx, account)
	if err != nil && !errors.Is(err, ErrNoSecret) || !validAccount(account) {
		return err
	}
	return errors.Join(err, v.disk.remove(ctx, v.path(account)))
}

// sealedOverhead is what seal adds: a nonce of 12 bytes and a tag of 16.
const sealedOverhead = 12 + 16

// seal encrypts a secret with a new key, which is returned in base64.
func seal(account, plain string) (key string, data []byte) {
	random := make([]byte, 32)
	rand.Read(random) // never fails
	// #nosec G407 -- no nonce is given: the cipher makes a random one
	data = gcm(random).Seal(nil, nil, []byte(plain), sealedFor(account))
	return base64.StdEncoding.EncodeToString(random), data
}

// unseal returns [ErrDamaged] unless data is what seal returned for the account.
func unseal(account, key string, data []byte) (secret.Value, error) {
	random, err := base64.StdEncoding.DecodeString(key)
	if err != nil || len(random) != 32 {
		return secret.Value{}, ErrDamaged
	}
	plain, err := gcm(random).Open(nil, nil, data, sealedFor(account))
	if err != nil {
		return secret.Value{}, ErrDamaged
	}
	return secret.New(string(plain)), nil
}

// gcm panics unless the key has 32 bytes.
func gcm(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err)
	}
	return aead
}

// sealedFor is the additional data that binds a file to its account and format.
func sealedFor(account string) []byte { return []byte(Service + "\n" + account + "\n1") }
