//go:build darwin && cgo

package profile

import (
	"errors"
	"time"

	"github.com/keybase/go-keychain"
	"github.com/zalando/go-keyring"
)

// readTimeout is time for the user to answer when macOS asks whether this program
// may read a secret that another one stored: the window and the command are two
// programs.
const readTimeout = time.Minute

// systemKeyring is the Keychain through its API: macOS lets the program that stored
// a secret read it, and asks before another one does.
type systemKeyring struct{}

func (systemKeyring) Set(service, user, password string) error {
	text := []byte(keychainText(password))
	err := keychain.AddItem(keychain.NewGenericPassword(service, user, service, text, ""))
	if !errors.Is(err, keychain.ErrorDuplicateItem) {
		return err
	}
	update := keychain.NewItem()
	update.SetData(text)
	return keychain.UpdateItem(keychain.NewGenericPassword(service, user, "", nil, ""), update)
}

func (systemKeyring) Get(service, user string) (string, error) {
	text, err := keychain.GetGenericPassword(service, user, "", "")
	switch {
	case errors.Is(err, keychain.ErrorItemNotFound), err == nil && text == nil:
		return "", keyring.ErrNotFound
	case err != nil:
		return "", err
	}
	return keychainPlain(string(text))
}

func (systemKeyring) Delete(service, user string) error {
	err := keychain.DeleteGenericPasswordItem(service, user)
	if errors.Is(err, keychain.ErrorItemNotFound) {
		return keyring.ErrNotFound
	}
	return err
}
