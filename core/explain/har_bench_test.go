package explain_test

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/explain"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// largeHAR returns a HAR file of at least size bytes, as a browser saves it: scripts and
// pictures, and a refusal of Entra in the middle.
func largeHAR(size int) string {
	entry := func(method, url string, status int, kind, body string) string {
		text, _ := json.Marshal(body)
		return fmt.Sprintf(`{"startedDateTime":"2026-11-29T10:00:00.000Z","time":12.3,"request":{"method":%q,"url":%q,"httpVersion":"h2","headers":[{"name":"Accept","value":"*/*"},{"name":"Cookie","value":"a=b"}],"queryString":[],"cookies":[],"headersSize":-1,"bodySize":0},"response":{"status":%d,"statusText":"","httpVersion":"h2","headers":[{"name":"Content-Type","value":%q}],"cookies":[],"content":{"size":%d,"mimeType":%q,"text":%s},"redirectURL":"","headersSize":-1,"bodySize":-1},"cache":{},"timings":{"send":0,"wait":1,"receive":2}}`,
			method, url, status, kind, len(body), kind, text)
	}
	script := strings.Repeat("function f(a,b){return a+\"\\n\"+b;}/* é */\n", 5000)
	refusal := entry("POST", "https://login.microsoftonline.com/12b5c856-0b1e-4a63-9f0e-3c1d5a7e9b24/oauth2/v2.0/token", 401, "application/json",
		`{"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys are expired.","error_codes":[7000222]}`)
	page := entry("GET", "https://make.powerapps.com/static/main.js", 200, "application/javascript", script)
	var b strings.Builder
	b.WriteString(`{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"pages":[],"entries":[`)
	for b.Len() < size/2 {
		b.WriteString(page + ",\n")
	}
	b.WriteString(refusal)
	for b.Len() < size {
		b.WriteString(",\n" + page)
	}
	b.WriteString(`]}}`)
	return b.String()
}

// readHAR reads a file as the command does, and explains it.
func readHAR(file string) (explain.Explanation, error) {
	text, err := explain.ReadText(io.Reader(strings.NewReader(file)))
	return explain.Explain(text), err
}

func BenchmarkHAR50MB(b *testing.B) {
	file := largeHAR(50 << 20)
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		if e, err := readHAR(file); err != nil || e.Cause != "secret.expired" {
			b.Fatal(e.Cause, err)
		}
	}
}

// TestHARMemory guards that a file of 50 MB takes less than 300 MB at its peak, including
// the file itself.
func TestHARMemory(t *testing.T) {
	race.Skip(t, "what the detector adds to the heap would count")
	file := largeHAR(50 << 20)
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	var peak uint64
	done, measured := make(chan struct{}), sync.WaitGroup{}
	measured.Go(func() {
		for {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapSys-now.HeapReleased)
			select {
			case <-done:
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	})
	began := time.Now()
	e, err := readHAR(file)
	took := time.Since(began)
	close(done)
	measured.Wait()
	if err != nil || e.Cause != "secret.expired" {
		t.Fatalf("cause %q, %v", e.Cause, err)
	}
	t.Logf("%d MB in %s, peak of the heap %d MB", len(file)>>20, took, peak>>20)
	if limit := uint64(300 << 20); peak > limit {
		t.Errorf("the heap grew to %d MB", peak>>20)
	}
}
