package session

import (
	"context"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/lifetime"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// EndsQuestion asks on which day the secret of connections ends, which Entra shows to
// administrators only.
type EndsQuestion struct {
	// Open is true until the user has answered or closed it.
	Open  bool
	Names []string
	// Known is the day that is known, as the user types one; may be empty.
	Known string
	// Problem is why the last answer is not a day; may be empty.
	Problem text.Text
}

// AskEnds asks on which day the secret of connections ends.
func (s *Session) AskEnds(names []string) {
	var first lifetime.Lifetime
	for _, name := range names {
		if p, ok := s.profileNamed(name); ok {
			if l := s.overviewRow(p).Lifetime; lifetime.Compare(l, first) < 0 {
				first = l
			}
		}
	}
	q := EndsQuestion{Open: true, Names: names}
	if !first.Ends.IsZero() {
		q.Known = day(first.Ends)
	}
	s.update(func(st *State) { st.Ends = q })
}

// AnswerEnds saves a day such as 2027-03-31 with the connections; an empty text forgets
// it. The question stays open, with the problem, if the text is not a day.
func (s *Session) AnswerEnds(typed string) {
	q := s.state.Ends
	if !q.Open {
		return
	}
	at, problem := typedDay(typed)
	if !problem.Empty() {
		s.update(func(st *State) { st.Ends.Problem = problem })
		return
	}
	s.CloseEnds()
	s.setEnds(q.Names, at)
}

// CloseEnds closes the question.
func (s *Session) CloseEnds() { s.update(func(st *State) { st.Ends = EndsQuestion{} }) }

// typedDay returns the day that is typed, zero for an empty text; or the problem with it.
func typedDay(typed string) (time.Time, text.Text) {
	at, err := lifetime.ParseDay(typed)
	if err != nil {
		return at, text.F("Type a day such as 2027-03-31.")
	}
	return at, text.Text{}
}

// setEnds saves the day on which the secrets of connections end; zero forgets it.
func (s *Session) setEnds(names []string, day time.Time) {
	s.changeSaved(func(ctx context.Context) error {
		for _, name := range names {
			if err := s.deps.Store.SetEnds(ctx, name, day); err != nil {
				return err
			}
		}
		return nil
	})
}
