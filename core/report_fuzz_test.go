package core_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// answers is a network in which a function responds to every request.
type answers func(*http.Request) *http.Response

// RoundTrip implements [http.RoundTripper].
func (a answers) RoundTrip(r *http.Request) (*http.Response, error) { return a(r), nil }

const reportSecret = "Zx98Q~e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1a"

// examineAnswers examines a connection of the public cloud in the network a.
func examineAnswers(t *testing.T, a answers) exam.Report {
	t.Helper()
	d := core.Doctor{Transport: transport.Options{Replay: a, Wait: noWait}}
	form := connection.Form{
		Environment: "https://contoso.crm4.dynamics.com", ClientID: "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e",
		Secret: secret.New(reportSecret),
	}
	return d.Examine(t.Context(), form, false, nil)
}

// contoso returns the responses of a healthy environment whose rows contain a name.
func contoso(name string) answers {
	const (
		tenant    = "12b5c856-4a7e-4c1d-9f3b-5d0c8e6a7b91"
		ids       = `"UserId":"e94c7b12-d7a4-ee11-be37-000d3a4b1c2d","BusinessUnitId":"a81d3f60-d2a4-ee11-be37-000d3a4b1c2d","OrganizationId":"5f0e7c91-d2a4-ee11-be36-000d3a4b1c2d"`
		challenge = "Bearer authorization_uri=https://login.microsoftonline.com/" + tenant + "/oauth2/authorize, resource_id=https://contoso.crm4.dynamics.com/"
	)
	quoted, _ := json.Marshal(name)
	return func(r *http.Request) *http.Response {
		switch path := r.URL.Path; {
		case r.URL.Host == "login.microsoftonline.com" && r.Method == http.MethodPost:
			return response(200, nil, `{"token_type":"Bearer","expires_in":3599,"access_token":"opaque-token-that-nobody-reads"}`)
		case r.URL.Host == "login.microsoftonline.com":
			return response(200, nil, `{"issuer":"https://login.microsoftonline.com/{tenantid}/v2.0","token_endpoint":"https://login.microsoftonline.com/organizations/oauth2/v2.0/token"}`)
		case r.Header.Get("Authorization") == "":
			return response(401, http.Header{"Www-Authenticate": {challenge}}, "")
		case strings.HasSuffix(path, "/WhoAmI"):
			return response(200, nil, "{"+ids+"}")
		case strings.HasSuffix(path, "/systemusers"):
			return response(200, nil, `{"value":[{"systemuserid":"e94c7b12-d7a4-ee11-be37-000d3a4b1c2d","applicationid":"2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e","fullname":`+string(quoted)+
				`,"applicationiduri":`+string(quoted)+`,"businessunitid":{"name":`+string(quoted)+`,"organizationid":{"name":`+string(quoted)+`}},"systemuserroles_association":[{"roleid":"6b9c4e3a-d8a4-ee11-be37-000d3a4b1c2d","name":`+string(quoted)+`}]}]}`)
		case strings.HasSuffix(path, "/teams"):
			return response(200, nil, `{"value":[]}`)
		}
		return response(404, nil, "")
	}
}

func response(status int, h http.Header, body string) *http.Response {
	if h == nil {
		h = http.Header{"Content-Type": {"application/json"}}
	}
	return &http.Response{
		StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: h,
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
	}
}

// TestHostileNames guards that names from Dataverse cannot move a terminal's cursor,
// change the reading direction, or fill the screen.
func TestHostileNames(t *testing.T) {
	for name, text := range map[string]string{
		"terminal": "\x1b]0;pwned\x07\x1b[1A\x1b[2KHealthy.", "direction": "\u202etxt.exe\u2066", "C1": "\u009b2J",
		"lines": "a\r\nHealthy.\nb", "long": strings.Repeat("x", 1<<20), "zero width": "a\u200b\ufeffb", "not UTF-8": "a\xff\xfeb",
	} {
		r := examineAnswers(t, contoso(text))
		if r.WhoAmI == nil {
			t.Fatalf("%s: WhoAmI was not answered: %s", name, story(r))
		}
		if got := r.WhoAmI.UserName; got == "" || len(got) > plain.MaxName {
			t.Errorf("%s: a name of %d bytes", name, len(got))
		}
		safeReport(t, r)
	}
}

// safeReport fails if a report contains text that must not be printed.
func safeReport(t *testing.T, r exam.Report) {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // otherwise `\u0026` before letters would look like a part of a secret
	if err := enc.Encode(r); err != nil {
		t.Fatal(err)
	}
	raw := b.Bytes()
	if len(raw) > 256<<10 {
		t.Errorf("a report of %d KiB", len(raw)>>10)
	}
	var values any
	d := json.NewDecoder(bytes.NewReader(raw))
	if err := d.Decode(&values); err != nil {
		t.Fatal(err)
	}
	everyText(values, func(text string) {
		for _, c := range text {
			if unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) {
				t.Errorf("%U is in %q", c, text)
				return
			}
		}
		if !utf8.ValidString(text) {
			t.Errorf("%q is no UTF-8", text)
		}
	})
	for i := 0; i+12 <= len(reportSecret); i++ {
		if bytes.Contains(raw, []byte(reportSecret[i:i+12])) {
			t.Errorf("%q is in the report", reportSecret[i:i+12])
		}
	}
}

func everyText(value any, visit func(string)) {
	switch v := value.(type) {
	case string:
		visit(v)
	case []any:
		for _, item := range v {
			everyText(item, visit)
		}
	case map[string]any:
		for name, item := range v {
			visit(name)
			everyText(item, visit)
		}
	}
}

// FuzzReport guards that, for any responses, the examination ends without a panic and its
// report can be printed: it is bounded, and has no control or direction characters and no
// secret in any spelling that a response echoes.
func FuzzReport(f *testing.F) {
	escaped := strings.NewReplacer("~", `\u007e`, "e", "%65").Replace(reportSecret)
	f.Add(uint8(0), 403, "X-Ms-Request-Id", reportSecret, `{"error":{"code":"0x80072560","message":"`+escaped+`"}}`)
	f.Add(uint8(1), 401, "WWW-Authenticate", "Bearer error=\u202e", `{"error":"invalid_client","error_description":"AADSTS7000215: \u001b[2J `+reportSecret+`"}`)
	f.Add(uint8(2), 302, "Location", "https://evil.test/"+reportSecret, "<html>"+escaped)
	f.Add(uint8(3), 500, "REQ_ID", "\x1b]0;x\a", `<s:Fault><faultstring>`+strings.ReplaceAll(reportSecret, "~", "&#x7E;")+`</faultstring></s:Fault>`)
	f.Add(uint8(4), 200, "Content-Type", "text/html; charset=utf-16", "\xff\xfe<\x00")
	f.Fuzz(func(t *testing.T, which uint8, status int, name, value, body string) {
		if status < 100 || status > 599 {
			return
		}
		var n atomic.Int32
		healthy := contoso("# S2S")
		r := examineAnswers(t, func(r *http.Request) *http.Response {
			if n.Add(1)-1 == int32(which%7) {
				return response(status, http.Header{http.CanonicalHeaderKey(name): {value}}, body)
			}
			return healthy(r)
		})
		if strings.Contains(value+body+name, "[redacted]") {
			return
		}
		safeReport(t, r)
	})
}

// TestOfflineIsSilent guards that the checks without network send nothing.
func TestOfflineIsSilent(t *testing.T) {
	var asked atomic.Int32
	d := core.Doctor{Transport: transport.Options{Replay: answers(func(r *http.Request) *http.Response {
		asked.Add(1)
		return response(500, nil, "")
	})}}
	form := connection.Form{Environment: "contoso.crm4.dynamics.com", ClientID: "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e", Secret: secret.New(reportSecret)}
	d.Examine(t.Context(), form, true, nil)
	d.Check(form)
	d.Explain("AADSTS7000215: Invalid client secret")
	d.Paste("https://contoso.crm4.dynamics.com/main.aspx")
	if _, err := d.ConsentURL(form, core.ConsentChoice{Style: "v2"}); err != nil {
		t.Error(err)
	}
	if asked.Load() != 0 {
		t.Errorf("%d requests", asked.Load())
	}
}

// noWait replaces the wait between two tries.
func noWait(ctx context.Context, _ time.Duration) error { return ctx.Err() }
