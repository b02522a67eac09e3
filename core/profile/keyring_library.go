//go:build !darwin || !cgo

package profile

import "github.com/zalando/go-keyring"

// readTimeout is the usual one: these stores read without asking the user.
const readTimeout = VaultTimeout

// systemKeyring is the library's. On macOS, without cgo, it runs /usr/bin/security,
// which then reads the secret for any program of the user without asking.
type systemKeyring struct{}

func (systemKeyring) Set(service, user, password string) error {
	return keyring.Set(service, user, password)
}
func (systemKeyring) Get(service, user string) (string, error) { return keyring.Get(service, user) }
func (systemKeyring) Delete(service, user string) error        { return keyring.Delete(service, user) }
