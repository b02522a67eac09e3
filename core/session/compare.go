package session

import (
	"path/filepath"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/search"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Comparison is what two connections may do, compared, or one with what it could do
// earlier.
type Comparison struct {
	// Open is true while it is shown.
	Open bool
	// Practice is true for scenarios of the sandbox in the place of saved connections.
	Practice bool
	// Sides are A and B.
	Sides [2]ComparedSide
	// Active is true until both sides were examined, Stopping from when it was cancelled.
	Active, Stopping bool
	// Result is nil until both sides could be compared.
	Result *ComparisonResult
	// Query are the words that the shown items have; "" shows all. Areas are those with
	// such items.
	Query string
	Areas []ComparedArea
}

// Ready reports whether both sides are chosen.
func (c Comparison) Ready() bool {
	return c.Sides[0].Of != (Compared{}) && c.Sides[1].Of != (Compared{})
}

// Compared is what is compared: one of its fields is set, none before it is chosen.
type Compared struct {
	Connection string // name of a saved connection
	Scenario   string // name of a scenario of the sandbox
	File       string // path of a snapshot, or of a comparison, of which B is taken
}

// SidePhase is how far a side of a comparison is.
type SidePhase string

// The phases of a side.
const (
	SideIdle    SidePhase = ""
	SideRunning SidePhase = "running"
	SideDone    SidePhase = "done"   // it can be compared, healthy or not
	SideFailed  SidePhase = "failed" // nothing is known about it
)

// ComparedSide is a side of a comparison.
type ComparedSide struct {
	Of    Compared
	Title text.Text // empty before it is chosen
	Phase SidePhase
	// Done and Total count its checks while it is examined.
	Done, Total int
	// Host is the host of the environment, Health the state of the connection, Verdict
	// what is wrong with it, and Taken the time of its examination: once it is done.
	Host    string
	Health  Health
	Verdict text.Text
	Taken   time.Time
	// Why is why nothing is known about it, once it has failed.
	Why text.Text
}

// comparing is what a session keeps about a comparison besides the state.
type comparing struct {
	task  latest
	taken [2]*drift.Snapshot          // of the sides that are done
	words map[drift.Difference]string // of the items of the result, folded
	back  bool                        // to the overview, once it is closed
}

// OpenComparison shows the comparison of up to two saved connections. Without names it is
// that of the open connection; in the sandbox, of the scenario that is played.
func (s *Session) OpenComparison(names ...string) {
	if s.state.Comparison.Open && len(names) == 0 {
		return
	}
	back := s.state.Overview.Open
	practice := s.state.Sandbox.Active && !back && len(names) == 0
	if !practice && s.deps.Store == nil {
		return
	}
	var chosen []Compared
	for _, name := range names {
		chosen = append(chosen, Compared{Connection: name})
	}
	switch open := s.state.Connections.Open; {
	case len(chosen) > 0:
	case practice:
		chosen = []Compared{{Scenario: s.state.Sandbox.Scenario.Name}}
	case open != "":
		chosen = []Compared{{Connection: open}}
		if s.state.Edited() {
			s.notify(Info, text.F("The connection is compared as it is saved."))
		}
	}
	s.update(func(st *State) {
		s.CloseOverview()
		s.comparing.back = back
		st.Comparison = Comparison{Open: true, Practice: practice}
		for i, of := range chosen[:min(len(chosen), 2)] {
			st.Comparison.Sides[i] = s.side(of)
		}
	})
	s.Refresh()
}

// side returns a side that was not examined.
func (s *Session) side(of Compared) ComparedSide {
	side := ComparedSide{Of: of}
	switch {
	case of.Connection != "":
		side.Title = text.Raw(of.Connection)
		if p, ok := s.profileNamed(of.Connection); ok {
			side.Host = hostOf(p)
		}
	case of.Scenario != "":
		side.Title = s.scenario(of.Scenario).Title
	case of.File != "":
		side.Title = text.Raw(filepath.Base(of.File))
	}
	return side
}

// scenario returns the scenario of a name, or the first.
func (s *Session) scenario(name string) Scenario {
	for _, candidate := range s.deps.Scenarios {
		if candidate.Name == name {
			return candidate
		}
	}
	return s.deps.Scenarios[0]
}

// hostOf returns the host of a saved connection, or the text that was saved instead of an
// address.
func hostOf(p profile.Profile) string { return strings.TrimPrefix(p.Environment, "https://") }

// ChooseSide chooses what is compared: 0 is A, 1 is B. A comparison under way ends.
func (s *Session) ChooseSide(side int, of Compared) {
	if !s.state.Comparison.Open || of == s.state.Comparison.Sides[side].Of {
		return
	}
	s.update(func(*State) {
		s.resetComparison()
		sides := s.state.Comparison.Sides
		sides[side] = s.side(of)
		s.state.Comparison.Sides = sides
	})
}

// resetComparison is before the examination.
func (s *Session) resetComparison() {
	s.comparing.task.end()
	s.comparing.taken, s.comparing.words = [2]*drift.Snapshot{}, nil
	s.update(func(st *State) {
		c := &st.Comparison
		c.Active, c.Stopping, c.Result, c.Query, c.Areas = false, false, nil, "", nil
		for i, side := range c.Sides {
			c.Sides[i] = s.side(side.Of)
		}
	})
}

// CloseComparison ends a comparison, and shows again what was shown before.
func (s *Session) CloseComparison() {
	back := s.comparing.back
	s.update(func(*State) { // the form between them is not shown
		s.endComparison()
		if back {
			s.OpenOverview()
		}
	})
}

// endComparison ends a comparison: something else is shown.
func (s *Session) endComparison() {
	if !s.state.Comparison.Open {
		return
	}
	s.comparing.task.end()
	s.comparing = comparing{task: s.comparing.task}
	s.update(func(st *State) { st.Comparison = Comparison{} })
}

// ComparisonChoice is what a side of a comparison can be.
type ComparisonChoice struct {
	Of Compared
	// Title is its name, and Detail what distinguishes it from the others.
	Title, Detail text.Text
}

// ComparisonChoices returns what a side can be and has every word of a query: saved
// connections, or the scenarios of the sandbox.
func (s *Session) ComparisonChoices(query string) []ComparisonChoice {
	var list []ComparisonChoice
	if !s.state.Comparison.Practice {
		for _, p := range profile.Find(s.state.Connections.Saved, query) {
			list = append(list, ComparisonChoice{Compared{Connection: p.Name}, text.Raw(p.Name), text.Raw(hostOf(p))})
		}
		return list
	}
	words := search.For(query)
	for _, scenario := range s.deps.Scenarios {
		shown := strings.Join([]string{scenario.Name, scenario.Title.In(s.deps.Locale.Translate), scenario.Group.In(s.deps.Locale.Translate)}, "\n")
		if words.In(search.Fold(shown)) {
			list = append(list, ComparisonChoice{Compared{Scenario: scenario.Name}, scenario.Title, scenario.Group})
		}
	}
	return list
}
