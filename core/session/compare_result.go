package session

import (
	"github.com/s2sdoctor/s2sdoctor/core/drift"
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

// compared returns the result of two snapshots.
func compared(a, b drift.Snapshot) *ComparisonResult {
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
