package record_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// FuzzMake replaces each "@@" of a text by identifiers in any spelling, and sends the
// text as body, header and address. It guards that the record contains no identifier, and
// that it can be read again.
func FuzzMake(f *testing.F) {
	race.Skip(f, race.OneGoroutine)
	f.Add("contosouat", "Maria Müller", []byte("0123456789abcdef"), `{"error":{"code":"0x80072560","message":"@@ @@"}}`, uint8(0))
	f.Add("fabrikam", "Chloë Ødegård", []byte("fedcba9876543210"), `<html><title>@@</title><p>User '@@' @@`, uint8(7))
	f.Add("acme2", "Ann Bo Chang", []byte("aaaaaaaaaaaaaaaa"), "@@.@@/@@?@@=@@&x=@@", uint8(13))
	f.Add("northwind", "Jean-Luc", []byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"), `<a:b c="@@"><Message>@@</Message><!--@@-->`, uint8(21))
	f.Add("zava", "O'Neil Price", []byte("zzzzzzzzzzzzzzzz"), `{"@@":"@@","n":[1,"@@",{"description":"\u0040@"}],"error_description":"tenant @@ in @@ directory"}`, uint8(3))
	f.Fuzz(func(t *testing.T, org, person string, guidBytes []byte, body string, spelling uint8) {
		id, ok := identityOf(org, person, guidBytes)
		if !ok {
			return // nothing to search for
		}
		spelled := id.spelled()
		text := body
		for n := 0; strings.Contains(text, "@@") && n < 32; n++ {
			text = strings.Replace(text, "@@", spelled[(int(spelling)+n)%len(spelled)], 1)
		}
		files := record.Make(id.report(text))
		if _, err := record.Read(folderOf(files)); err != nil {
			t.Fatalf("cannot be read again: %v\n%s", err, textOf(files))
		}
		out := strings.ToLower(textOf(files))
		ours := strings.ToLower(textOf(record.Make(contoso.report(strings.ReplaceAll(body, "@@", "")))))
		for _, trace := range append(id.traces(), strings.ToLower(id.Person), strings.ToLower(id.Org)) {
			if at := strings.Index(out, trace); at >= 0 && !strings.Contains(ours, trace) {
				t.Errorf("%q is left: …%s…", trace, out[max(0, at-60):min(len(out), at+len(trace)+60)])
			}
		}
	})
}

// identityOf returns identifiers made of fuzzed text; false if they are too short, or are
// words of every record.
func identityOf(org, person string, guidBytes []byte) (identity, bool) {
	if len(guidBytes) < 16 || !label(org) || record.Vocabulary(strings.ToLower(org)) || !fullName(person) {
		return identity{}, false
	}
	h := hex.EncodeToString(guidBytes[:16])
	if strings.Trim(h, "0") == "" || strings.HasPrefix(h, "000000") {
		return identity{}, false
	}
	g := fmt.Sprintf("%s-%s-%s-%s-%s", h[:8], h[8:12], h[12:16], h[16:20], h[20:])
	return identity{Org: org, Tenant: g, Client: contoso.Client, Object: g, Person: person}, true
}

func label(s string) bool {
	return len(s) >= 5 && len(s) < 40 && strings.Trim(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz0123456789") == "" && strings.Trim(s, "0123456789") != ""
}

func fullName(s string) bool {
	if len(s) > 80 || strings.TrimSpace(s) != s {
		return false
	}
	letters := 0
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !record.Vocabulary(strings.ToLower(w)) {
			letters += len([]rune(w))
		}
	}
	valid := func(r rune) bool { return unicode.IsLetter(r) && r < 0x250 || strings.ContainsRune(" '-", r) }
	return letters >= 5 && !strings.ContainsFunc(s, func(r rune) bool { return !valid(r) })
}

// report returns a small examination with a fuzzed text.
func (id identity) report(text string) exam.Report {
	r := exam.Report{
		Connection: exam.Subject{Environment: "https://" + id.Org + ".crm4.dynamics.com", TenantID: id.Tenant, ClientID: id.Client},
		WhoAmI:     &exam.WhoAmI{UserID: id.Object, UserName: id.Person},
	}
	r.Basis.Environment, r.Basis.Tenant, r.Basis.ClientID = r.Connection.Environment, id.Tenant, id.Client
	message, _ := json.Marshal(map[string]any{"error": map[string]any{"message": text, "code": text}, "other": text})
	header := func(kind string) http.Header {
		line := strings.Map(func(c rune) rune {
			if unicode.IsControl(c) {
				return ' '
			}
			return c
		}, text)
		return http.Header{"Content-Type": {kind}, "Server": {line}, "Via": {line}, "Location": {line}, "Www-Authenticate": {"Bearer " + line}, "Req_id": {line}}
	}
	for _, x := range []transport.Exchange{
		{Status: 403, Header: header("application/json"), Body: string(message)},
		{Status: 200, Header: header("text/html"), Body: text},
		{Status: 500, Header: header("text/xml"), Body: "<x>" + text + "</x>"},
		{Status: 401, Header: header("text/plain"), Body: "plain " + text},
	} {
		x.Number, x.Method, x.Proto = len(r.Exchanges)+1, "GET", "HTTP/1.1"
		x.URL = r.Connection.Environment + "/api/data/v9.2/WhoAmI"
		r.Exchanges = append(r.Exchanges, x)
	}
	return r
}
