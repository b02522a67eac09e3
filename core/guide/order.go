package guide

import (
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// noticeOrder finds steps that were done while something before them is not:
// the article's sixth mistake.
func (k Input) noticeOrder(list []Progress) {
	at := map[StepID]Progress{}
	for _, p := range list {
		at[p.Step.ID] = p
	}
	for i := range list {
		p := &list[i]
		k.warnOrder(p, at)
		if !k.isTooEarly(*p) {
			continue
		}
		var titles []text.Text
		for _, id := range p.Step.After {
			before := at[id].State
			if before == Broken || before == Todo && p.State != Done {
				p.First = append(p.First, id)
				titles = append(titles, at[id].Step.Title)
			}
		}
		if len(p.First) > 0 {
			p.Mistake = 6
			p.Note = join(p.Note, k.note("order", titles...))
		}
	}
}

// isTooEarly reports whether the order may be why the step does not hold: it was done,
// and it is not proven to work. Consent that has arrived counts as long
// as WhoAmI does not answer.
func (k Input) isTooEarly(p Progress) bool {
	switch p.State {
	case Ticked:
		return true
	case Broken:
		return p.Mistake == 6
	case Done:
		return p.Step.ID == Consent && k.consented() && k.whoAmIFailed()
	}
	return false
}

// whoAmIFailed reports whether WhoAmI was asked and not answered.
func (k Input) whoAmIFailed() bool {
	if k.Report == nil {
		return false
	}
	c, ok := k.Report.Check(exam.CheckWhoAmI)
	return ok && c.Status == exam.Fail
}

// warnOrder adds to the step Create the application user that consent comes first,
// where it does.
func (k Input) warnOrder(p *Progress, at map[StepID]Progress) {
	waits := p.Step.ID == User && slices.Contains(p.Step.After, Consent) && (p.State == Todo || p.State == Broken)
	if c := at[Consent].State; waits && c != Done && c != Ticked {
		p.Note = join(p.Note, k.note("consent-first"))
	}
}
