package scenario

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

var user = []Scenario{
	{
		Name: "appuser-missing", Title: text.F("No application user in this environment"), Cause: catalog.AppUserMissing,
		Set:    func(t *sandbox.Tenant) { t.User.Missing = true },
		Lesson: text.F("0x80072560 with a good token: every environment needs an application user of its own."),
	},
	{
		Name: "appuser-missing-german", Title: text.F("The same, and Dataverse speaks German"), Cause: catalog.AppUserMissing,
		Set:    func(t *sandbox.Tenant) { t.User.Missing, t.Environment.Language = true, "de" },
		Lesson: text.F("Messages are translated, codes are not."),
	},
	{
		Name: "appuser-missing-japanese", Title: text.F("The same, and Dataverse speaks Japanese"), Cause: catalog.AppUserMissing,
		Set:    func(t *sandbox.Tenant) { t.User.Missing, t.Environment.Language = true, "ja" },
		Lesson: text.F("Messages are translated, codes are not."),
	},
	{
		Name: "appuser-in-another-environment", Title: text.F("The application user is in UAT, the address is Development's"), Cause: catalog.AppUserMissing,
		Form:   func(f *connection.Form) { f.Environment = "https://" + sandbox.OtherEnvironmentHost },
		Lesson: text.F("Tokens are for a directory, application users for an environment."),
	},
	{
		Name: "appuser-deleted", Title: text.F("The application user was deleted"), Cause: catalog.AppUserMissing,
		Set:    func(t *sandbox.Tenant) { t.User.Deleted = true },
		Lesson: text.F("A soft-deleted row is no user; it has to be purged before the application can come back."),
	},
	{
		Name: "appuser-replicating", Title: text.F("The application user was created a moment ago"), Cause: catalog.AppUserMissing,
		Set:    func(t *sandbox.Tenant) { t.Environment.Replicating = 5 * time.Second },
		Lesson: text.F("It looks as if there were none; ask again a little later."),
	},
	{
		Name: "appuser-disabled", Title: text.F("The application user is deactivated"), Cause: catalog.AppUserDisabled,
		Set:    func(t *sandbox.Tenant) { t.User.Disabled = true },
		Lesson: text.F("0x80040225: it can be activated again in the admin center."),
	},
	{
		Name: "appuser-disabled-japanese", Title: text.F("The same, and Dataverse speaks Japanese"), Cause: catalog.AppUserDisabled,
		Set:    func(t *sandbox.Tenant) { t.User.Disabled, t.Environment.Language = true, "ja" },
		Lesson: text.F("Messages are translated, codes are not."),
	},
	{
		Name: "appuser-business-unit-disabled", Title: text.F("The user's business unit is disabled"), Cause: catalog.AppUserDisabled,
		Set:    func(t *sandbox.Tenant) { t.User.DisabledUnit = true },
		Lesson: text.F("A disabled business unit shuts its users out, too."),
	},
	{
		Name: "appuser-no-role", Title: text.F("The application user has no security role"), Cause: catalog.AppUserNoRole,
		Set:    func(t *sandbox.Tenant) { t.User.NoRole = true },
		Lesson: text.F("0x80042f09: give it a role, or put it into a team that has one."),
	},
	{
		Name: "appuser-no-role-german", Title: text.F("The same, and Dataverse speaks German"), Cause: catalog.AppUserNoRole,
		Set:    func(t *sandbox.Tenant) { t.User.NoRole, t.Environment.Language = true, "de" },
		Lesson: text.F("Messages are translated, codes are not."),
	},
	{
		Name: "appuser-no-role-reads-refused", Title: text.F("WhoAmI works, and every read is refused for want of a role"), Cause: catalog.AppUserNoRole,
		Set:    func(t *sandbox.Tenant) { t.User.NoRole, t.User.NoRoleReads = true, true },
		Lesson: text.F("WhoAmI proves who the caller is, not what the caller may do."),
	},
	{
		Name: "appuser-no-role-counted", Title: text.F("WhoAmI works, and a read reports roleCount=0"), Cause: catalog.AppUserNoRole,
		Set: func(t *sandbox.Tenant) {
			t.User.NoRole, t.User.NoRoleReads, t.User.NoRoleCounted = true, true, true
		},
		Lesson: text.F("0x80040220 names a privilege; roleCount=0 in it means that there is no role at all."),
	},
	{
		Name: "appuser-system-administrator", Title: text.F("The application user is System Administrator"), Warnings: []catalog.Cause{catalog.RoleSystemAdministrator},
		Set:    func(t *sandbox.Tenant) { t.User.Administrator = true },
		Lesson: text.F("It works, and it may do everything: a custom role is better."),
	},
	{
		Name: "appuser-system-administrator-by-team", Title: text.F("System Administrator through a team"), Warnings: []catalog.Cause{catalog.RoleSystemAdministrator},
		Set:    func(t *sandbox.Tenant) { t.User.AdministratorByTeam = true },
		Lesson: text.F("Who looks at direct roles alone does not see it."),
	},
	{
		Name: "appuser-wrong-object-id", Title: text.F("The application was deleted and created again"), Warnings: []catalog.Cause{catalog.AppUserWrongObjectID},
		Set:    func(t *sandbox.Tenant) { t.User.OtherObjectID = true },
		Lesson: text.F("The row points to a service principal that the token does not come from."),
	},
	{
		Name: "appuser-service-principal-deleted", Title: text.F("Its service principal is gone from Entra"), Cause: catalog.AppUserWrongObjectID,
		Set:    func(t *sandbox.Tenant) { t.User.AzureState = 1 },
		Lesson: text.F("0x80048360: restore the enterprise application, or make the user again."),
	},
	{
		Name: "appuser-no-application-id", Title: text.F("The row is found, and carries no Application ID"), Warnings: []catalog.Cause{catalog.AppUserNoApplicationID},
		Set:    func(t *sandbox.Tenant) { t.User.NoApplicationID, t.User.MatchedByObject = true, true },
		Lesson: text.F("Another of the article's three fields is blank."),
	},
	{
		Name: "appuser-no-application-id-uri", Title: text.F("The Application ID URI is empty"), Warnings: []catalog.Cause{catalog.AppUserNoApplicationIDURI},
		Set:    beforeConsent,
		Lesson: text.F("The article takes it for the proof of consent; today it is information."),
	},
	{
		Name: "appuser-licensed", Title: text.F("The application user has a licence"), Warnings: []catalog.Cause{catalog.AppUserLicensed},
		Set:    func(t *sandbox.Tenant) { t.User.Licensed = true },
		Lesson: text.F("A licence is for people; the application needs none."),
	},
	{
		Name: "appuser-duplicate", Title: text.F("Two application users for one application"), Cause: catalog.AppUserDuplicate,
		Set:    func(t *sandbox.Tenant) { t.User.Duplicate = true },
		Lesson: text.F("It is chance which of the two answers; one has to go."),
	},
	{
		Name: "appuser-second-deleted", Title: text.F("A deleted namesake beside it"),
		Set:    func(t *sandbox.Tenant) { t.User.SecondDeleted = true },
		Lesson: text.F("Soft-deleted rows do not count."),
	},
	{
		Name: "appuser-missing-privilege", Title: text.F("A call that the role does not allow"), Cause: catalog.AppUserMissingPrivilege,
		Set:    func(t *sandbox.Tenant) { t.Environment.Refuse = "0x80040220" },
		Lesson: text.F("0x80040220 names the privilege and the table; the role needs it at the right depth."),
	},
}
