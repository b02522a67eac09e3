package session

import (
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/search"
)

// rowWords are the words of rows, by savedKey: they are made once for each state of a
// row, because all are read at every letter that is typed.
type rowWords map[string]wordsOf

// wordsOf is the words of a row in a state.
type wordsOf struct {
	state rowState
	// own is what is known of the connection and what is wrong with it, all is besides what
	// the view shows; both are folded.
	own, all string
}

// rowState is what the words of a row depend on.
type rowState struct {
	saved   string // what is saved of the connection
	label   profile.Label
	health  Health
	outcome int
	ends    time.Time
	day     string // in which the end is so many days away
}

// found returns the rows that have every word of a query in what is known of them, or
// else those that have them anywhere in what is shown: "test" finds the connections that
// are called so, and "tested" those that were.
func (w *rowWords) found(rows []*OverviewRow, saved []profile.Profile, query string, describe func(*OverviewRow) (verdict, rest string), now time.Time) []*OverviewRow {
	q := search.For(query)
	if q.Empty() {
		return rows
	}
	if *w == nil {
		*w = rowWords{}
	}
	day := now.Format(time.DateOnly)
	var own, all []*OverviewRow
	for i, r := range rows {
		words := w.of(r, saved[i], day, describe)
		if q.In(words.own) {
			own = append(own, r)
		}
		if len(own) == 0 && q.In(words.all) {
			all = append(all, r)
		}
	}
	if len(own) > 0 {
		return own
	}
	return all
}

// of returns the words of a row.
func (w rowWords) of(r *OverviewRow, p profile.Profile, day string, describe func(*OverviewRow) (verdict, rest string)) wordsOf {
	known := p.Known()
	state := rowState{known, r.Label, r.Health, r.outcome, r.Lifetime.Ends, day}
	key := savedKey(p.Name)
	words, ok := w[key]
	if ok && words.state == state {
		return words
	}
	verdict, rest := "", ""
	if describe != nil {
		verdict, rest = describe(r)
	}
	words = wordsOf{state: state, own: search.Fold(strings.Join([]string{known, string(r.Label), string(r.Cause), string(r.Health), r.User, verdict}, "\n"))}
	words.all = words.own + "\n" + search.Fold(rest)
	w[key] = words
	return words
}
