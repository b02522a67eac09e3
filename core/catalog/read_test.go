package catalog

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

const (
	idA = "11111111-1111-4111-8111-111111111111"
	idB = "22222222-2222-4222-8222-222222222222"
	idC = "33333333-3333-4333-8333-333333333333"
)

func TestRead(t *testing.T) {
	jsonHeader := http.Header{"Content-Type": {"application/json; charset=utf-8"}}
	for _, tc := range []struct {
		name     string
		service  Service
		status   int
		header   http.Header
		body     string
		signs    Signs
		evidence Evidence
	}{
		{
			name: "Entra, all members, line breaks before the ids", service: Entra, status: 401, header: http.Header{"X-Ms-Request-Id": {idC}},
			body: `{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided.\r\nTrace ID: ` + idA +
				`\r\nCorrelation ID: ` + idB + `\r\nTimestamp: 2026-06-02 21:00:26Z","error_codes":[7000215],"timestamp":"2026-06-02 21:00:26Z","trace_id":"` +
				idA + `","correlation_id":"` + idB + `","error_uri":"https://login.microsoftonline.com/error?code=7000215"}`,
			signs: Signs{AADSTS: []int{7000215}, OAuth: "invalid_client"},
			evidence: Evidence{
				Code: "AADSTS7000215", Error: "invalid_client", RequestID: idC, TraceID: idA, CorrelationID: idB,
				Timestamp: "2026-06-02 21:00:26Z", Message: text.Raw("AADSTS7000215: Invalid client secret provided."),
			},
		},
		{
			name: "Entra, no error_codes, blanks before the ids", service: Entra, status: 400, header: jsonHeader,
			body: `{"error":"unauthorized_client","error_description":"AADSTS700016: Application was not found. Trace ID: ` + idA +
				` Correlation ID: ` + idB + ` Timestamp: 2026-06-02 21:00:26Z"}`,
			signs: Signs{AADSTS: []int{700016}, OAuth: "unauthorized_client"},
			evidence: Evidence{
				Code: "AADSTS700016", Error: "unauthorized_client", TraceID: idA, CorrelationID: idB,
				Timestamp: "2026-06-02 21:00:26Z", Message: text.Raw("AADSTS700016: Application was not found."),
			},
		},
		{
			name: "Entra, code in the list only", service: Entra, status: 400,
			body:     `{"error":"invalid_grant","error_description":"Something else.","error_codes":["53003",null,{}],"suberror":"message_only"}`,
			signs:    Signs{AADSTS: []int{53003}, OAuth: "invalid_grant", Suberror: "message_only"},
			evidence: Evidence{Code: "AADSTS53003", Error: "invalid_grant/message_only", Message: text.Raw("Something else.")},
		},
		{
			name: "Entra, code in the address of the error page only", service: Entra, status: 400,
			body:     `{"error":"invalid_grant","error_uri":"https://login.microsoftonline.com/error?code=50034"}`,
			signs:    Signs{AADSTS: []int{50034}, OAuth: "invalid_grant"},
			evidence: Evidence{Code: "AADSTS50034", Error: "invalid_grant"},
		},
		{
			name: "Entra, a wrapper in front", service: Entra, status: 401,
			body:     `{"error":"invalid_client","error_description":"AADSTS70002: Error validating credentials. aadsts7000222: expired","error_codes":[70002,7000222]}`,
			signs:    Signs{AADSTS: []int{7000222, 70002}, OAuth: "invalid_client"},
			evidence: Evidence{Code: "AADSTS7000222", Error: "invalid_client", Message: text.Raw("AADSTS70002: Error validating credentials. aadsts7000222: expired")},
		},
		{
			name: "Entra, policies in the claims", service: Entra, status: 400,
			body:  `{"error":"invalid_grant","error_description":"AADSTS53003: Blocked.","claims":"{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":[\"` + idC + `\"]}}}"}`,
			signs: Signs{AADSTS: []int{53003}, OAuth: "invalid_grant"},
			evidence: Evidence{
				Code: "AADSTS53003", Error: "invalid_grant", Message: text.Raw("AADSTS53003: Blocked."),
				Facts: []Fact{NewFact("conditional access policy", idC)},
			},
		},
		{
			name: "a token leaves no trace", service: Entra, status: 200, header: jsonHeader,
			body: `{"token_type":"Bearer","expires_in":3599,"access_token":"eyJcanary"}`,
		},
		{
			name: "Dataverse, lower-case code and all its ids", service: Dataverse, status: 403,
			header: http.Header{
				"Req_id": {idA}, "X-Ms-Service-Request-Id": {idB, idA}, "Authactivityid": {idC},
				"Date": {"Sun, 22 Nov 2026 20:00:00 GMT"}, "X-Ms-Correlation-Request-Id": {idB},
			},
			body:  `{"error":{"code":"0x80095ffc","message":"Access to Dataverse API is restricted for this application Id"}}`,
			signs: Signs{Dataverse: "0x80095FFC"},
			evidence: Evidence{
				Code: "0x80095FFC", RequestID: idA, CorrelationID: idB, Timestamp: "Sun, 22 Nov 2026 20:00:00 GMT",
				Message: text.Raw("Access to Dataverse API is restricted for this application Id"),
				Facts:   []Fact{NewFact("service request id", idB), NewFact("authentication activity id", idC)},
			},
		},
		{
			name: "Dataverse in another language", service: Dataverse, status: 403,
			body:     `{"error":{"code":"0x80072560","message":"Der Benutzer ist kein Mitglied der Organisation."}}`,
			signs:    Signs{Dataverse: "0x80072560"},
			evidence: Evidence{Code: "0x80072560", Message: text.Raw("Der Benutzer ist kein Mitglied der Organisation.")},
		},
		{
			name: "Dataverse, annotated", service: Dataverse, status: 400,
			body: `{"error":{"code":"0x80040203","message":"Bad","@Microsoft.PowerApps.CDS.ErrorDetails.ApiExceptionMesageName":"InvalidArgument",` +
				`"@Microsoft.PowerApps.CDS.ErrorDetails.ApiActivityIdKey":"` + idA + `","@Microsoft.PowerApps.CDS.InnerError.Message":"Inner",` +
				`"@Microsoft.PowerApps.CDS.TraceText":"T"}}`,
			signs: Signs{Dataverse: "0x80040203"},
			evidence: Evidence{
				Code: "0x80040203", Message: text.Raw("Bad"),
				Facts: []Fact{NewFact("exception", "InvalidArgument"), NewFact("activity id", idA), NewFact("inner error", "Inner"), NewFact("trace", "T")},
			},
		},
		{
			name: "Dataverse, code in the help link only", service: Dataverse, status: 403,
			body: `{"error":{"code":"","message":"No","@Microsoft.PowerApps.CDS.HelpLink":"http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a80040220&client=platform"}}`,

			signs:    Signs{Dataverse: "0x80040220"},
			evidence: Evidence{Code: "0x80040220", Message: text.Raw("No")},
		},
		{
			name: "Dataverse, the older shape", service: Dataverse, status: 403,
			body:     `{"Message":"No","ExceptionMessage":"No","ErrorCode":-2147220960}`,
			signs:    Signs{Dataverse: "0x80040220"},
			evidence: Evidence{Code: "0x80040220", Message: text.Raw("No")},
		},
		{
			name: "Dataverse, innererror", service: Dataverse, status: 403,
			body:     `{"error":{"code":"0x80040220","message":"No","innererror":{"message":"Deeper","type":"x"}}}`,
			signs:    Signs{Dataverse: "0x80040220"},
			evidence: Evidence{Code: "0x80040220", Message: text.Raw("No"), Facts: []Fact{NewFact("inner error", "Deeper")}},
		},
		{
			name: "SOAP fault, signed decimal", service: Dataverse, status: 500, header: http.Header{"Content-Type": {"text/xml; charset=utf-8"}},
			body: soapFault("-2147220969", "MESSAGE",
				`<a:KeyValuePairOfstringanyType><b:key>SubErrorCode</b:key><b:value i:type="c:int">7</b:value></a:KeyValuePairOfstringanyType>`),
			signs: Signs{Dataverse: "0x80040217"},
			evidence: Evidence{
				Code: "0x80040217", Message: text.Raw("MESSAGE"), Timestamp: "2020-01-01T00:00:00.0000000Z",
				Facts: []Fact{NewFact("SubErrorCode", "7")},
			},
		},
		{
			name: "SOAP fault without detail", service: Dataverse, status: 500,
			body:     `<?xml version="1.0" encoding="utf-16"?><s:Envelope xmlns:s="x"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>Only this</faultstring></s:Fault></s:Body></s:Envelope>`,
			evidence: Evidence{Message: text.Raw("Only this")},
		},
		{
			name: "SOAP fault cut off", service: Dataverse, status: 500,
			body:     soapFault("-2147015328", "M", "")[:420],
			signs:    Signs{Dataverse: "0x80072560"},
			evidence: Evidence{Code: "0x80072560", Message: text.Raw("M")},
		},
		{
			name: "Graph", service: Graph, status: 403,
			body: `{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges","innerError":{"request-id":"` + idA +
				`","client-request-id":"` + idB + `","date":"2026-11-22T20:00:00"}}}`,
			signs: Signs{Graph: "Authorization_RequestDenied"},
			evidence: Evidence{
				Code: "Authorization_RequestDenied", RequestID: idA, CorrelationID: idB,
				Timestamp: "2026-11-22T20:00:00", Message: text.Raw("Insufficient privileges"),
			},
		},
		{
			name: "HTML where JSON was due", service: Dataverse, status: 200, header: http.Header{"Content-Type": {"text/html"}},
			body:  `<html><title>Hotel &amp; Wi-Fi</title></html>`,
			signs: Signs{Network: "intercepted"},
			evidence: Evidence{
				Message: text.Raw("An HTML page came where data was due."),
				Facts:   []Fact{NewFact("page title", "Hotel & Wi-Fi")},
			},
		},
		{
			name: "a gateway's page says by its status what is wrong", service: Dataverse, status: 503, header: http.Header{"Content-Type": {"text/html"}},
			body:     `<!DOCTYPE html><p>maintenance`,
			evidence: Evidence{Message: text.Raw("An HTML page came where data was due.")},
		},
		{
			name: "a refused token may come with a page", service: Dataverse, status: 401,
			header: http.Header{"Content-Type": {"text/html"}, "Www-Authenticate": {
				"Bearer authorization_uri=https://login.microsoftonline.com/" + idA + "/oauth2/authorize, resource_id=https://contoso.crm4.dynamics.com/",
			}},
			body: `<html>HTTP Error 401 - Unauthorized: Access is denied</html>`,
			evidence: Evidence{
				Message: text.Raw("An HTML page came where data was due."),
				Facts:   []Fact{NewFact("environment belongs to tenant", idA), NewFact("environment's login host", "login.microsoftonline.com")},
			},
		},
		{
			name: "Entra's own error page", service: Entra, status: 400, header: http.Header{"Content-Type": {"text/html"}},
			body:     `<html><title>Sign in</title>AADSTS50011: The redirect URI &#39;x&#39; does not match</html>`,
			signs:    Signs{AADSTS: []int{50011}},
			evidence: Evidence{Code: "AADSTS50011", Message: text.Raw("An HTML page came where data was due."), Facts: []Fact{NewFact("page title", "Sign in")}},
		},
		{
			name: "continuous access evaluation", service: Dataverse, status: 401,
			header: http.Header{"Www-Authenticate": {`bearer authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="eyJ"`}},
			signs:  Signs{OAuth: "insufficient_claims"},
			evidence: Evidence{
				Error: "insufficient_claims",
				Facts: []Fact{NewFact("environment belongs to tenant", "common"), NewFact("environment's login host", "login.microsoftonline.com")},
			},
		},
		{name: "nothing", service: Entra, status: 502},
		{
			name: "plain text", service: Dataverse, status: 403, body: "go\x00 away\u202e",
			evidence: Evidence{Message: text.Raw("go away")},
		},
		{name: "plain text of a good answer is nobody's business", service: Dataverse, status: 200, body: "hello"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.signs.Service, tc.signs.Status, tc.evidence.HTTPStatus = tc.service, tc.status, tc.status
			signs, evidence := Read(tc.service, tc.status, tc.header, []byte(tc.body))
			signs.Text, signs.Origin = "", "" // separate tests cover these
			if diff := cmp.Diff(tc.signs, signs); diff != "" {
				t.Errorf("signs (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tc.evidence, evidence); diff != "" {
				t.Errorf("evidence (-want +got):\n%s", diff)
			}
		})
	}
}

func soapFault(code, message, details string) string {
	return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Client</faultcode>` +
		`<faultstring xml:lang="en-GB">` + message + `</faultstring><detail>` +
		`<OrganizationServiceFault xmlns="http://schemas.microsoft.com/xrm/2011/Contracts" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">` +
		`<ErrorCode>` + code + `</ErrorCode><ErrorDetails xmlns:a="urn:a" xmlns:b="urn:b" xmlns:c="urn:c">` + details + `</ErrorDetails>` +
		`<Message>` + message + `</Message><Timestamp>2020-01-01T00:00:00.0000000Z</Timestamp><InnerFault i:nil="true"/><TraceText i:nil="true"/>` +
		`</OrganizationServiceFault></detail></s:Fault></s:Body></s:Envelope>`
}

func TestReadRedirect(t *testing.T) {
	for _, tc := range []struct {
		name, query string
		cause       Cause
		code        string
	}{
		{"declined, though admin_consent is there", "admin_consent=True&error=access_denied&error_description=AADSTS65004%3a+User+declined&state=1", "consent.declined", "AADSTS65004"},
		{"as documented", "admin_consent=True&error=consent_required&error_description=AADSTS65004%3a+User+declined", "consent.declined", "AADSTS65004"},
		{"cancelled without a code", "error=access_denied&error_subcode=cancel&state=1", "consent.declined", ""},
		{"cancelled by an administrator", "error=permission_denied&error_description=The+admin+canceled+the+request", "consent.declined", ""},
		{"code in the error page's address", "error=invalid_client&error_uri=https%3a%2f%2flogin.microsoftonline.com%2ferror%3fcode%3d650057", "consent.no-permissions", "AADSTS650057"},
		{"wrong account", "error=access_denied&error_description=AADSTS50020%3a+User+account", "consent.wrong-account", "AADSTS50020"},
		{"success is no cause", "code=abc&state=1", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			query, err := url.ParseQuery(tc.query)
			if err != nil {
				t.Fatal(err)
			}
			signs, evidence := ReadRedirect(query)
			if got := Recognise(signs).Cause; got != tc.cause || evidence.Code != tc.code {
				t.Errorf("got %q by %q, want %q by %q", got, evidence.Code, tc.cause, tc.code)
			}
		})
	}
}

// readText reads a text as a user pastes it.
func readText(text string) (Signs, Evidence) { return ReadStrongest(text, Sightings(text)) }

func TestReadText(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		cause      Cause
	}{
		{"AADSTS in a sentence", "pac failed: AADSTS7000215: Invalid client secret", "secret.wrong"},
		{"hexadecimal", "code 0x80072560.", "appuser.missing"},
		{"bare hexadecimal", "Error (80072560) again", "appuser.missing"},
		{"signed decimal", "ErrorCode: -2147209463", "appuser.no-role"},
		{"unsigned decimal", "code 2147951968", "appuser.missing"},
		{"the known one of several", "HResult 0x80131509 ... 0x80040225", "appuser.disabled"},
		{"two codes side by side", "-2146233088 -2147220955", "appuser.disabled"},
		{"part of a GUID is no code", "80072560-0000-4000-8000-000000000000 and 0000-80072560", Unknown},
		{"a number is no code", "80072561 items", Unknown},
		{"words far from the code do not refine it", "AADSTS700027: invalid signature" + strings.Repeat(" .", 2000) + " the licence is expired", "certificate.not-registered"},
		{"words near the code do", "AADSTS700027: the key used is expired", "certificate.expired"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			signs, _ := readText(tc.text)
			if got := Recognise(signs).Cause; got != tc.cause {
				t.Errorf("got %q, want %q (signs %+v)", got, tc.cause, signs)
			}
		})
	}
}

// TestErrorPageAsCopied guards that the IDs under the message are kept and are not part
// of it, whether or not copying has put each ID on the line after its name.
func TestErrorPageAsCopied(t *testing.T) {
	const request, correlation = "036e4b8d-1730-44f8-a885-39d3b14f9a90", "70e50a70-6665-4063-872b-b7935bef9d45"
	const head = "Sorry, but we’re having trouble signing you in.\n\nAADSTS50105: Not assigned to a role.\n\n" +
		"Troubleshooting details\nIf you contact your administrator, send this info to them.\n"
	for name, ids := range map[string]string{
		"one line each": "Request Id: " + request + "\nCorrelation Id: " + correlation + "\nTimestamp: 2026-06-02T21:00:26Z\nMessage: AADSTS50105: Not assigned to a role.",
		"two lines":     "Request Id\n" + request + "\nCorrelation Id\n" + correlation + "\nTimestamp\n2026-06-02T21:00:26Z\nMessage\nAADSTS50105: Not assigned to a role.",
	} {
		t.Run(name, func(t *testing.T) {
			_, got := readText(head + ids)
			want := Evidence{
				Code: "AADSTS50105", RequestID: request, CorrelationID: correlation, Timestamp: "2026-06-02T21:00:26Z",
				Message: text.Raw("AADSTS50105: Not assigned to a role."),
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestDataverseCode(t *testing.T) {
	for in, want := range map[string]string{
		"0x80095ffc": "0x80095FFC", "80095FFC": "0x80095FFC", "0X80095FFC": "0x80095FFC", " -2147015328 ": "0x80072560",
		"2147951968": "0x80072560", "-2147220969": "0x80040217",
		"": "", "0": "", "401": "", "0x1": "", "0x00000000": "", "0x7FFFFFFF": "", "99999999999": "", "-99999999999": "",
		"Authorization_RequestDenied": "", "-214701532": "", "zzzzzzzz": "",
	} {
		got, ok := DataverseCode(in)
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("DataverseCode(%q) = %q, want %q", in, got, want)
		}
	}
}
