package explain

import (
	"encoding/json"
	"html"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

func escapeQuery(s string) string { return url.QueryEscape(s) }
func escapeHTML(s string) string  { return html.EscapeString(s) }
func escapeJSON(s string) string {
	quoted, _ := json.Marshal(s)
	return string(quoted[1 : len(quoted)-1])
}

func marshal(t testing.TB, e Explanation) string {
	t.Helper()
	raw, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// FuzzExplain guards that any text has an explanation with a cause of the contract, in
// short and clean text, and the same each time.
func FuzzExplain(f *testing.F) {
	race.Skip(f, race.OneGoroutine)
	for _, e := range examples(f) {
		f.Add(e.text)
	}
	f.Add("\xff\xfeA\x00")
	f.Add(`\u00`)
	f.Add("%4")
	f.Fuzz(func(t *testing.T, text string) {
		e := Explain(text)
		checkShape(t, e)
		if _, ok := catalog.Lookup(e.Cause); !ok && e.Cause != "" {
			t.Fatalf("%q is no cause", e.Cause)
		}
		out := marshal(t, e)
		const longest = 64 << 10
		if len(out) > longest || !utf8.ValidString(out) {
			t.Fatalf("%d bytes", len(out))
		}
		for _, said := range append(values(e.Evidence), e.Summary.String()) {
			if catalog.Clean(said) != said && len(said) < catalog.MaxText {
				t.Fatalf("not clean: %q", said)
			}
		}
		if again := marshal(t, Explain(text)); again != out {
			t.Fatalf("explained twice:\n%s\n%s", out, again)
		}
	})
}

func values(e catalog.Evidence) []string {
	all := []string{e.Code, e.Error, e.RequestID, e.CorrelationID, e.TraceID, e.Timestamp, e.Message.String()}
	for _, fact := range e.Facts {
		all = append(all, string(fact.Name), fact.Value.String())
	}
	return all
}

// FuzzSecret guards that a secret in a usual place is never in the explanation, with any
// text around it and in any encoding of the text.
func FuzzSecret(f *testing.F) {
	race.Skip(f, race.OneGoroutine)
	for i, e := range examples(f) {
		f.Add(e.text, i, i, "")
	}
	f.Add("", 3, 2, "\"")
	f.Fuzz(func(t *testing.T, before string, place, wrapping int, after string) {
		text := strings.ReplaceAll(places[index(place, len(places))], "%s", canary)
		text = before + " " + wrappings[index(wrapping, len(wrappings))](text) + " " + after
		if len(text) > maxText {
			return
		}
		if out := marshal(t, Explain(text)); strings.Contains(out, canary) {
			t.Fatalf("came through: %s", out)
		}
	})
}

func index(i, n int) int { return int(uint(i) % uint(n)) }
