package explain

import (
	"cmp"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// event is a failure or a success that a text reports, at a place in it.
type event struct {
	start, end int
	// sighting and verdict are a failure's.
	sighting catalog.Sighting
	verdict  catalog.Verdict
	// well is a success's sentence; empty for a failure.
	well text.Text
	// reach is which failures a success makes up for.
	reach reach
	facts []catalog.Fact
}

func (e event) succeeded() bool { return !e.well.Empty() }

// reach is how far a success proves the connection.
type reach int

const (
	// reachConsent is a consent that came back.
	reachConsent reach = iota + 1
	// reachToken is a token that Entra issued.
	reachToken
	// reachWhoAmI is a request that Dataverse answered.
	reachWhoAmI
)

// familiesOf are the causes that a success of each reach disproves, by family.
var familiesOf = map[reach][]catalog.Family{
	reachConsent: {catalog.FamilyConsent},
	reachToken: {
		catalog.FamilyConsent, catalog.FamilyNetwork, catalog.FamilyTenant, catalog.FamilyApplication, catalog.FamilySecret,
		catalog.FamilyCertificate, catalog.FamilyFederation, catalog.FamilyIdentity, catalog.FamilyClock, catalog.FamilyPolicy,
		catalog.FamilyService, catalog.FamilyToken, catalog.FamilyInput, catalog.FamilyAdmin, catalog.FamilyUnknown,
	},
	reachWhoAmI: {
		catalog.FamilyConsent, catalog.FamilyNetwork, catalog.FamilyTenant, catalog.FamilyApplication, catalog.FamilySecret,
		catalog.FamilyCertificate, catalog.FamilyFederation, catalog.FamilyIdentity, catalog.FamilyClock, catalog.FamilyPolicy,
		catalog.FamilyService, catalog.FamilyToken, catalog.FamilyInput, catalog.FamilyAdmin, catalog.FamilyUnknown,
		catalog.FamilyEnvironment, catalog.FamilyAppUser, catalog.FamilyConnection,
	},
}

// unproven are failures that WhoAmI does not disprove: it needs no privilege.
var unproven = []catalog.Cause{catalog.AppUserMissingPrivilege, catalog.AppUserNoRole}

// disproves reports whether a later success shows that a failure is over.
func (e event) disproves(failure event) bool {
	return slices.Contains(familiesOf[e.reach], failure.verdict.Cause.Family()) && !slices.Contains(unproven, failure.verdict.Cause)
}

// outcome is what a text comes to.
type outcome struct {
	// failure is the deciding failure, or nil.
	failure *event
	// success is the last success, or nil.
	success *event
	// troubled is set where words of failure follow the success.
	troubled bool
}

// decide goes through the events of a text in order. The last failure counts; a
// weaker mark counts only in a later try, because exceptions repeat in their last
// lines in general words what was exact before.
func decide(text string, events []event) outcome {
	slices.SortStableFunc(events, func(a, b event) int { return cmp.Compare(a.start, b.start) })
	var o outcome
	for i := range events {
		e := &events[i]
		switch {
		case e.succeeded():
			o.success = e
			if o.failure != nil && e.disproves(*o.failure) {
				o.failure = nil
			}
		case o.failure == nil || e.sighting.Strength >= o.failure.sighting.Strength && !e.shorter(text, *o.failure) || laterTry(text, *o.failure, *e):
			o.failure = e
		}
	}
	if o.failure == nil && o.success != nil {
		o.troubled = troubled(text[o.success.end:])
	}
	return o
}

// shorter reports whether e are words less specific than those of a failure in
// the same paragraph and try: words that leave the cause open, or fewer words.
func (e event) shorter(text string, failure event) bool {
	if e.sighting.Strength != catalog.ByWords || failure.sighting.Strength != catalog.ByWords ||
		strings.Contains(text[failure.end:max(failure.end, e.start)], "\n\n") || laterTry(text, failure, e) {
		return false
	}
	if e.undecided() != failure.undecided() {
		return e.undecided()
	}
	return e.end-e.start < failure.end-failure.start
}

// undecided reports whether a mark names no single cause.
func (e event) undecided() bool { return e.verdict.Cause == catalog.Unknown }

var (
	tryAgain = lazyregexp.New(`(?i)\b(?:attempt|try|run|versuch)\s{0,3}#?\s{0,3}(?:[2-9]|[1-9][0-9])\b|\bretry(?:ing)?\b|\b(?:try|trying|tried|start|starting|started|running|ran|test|testing|tested) (?:it )?again\b|\b(?:second|third|next) (?:attempt|try|run)\b`)
	clock    = lazyregexp.New(`\b([0-2]?[0-9]):([0-5][0-9]):([0-5][0-9])\b`)
)

// laterTry reports whether b belongs to a later try than a: the text has that
// between them, or their lines carry times that are seconds apart.
func laterTry(text string, a, b event) bool {
	if tryAgain.MatchString(text[a.end:max(a.end, b.start)]) {
		return true
	}
	const apart = 2
	before, ok := stampBefore(text, a.start)
	after, alsoOK := stampBefore(text, b.start)
	return ok && alsoOK && after-before >= apart
}

// stampBefore is the time at the beginning of a place's line, in seconds of the
// day.
func stampBefore(text string, at int) (seconds int, ok bool) {
	const prefix = 72 // "2026-10-04T08:15:02.1234567Z", of a pipeline and of a program
	line := strings.LastIndexByte(text[:at], '\n') + 1
	all := clock.FindAllStringSubmatch(text[line:min(at, line+prefix)], 4)
	if all == nil {
		return 0, false
	}
	for _, part := range all[len(all)-1][1:] {
		n := int(part[len(part)-1] - '0')
		if len(part) == 2 {
			n += 10 * int(part[0]-'0')
		}
		seconds = seconds*60 + n
	}
	return seconds, true
}

var (
	trouble = lazyregexp.New(`(?i)\b\w*exception\b|\berrors?\b|\bfail(?:ed|s|ure)?\b|\bfatal\b|\btraceback\b|\bpanic:|\bcrash(?:ed|es)?\b|\bdenied\b|\bforbidden\b|\bunauthori[sz]ed\b|\bunable to\b|\bcould(?: not|n't)\b`)
	benign  = lazyregexp.New(`(?i)\b(?:0|no|without|zero) (?:error|failure|exception)\w*|"?\b(?:error|errors|failed|failures|exception)"?\s{0,2}[:=]\s{0,2}(?:0\b|null|none|false|\[\]|"")`)
)

// troubled reports whether a text has words of a failure that is no mark.
func troubled(text string) bool { return trouble.MatchString(benign.ReplaceAllString(text, "")) }
