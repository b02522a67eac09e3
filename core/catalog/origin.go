package catalog

import (
	"net/http"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/challenge"
)

// Origin is the party that a response comes from.
type Origin string

// The parties. What shows nothing of its party has the zero value.
const (
	// OriginService is the service itself: it sent one of its codes, its
	// challenge, or the request IDs of its own log.
	OriginService Origin = "service"
	// OriginGateway is a gateway in front of the service that cannot reach it.
	OriginGateway Origin = "gateway"
	// OriginBetween is a proxy, a filter or a portal on the way.
	OriginBetween Origin = "in between"
	// OriginServer is Microsoft's web server without any application behind the
	// name that was asked for.
	OriginServer Origin = "web server"
)

// originOf judges once, for every service and request alike, who answered.
// Proof of the service beats every other mark, because a proxy that lets a
// response through adds its own headers to it.
func originOf(a *answer, header http.Header, body []byte) Origin {
	page := IsPage(body)
	switch {
	case a.signs.Status == http.StatusProxyAuthRequired:
		return OriginBetween
	case a.signs.coded():
		return OriginService
	case a.signs.Status/100 == 3:
		// No service redirects a program.
		return OriginBetween
	case provesService(header, page):
		return OriginService
	case between(header) != "", a.signs.Status == http.StatusNetworkAuthenticationRequired:
		return OriginBetween
	case gatewayStatus[a.signs.Status]:
		return OriginGateway
	case page && isServerPage(body), missing(a.signs.Status) && server(header, "microsoft-httpapi", "microsoft-iis", "kestrel"):
		return OriginServer
	case page && a.signs.Status < 500 && a.signs.Status != http.StatusTooManyRequests:
		return OriginBetween
	}
	return ""
}

// coded reports whether the body held a code that only the service sends. The
// JSON members of Graph and OAuth are common names: there a known value counts.
func (s Signs) coded() bool {
	_, graph := byMark("graph:"+s.Graph, "")
	_, oauth := byMark("oauth:"+s.OAuth, "")
	return len(s.AADSTS) > 0 || s.Dataverse != "" || graph || oauth || len(data().refined[s.Graph]) > 0
}

func missing(status int) bool {
	return status == http.StatusNotFound || status == http.StatusBadRequest
}

// gatewayStatus are the statuses with which a gateway reports that the service
// behind it does not respond (RFC 9110 sections 15.6.3 to 15.6.5).
var gatewayStatus = map[int]bool{
	http.StatusBadGateway:         true,
	http.StatusServiceUnavailable: true,
	http.StatusGatewayTimeout:     true,
}

// ownHeaders are sent by the services themselves and by no proxy: the IDs of
// their logs, and the version of OData.
var ownHeaders = []string{
	"REQ_ID", "AuthActivityId", "X-Ms-Service-Request-Id", "X-Ms-Ests-Server",
	"X-Ms-Ratelimit-Burst-Remaining-Xrm-Requests", "X-Ms-Ags-Diagnostic", "OData-Version",
}

// provesService reports whether the head alone shows that the service answered.
// A page needs more than a header: the services send no page to a program, except
// Entra's error page, which carries a code.
func provesService(header http.Header, page bool) bool {
	if c, ok := challenge.Bearer(header.Values("WWW-Authenticate")); ok && c.Names() {
		return true
	}
	if page {
		return false
	}
	for _, name := range ownHeaders {
		if header.Get(name) != "" {
			return true
		}
	}
	return false
}

// betweenHeaders are headers that only proxies and filters send.
var betweenHeaders = []string{
	"X-Squid-Error", "X-Cache-Lookup", "Fiddlertemplate", "X-Bluecoat-Via", "X-Bluecoat-Error",
	"X-Zscaler-Error", "X-Fortigate-Block", "X-Iboss-Block", "X-Netskope-Block",
	"X-Forcepoint-Block", "X-Mwg-Block", "X-Webwasher-Error", "Proxy-Authenticate",
}

// betweenProducts are proxies and filters by the product name (RFC 9110 section
// 10.2.4) in Server, Via or X-Cache, in lower case.
var betweenProducts = []string{
	"squid", "zscaler", "umbrella", "opendns", "bluecoat", "blue coat", "proxysg", "symantec",
	"mcafee", "skyhigh", "webwasher", "ironport", "cisco-wsa", "fortigate", "fortinet", "fortiproxy", "fortiguard",
	"websense", "forcepoint", "sophos", "watchguard", "barracuda", "netskope", "palo alto", "pan-os",
	"sonicwall", "checkpoint", "check point", "iboss", "menlo", "kerio", "smoothwall", "lightspeed",
	"cato", "contentkeeper", "trendmicro", "iwsva", "clearswift", "mitmproxy", "charles", "fiddler",
	"tinyproxy", "privoxy", "ziproxy", "haproxy-block", "wingate", "ccproxy", "polipo", "dansguardian", "e2guardian",
	"pfsense", "opnsense", "mikrotik", "coova", "nomadix", "aruba", "meraki",
}

// between names the mark of a proxy or filter in a head, or "".
func between(header http.Header) string {
	for _, name := range betweenHeaders {
		if value := header.Get(name); value != "" {
			return name + ": " + cleanTo(value, 128)
		}
	}
	for _, name := range []string{"Server", "Via", "X-Cache", "X-Powered-By"} {
		for _, value := range header.Values(name) {
			if hasProduct(value, betweenProducts...) {
				return name + ": " + cleanTo(value, 128)
			}
		}
	}
	return ""
}

// server reports whether Server names one of the products.
func server(header http.Header, products ...string) bool {
	return hasProduct(header.Get("Server"), products...)
}

// hasProduct finds a name at the start of a word, so that "cato" is not found
// in "application".
func hasProduct(value string, products ...string) bool {
	value = strings.ToLower(value)
	for _, p := range products {
		for at := 0; ; {
			i := strings.Index(value[at:], p)
			if i < 0 {
				break
			}
			at += i
			if at == 0 || !isLetter(value[at-1]) {
				return true
			}
			at += len(p)
		}
	}
	return false
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }
