package profile

import "testing"

func TestKeychainText(t *testing.T) {
	for _, plain := range []string{"", canary, "p\u00e4ssw\u00f6rd\n", keychainBase64, keychainHex + "zz", "\x00\xff"} {
		if got, err := keychainPlain(keychainText(plain)); got != plain || err != nil {
			t.Errorf("%q became %q, %v", plain, got, err)
		}
	}
	for text, want := range map[string]string{"typed by hand": "typed by hand", "go-keyring-encoded:c3a4": "\u00e4", "go-keyring-base64:w6Q=": "\u00e4"} {
		if got, err := keychainPlain(text); got != want || err != nil {
			t.Errorf("%q is %q, %v", text, got, err)
		}
	}
	for _, text := range []string{keychainBase64 + "!", keychainHex + "x"} {
		if got, err := keychainPlain(text); err == nil {
			t.Errorf("%q is %q", text, got)
		}
	}
}
