package guide

import "slices"

// modern judges a step of today's path.
func (k Known) modern(s Step) Progress {
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
	return k.weigh(s)
}

// information is for what is no step any more: a finding is worth a warning.
func (k Known) information(s Step) Progress {
	p := k.weigh(s)
	p.Note = ""
	if s.ID == Licence {
		p.State = NotNeeded
		return p
	}
	if p.State != Done {
		p.State = NotNeeded
	}
	p.Note = note("informational")
	if p.Cause != "" && passed(k.Report, WhoAmI) {
		p.Note = note("empty-but-works")
	}
	return p
}

// consentToday is a step only for an application of another tenant.
func (k Known) consentToday(s Step) Progress {
	proven := passed(k.Report, "token")
	switch {
	case k.SameTenant == Yes:
		return Progress{Step: s, State: NotNeeded, Note: note("own-tenant")}
	case k.SameTenant == Unknown && proven:
		return Progress{Step: s, State: NotNeeded, Note: note("token-proves")}
	case k.SameTenant == Unknown && k.Consent == nil && !k.Ticks[Consent]:
		return Progress{Step: s, State: Unseen, Note: note("question")}
	}
	p := k.weigh(s)
	if !proven {
		k.answer(&p)
	}
	return p
}

// classic judges a step of the article.
func (k Known) classic(s Step) Progress {
	p := k.weigh(s)
	works := passed(k.Report, WhoAmI)
	switch s.ID {
	case ConsentURL:
		if !works {
			k.answer(&p)
		}
	case Consent:
		if works {
			p.Note = note("works")
			break
		}
		k.answer(&p)
		if value, c := field(k.Report, fieldURI); c != nil && value == "" && k.consented() && p.State != Broken {
			p.State, p.Cause, p.Result = Broken, blankCause[fieldURI], c
			p.Note, p.Mistake = note("empty-after-consent"), 6
		}
	case ApplicationIDURI:
		if p.State == Broken {
			k.emptyURI(&p, works)
		}
	}
	return p
}

// emptyURI: the Application ID URI is empty before consent and filled after it.
// As long as WhoAmI works, today nothing hangs on it.
func (k Known) emptyURI(p *Progress, works bool) {
	switch {
	case works:
		p.State, p.Note = NotNeeded, note("empty-but-works")
	case !k.consented():
		p.State, p.Note, p.Cause, p.Result = Todo, note("not-yet"), "", nil
	default:
		p.Note, p.Mistake = note("empty-after-consent"), 6
	}
}
