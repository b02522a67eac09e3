package catalog

import (
	"net/http"
	"testing"
)

// TestOrigin guards the party that a response comes from, and the cause if nothing else
// is known.
func TestOrigin(t *testing.T) {
	const (
		challenged = "Bearer authorization_uri=https://login.microsoftonline.com/12b5c856-0b1e-4a63-9f0e-3c1d5a7e9b24/oauth2/authorize, resource_id=https://contoso.crm4.dynamics.com/"
		page       = "<!DOCTYPE html><html><head><title>x</title></head></html>"
		notFound   = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd"><HTML><HEAD><TITLE>Not Found</TITLE></HEAD><BODY><h2>Not Found</h2><hr><p>HTTP Error 404. The requested resource is not found.</p></BODY></HTML>`
	)
	for _, tc := range []struct {
		name   string
		status int
		header http.Header
		body   string
		want   Origin
		cause  Cause
	}{
		{"challenge with a page's content type", 401, http.Header{"Www-Authenticate": {challenged}, "Content-Type": {"text/html"}}, "HTTP Error 401 - Unauthorized: Access is denied", OriginService, ""},
		{"challenge with a page", 401, http.Header{"Www-Authenticate": {challenged}}, page, OriginService, ""},
		{"challenge through a proxy", 401, http.Header{"Www-Authenticate": {challenged}, "Via": {"1.1 squid"}}, "", OriginService, ""},
		{"code through a proxy", 403, http.Header{"Via": {"1.1 zscaler"}, "Server": {"squid"}}, `{"error":{"code":"0x80072560","message":""}}`, OriginService, "appuser.missing"},
		{"code on a page", 403, http.Header{"Content-Type": {"text/html"}}, "<html>AADSTS50011</html>", OriginService, "consent.redirect-mismatch"},
		{"code in plain text", 403, nil, "AADSTS50011: no", OriginService, "consent.redirect-mismatch"},
		{"the service's own ids", 500, http.Header{"Req_id": {"x"}}, "", OriginService, ""},
		{"Squid", 403, http.Header{"X-Squid-Error": {"ERR_ACCESS_DENIED 0"}}, "", OriginBetween, "network.intercepted"},
		{"Squid in another language, 400", 400, http.Header{"Server": {"squid/5.7"}}, "<html>ERREUR", OriginBetween, "network.intercepted"},
		{"Squid cannot connect", 503, http.Header{"X-Squid-Error": {"ERR_CONNECT_FAIL 111"}}, page, OriginBetween, "network.intercepted"},
		{"a filter that answers as JSON", 403, http.Header{"Server": {"Zscaler/6.2"}}, `{"error":"blocked"}`, OriginBetween, "network.intercepted"},
		{"a filter's page without a name", 403, nil, page, OriginBetween, "network.intercepted"},
		{"a filter's page with success", 200, http.Header{"Content-Type": {"application/json"}}, page, OriginBetween, "network.intercepted"},
		{"a filter's 404", 404, nil, page, OriginBetween, "network.intercepted"},
		{"redirect", 302, http.Header{"Location": {"https://gateway.zscaler.net/"}}, "", OriginBetween, "network.intercepted"},
		{"sign-in to the proxy", 407, nil, page, OriginBetween, "network.proxy-auth"},
		{"sign-in to the network", 511, nil, "", OriginBetween, "network.intercepted"},
		{"Application Gateway, 502", 502, http.Header{"Server": {"Microsoft-Azure-Application-Gateway/v2"}}, page, OriginGateway, "service.unavailable"},
		{"Front Door, a fragment", 503, http.Header{"X-Azure-Ref": {"0A"}}, "<h2>Our services aren't available right now</h2>", OriginGateway, "service.unavailable"},
		{"HTTP.sys", 404, http.Header{"Server": {"Microsoft-HTTPAPI/2.0"}}, notFound, OriginServer, "environment.not-found"},
		{"HTTP.sys through a proxy that removes Server", 404, nil, notFound, OriginServer, "environment.not-found"},
		{"a letter that looks like a product", 404, http.Header{"Server": {"application/cato"}}, "", OriginBetween, "network.intercepted"},
		{"a word that holds a product's name", 404, http.Header{"Server": {"certificato"}}, "", "", ""},
		{"content type alone", 404, http.Header{"Content-Type": {"text/html"}}, "", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			signs, _ := Read(Dataverse, tc.status, tc.header, []byte(tc.body))
			if signs.Origin != tc.want {
				t.Errorf("origin: got %q, want %q", signs.Origin, tc.want)
			}
			if got := Recognise(signs).Cause; tc.cause != "" && got != tc.cause {
				t.Errorf("cause: got %q, want %q", got, tc.cause)
			}
		})
	}
}

func TestIsPage(t *testing.T) {
	for body, want := range map[string]bool{
		"<html>": true,
		"\ufeff\r\n <!DOCTYPE HTML PUBLIC \"-//W3C\">":                                   true,
		"<?xml version=\"1.0\"?><!-- x --><html xmlns=\"http://www.w3.org/1999/xhtml\">": true,
		"<h2>Our services aren't available right now</h2>":                               true,
		"<?xml version=\"1.0\"?><Error><Code>x</Code></Error>":                           false,
		"<s:Envelope/>":            false,
		"<header/>":                false,
		`{"html":"<html>"}`:        false,
		"HTTP Error 401":           false,
		"":                         false,
		"<!-- never closed <html>": false,
	} {
		if got := IsPage([]byte(body)); got != want {
			t.Errorf("IsPage(%q) = %v, want %v", body, got, want)
		}
	}
}
