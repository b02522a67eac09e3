package guide

import (
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// Steps returns the eight steps of a path, in order, for an application that proves
// itself by a secret.
func Steps(p Path) []Step { return StepsBy(p, connection.SecretKind) }

// StepsBy returns the eight steps of a path, in order, for a kind of credential.
func StepsBy(p Path, kind connection.Kind) []Step {
	skeleton := modern
	if p == Classic {
		skeleton = classic
	} else {
		p = Modern
	}
	steps := make([]Step, len(skeleton))
	for i, s := range skeleton {
		words := texts().stepWordsOf(p, s.ID, kind)
		s.Number = i + 1
		s.Title, s.Who, s.Why, s.Since, s.Tick = words.Title, words.Who, words.Why, words.Since, words.Tick
		s.What, s.Links = slices.Clone(words.What), slices.Clone(words.Links)
		steps[i] = s
	}
	return steps
}

// registration are the causes that show one missing or half done, besides those of
// the families of its credentials.
var registration = append([]catalog.Cause{
	catalog.ApplicationDisabled, catalog.ApplicationIsPublicClient, catalog.ApplicationSingleTenant,
	catalog.InputClientID, catalog.InputSecretIsID, catalog.InputSecretMissing, catalog.InputSecretMangled, catalog.InputCertificate,
	catalog.FederationIssuer, catalog.FederationSubject, catalog.FederationAudience, catalog.FederationNotConfigured,
}, foreign...)

var credentials = []catalog.Family{catalog.FamilySecret, catalog.FamilyCertificate, catalog.FamilyIdentity}

// foreign are the causes of an application that is not known in this tenant:
// registered elsewhere and not consented to, or not registered at all.
var foreign = []catalog.Cause{catalog.ApplicationNotFound, catalog.ApplicationNoServicePrincipal}

var modern = []Step{
	{ID: Register, Proof: Proof{Checks: []exam.CheckID{exam.CheckToken, exam.CheckClaims}, Breaks: registration, Families: credentials}},
	{
		ID: User, After: []StepID{Register}, Prevents: []int{1},
		Proof: Proof{
			Checks: []exam.CheckID{exam.CheckWhoAmI},
			Breaks: []catalog.Cause{catalog.AppUserMissing, catalog.AppUserDisabled, catalog.AppUserNoApplicationID, catalog.AppUserWrongObjectID, catalog.AppUserDuplicate},
		},
	},
	{
		ID: Role, After: []StepID{User}, Prevents: []int{2},
		Proof: Proof{
			Checks: []exam.CheckID{exam.CheckRoles},
			Breaks: []catalog.Cause{catalog.AppUserNoRole, catalog.AppUserMissingPrivilege, catalog.RoleSystemAdministrator, catalog.RoleNotFound, catalog.RoleAmbiguous},
		},
	},
	{ID: Licence, Prevents: []int{4}, Proof: Proof{Checks: []exam.CheckID{exam.CheckLicence}, Breaks: []catalog.Cause{catalog.AppUserLicensed}}},
	{
		ID: ConsentURL, After: []StepID{Register}, Prevents: []int{5},
		Proof: Proof{Checks: []exam.CheckID{exam.CheckInputs}, Breaks: address},
	},
	{
		ID: Consent, After: []StepID{Register, ConsentURL}, Prevents: []int{3},
		Proof: Proof{Checks: []exam.CheckID{exam.CheckToken}, Breaks: foreign, Families: []catalog.Family{catalog.FamilyConsent}},
	},
	{ID: ApplicationIDURI, Proof: Proof{Fields: []catalog.FactName{catalog.FactApplicationIDURI}, Breaks: []catalog.Cause{catalog.AppUserNoApplicationIDURI}}},
	{ID: WhoAmI, Proof: Proof{Checks: []exam.CheckID{exam.CheckWhoAmI, exam.CheckWhoAmISOAP}, Any: true}},
}

var classic = []Step{
	{ID: Register, Proof: Proof{Checks: []exam.CheckID{exam.CheckToken, exam.CheckClaims}, Breaks: registration, Families: credentials}},
	{
		ID: User, After: []StepID{Register},
		Proof: Proof{Checks: []exam.CheckID{exam.CheckWhoAmI}, Breaks: []catalog.Cause{catalog.AppUserDisabled, catalog.AppUserWrongObjectID}, Strict: true},
	},
	{
		ID: Role, After: []StepID{Register, User}, Prevents: []int{1, 2},
		Proof: Proof{
			Checks: []exam.CheckID{exam.CheckRoles}, Fields: []catalog.FactName{catalog.FactApplicationID},
			Breaks: []catalog.Cause{
				catalog.AppUserMissing, catalog.AppUserNoApplicationID, catalog.AppUserDuplicate,
				catalog.AppUserNoRole, catalog.AppUserMissingPrivilege, catalog.RoleSystemAdministrator, catalog.RoleNotFound, catalog.RoleAmbiguous,
			},
			Strict: true,
		},
	},
	{
		ID: Licence, After: []StepID{User, Role}, Prevents: []int{4},
		Proof: Proof{Checks: []exam.CheckID{exam.CheckLicence}, Breaks: []catalog.Cause{catalog.AppUserLicensed}, Strict: true},
	},
	{
		ID: ConsentURL, After: []StepID{Register}, Prevents: []int{5},
		Proof: Proof{Checks: []exam.CheckID{exam.CheckInputs}, Breaks: address},
	},
	{
		ID: Consent, After: []StepID{Register, User, Role, Licence, ConsentURL}, Prevents: []int{3, 6},
		Proof: Proof{Fields: []catalog.FactName{catalog.FactApplicationIDURI}, Breaks: []catalog.Cause{catalog.ApplicationNoServicePrincipal}, Families: []catalog.Family{catalog.FamilyConsent}},
	},
	{
		ID: ApplicationIDURI, After: []StepID{Consent}, Prevents: []int{6},
		Proof: Proof{Fields: []catalog.FactName{catalog.FactApplicationIDURI}, Breaks: []catalog.Cause{catalog.AppUserNoApplicationIDURI}, Strict: true},
	},
	{ID: WhoAmI, Proof: Proof{Checks: []exam.CheckID{exam.CheckWhoAmI, exam.CheckWhoAmISOAP}, Any: true, Strict: true}},
}

// address are the causes of a consent URL that cannot work.
var address = []catalog.Cause{
	catalog.ConsentRedirectMismatch, catalog.ConsentNoReplyAddress,
	catalog.InputRedirectURI, catalog.InputEnvironmentURL, catalog.InputTenantID, catalog.InputClientID,
}

// mistakes are the article's, by the cause that shows them. The sixth has no
// cause of its own: it is seen in the order.
var mistakes = map[catalog.Cause]int{
	catalog.AppUserNoApplicationID:  1,
	catalog.RoleSystemAdministrator: 2,
	catalog.AppUserNoRole:           2,
	catalog.ConsentWrongAccount:     3,
	catalog.AppUserLicensed:         4,
	catalog.ConsentRedirectMismatch: 5,
}
