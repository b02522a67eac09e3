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
)

// failureOf tells the errors of the network apart. It goes by type, never by
// text, except where net/http and crypto/tls give none.
func failureOf(req *http.Request, err error) *Failure {
	if f := FailureOf(err); f != nil {
		return f
	}
	f := &Failure{Kind: Broken, Host: req.URL.Hostname(), Err: err}
	var (
		dns     *net.DNSError
		tooLong errTooLong
		opError *net.OpError
	)
	switch {
	case errors.Is(err, context.Canceled):
		f.Kind, f.Detail = Canceled, "cancelled"
	case errors.As(err, &dns):
		f.Kind, f.Detail = DNS, dnsDetail(dns)
	case tlsDetail(err) != "":
		f.Kind, f.Detail = TLS, tlsDetail(err)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), isTimeout(err):
		f.Kind, f.Detail = Timeout, "no answer in time"
	case errors.Is(err, syscall.ECONNREFUSED):
		f.Kind, f.Detail = Refused, "nothing accepts connections there"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		f.Kind, f.Detail = Refused, "there is no route to it"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, io.EOF):
		f.Detail = "the connection was cut before an answer came"
	case errors.Is(err, io.ErrUnexpectedEOF):
		f.Detail = "the answer broke off in the middle"
	case errors.As(err, &tooLong):
		f.Kind, f.Detail = Intercepted, tooLong.Error()
	case errors.As(err, &opError) && opError.Op == "dial":
		f.Kind, f.Detail = Refused, "the connection could not be made"
	default:
		f.Detail = plain(err.Error())
	}
	return f
}

func dnsDetail(e *net.DNSError) string {
	switch {
	case e.IsNotFound:
		return "no such host name"
	case e.IsTimeout:
		return "the name server does not answer"
	}
	return "the host name could not be looked up"
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}

// tlsDetail says what is wrong with the certificate or the handshake, and whose
// certificate it is: an issuer that nobody knows is how an inspecting proxy
// shows itself. It is "" for an error that is not TLS's.
func tlsDetail(err error) string {
	var (
		unverified *tls.CertificateVerificationError
		unknown    x509.UnknownAuthorityError
		host       x509.HostnameError
		invalid    x509.CertificateInvalidError
		roots      x509.SystemRootsError
		record     tls.RecordHeaderError
		alert      tls.AlertError
	)
	issuer := ""
	if errors.As(err, &unverified) && len(unverified.UnverifiedCertificates) > 0 {
		issuer = ", issued by " + plain(unverified.UnverifiedCertificates[0].Issuer.String())
	}
	switch {
	case errors.As(err, &host):
		return "the certificate is for another host: " + plain(names(host.Certificate)) + issuer
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return fmt.Sprintf("the certificate is valid from %s to %s only%s",
			day(invalid.Cert.NotBefore), day(invalid.Cert.NotAfter), issuer)
	case errors.As(err, &invalid):
		return "the certificate is not acceptable" + issuer
	case errors.As(err, &unknown):
		return "the certificate is not trusted on this computer" + issuer
	case errors.As(err, &roots):
		return "this computer's list of trusted certificates could not be read"
	case unverified != nil:
		return "the certificate could not be verified" + issuer
	case errors.As(err, &record):
		return "the other side does not speak TLS"
	case errors.As(err, &alert):
		return "the TLS handshake was refused: " + plain(strings.TrimPrefix(alert.Error(), "tls: "))
	// crypto/tls has no type for a version or cipher that does not match.
	case strings.Contains(err.Error(), "tls: "):
		_, text, _ := strings.Cut(err.Error(), "tls: ")
		return "the TLS handshake failed: " + plain(text)
	}
	return ""
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
