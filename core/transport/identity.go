package transport

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// identityDial is the time limit for connecting to the endpoint of a managed identity.
// The endpoint is on this computer or one hop away: if nothing accepts in this time, it
// does not exist.
const identityDial = 4 * time.Second

// Identity is the HTTP client that MSAL gets for a managed identity: it reaches this
// computer and link-local addresses and nothing else, even if the environment names others,
// and never goes through a proxy.
type Identity struct {
	client *Client

	mu   sync.Mutex
	last Response
	err  error
}

// Identity restricts the client to the endpoints of managed identities.
func (c *Client) Identity() *Identity { return &Identity{client: c} }

// Last is the newest answer, scrubbed, or the failure.
func (i *Identity) Last() (Response, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.last, i.err
}

// Do implements MSAL's HTTP client.
func (i *Identity) Do(req *http.Request) (*http.Response, error) {
	if !isLocal(req.URL.Hostname()) {
		f := &Error{Kind: Intercepted, Host: req.URL.Hostname(), Detail: text.F("refused to ask there: a managed identity is on this computer or a link-local address"), Err: errNotLocal}
		i.keep(Response{}, f)
		return nil, f
	}
	for _, name := range identityHeaders {
		for _, value := range req.Header.Values(name) {
			i.client.AddSecret(secret.New(strings.TrimPrefix(value, "Basic ")))
		}
	}
	ctx := context.WithValue(withLimit(req.Context(), tokenLimit), localKey{}, true)
	resp, err := i.client.send(req.WithContext(ctx))
	if err != nil {
		i.keep(Response{}, err)
		return nil, err
	}
	i.keep(responseOf(resp), nil)
	return resp, nil
}

// CloseIdleConnections implements MSAL's HTTP client; the connections belong to the
// examination, which closes them itself.
func (i *Identity) CloseIdleConnections() {}

func (i *Identity) keep(a Response, err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.last, i.err = a, err
}

// identityHeaders are the headers by which the endpoints know their own programs.
//
// Source: learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
// and learn.microsoft.com/azure/azure-arc/servers/managed-identity-authentication.
var identityHeaders = []string{"X-Identity-Header", "Secret", "Authorization"}

type localKey struct{}

// errNotLocal is the address of an endpoint that is neither on this computer nor
// link-local.
var errNotLocal = errors.New("not a local address")

// NotLocal reports whether a request was refused because of its address.
func (f *Error) NotLocal() bool { return f != nil && errors.Is(f.Err, errNotLocal) }

// isLocal reports whether a host is this computer or a link-local address.
func isLocal(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && localAddress(ip)
}

func localAddress(ip netip.Addr) bool {
	ip = ip.Unmap()
	return ip.IsLoopback() || ip.IsLinkLocalUnicast()
}

// onlyLocal refuses a connection to an address that a name was resolved to and that is
// not local.
func onlyLocal(_, address string, _ syscall.RawConn) error {
	if to, err := netip.ParseAddrPort(address); err != nil || !localAddress(to.Addr().WithZone("")) {
		return errNotLocal
	}
	return nil
}
