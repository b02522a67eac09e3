package scenario

import (
	"net/http"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// setup are tenants in which nothing is set up yet, for an administrator to do it.
var setup = []Scenario{
	{
		Name: "setup-empty", Title: text.F("Nothing is set up yet"), Cause: catalog.InputClientID,
		Set: nothing(nil), Form: noApplication,
		Lesson: text.F("An administrator can have everything made from here: the registration, its credential, the application user and its role."),
	},
	{
		Name: "setup-copying", Title: text.F("Nothing is set up, and Microsoft takes a while to copy what is made"), Cause: catalog.InputClientID,
		Set: nothing(func(t *sandbox.Tenant) {
			t.Replication = sandbox.Replication{Principal: 2, Token: 1, Secret: 1, User: 2, Read: 1}
		}),
		Form:   noApplication,
		Lesson: text.F("What was made a moment ago is not known everywhere: each step is tried again until it is."),
	},
	{
		Name: "setup-cut", Title: text.F("Nothing is set up, and connections break after a change"), Cause: catalog.InputClientID,
		Set: nothing(func(t *sandbox.Tenant) { t.Interrupt = sandbox.Interruption{Every: true, After: true} }), Form: noApplication,
		Lesson: text.F("A response that is lost does not mean that nothing was made: it is looked for before the request is repeated."),
	},
	{
		Name: "setup-busy", Title: text.F("Nothing is set up, and changes are answered with 503"), Cause: catalog.InputClientID,
		Set: nothing(func(t *sandbox.Tenant) {
			t.Interrupt = sandbox.Interruption{Every: true, Status: http.StatusServiceUnavailable}
		}),
		Form:   noApplication,
		Lesson: text.F("A busy service may have made the change all the same."),
	},
	{
		Name: "setup-throttled", Title: text.F("Nothing is set up, and changes are answered with 429"), Cause: catalog.InputClientID,
		Set: nothing(func(t *sandbox.Tenant) {
			t.Interrupt = sandbox.Interruption{Every: true, Status: http.StatusTooManyRequests}
		}),
		Form:   noApplication,
		Lesson: text.F("Too many requests: the same one is sent again a little later."),
	},
	{
		Name: "setup-no-secrets", Title: text.F("Nothing is set up, and a policy forbids client secrets"), Cause: catalog.InputClientID,
		Set: nothing(func(t *sandbox.Tenant) { t.Directory.SecretsForbidden = true }), Form: noApplication,
		Lesson: text.F("A certificate needs no exception from the policy."),
	},
	{
		Name: "setup-short-lifetimes", Title: text.F("Nothing is set up, and a policy limits credentials to 30 days"), Cause: catalog.InputClientID,
		Set: nothing(func(t *sandbox.Tenant) { t.Directory.SecretLife = 30 * 24 * time.Hour }), Form: noApplication,
		Lesson: text.F("The limit cannot be read, only met: a shorter lifetime is asked for until one is accepted."),
	},
	{
		Name: "setup-administrators-register", Title: text.F("Nothing is set up, and users may not register applications"), Cause: catalog.InputClientID,
		Set: nothing(func(t *sandbox.Tenant) { t.Directory.AdminsRegisterOnly = true }), Form: noApplication,
		Lesson: text.F("The registration is for an administrator of applications, the rest for one of the environment."),
	},
	{
		Name: "setup-two-business-units", Title: text.F("Nothing is set up in an environment with two business units"), Cause: catalog.InputClientID,
		Set: nothing(func(t *sandbox.Tenant) { t.Environment.ChildUnit = true }), Form: noApplication,
		Lesson: text.F("Every business unit has its own copy of a role; a user gets the one of its own unit."),
	},
}

// nothing takes the application and its user away, and changes the tenant.
func nothing(change func(*sandbox.Tenant)) func(*sandbox.Tenant) {
	return func(t *sandbox.Tenant) {
		t.Application.Missing, t.User.Missing = true, true
		if change != nil {
			change(t)
		}
	}
}

func noApplication(f *connection.Form) {
	f.ClientID, f.Secret = "", secret.Value{}
}
