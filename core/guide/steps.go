package guide

import (
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

// Steps are the eight steps of a path, in order.
func Steps(p Path) []Step {
	skeleton := modern
	if p == Classic {
		skeleton = classic
	} else {
		p = Modern
	}
	steps := make([]Step, len(skeleton))
	for i, s := range skeleton {
		words := texts().Steps[string(p)+"/"+s.ID]
		s.Number = i + 1
		s.Title, s.Who, s.Why, s.Since, s.Tick = words.Title, words.Who, words.Why, words.Since, words.Tick
		s.What, s.Links = slices.Clone(words.What), slices.Clone(words.Links)
		steps[i] = s
	}
	return steps
}

// registration are the causes that show one missing or half done.
var registration = append([]string{
	"application.disabled", "application.is-public-client", "application.single-tenant", "secret.*", "certificate.*",
	"input.client-id", "input.secret-is-id", "input.secret-missing", "input.secret-mangled", "input.certificate",
}, foreign...)

// foreign are the causes of an application that is not known in this tenant:
// registered elsewhere and not consented to, or not registered at all.
var foreign = []string{"application.not-found", "application.no-service-principal"}

var modern = []Step{
	{ID: Register, Proof: Proof{Checks: []string{"token", "claims"}, Breaks: registration}},
	{
		ID: User, After: []string{Register}, Prevents: []int{1},
		Proof: Proof{
			Checks: []string{"whoami"},
			Breaks: []string{"appuser.missing", "appuser.disabled", "appuser.no-application-id", "appuser.wrong-object-id", "appuser.duplicate"},
		},
	},
	{
		ID: Role, After: []string{User}, Prevents: []int{2},
		Proof: Proof{
			Checks: []string{"roles"},
			Breaks: []string{"appuser.no-role", "appuser.missing-privilege", "role.system-administrator", "role.not-found", "role.ambiguous"},
		},
	},
	{ID: Licence, Prevents: []int{4}, Proof: Proof{Checks: []string{"licence"}, Breaks: []string{"appuser.licensed"}}},
	{
		ID: ConsentURL, After: []string{Register}, Prevents: []int{5},
		Proof: Proof{Checks: []string{"inputs"}, Breaks: address},
	},
	{
		ID: Consent, After: []string{Register, ConsentURL}, Prevents: []int{3},
		Proof: Proof{Checks: []string{"token"}, Breaks: append([]string{"consent.*"}, foreign...)},
	},
	{ID: ApplicationIDURI, Proof: Proof{Fields: []catalog.FactName{catalog.FactApplicationIDURI}, Breaks: []string{"appuser.no-application-id-uri"}}},
	{ID: WhoAmI, Proof: Proof{Checks: []string{"whoami", "whoami-soap"}, Any: true}},
}

var classic = []Step{
	{ID: Register, Proof: Proof{Checks: []string{"token", "claims"}, Breaks: registration}},
	{
		ID: User, After: []string{Register},
		Proof: Proof{Checks: []string{"whoami"}, Breaks: []string{"appuser.disabled", "appuser.wrong-object-id"}, Strict: true},
	},
	{
		ID: Role, After: []string{Register, User}, Prevents: []int{1, 2},
		Proof: Proof{
			Checks: []string{"roles"}, Fields: []catalog.FactName{catalog.FactApplicationID},
			Breaks: []string{
				"appuser.missing", "appuser.no-application-id", "appuser.duplicate",
				"appuser.no-role", "appuser.missing-privilege", "role.system-administrator", "role.not-found", "role.ambiguous",
			},
			Strict: true,
		},
	},
	{
		ID: Licence, After: []string{User, Role}, Prevents: []int{4},
		Proof: Proof{Checks: []string{"licence"}, Breaks: []string{"appuser.licensed"}, Strict: true},
	},
	{
		ID: ConsentURL, After: []string{Register}, Prevents: []int{5},
		Proof: Proof{Checks: []string{"inputs"}, Breaks: address},
	},
	{
		ID: Consent, After: []string{Register, User, Role, Licence, ConsentURL}, Prevents: []int{3, 6},
		Proof: Proof{Fields: []catalog.FactName{catalog.FactApplicationIDURI}, Breaks: []string{"application.no-service-principal", "consent.*"}},
	},
	{
		ID: ApplicationIDURI, After: []string{Consent}, Prevents: []int{6},
		Proof: Proof{Fields: []catalog.FactName{catalog.FactApplicationIDURI}, Breaks: []string{"appuser.no-application-id-uri"}, Strict: true},
	},
	{ID: WhoAmI, Proof: Proof{Checks: []string{"whoami", "whoami-soap"}, Any: true, Strict: true}},
}

// address are the causes of a consent URL that cannot work.
var address = []string{
	"consent.redirect-mismatch", "consent.no-reply-address",
	"input.redirect-uri", "input.environment-url", "input.tenant-id", "input.client-id",
}

// mistakes are the article's, by the cause that shows them. The sixth has no
// cause of its own: it is seen in the order.
var mistakes = map[string]int{
	"appuser.no-application-id": 1,
	"role.system-administrator": 2,
	"appuser.no-role":           2,
	"consent.wrong-account":     3,
	"appuser.licensed":          4,
	"consent.redirect-mismatch": 5,
}
