package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// errorOf classifies the errors of the network. It goes by type, never by
// text, except where net/http and crypto/tls have no type.
func (c *Client) errorOf(req *http.Request, err error) *Error {
	if f := AsError(err); f != nil {
		return f
	}
	f := &Error{Kind: Broken, Host: req.URL.Hostname(), Err: err}
	var (
		dns     *net.DNSError
		tooLong errTooLong
		status  errStatus
		opError *net.OpError
	)
	switch {
	case errors.Is(err, context.Canceled):
		f.Kind, f.Detail = Canceled, text.F("cancelled")
	case errors.As(err, &dns):
		f.Kind, f.Detail = DNS, dnsDetail(dns)
	case !c.tlsDetail(err).Empty():
		f.Kind, f.Detail = TLS, c.tlsDetail(err)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), isTimeout(err):
		f.Kind, f.Detail = Timeout, text.F("no answer in time")
	case errors.Is(err, syscall.ECONNREFUSED):
		f.Kind, f.Detail = Refused, text.F("nothing accepts connections there")
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		f.Kind, f.Detail = Refused, text.F("there is no route to it")
	case errors.Is(err, io.ErrUnexpectedEOF):
		f.Detail = text.F("the answer broke off in the middle")
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, io.EOF):
		f.Detail = text.F("the connection was cut before an answer came")
	case errors.As(err, &tooLong):
		f.Kind, f.Detail = Intercepted, tooLong.Message()
	case errors.As(err, &status):
		f.Kind, f.Detail = Intercepted, status.Message()
	case errors.Is(err, errConnections):
		f.Detail = text.F("every connection was closed before an answer came")
	case malformed(err):
		f.Kind, f.Detail = Intercepted, text.F("the answer is not valid HTTP")
	case cut(err):
		f.Detail = text.F("the connection was cut before an answer came")
	case errors.As(err, &opError) && opError.Op == "dial":
		f.Kind, f.Detail = Refused, text.F("the connection could not be made")
	default:
		f.Detail = text.Raw(c.clean(err.Error()))
	}
	return f
}

// maxDetail is how much of a foreign text a failure may quote, in bytes.
const maxDetail = 512

// clean returns a remote text that an error may quote: the sender may have echoed secrets
// in it.
func (c *Client) clean(text string) string { return plain.LineTo(c.secrets.Text(text), maxDetail) }

// malformed reports whether an answer broke the rules of HTTP, which no service
// does. net/http has no type for it, only words.
func malformed(err error) bool {
	for _, words := range []string{
		"malformed", "response headers exceeded", "message cannot contain multiple", "too many 1xx", "bad Content-Length", "invalid header",
		"unsupported transfer encoding", "chunk length", "chunked encoding", "chunked line", "header line too long", "long trailer",
		"gzip: invalid", "flate: corrupt", "PROTOCOL_ERROR", "http2: invalid", "http2: response header list",
	} {
		if strings.Contains(err.Error(), words) {
			return true
		}
	}
	return false
}

// streamError receives the error of an HTTP/2 stream that the other side ended
// (RFC 9113 section 5.4.2). net/http has the type to itself, and fills one of the
// same fields.
type streamError struct {
	StreamID uint32
	Code     uint32
	Cause    error
}

func (e streamError) Error() string { return fmt.Sprintf("stream error %d", e.Code) }

// cut reports whether the other side ended the connection or the stream, for any
// reason but a fault in HTTP.
func cut(err error) bool {
	var stream streamError
	return errors.Is(err, syscall.ECONNRESET) || errors.As(err, &stream) && !malformed(err)
}

func dnsDetail(e *net.DNSError) text.Text {
	switch {
	case e.IsNotFound:
		return text.F("no such host name")
	case e.IsTimeout:
		return text.F("the name server does not answer")
	}
	return text.F("the host name could not be looked up")
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}

// tlsDetail describes the fault of a certificate or handshake, and the certificate's
// issuer: an unknown issuer reveals an inspecting proxy. It returns an empty text for an
// error outside TLS.
func (c *Client) tlsDetail(err error) text.Text {
	var (
		unverified *tls.CertificateVerificationError
		unknown    x509.UnknownAuthorityError
		host       x509.HostnameError
		invalid    x509.CertificateInvalidError
		roots      x509.SystemRootsError
		record     tls.RecordHeaderError
		alert      tls.AlertError
	)
	// whose adds the issuer to a fault, if it is known.
	whose := func(wrong text.Text) text.Text {
		if errors.As(err, &unverified) && len(unverified.UnverifiedCertificates) > 0 {
			return text.F("%s, issued by %s", wrong, c.clean(unverified.UnverifiedCertificates[0].Issuer.String()))
		}
		return wrong
	}
	switch {
	case errors.As(err, &host):
		return whose(text.F("the certificate is for another host: %s", c.clean(names(host.Certificate))))
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return whose(text.F("the certificate is valid from %s to %s only",
			day(invalid.Cert.NotBefore), day(invalid.Cert.NotAfter)))
	case errors.As(err, &invalid):
		return whose(text.F("the certificate is not acceptable"))
	case errors.As(err, &unknown):
		return whose(text.F("the certificate is not trusted on this computer"))
	case errors.As(err, &roots):
		return text.F("this computer's list of trusted certificates could not be read")
	case unverified != nil:
		return whose(text.F("the certificate could not be verified"))
	case errors.As(err, &record):
		return text.F("the other side does not speak TLS")
	case errors.As(err, &alert):
		return text.F("the TLS handshake was refused: %s", c.clean(strings.TrimPrefix(alert.Error(), "tls: ")))
	// crypto/tls has no type for a version or cipher that does not match.
	case strings.Contains(err.Error(), "tls: "):
		_, shown, _ := strings.Cut(err.Error(), "tls: ")
		return text.F("the TLS handshake failed: %s", c.clean(shown))
	}
	return text.Text{}
}

func names(c *x509.Certificate) string {
	if c == nil {
		return "unnamed"
	}
	if len(c.DNSNames) > 0 {
		return strings.Join(c.DNSNames[:min(len(c.DNSNames), 3)], ", ")
	}
	return c.Subject.String()
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

func hostOnly(hostport string) string {
	if host, _, err := net.SplitHostPort(hostport); err == nil {
		return host
	}
	return hostport
}
