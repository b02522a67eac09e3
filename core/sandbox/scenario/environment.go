package scenario

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

var environment = []Scenario{
	{
		Name: "environment-gone", Title: text.F("There is no environment behind the address"), Cause: catalog.EnvironmentNotFound,
		Set:    func(t *sandbox.Tenant) { t.Environment.Gone = true },
		Lesson: text.F("It was renamed or deleted; the admin center shows the address of today."),
	},
	{
		Name: "environment-mistyped", Title: text.F("A letter too many in the address"), Cause: catalog.EnvironmentNotFound,
		Form:   func(f *connection.Form) { f.Environment = "https://" + sandbox.MistypedHost },
		Lesson: text.F("The host answers, and no organisation is there."),
	},
	{
		Name: "environment-no-such-host", Title: text.F("The address does not resolve"), Cause: catalog.EnvironmentNotFound,
		Set:    func(t *sandbox.Tenant) { t.Environment.NoSuchHost = true },
		Lesson: text.F("Other names resolve, so it is the address and not the network."),
	},
	{
		Name: "environment-not-dataverse", Title: text.F("Something else is at the address"), Cause: catalog.EnvironmentNotDataverse,
		Set:    func(t *sandbox.Tenant) { t.Environment.NotDataverse = true },
		Lesson: text.F("Every environment answers a caller without a token with a challenge of its own kind."),
	},
	{
		Name: "environment-no-challenge", Title: text.F("A refusal without a challenge"), Cause: catalog.EnvironmentNotDataverse,
		Set:    func(t *sandbox.Tenant) { t.Environment.NoChallenge = true },
		Lesson: text.F("Without the challenge the environment's tenant is unknown, and nothing is guessed."),
	},
	{
		Name: "environment-foreign-authority", Title: text.F("The challenge names a stranger as the place for tokens"), Cause: catalog.EnvironmentNotDataverse,
		Set:    func(t *sandbox.Tenant) { t.Environment.Authority = "login.tokens.example" },
		Lesson: text.F("A secret goes to Microsoft's login hosts and nowhere else, whatever an answer contains."),
	},
	{
		Name: "environment-wrong-cloud", Title: text.F("The environment gets its tokens in another cloud"), Cause: catalog.EnvironmentWrongCloud,
		Set:    func(t *sandbox.Tenant) { t.Environment.Authority = sandbox.GovLoginHost },
		Lesson: text.F("The challenge shows the cloud before a secret leaves."),
	},
	{
		Name: "environment-of-another-company", Title: text.F("The environment belongs to another company"), Cause: catalog.EnvironmentWrongTenant,
		Set:    func(t *sandbox.Tenant) { t.Environment.Foreign = true },
		Form:   func(f *connection.Form) { f.Tenant = sandbox.TenantID },
		Lesson: text.F("The tenant typed and the tenant that owns the environment are two."),
	},
	{
		Name: "environment-of-another-company-undeclared", Title: text.F("Another company's environment, and no tenant typed"), Cause: catalog.ApplicationNotFound,
		Form:   func(f *connection.Form) { f.Environment = "https://" + sandbox.ForeignEnvironmentHost },
		Lesson: text.F("The discovered tenant does not know the application: it is another company's."),
	},
	{
		Name: "environment-disabled", Title: text.F("The organisation is disabled"), Cause: catalog.EnvironmentDisabled,
		Set:    func(t *sandbox.Tenant) { t.Environment.Disabled = true },
		Lesson: text.F("A trial that ended, or storage that is full: the admin center shows which."),
	},
	{
		Name: "environment-admin-mode", Title: text.F("Administration mode is on"), Cause: catalog.EnvironmentDisabled,
		Set:    func(t *sandbox.Tenant) { t.Environment.AdminMode = true },
		Lesson: text.F("Only System Administrators and System Customizers may enter until it is off."),
	},
	{
		Name: "policy-app-access-control", Title: text.F("The application is not on the environment's list"), Cause: catalog.PolicyAppAccessControl,
		Set:    func(t *sandbox.Tenant) { t.Environment.AppAccessControl = true },
		Lesson: text.F("0x80095ffc: client app access control is on, and this application was not allowed."),
	},
	{
		Name: "policy-ip-firewall", Title: text.F("The IP firewall keeps this computer out"), Cause: catalog.PolicyIpFirewall,
		Set:    func(t *sandbox.Tenant) { t.Environment.IPFirewall = true },
		Lesson: text.F("0x80095ffe: the address that the service sees is outside the allowed ranges."),
	},
	{
		Name: "service-throttled", Title: text.F("Dataverse is busy and stays so"), Cause: catalog.ServiceThrottled,
		Set: func(t *sandbox.Tenant) {
			t.Environment.Throttled, t.Environment.RetryAfter = sandbox.Always, 5*time.Minute
		},
		Lesson: text.F("Retry-After states how long; whether to wait longer than half a minute is your decision."),
	},
	{
		Name: "service-throttled-until-a-date", Title: text.F("Busy until a given moment"), Cause: catalog.ServiceThrottled,
		Set: func(t *sandbox.Tenant) {
			t.Environment.Throttled, t.Environment.RetryAfter, t.Environment.RetryAfterDate = sandbox.Always, 10*time.Minute, true
		},
		Lesson: text.F("Retry-After may be a date."),
	},
	{
		Name: "service-unavailable", Title: text.F("Dataverse is not available"), Cause: catalog.ServiceUnavailable,
		Set: func(t *sandbox.Tenant) {
			t.Environment.Unavailable, t.Environment.RetryAfter = sandbox.Always, 5*time.Minute
		},
		Lesson: text.F("Nothing here can fix it; see the service's health page."),
	},
	{
		Name: "entra-unavailable", Title: text.F("Entra is not available"), Cause: catalog.ServiceUnavailable,
		Set: func(t *sandbox.Tenant) {
			t.Login.Unavailable, t.Login.Service.RetryAfter = sandbox.Always, 5*time.Minute
		},
		Lesson: text.F("A 503 of the login host proves nothing about the credential."),
	},
	{
		Name: "entra-throttled", Title: text.F("Entra is busy and stays so"), Cause: catalog.ServiceThrottled,
		Set:    func(t *sandbox.Tenant) { t.Login.Throttled, t.Login.Service.RetryAfter = sandbox.Always, 5*time.Minute },
		Lesson: text.F("Somebody asks for tokens too often: keep them until they end."),
	},
	{
		Name: "soap-down", Title: text.F("The Organization Service does not answer"), Warnings: []catalog.Cause{catalog.ServiceUnavailable},
		Set:    func(t *sandbox.Tenant) { t.Environment.SOAPDown = true },
		Lesson: text.F("The Web API works; programs of the older kind do not."),
	},
	{
		Name: "soap-differs", Title: text.F("The two services disagree about who is asking"), Cause: "unknown",
		Set:    func(t *sandbox.Tenant) { t.Environment.SOAPDiffers = true },
		Lesson: text.F("One of the two answers comes from something in between."),
	},
	{
		Name: "dataverse-unknown-code", Title: text.F("Dataverse refuses with an unknown code"), Cause: "unknown",
		Set:    func(t *sandbox.Tenant) { t.Environment.Refuse = "0x8FFFFFF0" },
		Lesson: text.F("An unknown code is shown as it came, with the ids that support asks for."),
	},
}
