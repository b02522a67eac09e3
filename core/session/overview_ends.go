package session

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lifetime"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Calendar returns the known ends of credentials as a calendar file, or "".
func (s *Session) Calendar() string {
	var list []lifetime.Lifetime
	for _, r := range s.overviewRows() {
		if !r.Lifetime.Ends.IsZero() {
			list = append(list, r.Lifetime)
		}
	}
	if len(list) == 0 {
		return ""
	}
	lifetime.Sort(list)
	var b strings.Builder
	_ = lifetime.Calendar(&b, list, s.deps.Scheduler.Now()) // a Builder never fails
	return b.String()
}

// warnEnds shows at the start which credentials end soon, as far as that is known without
// opening any.
func (s *Session) warnEnds() {
	now := s.deps.Scheduler.Now()
	rows := slices.DeleteFunc(s.overviewRows(), func(r *OverviewRow) bool {
		return r.Lifetime.Ends.IsZero() || r.Lifetime.Days(now) >= EndingDays
	})
	if len(rows) == 0 {
		return
	}
	sortRows(rows, SortEnds)
	first := rows[0]
	words := text.F("The credential of “%s” ends on %s.", first.Name, day(first.Lifetime.Ends))
	switch {
	case len(rows) > 1:
		words = text.F("The credentials of %d connections end within %d days, the first on %s.", len(rows), EndingDays, day(first.Lifetime.Ends))
	case first.Lifetime.Ended(now):
		words = text.F("The credential of “%s” ended on %s.", first.Name, day(first.Lifetime.Ends))
	}
	s.emit(&Notice{Topic: topicEnds, Text: words, Tone: Caution, Stay: true, Action: text.F("Show them"), Do: func() {
		s.SortOverview(SortEnds)
		s.OpenOverview()
	}})
}

// topicEnds is the topic of the notice about credentials that end soon.
const topicEnds = "ends"
