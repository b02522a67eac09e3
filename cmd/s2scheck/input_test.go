package main

import (
	"io"
	"strings"
	"testing"
)

// TestSecretInAnyEncoding guards that the secret on standard input is read from files of
// Notepad and of PowerShell 5.1.
func TestSecretInAnyEncoding(t *testing.T) {
	const value = "Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1"
	wide := strings.Join(strings.Split(value+"\r\n", ""), "\x00")
	for name, in := range map[string]string{
		"alone":                   value,
		"from echo":               value + "\n",
		"from Windows":            value + "\r\n",
		"with a mark":             "\ufeff" + value + "\r\n",
		"in UTF-16":               "\xff\xfe" + wide + "\x00",
		"in UTF-16, big-endian":   "\xfe\xff\x00" + wide,
		"in UTF-16, with no mark": wide + "\x00",
	} {
		got, err := program{in: strings.NewReader(in), err: io.Discard}.readSecret(t.Context())
		if err != nil {
			t.Fatal(name, err)
		}
		got.Use(func(plain string) {
			if plain != value {
				t.Errorf("%s: %d bytes instead of %d", name, len(plain), len(value))
			}
		})
	}
}
