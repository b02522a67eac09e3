package guide

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// Proof is what the examination must show for a step to be done.
type Proof struct {
	// Checks must not have failed, and must have run.
	Checks []exam.CheckID
	// Fields of the application user must not be blank.
	Fields []catalog.FactName
	// Breaks are causes that show that the step is not done, as every cause of
	// Families does.
	Breaks   []catalog.Cause
	Families []catalog.Family
	// Any is set when any failure of Checks does, regardless of its cause.
	Any bool
	// Strict takes a warning for a failure: the article is strict where today's
	// services are not.
	Strict bool
}

// blankCause is what a field shows when it is blank.
var blankCause = map[catalog.FactName]catalog.Cause{
	catalog.FactApplicationID:    catalog.AppUserNoApplicationID,
	catalog.FactApplicationIDURI: catalog.AppUserNoApplicationIDURI,
	catalog.FactObjectID:         catalog.AppUserWrongObjectID,
}

// verdict is the result of a report for a proof.
type verdict struct {
	state State
	// cause and result are what broke it, or a warning together with Done.
	cause  catalog.Cause
	result *exam.Result
}

// judge looks for what breaks the proof before what makes it.
func (p Proof) judge(r *exam.Report) verdict {
	if r == nil {
		return verdict{state: Todo}
	}
	var caution verdict
	for i := range r.Checks {
		c := &r.Checks[i]
		wrong := c.Status == exam.Fail || c.Status == exam.Warn
		if !wrong || !p.breaks(c) {
			continue
		}
		found := verdict{Broken, c.Cause, c}
		if c.Status == exam.Fail || p.Strict {
			return found
		}
		if caution.cause == "" {
			caution = found
		}
	}
	proven := true
	for _, name := range p.Fields {
		value, c := field(r, name)
		if c != nil && value == "" {
			return verdict{Broken, blankCause[name], c}
		}
		proven = proven && c != nil
	}
	for _, id := range p.Checks {
		proven = proven && passed(r, id)
	}
	switch _, broken := r.Root(); {
	case proven:
		caution.state = Done
	case broken || !r.Complete:
		caution.state = Todo
	default:
		caution.state = Unseen
	}
	return caution
}

func (p Proof) breaks(c *exam.Result) bool {
	if p.Any {
		for _, id := range p.Checks {
			if id == c.ID {
				return true
			}
		}
	}
	return p.names(c.Cause)
}

// names reports whether the cause is among those that break it.
func (p Proof) names(cause catalog.Cause) bool {
	return slices.Contains(p.Breaks, cause) || slices.Contains(p.Families, cause.Family())
}

func passed(r *exam.Report, id exam.CheckID) bool {
	if r == nil {
		return false
	}
	c, ok := r.Check(id)
	return ok && (c.Status == exam.Pass || c.Status == exam.Warn)
}

// field reads a field of the application user from the evidence; the result is
// nil where the field was not read.
func field(r *exam.Report, name catalog.FactName) (string, *exam.Result) {
	if r == nil {
		return "", nil
	}
	for i := range r.Checks {
		c := &r.Checks[i]
		if c.ID != exam.CheckAppUser {
			continue
		}
		for _, f := range c.Evidence.Facts {
			if f.Name == name {
				return strings.TrimSpace(f.Value.String()), c
			}
		}
		if c.Cause == blankCause[name] && c.Cause != blankCause[catalog.FactObjectID] {
			return "", c
		}
	}
	return "", nil
}
