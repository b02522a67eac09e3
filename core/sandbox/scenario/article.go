package scenario

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// article are the article of 2017: where its reader ends, and the six
// mistakes on the way.
var article = []Scenario{
	{
		Name: "article-done", Title: text.F("The article's eight steps, all done"),
		Form:   func(f *connection.Form) { f.Tenant = sandbox.TenantID },
		Lesson: text.F("All four targets are met: an application user, its three fields filled, no licence, a custom role."),
	},
	{
		Name: "article-before-consent", Title: text.F("The article's steps up to the consent URL"), Warnings: []catalog.Cause{catalog.AppUserNoApplicationIDURI},
		Set:    beforeConsent,
		Lesson: text.F("Consent fills the Application ID URI; open the consent page and look again."),
	},
	{
		Name: "article-mistake-1", Title: text.F("Mistake 1: the Application ID was not assigned to the user"), Cause: catalog.AppUserMissing,
		Set:    func(t *sandbox.Tenant) { t.User.NoApplicationID = true },
		Lesson: text.F("A user without an Application ID is no application user: Dataverse cannot find it."),
	},
	{
		Name: "article-mistake-2", Title: text.F("Mistake 2: System Administrator instead of a custom role"), Warnings: []catalog.Cause{catalog.RoleSystemAdministrator},
		Set:    func(t *sandbox.Tenant) { t.User.Administrator = true },
		Lesson: text.F("In 2017 it was refused; today it works, and is more than the application needs."),
	},
	{
		Name: "article-mistake-3", Title: text.F("Mistake 3: consent was given as another user"), Warnings: []catalog.Cause{catalog.AppUserNoApplicationIDURI}, Consent: catalog.ConsentWrongAccount,
		Set:    beforeConsent,
		Lesson: text.F("Sign in on the consent page as the application user; an account that has no Application ID changes nothing."),
	},
	{
		Name: "article-mistake-4", Title: text.F("Mistake 4: the licence was not removed"), Warnings: []catalog.Cause{catalog.AppUserLicensed},
		Set:    func(t *sandbox.Tenant) { t.User.Licensed = true },
		Lesson: text.F("The 2017 way assigns the user a licence and has to remove it before the consent URL is used."),
	},
	{
		Name: "article-mistake-5", Title: text.F("Mistake 5: the redirect URI does not match"), Warnings: []catalog.Cause{catalog.AppUserNoApplicationIDURI}, Consent: catalog.ConsentRedirectMismatch,
		Set:    beforeConsent,
		Form:   func(f *connection.Form) { f.RedirectURI = "http://localhost/callback" },
		Lesson: text.F("AADSTS50011 on Microsoft's page: the redirect URI is compared to the letter, the port of localhost excepted."),
	},
	{
		Name: "article-mistake-6", Title: text.F("Mistake 6: the steps were done out of order"), Warnings: []catalog.Cause{catalog.AppUserNoApplicationIDURI, catalog.AppUserLicensed},
		Set:    func(t *sandbox.Tenant) { t.User.Licensed = true; beforeConsent(t) },
		Lesson: text.F("Consent was tried before the user was an application user and while it had a licence: nothing was filled in."),
	},
}
