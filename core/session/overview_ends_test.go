package session

import (
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
)

// TestEndsAtTheStart guards that the notice at the start leads to the expiring
// credentials, and that the calendar contains the known expiry dates.
func TestEndsAtTheStart(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		for _, name := range []string{"a", "b", "c"} {
			l.also(name, addressed(name))
		}
		if l.Calendar() != "" {
			t.Error("a calendar of nothing")
		}
		for name, days := range map[string]int{"a": 5, "b": 200} {
			if err := l.store.SetEnds(t.Context(), name, l.Now().AddDate(0, 0, days)); err != nil {
				t.Fatal(err)
			}
		}
		l.restart()
		l.wantNotice("The credential of “a” ends on ")
		if got := l.Calendar(); strings.Count(got, "BEGIN:VEVENT") != 2 {
			t.Errorf("calendar:\n%s", got)
		}
		l.notice().Do()
		l.pump()
		if o := l.State().Overview; !o.Open || o.Sort != SortEnds {
			t.Errorf("open %v, sorted by %q", o.Open, o.Sort)
		}
		l.opens("a")
		if got := l.State().Form.Cautions[connection.FieldSecret].String(); !strings.HasPrefix(got, "Valid until ") {
			t.Errorf("the field says %q", got)
		}
	})
}

// TestEndWarnings guards that the start warns once about a credential that has passed a
// threshold, and each time about an expired credential.
func TestEndWarnings(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		for _, name := range []string{"a", "b", "c"} {
			l.also(name, addressed(name))
		}
		begin := l.Now()
		end := func(days int) string { return day(begin.AddDate(0, 0, days)) }
		ends := func(name string, days int) {
			if err := l.store.SetEnds(t.Context(), name, begin.AddDate(0, 0, days)); err != nil {
				t.Fatal(err)
			}
		}
		ends("a", 100)
		ends("b", 95)
		for _, step := range []struct {
			after int // days since the beginning
			want  string
		}{
			{0, ""},
			{6, "The credential of “b” ends on " + end(95) + "."},
			{6, ""},
			{20, "The credential of “a” ends on " + end(100) + "."},
			{72, "The credentials of 2 connections end within 30 days, the first on " + end(95) + "."},
			{73, ""},
			{91, "The credentials of 2 connections end within 14 days, the first on " + end(95) + "."},
			{96, "The credential of “b” ended on " + end(95) + ". The credential of “a” ends on " + end(100) + "."},
			{97, "The credential of “b” ended on " + end(95) + "."},
			{101, "The credentials of 2 connections have ended, the first on " + end(95) + "."},
			{101, "The credentials of 2 connections have ended, the first on " + end(95) + "."},
		} {
			time.Sleep(begin.AddDate(0, 0, step.after).Sub(l.Now()))
			l.restart()
			if got := l.notice().Text.String(); got != step.want {
				t.Errorf("after %d days: %q, want %q", step.after, got, step.want)
			}
		}
		if got := l.overviewTally(); got != (Tally{All: 3, Unknown: 3, Ended: 2}) {
			t.Errorf("%+v", got)
		}
		ends("a", 120) // another secret
		l.restart()
		if got, want := l.notice().Text.String(), "The credential of “b” ended on "+end(95)+". The credential of “a” ends on "+end(120)+"."; got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if got := l.overviewTally(); got != (Tally{All: 3, Unknown: 3, Ended: 1, Ending: 1}) {
			t.Errorf("%+v", got)
		}
	})
}

// overviewTally opens the overview and returns its numbers.
func (l *library) overviewTally() Tally {
	l.OpenOverview()
	l.pump()
	return l.State().Overview.Tally
}
