package session

import (
	"cmp"
	"slices"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/fleet"
	"github.com/s2sdoctor/s2sdoctor/core/lifetime"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// OverviewSort is the order of the connections.
type OverviewSort string

// The orders. Connections that are equal in it are by name.
const (
	SortName     OverviewSort = ""
	SortHealth   OverviewSort = "health"   // the broken ones first
	SortEnds     OverviewSort = "ends"     // the first end first
	SortExamined OverviewSort = "examined" // the oldest examination first
	SortLabel    OverviewSort = "label"    // production first
	SortHost     OverviewSort = "host"
)

// OverviewSorts are all orders, in the order of a menu.
var OverviewSorts = []OverviewSort{SortName, SortHealth, SortEnds, SortExamined, SortLabel, SortHost}

// Grouping is what the connections of a group have in common.
type Grouping string

// The groupings.
const (
	Ungrouped    Grouping = ""
	ByCause      Grouping = "cause"
	ByCredential Grouping = "credential"
	ByLabel      Grouping = "label"
)

// Groupings are all groupings, in the order of a menu.
var Groupings = []Grouping{Ungrouped, ByCause, ByCredential, ByLabel}

// showOverview makes the lines again.
func (s *Session) showOverview() {
	s.update(func(st *State) {
		o := &st.Overview
		all := s.overviewRows()
		o.Tally = tally(all, s.deps.Scheduler.Now())
		rows := s.overview.words.found(all, st.Connections.Saved, o.Query, s.deps.Describe, s.deps.Scheduler.Now())
		sortRows(rows, o.Sort)
		lines := s.group(rows, o.Grouping)
		if !slices.EqualFunc(lines, o.Lines, sameLine) {
			o.Generation++
		}
		o.Lines = lines
	})
}

// sameLine reports whether two lines are of the same connection, or of the same group.
func sameLine(a, b OverviewLine) bool {
	switch {
	case (a.Row == nil) != (b.Row == nil):
		return false
	case a.Row != nil:
		return a.Row.Name == b.Row.Name
	}
	return a.Heading.Grouping == b.Heading.Grouping && slices.Equal(a.Heading.Names, b.Heading.Names)
}

// overviewRows returns a row for each saved connection, by name.
func (s *Session) overviewRows() []*OverviewRow {
	rows := make([]*OverviewRow, 0, len(s.state.Connections.Saved))
	for _, p := range s.state.Connections.Saved {
		rows = append(rows, s.overviewRow(p))
	}
	return rows
}

func (s *Session) overviewRow(p profile.Profile) *OverviewRow {
	key := savedKey(p.Name)
	kind := kindOfSaved(p)
	row := &OverviewRow{Name: p.Name, Host: hostOf(p), Label: profile.LabelOf(p), Kind: kind}
	outcome, known := s.overview.outcomes[key]
	ends := s.overview.ends[key]
	if known && outcome.Is(p) {
		row.Examined, row.User, row.Seen, row.outcome = outcome.At, outcome.User, outcome.SeenAt, outcome.serial
		row.judge(outcome)
		if ends.IsZero() {
			ends = outcome.Ends
		}
	}
	if phase, waits := s.overview.phases[key]; waits {
		row.Health = phase
	}
	row.Lifetime = lifetime.Lifetime{Name: p.Name, Group: string(row.Label), Environment: p.Environment, ClientID: p.ClientID, Kind: kind, Thumbprint: p.Thumbprint}
	row.Lifetime.Source, row.Lifetime.Ends = lifetime.Of(kind, ends, p.Ends)
	if kind == connection.SecretKind && !ends.IsZero() {
		row.Lifetime.Source = lifetime.Administrator
	}
	return row
}

// kindOfSaved returns the kind of credential of a saved connection.
func kindOfSaved(p profile.Profile) connection.Kind {
	return connection.Form{Kind: p.Credential, CertificateFile: p.CertificateFile, Thumbprint: p.Thumbprint}.CredentialKind()
}

// judge fills in the health, the cause and the title of an outcome.
func (r *OverviewRow) judge(o knownOutcome) {
	r.Title = o.title
	switch {
	case o.Cause != "":
		r.Health, r.Cause = HealthBroken, catalog.Cause(o.Cause)
	case !o.Healthy:
		r.Health = HealthUnfinished
	case len(o.Warnings) > 0:
		r.Health = HealthWarned
	default:
		r.Health = HealthHealthy
	}
}

// outcomeTitle is what is wrong, or else what should be corrected first.
func outcomeTitle(o profile.Outcome) text.Text {
	cause := o.Cause
	if cause == "" && o.Healthy && len(o.Warnings) > 0 {
		cause = o.Warnings[0]
	}
	entry, ok := catalog.Lookup(catalog.Cause(cause))
	if !ok {
		return text.Text{}
	}
	return catalog.Vars{"clientId": o.ClientID, "environment": o.Environment}.Text(entry.Title)
}

// outcomeOf returns what a report means for a saved connection.
func outcomeOf(r exam.Report, p profile.Profile) profile.Outcome {
	o := profile.Outcome{At: r.Started.UTC().Truncate(time.Second), Healthy: r.Healthy && r.Complete, Cause: string(r.RootCause), Ends: r.Basis.CertificateUntil}
	o.Warnings = catalog.Names(r.Warnings)
	if ends := seenEnd(r); !ends.IsZero() {
		o.Ends, o.SeenAt = ends, o.At
	}
	if r.WhoAmI != nil {
		o.User = r.WhoAmI.UserName
	}
	return o.About(p)
}

// seenEnd returns when the credential ends, as an administrator saw it in the registration;
// zero if no administrator has looked.
func seenEnd(r exam.Report) time.Time {
	c, _ := r.Check(exam.CheckCredentialExpiry)
	for _, fact := range c.Evidence.Facts {
		if fact.Name == catalog.FactCredentialEnds {
			ends, _ := time.Parse(time.RFC3339, fact.Value.String())
			return ends
		}
	}
	return time.Time{}
}

func tally(rows []*OverviewRow, now time.Time) Tally {
	t := Tally{All: len(rows)}
	for _, r := range rows {
		switch r.Health {
		case HealthHealthy:
			t.Healthy++
		case HealthWarned:
			t.Warned++
		case HealthBroken:
			t.Broken++
		default:
			t.Unknown++
		}
		switch l := r.Lifetime; {
		case l.Ended(now):
			t.Ended++
		case !l.Ends.IsZero() && l.Days(now) < EndingDays:
			t.Ending++
		}
	}
	return t
}

// healthOrder is the order of [SortHealth]. A connection in a test has the place of one that
// was not tested.
var healthOrder = map[Health]int{HealthBroken: 0, HealthUnfinished: 1, HealthWarned: 2, HealthRunning: 3, HealthWaiting: 3, HealthUnknown: 3, HealthHealthy: 4}

func sortRows(rows []*OverviewRow, by OverviewSort) {
	order := func(a, b *OverviewRow) int {
		switch by {
		case SortHealth:
			return healthOrder[a.Health] - healthOrder[b.Health]
		case SortEnds:
			return lifetime.Compare(a.Lifetime, b.Lifetime)
		case SortExamined:
			return a.Examined.Compare(b.Examined)
		case SortLabel:
			return labelOrder(b.Label) - labelOrder(a.Label)
		case SortHost:
			return cmp.Compare(a.Host, b.Host)
		}
		return 0
	}
	slices.SortStableFunc(rows, order) // they come by name
}

// labelOrder returns the place of a label in a release, or -1.
func labelOrder(l profile.Label) int { return slices.Index(profile.Labels, l) }

// group puts rows below headings.
func (s *Session) group(rows []*OverviewRow, by Grouping) []OverviewLine {
	var groups []rowGroup
	switch by {
	case ByCause:
		groups = causeGroups(rows)
	case ByCredential:
		groups = credentialGroups(rows, s.overview.shared)
	case ByLabel:
		groups = labelGroups(rows)
	default:
		groups = []rowGroup{{rows: rows}}
	}
	var lines []OverviewLine
	for _, g := range groups {
		if g.heading != nil {
			g.heading.Grouping = by
			for _, r := range g.rows {
				g.heading.Names = append(g.heading.Names, r.Name)
			}
			lines = append(lines, OverviewLine{Heading: g.heading})
		}
		for _, r := range g.rows {
			lines = append(lines, OverviewLine{Row: r})
		}
	}
	return lines
}

// rowGroup is connections with something in common; heading may be nil.
type rowGroup struct {
	heading *OverviewHeading
	rows    []*OverviewRow
}

// causeGroups puts the cause of the most connections first, and connections without a cause last.
func causeGroups(rows []*OverviewRow) []rowGroup {
	reports := make([]exam.Report, len(rows))
	for i, r := range rows {
		reports[i].RootCause = r.Cause
	}
	var groups []rowGroup
	for _, c := range fleet.ByCause(reports) {
		g := rowGroup{heading: &OverviewHeading{Title: rows[c.Members[0]].Title}}
		for _, i := range c.Members {
			g.rows = append(g.rows, rows[i])
		}
		groups = append(groups, g)
	}
	return withRest(groups, rows, func(r *OverviewRow) bool { return r.Cause != "" })
}

// withRest appends the rows that are in no group.
func withRest(groups []rowGroup, rows []*OverviewRow, grouped func(*OverviewRow) bool) []rowGroup {
	rest := slices.DeleteFunc(slices.Clone(rows), grouped)
	if len(rest) > 0 {
		groups = append(groups, rowGroup{heading: &OverviewHeading{}, rows: rest})
	}
	return groups
}

// credentialGroups sorts the groups by the first end of a credential, which is also in
// the heading.
func credentialGroups(rows []*OverviewRow, shared [][]string) []rowGroup {
	in := map[string]int{}
	for i, names := range shared {
		for _, name := range names {
			in[savedKey(name)] = i + 1
		}
	}
	found := make([]rowGroup, len(shared))
	for _, r := range rows {
		i := in[savedKey(r.Name)] - 1
		if i < 0 {
			continue
		}
		g := &found[i]
		if g.heading == nil {
			g.heading = &OverviewHeading{Kind: r.Kind, Lifetime: r.Lifetime}
		}
		if lifetime.Compare(r.Lifetime, g.heading.Lifetime) < 0 {
			g.heading.Lifetime = r.Lifetime
		}
		g.rows = append(g.rows, r)
	}
	groups := slices.DeleteFunc(found, func(g rowGroup) bool { return g.heading == nil })
	slices.SortStableFunc(groups, func(a, b rowGroup) int {
		return cmp.Or(lifetime.Compare(a.heading.Lifetime, b.heading.Lifetime), len(b.rows)-len(a.rows))
	})
	return withRest(groups, rows, func(r *OverviewRow) bool { return in[savedKey(r.Name)] > 0 })
}

// labelGroups puts production first, and what has no label last.
func labelGroups(rows []*OverviewRow) []rowGroup {
	var groups []rowGroup
	for _, label := range slices.Backward(profile.Labels) {
		g := rowGroup{heading: &OverviewHeading{Label: label}}
		for _, r := range rows {
			if r.Label == label {
				g.rows = append(g.rows, r)
			}
		}
		if len(g.rows) > 0 {
			groups = append(groups, g)
		}
	}
	return withRest(groups, rows, func(r *OverviewRow) bool { return r.Label != "" })
}
