package session

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestAskEnds guards that the dialog starts with the known expiry date, accepts only a
// date, and that an empty entry removes it.
func TestAskEnds(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		for _, name := range []string{"a", "b"} {
			l.also(name, addressed(name))
		}
		names := []string{"a", "b"}
		l.Start(false)
		l.pump()
		l.AnswerEnds("2027-03-31") // no dialog is open
		l.AskEnds(names)
		if q := l.State().Ends; !q.Open || q.Known != "" || !cmp.Equal(q.Names, names) {
			t.Errorf("%+v", q)
		}
		l.AnswerEnds("soon")
		if q := l.State().Ends; !q.Open || q.Problem.String() != "Type a day such as 2027-03-31." {
			t.Errorf("%+v", q)
		}
		l.AnswerEnds(" 2027-03-31 ")
		l.pump()
		wantEnds := func(want ...string) {
			t.Helper()
			for i, name := range names {
				if got := l.kept(name).Profile.Ends; day(got) != want[i] {
					t.Errorf("%s ends on %s, want %s", name, got, want[i])
				}
			}
		}
		wantEnds("2027-03-31", "2027-03-31")
		if l.State().Ends.Open {
			t.Error("the question stays open")
		}
		l.AskEnds([]string{"b"})
		l.AnswerEnds("2026-12-24")
		l.pump()
		l.AskEnds(names)
		if q := l.State().Ends; q.Known != "2026-12-24" {
			t.Errorf("%+v", q)
		}
		l.CloseEnds()
		l.AnswerEnds("2028-01-01")
		l.pump()
		wantEnds("2027-03-31", "2026-12-24")
		l.AskEnds(names)
		l.AnswerEnds("")
		l.pump()
		wantEnds(day(time.Time{}), day(time.Time{}))
	})
}
