package exam

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// ResultOf returns the failure that a cause is, as the result of a check: with the
// catalogue's title, and its actions and links filled with v. A cause that is not in
// the catalogue has neither.
func ResultOf(id CheckID, cause catalog.Cause, v catalog.Vars) Result {
	r := Result{ID: id, Status: Fail, Cause: cause, Fix: []text.Text{}, Links: []catalog.Link{}}
	if entry, ok := lookup(cause); ok {
		r.Title = entry.Fill(v).Title
	}
	return r.describe(v)
}

// describe adds to a result what the catalogue knows about its cause: what to do,
// and who can.
func (r Result) describe(v catalog.Vars) Result {
	if entry, ok := lookup(r.Cause); ok {
		entry = entry.Fill(v)
		r.Fix, r.Owner = entry.Fix, entry.Owner
		r.Links = append(r.Links, entry.Links...)
	}
	return r
}
