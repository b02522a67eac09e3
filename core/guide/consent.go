package guide

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// ConsentNote returns a sentence with the account that consented and the expected one,
// zero where they are the same. Nothing else may ever show the difference: today WhoAmI
// works without consent.
func (k Input) ConsentNote() text.Text {
	o := k.Consent
	if o == nil || o.Ending != consent.Failed || !o.ByOtherAccount() {
		return text.Text{}
	}
	note, by, want := "other-account", o.ConsentedBy.SignInName, o.Expected.SignInName
	if o.Expected.TenantID != "" {
		note, by, want = "other-tenant", listed(o.ConsentedBy.SignInName, o.ConsentedBy.TenantID), o.Expected.TenantID
	}
	return k.note(note).Map(strings.NewReplacer("{by}", by, "{want}", want).Replace)
}

// addOtherAccount keeps that on the step, regardless of what else is known about it.
func (k Input) addOtherAccount(p *Progress) {
	note := k.ConsentNote()
	if p.Step.ID != Consent || note.Empty() {
		return
	}
	p.Note = join(note, p.Note)
	if p.Cause == "" {
		p.Cause = k.Consent.Cause
	}
}

func listed(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}
