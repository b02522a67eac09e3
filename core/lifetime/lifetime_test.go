package lifetime

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
)

var now = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

func TestWarning(t *testing.T) {
	for _, c := range []struct {
		name  string
		left  time.Duration
		days  int
		warns int // or 0
		ended bool
	}{
		{"a year", 365 * 24 * time.Hour, 365, 0, false},
		{"90 days", 90 * 24 * time.Hour, 90, 0, false},
		{"a moment less", 90*24*time.Hour - 1, 89, 90, false},
		{"59 days", 59 * 24 * time.Hour, 59, 60, false},
		{"30 days and an hour", 30*24*time.Hour + time.Hour, 30, 60, false},
		{"29 days", 29 * 24 * time.Hour, 29, 30, false},
		{"13 days", 13 * 24 * time.Hour, 13, 14, false},
		{"an hour", time.Hour, 0, 7, false},
		{"now", 0, 0, 7, true},
		{"a moment ago", -1, -1, 7, true},
		{"a day ago", -24 * time.Hour, -1, 7, true},
	} {
		l := Lifetime{Ends: now.Add(c.left)}
		threshold, ok := l.Warning(now)
		if l.Days(now) != c.days || threshold != c.warns || ok != (c.warns > 0) || l.Ended(now) != c.ended {
			t.Errorf("%s: %d days, threshold %d %v, ended %v", c.name, l.Days(now), threshold, ok, l.Ended(now))
		}
	}
	if _, ok := (Lifetime{}).Warning(now); ok || (Lifetime{}).Ended(now) {
		t.Error("an unknown end warns")
	}
}

func TestOf(t *testing.T) {
	certificate, typed, none := now, now.Add(time.Hour), time.Time{}
	for _, c := range []struct {
		kind               connection.Kind
		certificate, typed time.Time
		source             Source
		ends               time.Time
	}{
		{connection.CertificateKind, certificate, typed, Certificate, certificate},
		{connection.SecretKind, none, typed, Typed, typed},
		{connection.SecretKind, none, none, Unknown, none},
		{connection.CertificateStoreKind, none, typed, Typed, typed},
		{connection.FederatedKind, none, typed, Endless, none},
		{connection.ManagedIdentityKind, none, none, Endless, none},
	} {
		if source, ends := Of(c.kind, c.certificate, c.typed); source != c.source || !ends.Equal(c.ends) {
			t.Errorf("%s: %q %v", c.kind, source, ends)
		}
	}
}

func TestSort(t *testing.T) {
	list := []Lifetime{{Name: "endless", Source: Endless}, {Name: "unknown"}, {Name: "late", Source: Typed, Ends: now.Add(time.Hour)}, {Name: "early", Source: Typed, Ends: now}}
	Sort(list)
	var names []string
	for _, l := range list {
		names = append(names, l.Name)
	}
	if diff := cmp.Diff([]string{"early", "late", "unknown", "endless"}, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

var ends = []Lifetime{
	{Name: "Contoso; UAT, \"Über\" \\ 漢字漢字漢字漢字漢字漢字漢字漢字漢字\nBEGIN:VEVENT", Environment: "https://contoso.crm4.dynamics.com", ClientID: "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e", Kind: connection.SecretKind, Source: Typed, Ends: now.AddDate(0, 0, 45)},
	{Name: "Ended", Kind: connection.CertificateKind, Source: Certificate, Ends: now.AddDate(0, 0, -1), Thumbprint: "0123456789ABCDEF0123456789ABCDEF01234567"},
	{Name: "Unknown", Kind: connection.SecretKind},
}

// TestCalendar guards the form of RFC 5545: line ends, length, folding, escapes.
func TestCalendar(t *testing.T) {
	var b strings.Builder
	if err := Calendar(&b, ends, now); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSuffix(b.String(), "\r\n"), "\r\n") {
		if len(line) > lineLimit || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
	unfolded := strings.ReplaceAll(b.String(), "\r\n ", "")
	for line, times := range map[string]int{
		"BEGIN:VEVENT\r\n": 2, "END:VEVENT\r\n": 2, "BEGIN:VALARM\r\n": 3, "TRIGGER:-P30D\r\n": 1, "TRIGGER:-P90D\r\n": 0,
		"DTSTART;VALUE=DATE:20270113\r\n": 1, "DTEND;VALUE=DATE:20270114\r\n": 1, `SUMMARY:Client secret of Contoso\; UAT\, "Über" \\ 漢字`: 1,
	} {
		if got := strings.Count(unfolded, line); got != times {
			t.Errorf("%q stands %d times, want %d in\n%s", line, got, times, unfolded)
		}
	}
	var again strings.Builder
	_ = Calendar(&again, ends, now)
	if again.String() != b.String() {
		t.Error("the same ends make another calendar")
	}
}

// TestCalendarIsReadByOthers reads the calendar with the Python library icalendar, if it
// is installed.
func TestCalendarIsReadByOthers(t *testing.T) {
	python := "/usr/bin/python3"
	if exec.CommandContext(t.Context(), python, "-c", "import icalendar").Run() != nil {
		t.Skip("no python3-icalendar here")
	}
	var b strings.Builder
	if err := Calendar(&b, ends, now); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python, "-c", `
import icalendar, json, sys
c = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
print(json.dumps([[str(e["SUMMARY"]), str(e["DTSTART"].dt), len(e.walk("VALARM")), e.errors] for e in c.walk("VEVENT")]))`)
	cmd.Stdin = strings.NewReader(b.String())
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got [][]any
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	want := [][]any{
		{"Client secret of " + ends[0].Name + " ends", "2027-01-13", 3.0, []any{}},
		{"Certificate of Ended ends", "2026-11-28", 0.0, []any{}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestParseDay(t *testing.T) {
	for typed, want := range map[string]time.Time{"": {}, "  ": {}, "2027-03-31": time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC), " 2027-03-31\n": time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC)} {
		if got, err := ParseDay(typed); err != nil || !got.Equal(want) {
			t.Errorf("%q: %v, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"soon", "31.03.2027", "2027-02-29", "2027-03-31T00:00:00Z"} {
		if got, err := ParseDay(typed); err == nil {
			t.Errorf("%q is %v", typed, got)
		}
	}
}
