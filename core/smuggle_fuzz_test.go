package core_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
	"github.com/s2sdoctor/s2sdoctor/internal/smuggle"
)

// templates are responses that echo; %s is the echoed text.
var templates = []struct {
	status              int
	header, value, body string
}{
	{401, "Content-Type", "application/json", `{"error":"invalid_client","error_description":"AADSTS7000215: %s","error_codes":[7000215],"trace_id":"%s"}`},
	{403, "Content-Type", "application/json", `{"error":{"code":"0x80072560","message":"%s","innererror":{"message":"%s"}}}`},
	{500, "Content-Type", "text/xml", `<s:Envelope xmlns:s="s"><s:Body><s:Fault><faultcode>x</faultcode><faultstring>%s</faultstring></s:Fault></s:Body></s:Envelope>`},
	{500, "Content-Type", "text/xml", `<s:Envelope xmlns:s="s"><s:Body><s:Fault><detail><OrganizationServiceFault><ErrorCode>1</ErrorCode><Message><!-- -->%s</Message></OrganizationServiceFault></detail></s:Fault></s:Body></s:Envelope>`},
	{200, "Content-Type", "text/html", "<html><title>%s</title><p>%s</p></html>"},
	{400, "Content-Type", "text/plain", "no: %s ."},
	{401, "WWW-Authenticate", `Bearer error="%s", error_description="%s"`, ""},
	{429, "Retry-After", "%s", "{}"},
	{403, "X-Ms-Service-Request-Id", "%s", "{}"},
	{302, "Location", "https://filter.example/%s?q=%s", ""},
}

// echoing returns a response of a template that echoes the secret in the spelling how,
// between before and after.
func echoing(which uint8, how []byte, before, after string) *http.Response {
	echo := before + smuggle.Compose(reportSecret, how) + after
	tpl := templates[int(which)%len(templates)]
	if strings.HasPrefix(tpl.body, "{") {
		quoted, _ := json.Marshal(echo)
		echo = string(quoted[1 : len(quoted)-1])
	}
	fill := func(text string) string { return strings.ReplaceAll(text, "%s", echo) }
	return response(tpl.status, http.Header{http.CanonicalHeaderKey(tpl.header): {fill(tpl.value)}}, fill(tpl.body))
}

func noLeak(t *testing.T, where, text string) {
	t.Helper()
	if part := smuggle.Leak(text, reportSecret); part != "" {
		t.Errorf("%q is in the %s: %q", part, where, text)
	}
}

// FuzzSmuggle guards that no service can put a secret into a report by echoing it, in any
// nested spelling, cut, and with invisible characters in between.
func FuzzSmuggle(f *testing.F) {
	addSpellings(f)
	f.Fuzz(func(t *testing.T, which, request uint8, how []byte, before, after string) {
		var n atomic.Int32
		healthy := contoso("S2S")
		r := examineAnswers(t, func(r *http.Request) *http.Response {
			if n.Add(1)-1 == int32(request%7) {
				return echoing(which, how, before, after)
			}
			return healthy(r)
		})
		raw, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var report any
		if err := json.Unmarshal(raw, &report); err != nil {
			t.Fatal(err)
		}
		everyText(report, func(text string) { noLeak(t, "report", text) })
		for _, x := range r.Exchanges {
			for _, text := range []string{x.Body, fmt.Sprint(x.Header), fmt.Sprint(x.Err)} {
				noLeak(t, "record", text)
			}
		}
	})
}

// FuzzSmuggleGate guards the same for the two gates of an examination alone: what the
// transport records and returns, and what is read from it and redacted again. It takes a
// fifth of the time.
func FuzzSmuggleGate(f *testing.F) {
	addSpellings(f)
	f.Fuzz(func(t *testing.T, which, service uint8, how []byte, before, after string) {
		client := transport.New(transport.Options{Wait: noWait, Replay: answers(func(*http.Request) *http.Response {
			return echoing(which, how, before, after)
		})})
		client.AddSecret(secret.New(reportSecret))
		answer, err := client.Do(t.Context(), transport.Request{Method: http.MethodGet, URL: "https://contoso.crm4.dynamics.com/"})
		if err != nil {
			noLeak(t, "error", err.Error())
			return
		}
		noLeak(t, "body", string(answer.Body))
		noLeak(t, "header", fmt.Sprint(answer.Header))
		for _, x := range client.Exchanges() {
			noLeak(t, "record", x.Body)
			noLeak(t, "record", fmt.Sprint(x.Header, x.Dropped))
		}
		services := []catalog.Service{catalog.Entra, catalog.Dataverse, catalog.Graph}
		signs, e := catalog.Read(services[int(service)%len(services)], answer.Status, answer.Header, answer.Body)
		texts := []string{e.Code, e.Error, e.RequestID, e.CorrelationID, e.TraceID, e.Timestamp, e.Message.String(), signs.OAuth, signs.Suberror}
		for _, fact := range e.Facts {
			texts = append(texts, string(fact.Name), fact.Value.String())
		}
		for _, text := range texts {
			noLeak(t, "evidence", client.Redact(text))
		}
	})
}

func addSpellings(f *testing.F) {
	for i := range smuggle.Spellings {
		f.Add(uint8(i), uint8(i), []byte{byte(i), byte(3 * i), byte(5 * i), byte(i), 1, 1}, "before ", " after")
	}
}
