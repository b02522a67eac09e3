package consent

import (
	"net/url"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Read returns the outcome that a redirect address means. raw is the address as it arrived, or
// as a user pasted it out of the browser. An Attempt that is its zero value
// leaves the state unchecked: the outcome then explains, and its code is not
// kept, because its origin is unknown. What is no answer to this attempt is
// Undecided.
func Read(raw string, a Attempt) Outcome {
	out := Outcome{Attempt: a}
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		out.undecided(catalog.Unknown, text.F("This is not an address that the consent page leads to."))
		return out
	}
	q, ok := answerOf(u)
	if !ok {
		out.undecided(catalog.Unknown, text.F("This address holds no answer of the consent page."))
		return out
	}
	return readAnswer(q, a)
}

// answerOf finds the answer's parameters: in the query, as these styles ask, or
// in the fragment, where some pages put them all the same.
func answerOf(u *url.URL) (url.Values, bool) {
	for _, raw := range []string{u.RawQuery, u.Fragment} {
		// An application may have broken parameters of its own in its redirect URI.
		q, _ := url.ParseQuery(raw)
		for _, name := range []string{"error", "code", "admin_consent", "state"} {
			if q.Has(name) {
				return q, true
			}
		}
	}
	return nil, false
}

func readAnswer(q url.Values, a Attempt) Outcome {
	signs, evidence := catalog.ReadRedirect(q)
	out := Outcome{Evidence: evidence, Attempt: a, Claimed: claims(q)}
	switch {
	case repeated(q):
		// RFC 6749 section 3.1: parameters must not be there more than once.
		out.undecided(catalog.Unknown, text.F("The answer contains the same value twice, so it cannot be trusted."))
	case !a.state.Empty() && !a.StateMatches(q.Get("state")):
		out.undecided(catalog.ConsentStateMismatch, text.F("The answer does not belong to this attempt: its state is another one."))
	case q.Has("iss") && !a.issuerMatches(q.Get("iss")):
		out.undecided(catalog.ConsentStateMismatch, text.F("The answer does not belong to this attempt: it names another issuer."))
	case q.Get("error") != "":
		// Before everything else: admin_consent=True comes on failures too.
		verdict := catalog.Recognise(signs)
		out.Evidence.RecognisedBy = verdict.By
		out.fail(verdict.Cause, said(verdict.Cause, evidence))
		out.Alternatives = verdict.Alternatives
	case q.Get("code") != "" && (a.Style == "" || a.Style.BringsCode()):
		out.Ending, out.Summary = Consented, text.F("The consent page came back with a code.")
		if !a.state.Empty() {
			out.Code = secret.New(q.Get("code"))
		}
	case out.Claimed.Administrator && (a.Style == "" || !a.Style.BringsCode()):
		out.Ending, out.Summary = Consented, text.F("The consent page reports that an administrator consented for the organisation.")
	default:
		out.undecided(catalog.Unknown, text.F("The answer is neither yes nor no."))
	}
	return out
}

func (o *Outcome) fail(cause catalog.Cause, summary text.Text) {
	if cause == "" {
		cause = catalog.Unknown
	}
	o.Ending, o.Cause, o.Summary = Failed, cause, summary
}

func (o *Outcome) undecided(cause catalog.Cause, summary text.Text) {
	o.fail(cause, summary)
	o.Undecided = true
}

// said returns a refusal as a sentence, in the catalogue's words.
func said(cause catalog.Cause, e catalog.Evidence) text.Text {
	what := e.Code
	if what == "" {
		what = e.Error
	}
	entry, ok := catalog.Lookup(cause)
	if !ok || cause == catalog.Unknown {
		return text.F("The consent page answered %s, which we do not know.", what)
	}
	return text.F("The consent page answered %s: %s.", what, entry.Title)
}

func claims(q url.Values) Claimed {
	c := Claimed{Administrator: strings.EqualFold(q.Get("admin_consent"), "true")}
	if tenant := strings.ToLower(q.Get("tenant")); guid.MatchString(tenant) {
		c.Tenant = tenant
	}
	if granted := catalog.Clean(q.Get("scope")); granted != "" {
		c.Scopes = strings.Fields(granted)
	}
	return c
}

func repeated(q url.Values) bool {
	for _, name := range []string{"error", "code", "state", "tenant", "admin_consent"} {
		if len(q[name]) > 1 {
			return true
		}
	}
	return false
}
