package consent

import (
	"context"
	"errors"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// ListenError is the reason why this computer cannot wait for the response.
type ListenError struct {
	// Port is the one in the redirect URI, 0 when the system was to choose.
	Port int
	Err  error
}

// Error is a sentence for people, with the port.
func (e *ListenError) Error() string { return e.Message().String() }

// Message returns the same text in every language.
func (e *ListenError) Message() text.Text {
	switch {
	case e.Port == 0:
		return text.F("No port could be opened on this computer to wait for the answer.")
	case errors.Is(e.Err, errInUse):
		return text.F("Port %d of the Redirect URI is in use by another program. Close that program, or leave the port out: Entra ignores it for localhost.", e.Port)
	case errors.Is(e.Err, errForbidden):
		return text.F("This computer does not allow port %d of the Redirect URI. Use one above 1023, or leave the port out: Entra ignores it for localhost.", e.Port)
	}
	return text.F("Port %d of the Redirect URI could not be opened on this computer.", e.Port)
}

// Unwrap returns the cause.
func (e *ListenError) Unwrap() error { return e.Err }

// Listens reports whether the answer comes back to this computer, where a
// [Listener] can take it: http on localhost, 127.0.0.1 or [::1] (RFC 8252
// section 7.3).
func Listens(redirectURI string) bool {
	_, ok := loopbackRedirect(redirectURI)
	return ok
}

func loopbackRedirect(redirectURI string) (*url.URL, bool) {
	u, err := url.Parse(redirectURI)
	if err != nil || u.Scheme != "http" || u.User != nil {
		return nil, false
	}
	switch strings.ToLower(u.Hostname()) {
	case "localhost", "127.0.0.1", "::1":
		return u, true
	}
	return nil, false
}

// bind opens the redirect's port on literal loopback addresses (RFC 8252
// section 8.3): never on a name, which could be resolved to something else, and
// never on all interfaces. "localhost" needs both families: browsers try either
// first. Without a port the system chooses one.
func bind(ctx context.Context, u *url.URL) ([]net.Listener, int, error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, &ListenError{Err: err}
	}
	port := 0
	if u.Port() != "" {
		n, err := strconv.ParseUint(u.Port(), 10, 16)
		if err != nil || n == 0 {
			return nil, 0, &ListenError{Port: int(n), Err: errors.New("no such port")}
		}
		port = int(n)
	}
	// The port that the system chose for one family may be taken in the other.
	const tries = 8
	var err error
	for range tries {
		var bound []net.Listener
		if bound, err = bindFamilies(ctx, u.Hostname(), port); err == nil {
			return bound, bound[0].Addr().(*net.TCPAddr).Port, nil
		}
		if port != 0 || ctx.Err() != nil {
			break
		}
	}
	return nil, 0, &ListenError{Port: port, Err: err}
}

func bindFamilies(ctx context.Context, host string, port int) ([]net.Listener, error) {
	var config net.ListenConfig
	listen := func(network, ip string, port int) (net.Listener, error) {
		return config.Listen(ctx, network, net.JoinHostPort(ip, strconv.Itoa(port)))
	}
	if host == "::1" {
		l, err := listen("tcp6", "::1", port)
		return []net.Listener{l}, err
	}
	v4, err := listen("tcp4", "127.0.0.1", port)
	if err != nil || host == "127.0.0.1" {
		return []net.Listener{v4}, err
	}
	v6, err := listen("tcp6", "::1", v4.Addr().(*net.TCPAddr).Port)
	switch {
	case err == nil:
		return []net.Listener{v4, v6}, nil
	case errors.Is(err, errInUse), errors.Is(err, errForbidden):
		// The program that has the port there would get the code.
		_ = v4.Close()
		return nil, err
	}
	return []net.Listener{v4}, nil // no IPv6 here
}
