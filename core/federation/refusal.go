package federation

import (
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Claims are the parts of an assertion that Entra compares. "" is not known.
type Claims struct {
	Issuer, Subject, Audience string
	Expires                   time.Time
}

// Of returns what Entra compares of an assertion.
func Of(c entra.Claims) Claims {
	return Claims{catalog.Clean(c.Issuer), catalog.Clean(c.Subject), catalog.Clean(c.Audience), c.Expires}
}

// Facts returns what an assertion claims, for people.
func (c Claims) Facts() []catalog.Fact {
	var facts []catalog.Fact
	for _, f := range []struct {
		name  catalog.FactName
		value string
	}{
		{catalog.FactIssuer, c.Issuer}, {catalog.FactSubject, c.Subject}, {catalog.FactAudience, c.Audience},
	} {
		if f.value != "" {
			facts = append(facts, catalog.NewFact(f.name, f.value))
		}
	}
	if !c.Expires.IsZero() {
		facts = append(facts, catalog.NewFact("expires", c.Expires.UTC().Format(time.RFC3339)))
	}
	return facts
}

// PresentedIn returns what the facts of a refusal contain about the assertion, and the facts
// without those of [Refusal.Facts]: the comparison with another credential takes their
// place.
func PresentedIn(facts []catalog.Fact) (presented Claims, rest []catalog.Fact) {
	for _, f := range facts {
		switch f.Name {
		case catalog.FactIssuer:
			presented.Issuer = f.Value.String()
		case catalog.FactSubject:
			presented.Subject = f.Value.String()
		case catalog.FactAudience:
			presented.Audience = f.Value.String()
		case catalog.FactPresented, catalog.FactExpected, catalog.FactDifference:
			continue
		}
		rest = append(rest, f)
	}
	return presented, rest
}

// Refusal is Entra's refusal of an assertion.
type Refusal struct {
	// Cause is one of the family federation.
	Cause catalog.Cause
	// Message is Entra's own.
	Message  string
	ClientID string
	// Audience is the one that the cloud expects.
	Audience  string
	Presented Claims
	// Expected is what a credential of the application is known to have.
	Expected Claims
}

// expectedSubject is in the message of AADSTS7002137.
//
// Source: github.com/microsoft/Agents/issues/202.
var (
	expectedSubject = lazyregexp.New(`(?i)federated identity credential Subject is '([^'\r\n]{1,600})'`)
	differsInCase   = lazyregexp.New(`(?i)matches with case-insensitive comparison`)
)

// Facts returns what was presented next to what was expected, and the difference in
// words. They follow those of [Claims.Facts].
func (r Refusal) Facts() []catalog.Fact {
	presented, expected, difference := r.compared()
	var facts []catalog.Fact
	if presented != "" && expected != "" && presented != expected {
		presented, expected = Mark(presented, expected)
		facts = append(facts, catalog.NewFact(catalog.FactPresented, presented), catalog.NewFact(catalog.FactExpected, expected))
	}
	if !difference.Empty() {
		facts = append(facts, catalog.NewTextFact(catalog.FactDifference, difference))
	}
	return facts
}

// compared returns the two values that the refusal is about.
func (r Refusal) compared() (presented, expected string, difference text.Text) {
	switch r.Cause {
	case catalog.FederationSubject, catalog.FederationNotConfigured:
		presented, expected = r.Presented.Subject, or(r.named(), r.Expected.Subject)
		switch {
		case expected != "" && expected != presented:
			return presented, expected, subjectDifference(presented, expected)
		case differsInCase.MatchString(r.Message):
			return presented, "", caseOnlyUnknown
		}
		return presented, "", likely(presented)
	case catalog.FederationIssuer:
		presented, expected = r.Presented.Issuer, r.Expected.Issuer
		if expected == "" {
			return presented, "", text.Text{}
		}
		return presented, expected, issuerDifference(presented, expected)
	case catalog.FederationAudience:
		presented, expected = r.Presented.Audience, or(r.Expected.Audience, r.Audience)
		if presented == expected {
			return presented, "", text.F("The presented audience is the one that this cloud wants. The credential names another one.")
		}
		return presented, expected, text.Text{}
	}
	return "", "", text.Text{}
}

// named returns the subject that Entra's message names, or "".
func (r Refusal) named() string {
	if m := expectedSubject.FindStringSubmatch(r.Message); m != nil {
		return catalog.Clean(m[1])
	}
	return ""
}

// Fix returns the entry that makes the credential match, in the portal, for the Azure
// CLI, and for Terraform. It is empty for causes that an entry cannot remove.
func (r Refusal) Fix() []text.Text {
	switch r.Cause {
	case catalog.FederationIssuer, catalog.FederationSubject, catalog.FederationAudience, catalog.FederationNotConfigured:
	default:
		return nil
	}
	e := r.entry()
	return []text.Text{
		text.F("The exact entry: %s", e.Portal()),
		text.F("The same with the Azure CLI: %s", e.AzureCLI()),
		text.F("The same in Terraform:\n%s", e.Terraform()),
	}
}

// entry is the credential that takes what was presented. The audience is the cloud's:
// a token with another one has to be requested again. Where Entra names the subject to
// enter, and not a pattern of it, that one counts.
func (r Refusal) entry() Entry {
	if named := r.named(); named != "" && !strings.Contains(named, "{") {
		r.Presented.Subject = named
	}
	return Entry{
		ClientID: or(r.ClientID, gapClientID),
		Issuer:   or(r.Presented.Issuer, issuerOf(r.Presented.Subject)),
		Subject:  or(r.Presented.Subject, gapSubject),
		Audience: r.Audience,
	}
}

func or(value, otherwise string) string {
	if value != "" {
		return value
	}
	return otherwise
}
