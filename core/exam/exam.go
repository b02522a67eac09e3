// Package exam is the examination: the checks, the order between them, and the
// run.
//
// Checks are data. A check gathers typed facts, possibly over the network; a
// pure function then judges what is known, so that every judgement can be tested
// with no network at all. What depends on nothing runs side by side; what
// depends on something broken is skipped, with what it waits for in its summary. Everything
// ends with the caller's context, and a check that panics is a failed check.
package exam

import (
	"context"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// CheckID is the contract's name of a check, or one of the IDs below.
type CheckID string

// The IDs of results that no check has.
const (
	// ConsentPage is what the consent page answered.
	ConsentPage CheckID = "consent"
	// PastedText is what is known about a text from elsewhere.
	PastedText CheckID = "explain"
)

// Check is one question of the examination, as checks.json has it.
type Check struct {
	ID CheckID `json:"id"`
	// Title is a true statement when the check passes.
	Title text.Text `json:"title"`
	// Owner can remove a cause that the catalogue does not know better.
	Owner catalog.Owner `json:"owner"`
	// DependsOn are checks that must not have failed; otherwise this one is skipped.
	DependsOn []CheckID `json:"dependsOn"`
	// JudgeAfter are checks that must be over before this one is judged, whatever their
	// results.
	JudgeAfter []CheckID `json:"judgeAfter"`
	// Network is true when gathering asks a service: such a check is skipped when
	// the examination is offline.
	Network bool `json:"network"`

	functions
}

// functions are the code of a check.
type functions struct {
	// gather finds facts and returns how to write them down. nil gathers nothing.
	gather func(ctx context.Context, s *session, known Facts) func(*Facts)
	// judge looks at what is known, and at nothing else.
	judge func(known Facts) Finding
}

// Finding is the verdict of a judge; the catalogue adds title, fix and links.
type Finding struct {
	Status Status
	Cause  catalog.Cause
	// Alternatives are further causes that the same evidence allows, best first.
	Alternatives []catalog.Cause
	Summary      text.Text
	Evidence     catalog.Evidence
	// Owner replaces the catalogue's when set.
	Owner catalog.Owner
	// Links are added before the catalogue's.
	Links []catalog.Link
	// Fix are further actions behind the catalogue's.
	Fix []text.Text
}

// Options is how to examine. The zero value examines everything, now, with the
// transport's own defaults.
type Options struct {
	Transport transport.Options
	// Clouds are nil for Microsoft's.
	Clouds []cloud.Cloud
	// Offline leaves out every check that needs the network.
	Offline bool
	// Now is nil for the computer's clock.
	Now func() time.Time
	// ReplicationTimeout is how long to wait for Microsoft to replicate what was made moments
	// ago: a registration, a consent, an application user. 0 does not wait: every
	// question that carries the credential is then sent once.
	ReplicationTimeout time.Duration
	// Observe is called with every event as it happens, one at a time; may be nil.
	Observe func(Event)
	// Access also reads what the application may do, and the server's version; see
	// [Report.Access].
	Access bool
	// Secrets are what must not show besides the form's own, such as the code of the
	// consent before.
	Secrets []secret.Value
	// IdentitySource is the place that a record was made in, for its replay; "" is the
	// one where this runs.
	IdentitySource entra.IdentitySource
	// source are problems of what the form was read from.
	source []connection.Problem
}

// session is what the checks of one run share besides the facts.
type session struct {
	client *transport.Client
	form   connection.Form
	clouds []cloud.Cloud
	source []connection.Problem
	now    func() time.Time
	// identitySource is [Options.IdentitySource].
	identitySource entra.IdentitySource
	// patience is what is left of Options.ReplicationTimeout.
	patience time.Duration
	// wait blocks until a check is over, and returns what is known then.
	wait func(id CheckID) Facts
}
