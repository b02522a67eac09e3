// Package federation gets the assertion of a federated credential where this runs,
// and explains why Entra refuses one: what was presented, what was expected, which
// characters differ, and the entry that makes them equal.
//
// It promises that the assertion and the request token of a pipeline show nowhere, and
// that the request token goes to the endpoint that the pipeline names, over https, and
// nowhere else. Reading ends with the caller's context.
package federation

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// Facts is what asking for an assertion brought.
type Facts struct {
	Issuer connection.Issuer
	// Host is the host that was asked; "" for a file.
	Host string
	// Assertion is empty unless there is one.
	Assertion secret.Value
	// Claims are the assertion's, read and not verified.
	Claims entra.Claims
	// Missing explains why there is no assertion; empty where there is one, and where
	// Response or Err is the reason.
	Missing text.Text
	// Response is the endpoint's, redacted; Err is set if there was no response.
	Response transport.Response
	Err      *transport.Error
}

// accept keeps an assertion that is a token, and explains what else it is.
func (f *Facts) accept(assertion secret.Value, from text.Text) {
	claims, ok := entra.Peek(assertion)
	if assertion.Empty() || !ok {
		f.Missing = text.F("%s holds no token.", from)
		return
	}
	f.Assertion, f.Claims = assertion, claims
}
