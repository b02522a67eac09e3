package exam

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// redacted returns a result without secrets. The responses had no secrets when they
// came, but what was read of them is put together from parts: comments of XML are
// dropped, character references and escapes undone. This is the last look, at the
// texts as a reader gets them.
func (r *run) redacted(result Result) Result {
	result.Summary = r.redactedText(result.Summary)
	for i := range result.Fix {
		result.Fix[i] = r.redactedText(result.Fix[i])
	}
	e := result.Evidence
	for _, field := range []*string{
		&e.Code, &e.Error, &e.RequestID, &e.CorrelationID, &e.TraceID, &e.Timestamp, &e.RecognisedBy,
	} {
		*field = r.session.client.Redact(*field)
	}
	e.Message = r.redactedText(e.Message)
	var facts []catalog.Fact
	for _, f := range e.Facts {
		facts = append(facts, catalog.Fact{Name: catalog.FactName(r.session.client.Redact(string(f.Name))), Value: r.redactedText(f.Value)})
	}
	e.Facts = facts
	result.Evidence = e
	return result
}

// redactedText leaves a text alone that has nothing to hide: others keep their
// translations either way.
func (r *run) redactedText(t text.Text) text.Text {
	scrub := r.session.client.Redact
	if english := t.String(); scrub(english) == english {
		return t
	}
	return t.Map(scrub)
}

// redactedNames does the same with the names in an identity.
func (r *run) redactedNames(w *WhoAmI) *WhoAmI {
	if w != nil {
		w.UserName, w.OrganizationName = r.session.client.Redact(w.UserName), r.session.client.Redact(w.OrganizationName)
	}
	return w
}
