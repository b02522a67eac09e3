package smuggle

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Echo is a network of Microsoft's services that echoes a text at one place.
type Echo struct {
	Token string
	// Spoken returns the text to echo, given the form of the request.
	Spoken func(form map[string]string) string
	// Place is the place of the echo; the zero value is [Nowhere].
	Place Place
}

// Place is a place where a service echoes: a request and its response.
type Place struct {
	Name   string
	at     func(*http.Request) bool
	answer func(text string) *http.Response
}

// CarriesToken reports whether the request of a place carries the token, so that its
// response can echo it.
func (p Place) CarriesToken() bool {
	return strings.HasPrefix(p.Name, "whoami") || strings.HasPrefix(p.Name, "SOAP") || strings.HasPrefix(p.Name, "users")
}

// The connection that [Echo] accepts.
const (
	Tenant = "12b5c856-0b1e-4a63-9f0e-3c1d5a7e9b24"
	Client = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	Host   = "contoso.crm4.dynamics.com"
	user   = "aaaaaaaa-0000-0000-0000-000000000001"
)

// RoundTrip implements [http.RoundTripper].
func (e *Echo) RoundTrip(r *http.Request) (*http.Response, error) {
	form := map[string]string{}
	if r.Body != nil && r.ParseForm() == nil {
		for name := range r.PostForm {
			form[name] = r.PostForm.Get(name)
		}
	}
	if e.Place.at != nil && e.Place.at(r) {
		return e.Place.answer(e.Spoken(form)), nil
	}
	return e.healthy(r), nil
}

func (e *Echo) healthy(r *http.Request) *http.Response {
	base := "https://login.microsoftonline.com/" + Tenant
	switch {
	case r.URL.Host == "login.microsoftonline.com" && r.Method == http.MethodPost:
		return jsonResponse(200, map[string]any{"token_type": "Bearer", "expires_in": 3599, "access_token": e.Token})
	case r.URL.Host == "login.microsoftonline.com":
		return jsonResponse(200, map[string]any{
			"issuer": base + "/v2.0", "token_endpoint": base + "/oauth2/v2.0/token", "authorization_endpoint": base + "/oauth2/v2.0/authorize",
		})
	case r.Header.Get("Authorization") == "":
		return canned(401, "", "", "Www-Authenticate", "Bearer authorization_uri="+base+"/oauth2/authorize, resource_id=https://"+Host+"/")
	case strings.HasSuffix(r.URL.Path, "/WhoAmI"):
		return jsonResponse(200, map[string]any{"UserId": user, "BusinessUnitId": "aaaaaaaa-0000-0000-0000-000000000002", "OrganizationId": "aaaaaaaa-0000-0000-0000-000000000003"})
	case strings.HasSuffix(r.URL.Path, "/systemusers"):
		return userNamed("S2S")
	}
	return jsonResponse(404, map[string]any{"error": map[string]any{"code": "0x80060888", "message": "Resource not found"}})
}

func canned(status int, kind, body string, header ...string) *http.Response {
	h := http.Header{}
	if kind != "" {
		h.Set("Content-Type", kind)
	}
	for i := 0; i+1 < len(header); i += 2 {
		h[http.CanonicalHeaderKey(header[i])] = []string{header[i+1]}
	}
	return &http.Response{StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: h, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body))}
}

func jsonResponse(status int, body any) *http.Response {
	raw, _ := json.Marshal(body)
	return canned(status, "application/json", string(raw))
}

func userNamed(name string) *http.Response {
	return jsonResponse(200, map[string]any{"value": []any{map[string]any{
		"systemuserid": user, "applicationid": Client, "fullname": name, "applicationiduri": name, "disabledreason": name, "isdisabled": name != "S2S",
		"businessunitid":              map[string]any{"name": name, "isdisabled": name != "S2S", "organizationid": map[string]any{"name": name}},
		"systemuserroles_association": []any{map[string]any{"roleid": "6b9c4e3a-d8a4-ee11-be37-000d3a4b1c2d", "name": name}},
	}}})
}

// Token returns a token of the connection with additional claims.
func Token(more map[string]any) string {
	now := time.Now().Unix()
	claims := map[string]any{
		"aud": "https://" + Host, "iss": "https://sts.windows.net/" + Tenant + "/", "tid": Tenant, "appid": Client,
		"appidacr": "1", "oid": "9f0e3c1d-0000-4a63-9f0e-3c1d5a7e9b24", "iat": now, "nbf": now, "exp": now + 3600, "ver": "1.0",
	}
	for name, value := range more {
		claims[name] = value
	}
	raw, _ := json.Marshal(claims)
	enc := base64.RawURLEncoding
	return enc.EncodeToString([]byte(`{"alg":"RS256","kid":"k"}`)) + "." + enc.EncodeToString(raw) + "." + enc.EncodeToString([]byte("a signature that is long enough"))
}

func asksForToken(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/oauth2/v2.0/token") }

func onWhoAmI(r *http.Request) bool {
	return strings.HasSuffix(r.URL.Path, "/WhoAmI") && r.Header.Get("Authorization") != ""
}

func onSOAP(r *http.Request) bool {
	return strings.Contains(r.URL.Path, "Organization.svc") && r.Header.Get("Authorization") != ""
}

func onUsers(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/systemusers") }

func onProbe(r *http.Request) bool {
	return r.URL.Host == Host && r.Header.Get("Authorization") == ""
}

func onMetadata(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Host, "login.") && r.Method == http.MethodGet
}

// entraError returns a function that makes Entra's error with a text in one member.
func entraError(member string) func(string) *http.Response {
	return func(text string) *http.Response {
		body := map[string]any{"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided.", "error_codes": []int{7000215}}
		body[member] = text
		if member == "error_description" {
			body[member] = "AADSTS7000215: Invalid client secret provided: " + text + " ."
		}
		return jsonResponse(401, body)
	}
}

// dataverseError returns a function that makes Dataverse's error with a text in one
// member.
func dataverseError(member string) func(string) *http.Response {
	return func(text string) *http.Response {
		inner := map[string]any{"code": "0x80072560", "message": "The user is not a member of the organization."}
		inner[member] = text
		return jsonResponse(403, map[string]any{"error": inner})
	}
}

func headerOf(status int, name, format string) func(string) *http.Response {
	return func(text string) *http.Response {
		return canned(status, "application/json", `{"error":"invalid_client","error_description":"AADSTS7000215: x"}`, name, fmt.Sprintf(format, text))
	}
}

// rawIn returns a function that puts a text unchanged into a body.
func rawIn(status int, kind, format string) func(string) *http.Response {
	return func(text string) *http.Response { return canned(status, kind, strings.ReplaceAll(format, "%s", text)) }
}

const (
	soapFault  = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>no: %s .</faultstring></s:Fault></s:Body></s:Envelope>`
	soapDetail = `<s:Envelope xmlns:s="s"><s:Body><s:Fault><detail><OrganizationServiceFault><ErrorCode>-2147220970</ErrorCode><ErrorDetails><a><key>k</key><value>%s</value></a></ErrorDetails><Message>%s</Message><Timestamp>%s</Timestamp></OrganizationServiceFault></detail></s:Fault></s:Body></s:Envelope>`
)

// inPieces returns a function that puts a separator, which XML parsers remove, between
// every five bytes of a text.
func inPieces(format, between string) func(string) *http.Response {
	return func(text string) *http.Response {
		var b strings.Builder
		for ; len(text) > 5; text = text[5:] {
			b.WriteString(text[:5] + between)
		}
		return canned(500, "text/xml", strings.ReplaceAll(format, "%s", b.String()+text))
	}
}

// Places are all places of a response that a report or a record shows.
var Places = []Place{
	{"token: error_description", asksForToken, entraError("error_description")},
	{"token: error_description, raw", asksForToken, rawIn(401, "application/json", `{"error":"invalid_client","error_description":"AADSTS7000215: no: %s ."}`)},
	{"token: error", asksForToken, entraError("error")},
	{"token: suberror", asksForToken, entraError("suberror")},
	{"token: trace_id", asksForToken, entraError("trace_id")},
	{"token: correlation_id", asksForToken, entraError("correlation_id")},
	{"token: timestamp", asksForToken, entraError("timestamp")},
	{"token: error_uri", asksForToken, entraError("error_uri")},
	{"token: claims", asksForToken, entraError("claims")},
	{"token: another member", asksForToken, entraError("other")},
	{"token: text", asksForToken, rawIn(400, "text/plain", "no: %s .")},
	{"token: page", asksForToken, rawIn(200, "text/html", "<html><title>no: %s .</title><p>%s</p>")},
	{"token: x-ms-request-id", asksForToken, headerOf(401, "x-ms-request-id", "%s")},
	{"token: Date", asksForToken, headerOf(401, "Date", "%s")},
	{"token: Retry-After", asksForToken, headerOf(429, "Retry-After", "%s")},
	{"token: Location", asksForToken, headerOf(302, "Location", "https://filter.example/%[1]s?q=%[1]s")},
	{"token: Location's host", asksForToken, headerOf(302, "Location", "https://%s.filter.example/")},
	{"token: Content-Type", asksForToken, headerOf(401, "Content-Type", "%s")},
	{"token: another header", asksForToken, headerOf(401, "x-%s", "%s")},
	{"token: type", asksForToken, func(text string) *http.Response {
		return jsonResponse(200, map[string]any{"token_type": text, "expires_in": 3599, "access_token": "abcdefgh.ijklmnop"})
	}},
	{"token: its claims", asksForToken, func(text string) *http.Response {
		claims := map[string]any{}
		for _, name := range []string{"aud", "iss", "tid", "appid", "oid", "appidacr", "scp", "upn", "ver"} {
			claims[name] = text
		}
		claims["roles"] = []string{text}
		return jsonResponse(200, map[string]any{"token_type": "Bearer", "expires_in": 3599, "access_token": Token(claims)})
	}},
	{"whoami: message", onWhoAmI, dataverseError("message")},
	{"whoami: message, raw", onWhoAmI, rawIn(403, "application/json", `{"error":{"code":"0x80072560","message":"no: %s ."}}`)},
	{"whoami: code", onWhoAmI, dataverseError("code")},
	{"whoami: exception", onWhoAmI, dataverseError("@Microsoft.PowerApps.CDS.ErrorDetails.ApiExceptionMesageName")},
	{"whoami: trace", onWhoAmI, dataverseError("@Microsoft.PowerApps.CDS.TraceText")},
	{"whoami: REQ_ID", onWhoAmI, headerOf(403, "REQ_ID", "%s")},
	{"whoami: service request id", onWhoAmI, headerOf(403, "x-ms-service-request-id", "%[1]s,%[1]s")},
	{"whoami: challenge", onWhoAmI, headerOf(401, "WWW-Authenticate", `Bearer error="%[1]s", error_description="%[1]s", authorization_uri=https://%[1]s/%[1]s`)},
	{"whoami: Location", onWhoAmI, headerOf(302, "Location", "https://filter.example/%[1]s?q=%[1]s")},
	{"whoami: page", onWhoAmI, rawIn(502, "text/html", "<html><title>no: %s .</title><p>%s</p>")},
	{"whoami: IDs", onWhoAmI, func(text string) *http.Response {
		return jsonResponse(200, map[string]any{"UserId": text, "BusinessUnitId": text, "OrganizationId": text})
	}},
	{"SOAP: fault", onSOAP, rawIn(500, "text/xml", soapFault)},
	{"SOAP: details", onSOAP, rawIn(500, "text/xml", soapDetail)},
	{"SOAP: comments between", onSOAP, inPieces(soapFault, "<!-- -->")},
	{"SOAP: CDATA between", onSOAP, inPieces(soapFault, "<![CDATA[]]>")},
	{"SOAP: instructions between", onSOAP, inPieces(soapDetail, "<?x?>")},
	{"users: names", onUsers, userNamed},
	{"users: message", onUsers, dataverseError("message")},
	{"probe: challenge", onProbe, headerOf(401, "WWW-Authenticate", "Bearer authorization_uri=https://login.microsoftonline.com/%[1]s/oauth2/authorize, resource_id=https://%[1]s/")},
	{"probe: Server", onProbe, headerOf(403, "Server", "%s")},
	{"probe: page", onProbe, rawIn(200, "text/html", "<html><title>no: %s .</title><p>%s</p>")},
	{"metadata: issuer", onMetadata, func(text string) *http.Response {
		return jsonResponse(200, map[string]any{"issuer": "https://login.microsoftonline.com/" + text, "token_endpoint": "https://" + text + "/token", "tenant_region_scope": text})
	}},
	{"metadata: error", onMetadata, entraError("error_description")},
}
