package catalog

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// FuzzRead guards what every caller of Read relies on for remote responses: it does not
// panic, is deterministic, keeps texts short and clean, and writes codes in one form. The
// result can be recognised.
func FuzzRead(f *testing.F) {
	f.Add("entra", 401, "application/json", "", `{"error":"invalid_client","error_description":"AADSTS7000215: x\r\nTrace ID: `+idA+`","error_codes":[7000215]}`)
	f.Add("dataverse", 403, "application/json", "", `{"error":{"code":"0x80095ffc","message":"x","innererror":{"message":"y"}}}`)
	f.Add("dataverse", 403, "", "", `{"Message":"x","ErrorCode":-2147220960}`)
	f.Add("dataverse", 500, "text/xml", "", soapFault("-2147220969", "M", "<b:key>k</b:key><b:value>v</b:value>"))
	f.Add("graph", 403, "", "", `{"error":{"code":"Authorization_RequestDenied","innerError":{"request-id":"x"}}}`)
	f.Add("dataverse", 401, "text/html", `Bearer authorization_uri="https://login.microsoftonline.com/x/oauth2/authorize", error="insufficient_claims"`, "<html><title>x</title>")
	f.Add("", 0, "", "", "\ufeff{\"odata.error\":{\"code\":\"x\",\"message\":{\"value\":\"y\"}}}")
	f.Fuzz(func(t *testing.T, service string, status int, kind, challenge, body string) {
		header := http.Header{"Content-Type": {kind}, "Www-Authenticate": {challenge}}
		signs, evidence := Read(Service(service), status, header, []byte(body))
		again, _ := Read(Service(service), status, header, []byte(body))
		if !cmp.Equal(Recognise(signs), Recognise(again)) {
			t.Fatalf("read twice, recognised as %+v and %+v", Recognise(signs), Recognise(again))
		}
		if v := Recognise(signs); v.Cause != "" {
			if _, ok := Lookup(v.Cause); !ok {
				t.Fatalf("%q is no cause", v.Cause)
			}
		}
		if signs.Dataverse != "" {
			if canonical, ok := DataverseCode(signs.Dataverse); !ok || canonical != signs.Dataverse {
				t.Fatalf("code %q is not canonical", signs.Dataverse)
			}
		}
		kept := []string{evidence.Message.String(), evidence.Code, evidence.Error, evidence.RequestID, evidence.CorrelationID, evidence.TraceID, evidence.Timestamp}
		for _, fact := range evidence.Facts {
			kept = append(kept, string(fact.Name), fact.Value.String())
		}
		for _, text := range kept {
			if len(text) > MaxText || !utf8.ValidString(text) || Clean(text) != text {
				t.Fatalf("kept %q", text)
			}
		}
		if len(evidence.Facts) > 32 {
			t.Fatalf("%d facts", len(evidence.Facts))
		}
	})
}

// FuzzRecognise guards that more evidence never replaces a decision by a specific code: a
// text may refine a code, but not move it to a cause that does not list the code.
func FuzzRecognise(f *testing.F) {
	f.Add(7000215, "0x80072560", "invalid_grant", "consent_required", "dns", 401, "roleCount=0,")
	f.Add(700027, "", "", "", "", 0, "the key used is expired")
	f.Add(0, "0x80040220", "", "", "", 403, "roleCount=0)")
	f.Fuzz(func(t *testing.T, aadsts int, dataverse, oauth, suberror, network string, status int, text string) {
		s := Signs{Service: Dataverse, Status: status, Dataverse: dataverse, OAuth: oauth, Suberror: suberror, Network: network, Text: text}
		if aadsts != 0 {
			s.AADSTS = []int{aadsts}
		}
		got := Recognise(s)
		if (got.By == "") != (got.Cause == "" || got.Cause == Unknown) {
			t.Fatalf("cause %q by %q", got.Cause, got.By)
		}
		if got.Cause == "" {
			return
		}
		entry, ok := Lookup(got.Cause)
		if !ok {
			t.Fatalf("%q is no cause", got.Cause)
		}
		if strings.HasPrefix(got.By, "AADSTS") && !slices.Contains(entry.Recognise.AADSTS, aadsts) {
			t.Fatalf("%s by %s, which it does not claim", got.Cause, got.By)
		}
		if strings.HasPrefix(got.By, "0x") && !slices.Contains(entry.Recognise.Dataverse, dataverse) {
			t.Fatalf("%s by %s, which it does not claim", got.Cause, got.By)
		}
	})
}

// FuzzDataverseCode guards that the hexadecimal and the decimal form of a code are
// equivalent.
func FuzzDataverseCode(f *testing.F) {
	for _, seed := range []string{"0x80072560", "-2147015328", "2147951968", "80095FFC", "x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		code, ok := DataverseCode(in)
		if !ok {
			return
		}
		if again, ok := DataverseCode(strings.ToLower(code)); !ok || again != code {
			t.Fatalf("%q became %q and then %q", in, code, again)
		}
		if !strings.HasPrefix(code, "0x80") || len(code) != 10 || strings.ToUpper(code[2:]) != code[2:] {
			t.Fatalf("%q became %q", in, code)
		}
	})
}
