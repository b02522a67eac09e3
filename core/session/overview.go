package session

import (
	"context"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/lifetime"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Overview is all saved connections at a glance.
type Overview struct {
	// Open is true while it is shown.
	Open bool
	// Query are the words that the shown connections have; "" shows all.
	Query    string
	Sort     OverviewSort
	Grouping Grouping
	// Lines are the connections and headings that are shown, in order.
	Lines []OverviewLine
	// Tally counts all connections, also those that are not shown.
	Tally Tally
	// Reading is true while credentials are read, to compare them.
	Reading bool
	// Run is the test of many connections, under way or the last one.
	Run FleetRun
	// Generation increases when other lines are shown, or in another order. A line with
	// another content does not change it.
	Generation int
}

// OverviewLine is a line of the overview: a heading or a connection.
type OverviewLine struct {
	Heading *OverviewHeading // nil for a connection
	Row     *OverviewRow     // nil for a heading
}

// Connections returns the connection of a line, or all below a heading, and the kind of
// their credential; "" if they do not share one.
func (l OverviewLine) Connections() (names []string, kind connection.Kind) {
	if l.Row != nil {
		return []string{l.Row.Name}, l.Row.Kind
	}
	return l.Heading.Names, l.Heading.Kind
}

// OverviewHeading is the heading of connections that have something in common.
type OverviewHeading struct {
	Grouping Grouping
	Label    profile.Label
	// Title is what is wrong, for [ByCause]; empty for the connections without a cause.
	Title text.Text
	// Kind is that of the shared credential, or "" for the connections that share no credential.
	Kind connection.Kind
	// Lifetime is that of the shared credential.
	Lifetime lifetime.Lifetime
	// Names are the connections below it.
	Names []string
}

// Health is the state of a connection as it was seen last.
type Health string

// The states of a connection, the worst first.
const (
	HealthBroken     Health = "broken"
	HealthUnfinished Health = "unfinished" // the examination did not come to its end
	HealthWarned     Health = "warned"     // it works, and something should be corrected
	HealthUnknown    Health = ""           // it was not examined
	HealthHealthy    Health = "healthy"
	// HealthWaiting and HealthRunning are for connections in a test of many.
	HealthWaiting Health = "waiting"
	HealthRunning Health = "running"
)

// OverviewRow is a saved connection.
type OverviewRow struct {
	Name string
	// Host is the host of the environment, or the text that was saved instead of an address.
	Host  string
	Label profile.Label
	Kind  connection.Kind

	Health Health
	Cause  catalog.Cause
	// Title is what is wrong, or should be corrected; empty if nothing is.
	Title text.Text
	// User is the name of the application user; "" where it is not known.
	User string
	// Examined is the time of the last examination; zero for never.
	Examined time.Time
	// Seen is when an administrator saw the credential in the registration; zero for never.
	Seen time.Time
	// Lifetime is when the credential ends.
	Lifetime lifetime.Lifetime

	outcome int // serial number of the outcome, from which the title is made; or 0
}

// Tally counts connections.
type Tally struct {
	All, Healthy, Warned, Broken, Unknown int
	// Ended is the number of credentials that have ended, Ending the number of those that
	// end within [EndingDays] days.
	Ended, Ending int
}

// EndingDays is how many days before its end a credential needs attention.
const EndingDays = 30

// FleetRun is a test of all connections.
type FleetRun struct {
	Active, Stopping bool
	Done, Total      int
}

// overview is what a session keeps about all connections besides the state.
type overview struct {
	outcomes map[string]knownOutcome // by savedKey
	learned  int                     // number of all outcomes that were ever learned
	reports  map[string]fleetReport  // of this session, by savedKey
	ends     map[string]time.Time    // of certificates, by savedKey
	// phases are the states of the connections that a run has not examined yet, by savedKey.
	phases map[string]Health
	// shared are the names of the connections that share a credential; nil until the
	// credentials were compared.
	shared  [][]string
	words   rowWords
	reading latest
	lasting latest
	run     latest
}

// knownOutcome is an outcome with its title, which is made once: a row is made at every
// step of a test.
type knownOutcome struct {
	profile.Outcome
	title  text.Text
	serial int // of no other outcome
}

// fleetReport is a report with the connection that it is about.
type fleetReport struct {
	of     profile.Profile
	report exam.Report
}

// OpenOverview shows all saved connections.
func (s *Session) OpenOverview() {
	if s.deps.Store == nil {
		return
	}
	s.emit(Retract{topicEnds})
	s.update(func(st *State) {
		s.endComparison()
		st.Overview.Open = true
		s.showOverview()
	})
	s.readOverview()
}

// readOverview reads the saved connections and their outcomes.
func (s *Session) readOverview() {
	s.read(func(ctx context.Context) func() {
		listed := s.list(ctx)
		known := s.deps.Store.Outcomes(ctx)
		return func() {
			s.update(func(*State) {
				listed()
				s.learnOutcomes(known)
				s.showOverview()
			})
			s.readEnds()
		}
	})
}

func (s *Session) learnOutcomes(known []profile.Outcome) {
	if s.overview.outcomes == nil {
		s.overview.outcomes = map[string]knownOutcome{}
	}
	for _, o := range known {
		s.overview.learned++
		s.overview.outcomes[savedKey(o.Name)] = knownOutcome{o, outcomeTitle(o), s.overview.learned}
	}
}

// CloseOverview shows the connection in the form again. A test of all connections goes
// on, a comparison ends.
func (s *Session) CloseOverview() {
	s.endComparison()
	if s.state.Overview.Open {
		s.overview.reading.end()
		s.update(func(st *State) { st.Overview.Open, st.Overview.Reading = false, false })
	}
}

// OpenFromOverview opens a connection with its result.
func (s *Session) OpenFromOverview(name string) {
	s.CloseOverview()
	if s.state.Connections.Open == name && !s.state.Edited() && !s.state.Sandbox.Active {
		s.update(func(*State) { s.recallReport(name) })
		return
	}
	s.Open(name)
}

// recallReport shows the last report of this session about the open connection.
func (s *Session) recallReport(name string) {
	kept, ok := s.overview.reports[savedKey(name)]
	p, saved := s.profileNamed(name)
	if !ok || !saved || s.state.Examination.Active || !sameTarget(kept.of, p) {
		return
	}
	if now := s.state.Examination.Report; now == nil || now.Started.Before(kept.report.Started) {
		s.adopt(kept.report)
	}
}

func (s *Session) profileNamed(name string) (profile.Profile, bool) {
	for _, p := range s.state.Connections.Saved {
		if savedKey(p.Name) == savedKey(name) {
			return p, true
		}
	}
	return profile.Profile{}, false
}

// sameTarget reports whether an examination of one profile is also one of the other.
func sameTarget(a, b profile.Profile) bool { return profile.Outcome{}.About(a).Is(b) }

// FindInOverview shows the connections that have every word of a query.
func (s *Session) FindInOverview(query string) {
	if query != s.state.Overview.Query {
		s.update(func(st *State) {
			st.Overview.Query = query
			s.showOverview()
		})
	}
}

// SortOverview sorts the connections.
func (s *Session) SortOverview(by OverviewSort) {
	s.update(func(st *State) {
		st.Overview.Sort = by
		s.showOverview()
	})
}

// SetLabel saves the label of connections.
func (s *Session) SetLabel(names []string, label profile.Label) {
	s.changeSaved(func(ctx context.Context) error { return s.deps.Store.SetLabel(ctx, names, label) })
}
