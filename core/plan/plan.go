// Package plan is the set-up of a server-to-server connection as data: eight
// steps, each with its state, the requests that make it so, and the requests that
// take them back.
//
// [Make] is a pure function of what is wanted and what was read. It asks no
// service: reading is for the caller, and so is sending. The requests hold no
// secret. Values that an earlier step makes are [Value]s, such as
// {application.id}, in addresses and bodies.
package plan

import (
	"encoding/json"
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// ID names a step.
type ID string

// The steps, in order.
const (
	Application      ID = "application"
	Credential       ID = "credential"
	ServicePrincipal ID = "service-principal"
	Consent          ID = "consent"
	ApplicationUser  ID = "application-user"
	Role             ID = "role"
	Licence          ID = "licence"
	Proof            ID = "proof"
)

// IDs returns all steps, in order.
func IDs() []ID {
	return []ID{Application, Credential, ServicePrincipal, Consent, ApplicationUser, Role, Licence, Proof}
}

// Status is the state of a step. The names are the contract's.
type Status string

// The states of a step.
const (
	Done     Status = "done"     // it is so already
	Todo     Status = "todo"     // its requests make it so
	Optional Status = "optional" // not needed here
	Blocked  Status = "blocked"  // Reason and Cause name the obstacle
	Applied  Status = "applied"  // its requests were sent, and what they changed was read again
	Failed   Status = "failed"   // a request was refused
	Undone   Status = "undone"   // its requests were taken back
	Manual   Status = "manual"   // a person must decide
)

// Left reports whether something is still to be done about a step.
func (s Status) Left() bool {
	return s == Todo || s == Blocked || s == Failed || s == Manual
}

// Plan is the whole set-up, as the contract's JSON has it.
type Plan struct {
	Version int `json:"version"`
	// Complete is true where nothing is left to do.
	Complete bool `json:"complete"`
	// Applied is true once requests of the plan were sent.
	Applied    bool         `json:"applied"`
	Connection exam.Subject `json:"connection"`
	Steps      []Step       `json:"steps"`
	// Journal is the file in which the changes are kept, or "".
	Journal string `json:"journal"`
	// Report is the examination at the end, or nil.
	Report *exam.Report `json:"report"`
}

// Step is one of the eight.
type Step struct {
	ID     ID        `json:"id"`
	Title  text.Text `json:"title"`
	Status Status    `json:"status"`
	// Reason is a sentence on why the step has its status; it may be empty.
	Reason text.Text `json:"reason"`
	// Change is a sentence on what the requests change in the tenant or the
	// environment; may be empty.
	Change text.Text     `json:"change"`
	Who    catalog.Owner `json:"who"`
	// Requests make it so, in order. Undo takes them back, in order.
	Requests []Request `json:"requests"`
	Undo     []Request `json:"undo"`
	// Result holds the IDs that the step made or found, by the name of the value.
	Result map[Value]string `json:"result"`
	// Cause is the contract's word for the obstacle, or "".
	Cause catalog.Cause `json:"cause"`
}

// Request is one HTTP request.
type Request struct {
	Method string `json:"method"`
	URL    string `json:"url"`
	// Body is JSON, or nil.
	Body json.RawMessage `json:"body"`
	// Makes are the values that the response brings, by the field that holds them.
	Makes []Made `json:"-"`
	// Back are the requests that take this one back, in order; nil where that is not
	// possible.
	Back []Request `json:"-"`
}

// Made is a value that a response brings.
type Made struct {
	Value Value
	// Field is the name of the property in the response.
	Field string
}

// makes returns the request with the values that its response brings.
func (r Request) makes(made ...Made) Request {
	r.Makes = made
	return r
}

// back returns the request with those that take it back, in order.
func (r Request) back(requests ...Request) Request {
	r.Back = requests
	return r
}

func post(url string, v any) Request  { return Request{Method: "POST", URL: url, Body: body(v)} }
func patch(url string, v any) Request { return Request{Method: "PATCH", URL: url, Body: body(v)} }
func remove(url string) Request       { return Request{Method: "DELETE", URL: url} }

// Step returns a step by its ID.
func (p Plan) Step(id ID) Step {
	for _, s := range p.Steps {
		if s.ID == id {
			return s
		}
	}
	return Step{ID: id}
}

// Obstructed reports whether a step is blocked.
func (p Plan) Obstructed() bool {
	return slices.ContainsFunc(p.Steps, func(s Step) bool { return s.Status == Blocked })
}

// finish sets what follows from the steps.
func (p *Plan) finish() {
	p.Version, p.Complete = 1, true
	for i := range p.Steps {
		s := &p.Steps[i]
		p.Complete = p.Complete && !s.Status.Left()
		if s.Requests == nil {
			s.Requests = []Request{}
		}
		if s.Undo == nil {
			s.Undo = []Request{}
		}
		if s.Result == nil {
			s.Result = map[Value]string{}
		}
	}
}
