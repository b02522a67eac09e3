package transport

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// refusedByProxy turns a proxy's refusal of CONNECT into an [Error] with
// what the proxy asked for; net/http alone would keep the status text only.
func refusedByProxy(_ context.Context, proxy *url.URL, req *http.Request, res *http.Response) error {
	if res.StatusCode == http.StatusOK {
		return nil
	}
	// The reason phrase is the proxy's to choose (RFC 9110 section 15.1): it decides
	// nothing, and is not shown.
	status := strings.TrimSpace(fmt.Sprint(res.StatusCode, " ", http.StatusText(res.StatusCode)))
	f := &Error{Host: hostOnly(req.URL.Host), Detail: text.F("the proxy %s answered %s", proxy.Host, status)}
	switch res.StatusCode {
	case http.StatusProxyAuthRequired:
		f.Kind = ProxyAuth
		if asks := schemes(res.Header.Values("Proxy-Authenticate")); asks != "" {
			f.Detail = text.F("the proxy %s answered %s, it asks for %s", proxy.Host, status, asks)
		}
	case http.StatusGatewayTimeout:
		f.Kind = Timeout
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusNotFound:
		f.Kind = Refused
	default:
		f.Kind = Intercepted
	}
	return f
}

// schemes lists the names of authentication schemes: "Negotiate, NTLM".
func schemes(headers []string) string {
	var names []string
	for _, h := range headers {
		name, _, _ := strings.Cut(strings.TrimSpace(h), " ")
		if name != "" {
			names = append(names, plain.Line(name))
		}
	}
	return strings.Join(names, ", ")
}
