package core_test

import (
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// diagnosis is the content of a report, without what differs from run to run: IDs, times
// and durations.
type diagnosis struct {
	Healthy   bool
	RootCause catalog.Cause
	Warnings  []catalog.Cause
	Subject   exam.Subject
	WhoAmI    exam.WhoAmI
	Requests  int
	Checks    []finding
}

// finding is a check of a [diagnosis].
type finding struct {
	ID                     string
	Cause                  catalog.Cause
	Owner                  string
	Status                 exam.Status
	Summary                string
	Fix                    []string
	HTTPStatus             int
	Code, Error, Mark      string
	Request, Trace, Moment string
	// Message is the service's own text.
	Message string
	Facts   []string
}

func diagnose(r exam.Report) diagnosis {
	d := diagnosis{
		Healthy: r.Healthy, RootCause: r.RootCause, Warnings: slices.Clone(r.Warnings), Subject: r.Connection, Requests: r.Requests,
	}
	if r.WhoAmI != nil {
		d.WhoAmI = *r.WhoAmI
		for _, id := range []*string{&d.WhoAmI.UserID, &d.WhoAmI.BusinessUnitID, &d.WhoAmI.OrganizationID} {
			*id = strings.ToLower(*id)
		}
	}
	slices.Sort(d.Warnings)
	for _, c := range r.Checks {
		e := c.Evidence
		f := finding{
			ID: string(c.ID), Cause: c.Cause, Owner: string(c.Owner), Status: c.Status, Summary: stable(c.Summary.String()),
			HTTPStatus: e.HTTPStatus, Code: strings.ToLower(e.Code), Error: e.Error, Mark: strings.ToLower(e.RecognisedBy),
			Request: stable(e.RequestID), Trace: stable(e.TraceID), Moment: stable(e.Timestamp), Message: stable(e.Message.String()),
		}
		for _, text := range c.Fix {
			f.Fix = append(f.Fix, stable(text.String()))
		}
		for _, fact := range e.Facts {
			f.Facts = append(f.Facts, string(fact.Name)+": "+stable(fact.Value.String()))
		}
		slices.Sort(f.Facts)
		d.Checks = append(d.Checks, f)
	}
	return d
}

// outcome returns the part of a diagnosis that does not depend on a service's wording.
func (d diagnosis) outcome() diagnosis {
	d.Checks = slices.Clone(d.Checks)
	for i := range d.Checks {
		d.Checks[i].Message, d.Checks[i].Facts = "", nil
	}
	return d
}

var (
	anyMoment = regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?( ?UTC|Z)?|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT|\b\d\d:\d\d UTC`)
	anyPort   = regexp.MustCompile(`(127\.0\.0\.1|\[::1\]):\d+`)
)

// stable replaces what is new in every run, and undoes the perturbation of quoted words
// and codes.
func stable(s string) string {
	s = anyCode.ReplaceAllStringFunc(html.UnescapeString(s), strings.ToLower)
	s = anyMoment.ReplaceAllString(s, "<time>")
	s = anyPort.ReplaceAllString(s, "$1:<port>")
	return anyGUID.ReplaceAllStringFunc(s, func(id string) string {
		id = strings.ToLower(id)
		if slices.Contains(knownGUIDs, id) {
			return id
		}
		return "<id>"
	})
}
