package scenario

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// consent are the endings of the consent page, apart from the user's decision. The
// connection works in all of them but the first.
var consent = []Scenario{
	{
		Name: "consent-missing", Title: text.F("Entra wants consent"), Cause: catalog.ConsentMissing,
		Set:    func(t *sandbox.Tenant) { t.Login.Refuse = 65001; beforeConsent(t) },
		Lesson: text.F("AADSTS65001: a delegated permission was requested and never granted; grant consent."),
	},
	{
		Name: "consent-admins-only", Title: text.F("Users may not consent"), Warnings: []catalog.Cause{catalog.AppUserNoApplicationIDURI}, Consent: catalog.ConsentNeedsAdmin,
		Set:    func(t *sandbox.Tenant) { t.Directory.AdminsConsentOnly = true; beforeConsent(t) },
		Lesson: text.F("AADSTS90094 for everyone but an administrator, who can consent for all users."),
	},
	{
		Name: "consent-no-redirect-uri", Title: text.F("The registration has no redirect URI"), Warnings: []catalog.Cause{catalog.AppUserNoApplicationIDURI}, Consent: catalog.ConsentNoReplyAddress,
		Set:    func(t *sandbox.Tenant) { t.Application.NoRedirectURI = true; beforeConsent(t) },
		Lesson: text.F("AADSTS500113: an administrator's approval is kept even so; it just has nowhere to go back to."),
	},
	{
		Name: "consent-no-permissions", Title: text.F("The registration lists no permission"), Warnings: []catalog.Cause{catalog.AppUserNoApplicationIDURI}, Consent: catalog.ConsentNoPermissions,
		Set:    func(t *sandbox.Tenant) { t.Application.NoPermissions = true; beforeConsent(t) },
		Lesson: text.F("AADSTS650057 and AADSTS1003031: list Dynamics CRM, user_impersonation, and there is something to consent to."),
	},
}

func beforeConsent(t *sandbox.Tenant) {
	t.Application.NotConsented, t.User.NoApplicationIDURI = true, true
}
