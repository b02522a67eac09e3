package session

import (
	"context"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/lifetime"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Calendar returns the known ends of credentials as a calendar file; "" if no end is known.
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

// warnEnds shows at the start which credentials have ended, and once for each threshold
// of package lifetime which will. It opens no credential: the end of a certificate is
// known after a test.
func (s *Session) warnEnds(seen []profile.EndWarning) {
	before := map[string]profile.EndWarning{}
	for _, w := range seen {
		before[savedKey(w.Name)] = w
	}
	now := s.deps.Scheduler.Now()
	var ended, ending []lifetime.Lifetime
	var shown []profile.EndWarning
	for _, r := range s.overviewRows() {
		l := r.Lifetime
		last := before[savedKey(l.Name)]
		switch days, warns := l.Warning(now); {
		case l.Ended(now):
			ended = append(ended, l)
		case warns && (!last.Ends.Equal(l.Ends) || days < last.Days):
			ending = append(ending, l)
			shown = append(shown, profile.EndWarning{Name: l.Name, Ends: l.Ends, Days: days})
		}
	}
	if len(ended)+len(ending) == 0 {
		return
	}
	s.emit(&Notice{Topic: topicEnds, Text: text.Join(" ", endedText(ended), endingText(ending, now)), Tone: Caution, Stay: true, Action: text.F("Show them"), Do: func() {
		s.SortOverview(SortEnds)
		s.OpenOverview()
	}})
	if len(shown) > 0 {
		s.write(func(ctx context.Context) func() {
			_ = s.deps.Store.AddEndWarnings(ctx, shown) // or they are shown again
			return nil
		}, nil)
	}
}

// endedText lists the credentials that have ended; empty without any.
func endedText(list []lifetime.Lifetime) text.Text {
	lifetime.Sort(list)
	switch len(list) {
	case 0:
		return text.Text{}
	case 1:
		return text.F("The credential of “%s” ended on %s.", list[0].Name, day(list[0].Ends))
	}
	return text.F("The credentials of %d connections have ended, the first on %s.", len(list), day(list[0].Ends))
}

// endingText lists the credentials that end soon; empty without any.
func endingText(list []lifetime.Lifetime, now time.Time) text.Text {
	lifetime.Sort(list)
	switch len(list) {
	case 0:
		return text.Text{}
	case 1:
		return text.F("The credential of “%s” ends on %s.", list[0].Name, day(list[0].Ends))
	}
	days, _ := list[len(list)-1].Warning(now)
	return text.F("The credentials of %d connections end within %d days, the first on %s.", len(list), days, day(list[0].Ends))
}

// topicEnds is the topic of the notice about the ends of credentials.
const topicEnds = "ends"
