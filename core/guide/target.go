package guide

import (
	"strconv"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Target is one of the four things that the article checks at its end.
type Target struct {
	Number int
	Title  text.Text
	// State is Done, Broken, Todo or Unseen.
	State State
	// Seen is what the examination saw of it, or what it waits for; empty before the
	// first.
	Seen text.Text
	// Cause is what broke it, and Result the check that shows that; nil unless Broken.
	Cause  catalog.Cause
	Result *exam.Result
	// Optional is set together with Broken if WhoAmI works all the same.
	Optional bool
}

// targets are the article's, under the heading "Finally your target".
var targets = []Proof{
	{Checks: []exam.CheckID{exam.CheckWhoAmI}, Breaks: []catalog.Cause{catalog.AppUserMissing, catalog.AppUserNoApplicationID}, Strict: true},
	{Fields: []catalog.FactName{catalog.FactApplicationID, catalog.FactApplicationIDURI, catalog.FactObjectID}},
	{Checks: []exam.CheckID{exam.CheckLicence}, Breaks: []catalog.Cause{catalog.AppUserLicensed}, Strict: true},
	{Checks: []exam.CheckID{exam.CheckRoles}, Breaks: []catalog.Cause{catalog.AppUserNoRole, catalog.RoleSystemAdministrator}, Strict: true},
}

// Targets returns the article's four targets, in order, as the report shows them;
// report may be nil.
func Targets(report *exam.Report) []Target {
	var list []Target
	for i, p := range targets {
		v := p.judge(report)
		list = append(list, Target{
			Number: i + 1, Title: texts().Targets[strconv.Itoa(i+1)],
			State: v.state, Seen: p.seen(v, report), Cause: v.cause, Result: v.result,
			Optional: v.state == Broken && passed(report, exam.CheckWhoAmI),
		})
	}
	return list
}

// seen returns what shows a target's state.
func (p Proof) seen(v verdict, r *exam.Report) text.Text {
	empty := p.empty(r)
	switch {
	case v.state == Broken && len(empty) > 0:
		return text.F("Empty: %s.", text.Join(", ", empty...))
	case v.result != nil && v.result.Summary.Empty():
		return v.result.Title
	case v.result != nil:
		return v.result.Summary
	case v.state == Done:
		return p.proofIn(r)
	case v.state == Unseen:
		return text.F("The examination could not see it. Look at the user in the environment.")
	case r != nil:
		if root, broken := r.Root(); broken {
			return text.F("Waits for: %s.", root.Title)
		}
	}
	return text.Text{}
}

// empty returns the names of the fields that the examination saw empty.
func (p Proof) empty(r *exam.Report) []text.Text {
	var names []text.Text
	for _, name := range p.Fields {
		if value, c := field(r, name); c != nil && value == "" {
			names = append(names, name.Text())
		}
	}
	return names
}

// proofIn returns what proves a target that is done: the fields' values, or what the
// check saw.
func (p Proof) proofIn(r *exam.Report) text.Text {
	var values []text.Text
	for _, name := range p.Fields {
		value, _ := field(r, name)
		values = append(values, text.Join(": ", name.Text(), text.Raw(value)))
	}
	for _, id := range p.Checks {
		if c, ok := r.Check(id); ok {
			values = append(values, c.Summary)
		}
	}
	return text.Join(", ", values...)
}
