package certificate

import (
	"errors"
	"strings"
	"unicode/utf16"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// password is one way to read what was given as the password.
type password struct {
	value secret.Value
	// noted is what was done to the password as it was given; zero for nothing.
	noted text.Text
}

// passwords returns the password as given, and after it without what gets onto a
// password on its way: the line end of a file, the blank that "set NAME=value &&"
// leaves on Windows, the quotes of a settings file. What opens the file is the
// password.
func passwords(given secret.Value) []password {
	all := []password{{value: given}}
	given.Use(func(plain string) {
		add := func(s string, noted text.Text) {
			v := secret.New(s)
			for _, p := range all {
				if p.value.Equal(v) {
					return
				}
			}
			all = append(all, password{v, noted})
		}
		add(strings.TrimRight(plain, "\r\n"), text.F("dropped the line end after the certificate's password"))
		trimmed := strings.TrimSpace(plain)
		add(trimmed, text.F("dropped the blanks around the certificate's password"))
		for _, quote := range []string{`"`, "'"} {
			if len(trimmed) > 2*len(quote) && strings.HasPrefix(trimmed, quote) && strings.HasSuffix(trimmed, quote) {
				add(strings.Trim(trimmed, quote), text.F("dropped the quotes around the certificate's password"))
			}
		}
		add("", text.F("the certificate file has no password, and the one that was given is not used"))
	})
	return all
}

// errWrongPassword is the error of data that another password may open.
var errWrongPassword = errors.New("wrong password")

// unlock calls open with one password after the other until one is not wrong, and
// remembers it for the next block. Its errors are errWrongPassword and those of open.
func (r *reader) unlock(open func(p secret.Value) error) error {
	order := append([]password{r.passwords[r.opened]}, r.passwords...)
	for i, p := range order {
		if i == r.opened+1 {
			continue // the first one
		}
		err := open(p.value)
		switch {
		case errors.Is(err, errWrongPassword):
			continue
		case i > 0 && errors.Is(err, errTooMuchWork):
			return errWrongPassword // the first one was, and the others are guesses
		}
		if err == nil && i > 0 {
			r.opened = i - 1
		}
		if err == nil && !p.noted.Empty() {
			r.note(p.noted)
		}
		return err
	}
	return errWrongPassword
}

// hasPassword reports whether a password was given.
func (r *reader) hasPassword() bool { return !r.passwords[0].value.Empty() }

// bmpPassword returns a password as RFC 7292 appendix B.1 hashes it: UTF-16, big
// endian, with two zeros at the end.
func bmpPassword(plain string) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(plain)) {
		b = append(b, byte(unit>>8), byte(unit))
	}
	return append(b, 0, 0)
}
