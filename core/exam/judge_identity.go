package exam

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// managed reports whether the connection uses the identity of this computer.
func managed(f Facts) bool { return f.Connection.Credential.Kind == connection.ManagedIdentityKind }

// judgeIdentity judges why the identity of this computer gave no token.
func judgeIdentity(f Facts) Finding {
	t := f.Token
	e := catalog.Evidence{HTTPStatus: t.Response.Status, Facts: identityFacts(f)}
	switch {
	case !f.Identity.Fault.Empty():
		cause := catalog.IdentityNone
		if f.Identity.Other {
			cause = catalog.IdentityNotAssigned
		}
		return broken(cause, e, f.Identity.Fault)
	case t.Err.NotLocal():
		return broken(catalog.IdentityNone, e, text.F("The environment names %s as the endpoint for managed identities. It is not on this computer, so it was not asked.", t.Err.Host))
	case t.Err != nil:
		return broken(catalog.IdentityNone, withFailure(e, t.Err), text.F("Nothing here issues the token of a managed identity: %s.", text.Join(": ", text.Raw(t.Err.Host), t.Err.Detail)))
	case t.Response.Status == 0:
		return broken(catalog.IdentityNone, e, text.F("Nothing here issued the token of a managed identity in time."))
	case t.Response.Status == http.StatusOK:
		return broken(catalog.NetworkIntercepted, e, text.F("The endpoint for managed identities answered, but not with a token."))
	}
	return judgeIdentityResponse(f, e)
}

func withFailure(e catalog.Evidence, failure *transport.Error) catalog.Evidence {
	e.Facts = append(e.Facts, catalog.NewFact("host", failure.Host), catalog.NewTextFact("seen", failure.Detail))
	return e
}

func identityFacts(f Facts) []catalog.Fact {
	var facts []catalog.Fact
	if f.Identity.Source != "" {
		facts = append(facts, catalog.NewFact("endpoint", string(f.Identity.Source)))
	}
	if f.Identity.ClientID != "" {
		facts = append(facts, catalog.NewFact("identity asked for", f.Identity.ClientID))
	}
	return facts
}

// judgeIdentityResponse reads the endpoint's refusal. Its status is 400 for most
// causes, without a code: only words distinguish them. What is not known stays so.
func judgeIdentityResponse(f Facts, e catalog.Evidence) Finding {
	a := f.Token.Response
	signs, evidence := catalog.Read(catalog.Entra, a.Status, a.Header, a.Body)
	if len(signs.AADSTS) > 0 || a.Status == http.StatusTooManyRequests || a.Status >= http.StatusInternalServerError {
		return explainIdentity(errorFinding(catalog.Entra, text.F("The endpoint for managed identities"), a), e)
	}
	evidence.Message = text.Raw(catalog.Clean(identityText(a.Body)))
	verdict := catalog.Recognise(catalog.Signs{Text: evidence.Message.String()})
	known := verdict.Cause.Family() == catalog.FamilyIdentity
	named := f.Identity.ClientID != ""
	switch {
	case known && verdict.Cause == catalog.IdentityNotAssigned && !named:
		verdict.Cause, verdict.Alternatives = catalog.IdentityNone, nil // nothing was named: there is no identity
	case known && verdict.Cause == catalog.IdentityAmbiguous && named:
		verdict.Cause, verdict.Alternatives = catalog.IdentityNotAssigned, []catalog.Cause{catalog.IdentityNone}
	case known:
	case a.Status != http.StatusBadRequest:
		// Another computer's metadata service, or a proxy: it issues no such tokens.
		verdict = catalog.Verdict{Cause: catalog.IdentityNone}
	case named:
		verdict = catalog.Verdict{Cause: catalog.Unknown, Alternatives: []catalog.Cause{catalog.IdentityNotAssigned, catalog.IdentityNone}}
	default:
		verdict = catalog.Verdict{Cause: catalog.Unknown, Alternatives: []catalog.Cause{catalog.IdentityNone, catalog.IdentityAmbiguous}}
	}
	evidence.RecognisedBy = verdict.By
	finding := broken(verdict.Cause, evidence, text.F("The endpoint for managed identities answered HTTP %d.", a.Status))
	finding.Alternatives = verdict.Alternatives
	return explainIdentity(finding, e)
}

// identityText returns the body of a refusal with the escapes of its texts undone.
func identityText(body []byte) string {
	var members map[string]any
	if json.Unmarshal(body, &members) != nil {
		return string(body)
	}
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(members) // what was decoded encodes
	return b.String()
}

func explainIdentity(finding Finding, e catalog.Evidence) Finding {
	finding.Evidence.Facts = append(finding.Evidence.Facts, e.Facts...)
	return finding
}
