package guide

import (
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// modern judges a step of today's path.
func (k Input) modern(s Step) Progress {
	switch s.ID {
	case Register:
		if k.SameTenant == No {
			// Before consent, an application of another tenant is not found in this one.
			s.Proof.Breaks = slices.DeleteFunc(slices.Clone(s.Proof.Breaks), Proof{Breaks: foreign}.names)
		}
	case User:
		if k.SameTenant == No {
			s.After = append(slices.Clone(s.After), Consent)
		}
	case Licence, ApplicationIDURI:
		return k.information(s)
	case ConsentURL, Consent:
		return k.consentToday(s)
	}
	return k.assess(s)
}

// information is for what is no step any more: a finding is worth a warning.
func (k Input) information(s Step) Progress {
	p := k.assess(s)
	p.Note = text.Text{}
	if s.ID == Licence {
		p.State = NotNeeded
		return p
	}
	if p.State != Done {
		p.State = NotNeeded
	}
	p.Note = k.note("informational")
	if p.Cause != "" && passed(k.Report, exam.CheckWhoAmI) {
		p.Note = k.note("empty-but-works")
	}
	return p
}

// consentToday is a step only for an application of another tenant.
func (k Input) consentToday(s Step) Progress {
	proven := passed(k.Report, exam.CheckToken)
	switch {
	case k.managed():
		return Progress{Step: s, State: NotNeeded, Note: k.note("no-consent")}
	case k.SameTenant == Yes:
		return Progress{Step: s, State: NotNeeded, Note: k.note("own-tenant")}
	case k.SameTenant == Unknown && proven:
		return Progress{Step: s, State: NotNeeded, Note: k.note("token-proves")}
	case k.SameTenant == Unknown && k.Consent == nil && !k.Ticks[Consent]:
		return Progress{Step: s, State: Unseen, Note: k.note("question")}
	}
	p := k.assess(s)
	if !proven {
		k.addConsentOutcome(&p)
	}
	return p
}

// classic judges a step of the article, in which the Application ID URI shows
// whether consent has arrived: empty before it, filled in after it.
func (k Input) classic(s Step) Progress {
	p := k.assess(s)
	uri, seen := field(k.Report, catalog.FactApplicationIDURI)
	arrived := uri != "" || seen == nil && passed(k.Report, exam.CheckWhoAmI)
	switch {
	case s.ID == Register && k.Credential != "" && k.Credential != connection.SecretKind:
		p.Note = join(k.note("secret-only"), p.Note)
	case s.ID == ConsentURL && !arrived:
		k.addConsentOutcome(&p)
	case s.ID == Consent && arrived && p.State != Broken:
		p.State = Done
		if seen == nil {
			p.Note = k.note("works")
		}
	case s.ID == Consent && p.Cause == blankCause[catalog.FactApplicationIDURI]:
		k.emptyURI(&p)
		k.addConsentOutcome(&p)
	case s.ID == Consent:
		k.addConsentOutcome(&p)
	case s.ID == ApplicationIDURI && p.State == Broken:
		k.emptyURI(&p)
	}
	return p
}

// emptyURI distinguishes before consent from after it. Today nothing depends on the
// field as long as WhoAmI works, which the note explains.
func (k Input) emptyURI(p *Progress) {
	if k.consented() {
		p.Note, p.Mistake = k.note("empty-after-consent"), 6
	} else {
		p.State, p.Cause, p.Result = Todo, "", nil
		p.Note = k.note("not-yet")
	}
	if passed(k.Report, exam.CheckWhoAmI) {
		p.Note = join(p.Note, k.note("works-without"))
	}
}
