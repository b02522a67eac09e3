package transport

import (
	"errors"
	"net"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Kind is how the network failed; the catalogue recognises causes by it.
type Kind string

// The kinds of failure.
const (
	DNS         Kind = "dns"
	Refused     Kind = "refused"
	Timeout     Kind = "timeout"
	TLS         Kind = "tls"
	ProxyAuth   Kind = "proxy-auth"
	Intercepted Kind = "intercepted" // HTML, or a foreign redirect, where JSON belongs
	Canceled    Kind = "canceled"    // the caller's context ended; not a finding
	Broken      Kind = "broken"      // anything else: reset, truncated, too long
)

// Error is an error of the network, of a Kind.
type Error struct {
	Kind Kind
	// Host is the host that was asked for (not the proxy).
	Host string
	// Detail describes the error: "no such host", "certificate signed by CN=Corp Proxy
	// CA". It contains no secret.
	Detail text.Text
	// Err is the cause, for errors.Is; it is never shown.
	Err error
}

// Error is Host and Detail.
func (f *Error) Error() string { return f.Message().String() }

// Message returns Host and Detail: the same text in every language.
func (f *Error) Message() text.Text { return text.Join(": ", text.Raw(f.Host), f.Detail) }

// Unwrap returns the cause.
func (f *Error) Unwrap() error { return f.Err }

// NoSuchHost reports whether the name service answered that the name does not exist,
// rather than nothing at all.
func (f *Error) NoSuchHost() bool {
	var dns *net.DNSError
	return f != nil && errors.As(f.Err, &dns) && dns.IsNotFound
}
