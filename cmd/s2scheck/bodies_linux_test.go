package main

import (
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/internal/sample"
)

// almost is the length in bytes of a body that is just short enough to be read whole.
const almost = 10<<20 - 4<<10

// repeated responds with a start, a part repeated up to length bytes, and an end.
func repeated(status int, kind, start, part, end string, length int) http.HandlerFunc {
	const chunk = 32 << 10
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, start)
		many := strings.Repeat(part, max(1, chunk/len(part)))
		for n := len(start) + len(end); n+len(many) <= length; n += len(many) {
			if _, err := io.WriteString(w, many); err != nil {
				return
			}
		}
		_, _ = io.WriteString(w, end)
	}
}

// gzipBomb responds with length bytes of white space, compressed to a few kilobytes.
func gzipBomb(length int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		defer z.Close()
		blank := []byte(strings.Repeat(" ", 64<<10))
		for n := 0; n < length; n += len(blank) {
			if _, err := z.Write(blank); err != nil {
				return
			}
		}
	}
}

const (
	envelope    = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>`
	executeHead = envelope + `<ExecuteResponse xmlns="http://schemas.microsoft.com/xrm/2011/Contracts/Services"><ExecuteResult><Results>`
	executeTail = `</Results></ExecuteResult></ExecuteResponse></s:Body></s:Envelope>`
)

// bodies are responses of a hostile size or form.
var bodies = []struct {
	name   string
	answer http.HandlerFunc
}{
	{"endless", repeated(200, "application/json", "{", " ", "", 1<<40)},
	{"endless refusal", repeated(401, "application/json", "{", " ", "", 1<<40)},
	{"gzip bomb", gzipBomb(1 << 30)},
	{"gzip bomb below the limit", gzipBomb(almost)},
	{"no gzip", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = io.WriteString(w, "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"+strings.Repeat("\xff", 100))
	}},
	{"passwords", repeated(200, "application/json", "", `"password":"`, "", almost)},
	{"tokens", repeated(200, "application/json", "", "eyJaaaaaaaaaa.", "", almost)},
	{"backslashes", repeated(200, "application/json", `{"a":"`, `\\\\`, `"}`, almost)},
	{"base64", repeated(200, "application/json", `{"a":"`, "QUJDREVGR0hJSktM", `"}`, almost)},
	{"hexadecimal", repeated(200, "application/json", `{"a":"`, "4142434445464748", `"}`, almost)},
	{"percent", repeated(200, "application/json", `{"a":"`, "%2525252541", `"}`, almost)},
	{"deep objects", repeated(200, "application/json", "", `{"error":`, "", almost)},
	{"deep arrays", repeated(200, "application/json", `{"value":`, "[", "", almost)},
	{"rows", repeated(200, "application/json", `{"value":[`, "{},", "{}]}", almost)},
	{"rows of rows", repeated(200, "application/json", `{"value":[{"systemuserid":"a","systemuserroles_association":[`, "{},", "{}]}]}", almost)},
	{"members", repeated(200, "application/json", "{", `"a":1,`, `"b":2}`, almost)},
	{"deep XML", repeated(200, "text/xml", envelope, "<a>", "", almost)},
	{"XML elements", repeated(200, "text/xml", executeHead, "<KeyValuePairOfstringanyType/>", executeTail, almost)},
	{"XML attributes", repeated(200, "text/xml", envelope+"<a ", "b='' ", "/>", almost)},
	{"XML entities", repeated(500, "text/xml", `<!DOCTYPE l [<!ENTITY a "lol">]>`+envelope+"<s:Fault><faultstring>", "&a;", "</faultstring></s:Fault>", 60<<10)},
	{"a text element without end", repeated(200, "text/xml", executeHead, "text ", executeTail, almost)},
	{"a page", repeated(200, "text/html", "<html><title>", "<p>x", "", almost)},
}

// places are the requests that get a hostile response.
var places = []struct {
	name string
	at   func(*http.Request) bool
	// causes are the right verdicts, apart from an intercepted response and a timeout.
	causes string
}{
	{"probe", func(r *http.Request) bool { return isEnvironment(r) && r.Header.Get("Authorization") == "" }, "environment.not-dataverse"},
	{"token", asksForToken, "service.unavailable"},
	{"environment", func(r *http.Request) bool { return isEnvironment(r) && r.Header.Get("Authorization") != "" }, "unknown"},
	{"users", func(r *http.Request) bool {
		return isEnvironment(r) && !asksWhoAmI(r) && r.Header.Get("Authorization") != ""
	}, "healthy"},
}

func isEnvironment(r *http.Request) bool { return strings.HasSuffix(r.Host, ".dynamics.com") }

// TestAnyAnswerFitsInMemory guards M9: for any response of a service, the examination
// ends in time and uses at most maxMemory. Each response is tried at two of the places;
// with -args -every, at all of them.
func TestAnyAnswerFitsInMemory(t *testing.T) {
	race.Skip(t, "what the detector adds to a process would count as its memory")
	s := newSiege(t, 2)
	for i, place := range places {
		for j, body := range bodies {
			if !sample.Has(2, i, j) {
				continue
			}
			world := startMicrosoft(t)
			world.answering(place.at, body.answer)
			causes := " network.intercepted network.timeout " + place.causes + " "
			s.run(world, world.proxy, fmt.Sprintf("%s to the %s", body.name, place.name), wish{}, func(r exam.Report, status int) string {
				if place.name != "users" && !strings.Contains(causes, " "+string(cmp.Or(r.RootCause, "healthy"))+" ") {
					return "the wrong verdict"
				}
				return ""
			})
		}
	}
	s.done()
}
