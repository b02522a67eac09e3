package certificate

import "github.com/s2sdoctor/s2sdoctor/core/text"

// Fault is the kind of reason why a certificate cannot be used.
type Fault string

// The faults.
const (
	// Unreadable: no such file, not a file, too large, no certificate in it, or a
	// form that this package does not read.
	Unreadable Fault = "unreadable"
	// Password: the password is missing or wrong.
	Password Fault = "password"
	// NoKey: there is a certificate and no private key.
	NoKey Fault = "no key"
	// KeyType: Entra does not take this kind or size of key.
	KeyType Fault = "key type"
	// Mismatch: the key belongs to another certificate.
	Mismatch Fault = "mismatch"
	// Ambiguous: several certificates have a key of their own.
	Ambiguous Fault = "ambiguous"
	// NoStore: this system has no store of certificates.
	NoStore Fault = "no store"
	// NotInStore: the store has no certificate with this thumbprint.
	NotInStore Fault = "not in store"
	// NotPermitted: the system does not let this account use the private key.
	NotPermitted Fault = "not permitted"
	// SmartCard: the key is on a smart card that is missing or asks for its PIN.
	SmartCard Fault = "smart card"
)

// Error is the reason why a certificate cannot be used. Its summary names what was
// found and the next action. It holds no folder and nothing of a file's content;
// the names of files next to the certificate may be in it.
type Error struct {
	Fault   Fault
	Summary text.Text
}

// Error returns the summary.
func (e *Error) Error() string { return e.Summary.String() }

func fail(fault Fault, summary text.Text) *Error { return &Error{fault, summary} }
