package profile

import (
	"context"
	"crypto/rand"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// probe stores, reads and deletes a random secret, and returns the first error.
func probe(ctx context.Context, v Vault, account string) error {
	if err := put(ctx, v, account, secret.New(rand.Text())); err != nil {
		return err
	}
	return remove(ctx, v, account)
}
