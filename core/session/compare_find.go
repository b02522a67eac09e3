package session

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/search"
)

// FindInComparison shows the items of the result that have every word of a query in what
// they are called or in their values.
func (s *Session) FindInComparison(query string) {
	c := s.state.Comparison
	if c.Result == nil || c.Query == query {
		return
	}
	q := search.For(query)
	areas := c.Result.Areas
	if !q.Empty() {
		areas = nil
		for _, area := range c.Result.Areas {
			area.Different, area.Same = s.foundItems(q, area.Different), s.foundItems(q, area.Same)
			if len(area.Different)+len(area.Same) > 0 {
				areas = append(areas, area)
			}
		}
	}
	s.update(func(st *State) { st.Comparison.Query, st.Comparison.Areas = query, areas })
}

// foundItems returns the items that have every word of a query.
func (s *Session) foundItems(q search.Query, items []drift.Item) (found []drift.Item) {
	for _, item := range items {
		if q.In(s.itemWords(item)) {
			found = append(found, item)
		}
	}
	return found
}

// itemWords returns the words of an item, in the language of the view and as the command
// prints them. They are made once for a result.
func (s *Session) itemWords(item drift.Item) string {
	words, ok := s.comparing.words[item.Difference]
	if !ok {
		say := s.deps.Locale.Translate
		words = search.Fold(strings.Join([]string{item.Item, item.A, item.B, item.Title.In(say), item.InA.In(say), item.InB.In(say)}, "\n"))
		if s.comparing.words == nil {
			s.comparing.words = map[drift.Difference]string{}
		}
		s.comparing.words[item.Difference] = words
	}
	return words
}
