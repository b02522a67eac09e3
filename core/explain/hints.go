package explain

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// hint is what can be said about an answer that no mark of the catalogue fits:
// what it shows, and what would show more.
type hint struct {
	when    func(reading) bool
	summary text.Text
	fix     []text.Text
	owner   catalog.Owner
	// places is a cause with links to the pages where the user can look, or "".
	places catalog.Cause
}

var consentPage = lazyregexp.New(`(?i)/(?:oauth2/(?:v2\.0/)?authorize|adminconsent)\?\S*client_id=`)

func answered(service catalog.Service, code int) func(reading) bool {
	return func(r reading) bool {
		return r.signs.Service == service && r.signs.Status == code && r.evidence.Code == "" && r.other == ""
	}
}

// rawBody is how this program shows what another one hides.
var rawBody = text.F("To see the whole answer, test the connection: s2scheck --format json prints it as evidence, and the window shows it under Raw answers.")

var hints = []hint{
	{
		when: answered(catalog.Dataverse, 401),
		summary: text.F("Dataverse answered 401: it does not accept the token. The text does not state why. The token may be for another address, from another tenant or cloud, " +
			"expired, a user's, or missing; on older servers a missing application user looks the same."),
		fix: []text.Text{
			rawBody,
			text.F("Ask for the token with the scope Environment URL followed by /.default, in the tenant that the environment names."),
			text.F("Check that the application user exists in the environment."),
		},
		owner: catalog.OwnerWhoeverFillsInTheForm, places: catalog.AppUserMissing,
	},
	{
		when: answered(catalog.Dataverse, 403),
		summary: text.F("Dataverse answered 403: it accepts the token and refuses the application. The text does not state why. Most often there is no application user in this environment; " +
			"it may also be disabled, have no security role, or be shut out by client app access control or the IP firewall."),
		fix: []text.Text{
			rawBody,
			text.F("Check in the Power Platform admin center that the application user exists, is active and has a security role."),
		},
		owner: catalog.OwnerDataverseAdministrator, places: catalog.AppUserMissing,
	},
	{
		when:    answered(catalog.Entra, 401),
		summary: text.F("Entra answered 401: it does not accept the application's credential. Only the AADSTS code would show whether the secret is wrong, expired or missing."),
		fix: []text.Text{
			text.F("Look for AADSTS and a number in the rest of the answer, and have that explained."),
			rawBody,
		},
		owner: catalog.OwnerWhoeverFillsInTheForm, places: catalog.SecretWrong,
	},
	{
		when: func(r reading) bool {
			return r.signs.Status == 0 && consentPage.MatchString(r.text) && r.evidence.Code == ""
		},
		summary: text.F("This is the address of the consent page, not what came of it."),
		fix: []text.Text{
			text.F("Open it in a private window and sign in."),
			text.F("Paste the address on which the browser ends, or the text of the error page."),
		},
		owner: catalog.OwnerWhoeverFillsInTheForm,
	},
	{
		when: func(r reading) bool {
			return r.signs.Status == 0 && r.evidence.Code == "" && r.signs.OAuth == "" && len(r.verdict.Alternatives) == 0 && r.other == ""
		},
		summary: text.F("Nothing in this text is known: it holds no AADSTS number, no Dataverse code and no HTTP status."),
		fix: []text.Text{
			text.F("Paste the whole answer, with the lines around the error."),
			rawBody,
		},
		owner: catalog.OwnerWhoeverFillsInTheForm,
	},
}

func (r reading) hint() (hint, bool) {
	for _, h := range hints {
		if h.when(r) {
			return h, true
		}
	}
	return hint{}, false
}

// otherHint is what can be said about another service's answer.
func (r reading) otherHint() hint {
	return hint{
		summary: text.F("This is an answer of %s, not of Dataverse. What it refuses is decided there, and is not in this catalogue.", r.other),
		fix: []text.Text{
			text.F("Look for the rights of the application in %s: a role, a permission or a registration of its own.", r.other),
			text.F("To see whether the same application reaches Dataverse, test the connection."),
		},
		owner: catalog.OwnerWhoeverFillsInTheForm,
	}
}
