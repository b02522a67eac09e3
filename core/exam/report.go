package exam

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/dataverse"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// Status is how a check came out. The five names are the contract's.
type Status string

// The outcomes of a check.
const (
	Pass   Status = "pass"
	Warn   Status = "warn"
	Fail   Status = "fail"
	Skip   Status = "skip"   // it could not be tried; the summary has what it waits for
	Manual Status = "manual" // only a user can see it
)

// Phase is the state of a check while the examination runs.
type Phase string

// The phases of a check, in order.
const (
	Waiting Phase = "waiting"
	Running Phase = "running"
	Done    Phase = "done"
)

// Event is one step of the examination, streamed to the observer as it happens.
type Event struct {
	// Index is the check's place in the list; Total the list's length.
	Index, Total int
	Phase        Phase
	// Result has ID and Title from the start, the rest once Phase is [Done].
	Result Result
	// Note is what a running check is doing ("waiting 12 s, as Entra asks"); may be empty.
	Note text.Text
}

// Result is one check's outcome, as the contract's JSON has it.
type Result struct {
	ID     CheckID       `json:"id"`
	Title  text.Text     `json:"title"`
	Status Status        `json:"status"`
	Cause  catalog.Cause `json:"cause"`
	// Alternatives are further causes that the same evidence allows, best first.
	Alternatives []catalog.Cause  `json:"alternatives,omitempty"`
	Summary      text.Text        `json:"summary"`
	Fix          []text.Text      `json:"fix"`
	Owner        catalog.Owner    `json:"owner"`
	Links        []catalog.Link   `json:"links"`
	Evidence     catalog.Evidence `json:"evidence"`
}

// WhoAmI is the goal: whom Dataverse takes the application for.
type WhoAmI struct {
	UserID         string `json:"userId"`
	BusinessUnitID string `json:"businessUnitId"`
	OrganizationID string `json:"organizationId"`
	// UserName and OrganizationName are empty where they could not be read.
	UserName         string `json:"userName"`
	OrganizationName string `json:"organizationName"`
}

// Report is a whole examination, as the contract's JSON has it.
type Report struct {
	Version   int           `json:"version"`
	Profile   string        `json:"profile,omitempty"`
	Healthy   bool          `json:"healthy"`
	RootCause catalog.Cause `json:"rootCause"`
	// Warnings are the causes of the checks that came out [Warn].
	Warnings   []catalog.Cause `json:"warnings"`
	Connection Subject         `json:"connection"`
	WhoAmI     *WhoAmI         `json:"whoAmI"`
	Checks     []Result        `json:"checks"`
	Requests   int             `json:"requests"`
	DurationMS int64           `json:"durationMs"`

	// Complete is false when the examination was cancelled or ran out of time.
	Complete bool `json:"-"`
	// Started is when it began.
	Started time.Time `json:"-"`
	// Basis is what a record needs besides the exchanges.
	Basis Basis `json:"-"`
	// Access is what the application may do, nil unless [Options.Access] asked for it and
	// Dataverse answered WhoAmI.
	Access *Access `json:"-"`
	// Exchanges are the raw answers, already redacted, in the order they began.
	Exchanges []transport.Exchange `json:"-"`
}

// Access is the application user as it can be compared with another one.
type Access struct {
	// User is zero where its row could not be read.
	User       dataverse.ApplicationUser
	RolesKnown bool
	TeamsKnown bool
	dataverse.AccessFacts
}

// Check finds a result by the check's id.
func (r Report) Check(id CheckID) (Result, bool) {
	for _, c := range r.Checks {
		if c.ID == id {
			return c, true
		}
	}
	return Result{}, false
}

// Concluded reports whether the examination came to its end and reached the services: only
// then it says something about the connection.
func (r Report) Concluded() bool { return r.Complete && !r.RootCause.Unreachable() }

// Root is the result of the first broken link, or false.
func (r Report) Root() (Result, bool) {
	for _, c := range r.Checks {
		if c.Status == Fail {
			return c, true
		}
	}
	return Result{}, false
}
