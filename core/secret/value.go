// Package secret holds what must never be seen: client secrets, tokens,
// authorization codes, verifiers, passwords.
//
// A [Value] prints as [redacted] through every verb and encoder, also when it
// is buried in an unexported field where fmt does not call its methods. The
// plain text comes out in one way only, [Value.Use]; a test lists who may call
// it.
package secret

import (
	"crypto/subtle"
	"encoding/xml"
	"fmt"
	"io"
	"log/slog"
	"unicode/utf8"
)

// Redacted is what a secret looks like everywhere.
const Redacted = "[redacted]"

// Value is one secret. Its zero value is empty, and is safe to use and print.
//
// The text lives in a closure, not in a field: reflection walks through
// structs, pointers and slices, and would print any of those.
type Value struct {
	reveal func() string
}

// New keeps plain as a secret. New("") is the zero value.
func New(plain string) Value {
	if plain == "" {
		return Value{}
	}
	return Value{reveal: func() string { return plain }}
}

// Empty reports whether there is nothing in it.
func (v Value) Empty() bool { return v.reveal == nil }

// Len is the number of characters, 0 when empty: enough to say "40 characters"
// without a look inside.
func (v Value) Len() int {
	if v.reveal == nil {
		return 0
	}
	return utf8.RuneCountInString(v.reveal())
}

// Equal compares two secrets in a time that does not depend on where they differ.
func (v Value) Equal(w Value) (same bool) {
	v.Use(func(x string) {
		w.Use(func(y string) { same = subtle.ConstantTimeCompare([]byte(x), []byte(y)) == 1 })
	})
	return same
}

// Use calls f with the plain text, which is "" for an empty secret.
// f must not keep it.
func (v Value) Use(f func(plain string)) {
	if v.reveal == nil {
		f("")
		return
	}
	f(v.reveal())
}

// String is [Redacted], or nothing when there is nothing to hide.
func (v Value) String() string {
	if v.Empty() {
		return ""
	}
	return Redacted
}

// GoString is what %#v prints.
func (v Value) GoString() string { return v.String() }

// Format answers every verb and flag alike, so that %x or %d leak nothing.
func (v Value) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, v.String()) }

// MarshalText serves JSON, XML attributes and text encoders.
func (v Value) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// MarshalXML is separate because encoding/xml asks for it before MarshalText.
func (v Value) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	return e.EncodeElement(v.String(), start)
}

// GobEncode keeps a secret out of gob streams too.
func (v Value) GobEncode() ([]byte, error) { return []byte(v.String()), nil }

// LogValue is what slog writes.
func (v Value) LogValue() slog.Value { return slog.StringValue(v.String()) }
