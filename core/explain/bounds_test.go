package explain_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/explain"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// units are the parts of hostile texts: beginnings without an end, and texts that the
// readers search for.
var units = []string{
	`"password":"`, "password=", "password:", `"password":`, "a:", `\"`, `\\\"`, `{"`, `{"a":`, "[", "<a>", "<Envelope>", "<s:Fault ", "%25", "%",
	"&amp;", "&#x26;", `\u005c`, `\`, "Bearer ", "bearer bearer ", "--secret ", "--p ", "code=", "eyJ", "eyJaaaaaa.", "-----BEGIN PRIVATE KEY-----",
	"-----BEGIN A", "cookie: ", "Set-Cookie:", "http://a?code=1&", "?", "#", "?a=b#", "HTTP/1.1 200 OK\n", "AADSTS", "AADSTS50011", "0x8", "80040220 ",
	"-2147", "tenant '", "id ", "authorization_uri=https://a/", "\x00", "\xff", "\ufeff", "\u202e", "\x1b[31m", "'", `"`, "=", ":", "client secret client secret",
	"a.a-a_", "Trace ID: ", `{"access_token":`, "\r\n", `UserId":"`, "x=y;", "key: value\n", "<tokenxxx", "<secret ", "</secret>", "https://",
	"SystemUserId=", "(401) ", "status code ", "application id ", "+", "<add key='ClientSecret' value='", "| client_secret | x |\n", "a,b,c\n", "<!--", "<![CDATA[", "&#", "QUJD", "4142",
}

// TestHostileTextsAreCheap guards that ten megabytes of any text are explained and read
// within time and memory. The time limit fits a busy machine; the measured values are
// logged.
func TestHostileTextsAreCheap(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	const (
		long     = 10 << 20
		patience = 20 * time.Second
		memory   = 400 << 20 // allocated in total, many times the memory in use at any moment
	)
	var worst, worstPaste time.Duration
	var most uint64
	var slowest, slowestPaste, hungriest string
	for i, unit := range units {
		for n, text := range []string{strings.Repeat(unit, long/len(unit)), strings.Repeat(unit+units[(i*7+3)%len(units)], long/(2*len(unit)+20))} {
			if n == 1 && i%4 != 0 {
				continue // only a sample of the pairs
			}
			name := fmt.Sprintf("%.24q of %d MiB", text, len(text)>>20)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			read, err := explain.ReadText(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			explain.Explain(read)
			took := time.Since(start)
			start = time.Now()
			paste.Read(text)
			pasted := time.Since(start)
			runtime.ReadMemStats(&after)
			used := after.TotalAlloc - before.TotalAlloc
			if took > worst {
				worst, slowest = took, name
			}
			if pasted > worstPaste {
				worstPaste, slowestPaste = pasted, name
			}
			if used > most {
				most, hungriest = used, name
			}
			if took > patience || pasted > patience || used > memory {
				t.Errorf("%s: explained in %s, read in %s, %d MiB allocated", name, took, pasted, used>>20)
			}
		}
	}
	t.Logf("%d units; explained in %s at most (%s), read as a connection in %s (%s), %d MiB allocated (%s)",
		len(units), worst, slowest, worstPaste, slowestPaste, most>>20, hungriest)
}
