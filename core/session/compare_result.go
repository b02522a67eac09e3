package session

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/report"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// ComparisonResult is how the sides of a comparison differ.
type ComparisonResult struct {
	A, B  drift.Snapshot
	Areas []ComparedArea
	// Differences is the number of all.
	Differences int
}

// ComparedArea is a part of both connections.
type ComparedArea struct {
	Area  drift.Area
	Title text.Text
	// Different are the items that differ, and Same those that do not.
	Different, Same []drift.Item
	// Unread is true for each side on which the area could not be read: it is not compared
	// then.
	Unread [2]bool
}

// areaTitles are the names of the areas.
var areaTitles = map[drift.Area]text.Text{
	drift.Health: text.F("Result"), drift.Credential: text.F("Credential"), drift.AppUser: text.F("Application user"),
	drift.Roles: text.F("Security roles"), drift.Privileges: text.F("Privileges"), drift.Server: text.F("Server"),
}

// NewComparisonResult returns the result of two snapshots, A and B.
func NewComparisonResult(a, b drift.Snapshot) *ComparisonResult {
	r := &ComparisonResult{A: a, B: b}
	items := drift.Items(a, b)
	for _, area := range drift.Areas {
		c := ComparedArea{Area: area, Title: areaTitles[area], Unread: [2]bool{a.Lacks(area), b.Lacks(area)}}
		for _, item := range items {
			switch {
			case item.Area != area:
			case item.Same():
				c.Same = append(c.Same, item)
			default:
				c.Different = append(c.Different, item)
			}
		}
		r.Differences += len(c.Different)
		r.Areas = append(r.Areas, c)
	}
	return r
}

// Compared returns the result of the comparison that is shown, or false.
func (s *Session) Compared() (ComparisonResult, bool) {
	r := s.state.Comparison.Result
	if r == nil {
		return ComparisonResult{}, false
	}
	return *r, true
}

// differences returns what differs, as the command prints it.
func (r ComparisonResult) differences() []drift.Difference {
	list := []drift.Difference{}
	for _, area := range r.Areas {
		for _, item := range area.Different {
			list = append(list, item.Difference)
		}
	}
	return list
}

// Text returns the result as s2scheck compare prints it.
func (r ComparisonResult) Text() string {
	var b strings.Builder
	drift.WriteText(&b, r.A, r.B, r.differences(), report.Colours{})
	return b.String()
}

// Markdown returns the result as s2scheck compare --format markdown prints it.
func (r ComparisonResult) Markdown() string {
	var b strings.Builder
	drift.WriteMarkdown(&b, r.A, r.B, r.differences())
	return b.String()
}

// JSON returns the result as s2scheck compare --format json prints it.
func (r ComparisonResult) JSON() string {
	var b strings.Builder
	drift.WriteJSON(&b, r.A, r.B, r.differences())
	return b.String()
}

// SnapshotJSON returns a side as s2scheck snapshot prints it, to be compared later.
func SnapshotJSON(taken drift.Snapshot) string {
	var b strings.Builder
	taken.WriteJSON(&b)
	return b.String()
}
