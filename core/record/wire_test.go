package record_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// TestMessagesKeepTheirVerdict guards that the pseudonyms keep what decides: every
// recorded message has the same cause and the same origin afterwards, as far as the
// transport keeps its headers.
func TestMessagesKeepTheirVerdict(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	const corpus = "../testdata/wire"
	raw, err := os.ReadFile(filepath.Join(corpus, "index.json"))
	if err != nil {
		t.Fatal(err)
	}
	var lines []struct{ File, Service string }
	if err := json.Unmarshal(raw, &lines); err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		t.Run(line.File, func(t *testing.T) {
			file, err := os.ReadFile(filepath.Join(corpus, line.File))
			if err != nil {
				t.Fatal(err)
			}
			before, err := record.ParseMessage(file)
			if err != nil {
				t.Fatal(err)
			}
			files := record.Make(exam.Report{Exchanges: []transport.Exchange{exchange(before)}})
			after, err := record.ParseMessage(files[files.Names()[2]])
			if err != nil {
				t.Fatal(err)
			}
			for _, service := range []catalog.Service{catalog.Entra, catalog.Dataverse, catalog.Graph} {
				if diff := cmp.Diff(verdict(service, before), verdict(service, after)); diff != "" {
					t.Errorf("read as %s (-before +after):\n%s\n%s", service, diff, textOf(files))
				}
			}
		})
	}
}

// exchange returns the message as the transport keeps it.
func exchange(m record.Message) transport.Exchange {
	kept := []string{
		"Content-Type", "Content-Length", "Date", "Location", "Retry-After", "Server", "Via", "Www-Authenticate",
		"Proxy-Authenticate", "Odata-Version", "X-Ms-Request-Id", "X-Ms-Service-Request-Id", "X-Ms-Ests-Server", "Req_id", "X-Squid-Error", "X-Cache", "X-Powered-By",
	}
	x := transport.Exchange{Number: 1, Method: "GET", URL: "https://contoso.crm4.dynamics.com/", Proto: "HTTP/1.1", Status: m.Status, Header: http.Header{}, Body: string(m.Body)}
	for name, values := range m.Header {
		if slices.Contains(kept, name) {
			x.Header[name] = values
		} else {
			x.Dropped = append(x.Dropped, name)
		}
	}
	return x
}

type seen struct {
	Cause           catalog.Cause
	By, Code, Error string
	Origin          catalog.Origin
}

func verdict(service catalog.Service, m record.Message) seen {
	signs, evidence := catalog.Read(service, m.Status, m.Header, m.Body)
	v := catalog.Recognise(signs)
	return seen{v.Cause, v.By, evidence.Code, evidence.Error, signs.Origin}
}
