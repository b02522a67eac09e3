package scenario

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

var token = []Scenario{
	{
		Name: "token-resource-not-found", Title: text.F("Entra does not know the environment as a resource"), Cause: catalog.TokenResourceNotFound,
		Set:    func(t *sandbox.Tenant) { t.Login.Refuse = 500011 },
		Lesson: text.F("AADSTS500011: the address is mistyped, or the directory has no Dataverse."),
	},
	{
		Name: "token-resource-disabled", Title: text.F("The subscription for Dataverse has lapsed"), Cause: catalog.TokenResourceDisabled,
		Set:    func(t *sandbox.Tenant) { t.Directory.Lapsed = true },
		Lesson: text.F("AADSTS500014: the resource itself is disabled in this directory."),
	},
	{
		Name: "token-scope", Title: text.F("Entra does not like the scope"), Cause: catalog.TokenScope,
		Set:    func(t *sandbox.Tenant) { t.Login.Refuse = 1002012 },
		Lesson: text.F("Client credentials ask for everything at once: the environment's address and /.default."),
	},
	{
		Name: "token-for-graph", Title: text.F("The token is for Microsoft Graph"), Cause: catalog.TokenAudience,
		Set:    func(t *sandbox.Tenant) { t.Token.Audience = "https://" + sandbox.GraphHost },
		Lesson: text.F("A token is for one resource; aud names it."),
	},
	{
		Name: "token-of-a-user", Title: text.F("The token belongs to a user"), Cause: catalog.TokenIsUserToken,
		Set:    func(t *sandbox.Tenant) { t.Token.User = true },
		Lesson: text.F("scp in a token means that it belongs to a user, not to the application."),
	},
	{
		Name: "token-expired", Title: text.F("The token had ended before it came"), Cause: catalog.TokenExpired,
		Set:    func(t *sandbox.Tenant) { t.Token.Expired = true },
		Lesson: text.F("A cache between here and Entra hands out old tokens."),
	},
	{
		Name: "token-foreign-tenant", Title: text.F("The token comes from another tenant"), Cause: catalog.EnvironmentWrongTenant,
		Set:    func(t *sandbox.Tenant) { t.Token.Foreign = true },
		Lesson: text.F("tid in the token and the tenant in the environment's challenge have to be the same."),
	},
	{
		Name: "token-refused", Title: text.F("Dataverse does not accept a token that looks right"), Cause: "unknown",
		Set:    func(t *sandbox.Tenant) { t.Environment.NotAccepting = true },
		Lesson: text.F("Where the evidence does not decide, the answer states this, with everything that is needed to ask for help."),
	},
	{
		Name: "entra-unknown-code", Title: text.F("Entra refuses with an unknown code"), Cause: "unknown",
		Set:    func(t *sandbox.Tenant) { t.Login.Refuse = 999888 },
		Lesson: text.F("An unknown code is shown as it came."),
	},
	{
		Name: "entra-older-wording", Title: text.F("Entra answers as it used to"), Cause: catalog.SecretExpired,
		Set: func(t *sandbox.Tenant) {
			t.Application.SecretExpired, t.Login.CRLF, t.Login.NoCodes = true, true, true
		},
		Lesson: text.F("The code is in the text too, for answers that list none."),
	},
	{
		Name: "environment-of-another-cloud", Title: text.F("An environment of another cloud, and this tenant"), Cause: catalog.TenantNotFound,
		Form: func(f *connection.Form) {
			f.Environment, f.Tenant = "https://"+sandbox.GovEnvironmentHost, sandbox.TenantID
		},
		Lesson: text.F("The environment's cloud decides who is asked, and that cloud does not know the tenant."),
	},
}
