package profile

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// The Keychain holds a secret in the form of github.com/zalando/go-keyring, which
// stores it in builds without cgo: both kinds of build read what the other stored.
const (
	keychainBase64 = "go-keyring-base64:"
	keychainHex    = "go-keyring-encoded:" // by its versions before 0.2.2
)

// keychainText returns what the Keychain holds for a secret.
func keychainText(plain string) string {
	return keychainBase64 + base64.StdEncoding.EncodeToString([]byte(plain))
}

// keychainPlain returns the secret of what the Keychain holds. Text in no known
// form is the secret itself, typed in Keychain Access.
func keychainPlain(text string) (string, error) {
	if encoded, ok := strings.CutPrefix(text, keychainBase64); ok {
		plain, err := base64.StdEncoding.DecodeString(encoded)
		return string(plain), err
	}
	if encoded, ok := strings.CutPrefix(text, keychainHex); ok {
		plain, err := hex.DecodeString(encoded)
		return string(plain), err
	}
	return text, nil
}
