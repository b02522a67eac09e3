package session

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// ConsentFailure is what went wrong, and what the user can do about it.
type ConsentFailure struct {
	Title, Summary text.Text
	// Result is the failure as that of a check, and Subject the connection.
	Result  exam.Result
	Subject exam.Subject
	// Field is the one of the form to correct first, or "".
	Field connection.Field
	// Again reports whether the same user can try again, and Privately whether that
	// should be in a private window, where no other user is signed in.
	Again, Privately bool
}

// again are the causes after which the same user opens the page once more; true
// where it should be in a private window.
var again = map[catalog.Cause]bool{
	catalog.ConsentDeclined: false, catalog.ConsentMissing: false, catalog.ConsentTimedOut: false, catalog.ConsentStateMismatch: false,
	catalog.ConsentWrongAccount: true, catalog.ConsentWrongTenant: true,
}

// consentFailure explains an outcome as the result of a check is explained.
func (s *Session) consentFailure(o consent.Outcome) *ConsentFailure {
	subject := s.subject()
	vars := s.doctor().Vars(subject)
	r := exam.ResultOf(exam.ConsentPage, o.Cause, vars)
	r.Summary, r.Evidence = o.Summary, o.Evidence
	f := &ConsentFailure{Title: r.Title, Summary: o.Summary, Result: r, Subject: subject, Field: o.Field}
	if o.ByOtherAccount() {
		f.Title = text.F("Somebody else consented")
		if who := o.Expected.SignInName; who != "" { // the account is good, but not the expected one
			f.Result.Fix = []text.Text{text.F("Open the consent page in a private window."), text.F("Sign in as %s.", who)}
		}
	}
	if o.Field == "" {
		f.Privately, f.Again = again[o.Cause]
	}
	return f
}

// subject is the connection in the form: as it was examined, or else as it is typed.
func (s *Session) subject() exam.Subject {
	if e := s.state.Examination; e.Report != nil && !e.Stale {
		return e.Report.Connection
	}
	subject := s.doctor().Subject(s.state.Form.Used())
	if subject.TenantID == "" {
		subject.TenantID = s.ownTenant()
	}
	return subject
}

// topicConsent is the topic of the notice that another user consented.
const topicConsent = "consent"

// keepOutcome notes on the guide what came of the consent page, and tells the user if
// another account consented than the expected one: no response may ever show it.
func (s *Session) keepOutcome(o consent.Outcome) {
	if o.Ending == consent.Canceled || o.Ending == consent.Paste {
		return
	}
	s.emit(Retract{topicConsent})
	if note := (guide.Input{Consent: &o}).ConsentNote(); !note.Empty() {
		s.emit(&Notice{Topic: topicConsent, Text: note, Tone: Caution, Stay: true})
	}
	s.guide.consent = &o
	s.evaluate()
}
