package guide

import "slices"

// noticeOrder finds steps that a person has done while something before them is
// not: the article's sixth mistake. What is proven to work is left alone.
func (k Known) noticeOrder(list []Progress) {
	at := map[string]Progress{}
	for _, p := range list {
		at[p.Step.ID] = p
	}
	for i := range list {
		p := &list[i]
		done := p.State == Ticked || p.State == Broken && p.Mistake == 6
		if !done {
			k.forewarn(p, at)
			continue
		}
		var titles []string
		for _, id := range p.Step.After {
			before, there := at[id]
			if there && (before.State == Broken || before.State == Todo) {
				p.First = append(p.First, id)
				titles = append(titles, before.Step.Title)
			}
		}
		if len(p.First) > 0 {
			p.Mistake = 6
			p.Note = join(p.Note, note("order", titles...))
		}
	}
}

// forewarn says on the step Create the application user that consent comes
// first, where it does.
func (k Known) forewarn(p *Progress, at map[string]Progress) {
	waits := p.Step.ID == User && slices.Contains(p.Step.After, Consent) && (p.State == Todo || p.State == Broken)
	if c := at[Consent].State; waits && c != Done && c != Ticked {
		p.Note = join(p.Note, note("consent-first"))
	}
}
