package explain

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

const (
	tokenURL  = "https://login.microsoftonline.com/12b5c856-0000-4000-8000-000000000002/oauth2/v2.0/token"
	whoAmIURL = "https://contoso.crm4.dynamics.com/api/data/v9.2/WhoAmI"

	wrongSecret  = `{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided.","error_codes":[7000215]}`
	tokenBody    = `{"token_type":"Bearer","expires_in":3599,"access_token":"` + canary + `"}`
	noMember     = `{"error":{"code":"0x80072560","message":"The user is not a member of the organization."}}`
	whoAmIBody   = `{"BusinessUnitId":"00000000-0000-4000-8000-000000000003","UserId":"00000000-0000-4000-8000-000000000002","OrganizationId":"00000000-0000-4000-8000-000000000001"}`
	aChallenge   = "Bearer authorization_uri=https://login.microsoftonline.com/12b5c856-0000-4000-8000-000000000002/oauth2/authorize, resource_id=https://contoso.crm4.dynamics.com/"
	unauthorised = "HTTP Error 401 - Unauthorized: Access is denied"
)

// request is an exchange of a test, as a HAR file and as curl -v show it.
type request struct {
	method, url string
	status      int
	header      map[string]string
	body        string
	bearer      bool
}

func asHAR(t *testing.T, requests []request) string {
	t.Helper()
	var entries []any
	for _, r := range requests {
		sent := []harPair{{"Accept", "application/json"}}
		if r.bearer {
			sent = append(sent, harPair{"Authorization", "Bearer " + canary})
		}
		var headers []harPair
		for name, value := range r.header {
			headers = append(headers, harPair{name, value})
		}
		entries = append(entries, map[string]any{
			"request":  map[string]any{"method": r.method, "url": r.url, "headers": sent, "postData": map[string]any{"text": "client_secret=" + canary}},
			"response": map[string]any{"status": r.status, "headers": headers, "content": map[string]any{"mimeType": "application/json", "text": r.body}},
		})
	}
	raw, err := json.MarshalIndent(map[string]any{"log": map[string]any{"version": "1.2", "entries": entries}}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func asTranscript(requests []request) string {
	var b strings.Builder
	for _, r := range requests {
		host, path, _ := strings.Cut(strings.TrimPrefix(r.url, "https://"), "/")
		b.WriteString("* Connected to " + host + "\n> " + r.method + " /" + path + " HTTP/1.1\n> Host: " + host + "\n")
		if r.bearer {
			b.WriteString("> Authorization: Bearer " + canary + "\n")
		}
		b.WriteString(">\n< " + statusText(r.status) + "\n")
		for name, value := range r.header {
			b.WriteString("< " + name + ": " + value + "\n")
		}
		b.WriteString("<\n" + r.body + "\n")
	}
	return b.String()
}

// TestExchanges guards which of several requests decides: the first that failed and did
// not succeed later.
func TestExchanges(t *testing.T) {
	token := func(status int, body string) request {
		return request{method: "POST", url: tokenURL, status: status, body: body}
	}
	asked := func(status int, body string) request {
		return request{method: "GET", url: whoAmIURL, status: status, body: body, bearer: true}
	}
	first := request{method: "GET", url: whoAmIURL, status: 401, header: map[string]string{"WWW-Authenticate": aChallenge}, body: unauthorised}
	refused := first
	refused.bearer = true
	for name, tc := range map[string]struct {
		requests []request
		cause    catalog.Cause
	}{
		"all well":                       {[]request{first, token(200, tokenBody), asked(200, whoAmIBody)}, ""},
		"the first of two failures":      {[]request{token(401, wrongSecret), asked(403, noMember)}, "secret.wrong"},
		"a failure that was repeated":    {[]request{token(503, ""), token(200, tokenBody), asked(403, noMember)}, "appuser.missing"},
		"a failure that was made up for": {[]request{token(401, wrongSecret), token(200, tokenBody), asked(200, whoAmIBody)}, ""},
		"a token, and no user":           {[]request{first, token(200, tokenBody), asked(403, noMember)}, "appuser.missing"},
		"a token that is refused":        {[]request{token(200, tokenBody), refused}, "unknown"},
		"a consent in the browser":       {[]request{{method: "GET", url: strings.Replace(tokenURL, "token", "authorize", 1), status: 200, body: "<html><title>Sign in</title></html>"}, token(200, tokenBody), asked(200, whoAmIBody)}, ""},
		"throttled, then served":         {[]request{asked(429, ""), asked(200, whoAmIBody)}, ""},
	} {
		for form, text := range map[string]string{"HAR": asHAR(t, tc.requests), "curl -v": asTranscript(tc.requests)} {
			e := Explain(text)
			checkShape(t, e)
			if e.Cause != tc.cause {
				t.Errorf("%s, %s: got %q by %q, want %q: %s", name, form, e.Cause, e.Evidence.RecognisedBy, tc.cause, e.Summary)
			}
			if out := marshal(t, e); strings.Contains(out, canary) {
				t.Errorf("%s, %s: a secret came through: %s", name, form, out)
			}
		}
	}
}

// TestLongHAR guards a HAR file from a browser, which is longer than the part of a log
// that is read.
func TestLongHAR(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	long := request{method: "GET", url: "https://contoso.crm4.dynamics.com/page", status: 200, body: strings.Repeat("<p>filler</p>", 1<<16)}
	text, err := ReadText(strings.NewReader(asHAR(t, []request{long, {method: "GET", url: whoAmIURL, status: 403, body: noMember, bearer: true}, long})))
	if err != nil {
		t.Fatal(err)
	}
	if e := Explain(text); e.Cause != "appuser.missing" {
		t.Errorf("got %q: %s", e.Cause, e.Summary)
	}
}
