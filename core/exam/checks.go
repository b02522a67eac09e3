package exam

import (
	"context"
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/dataverse"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// Checks is the examination, in the order in which its results are read: the
// first that fails is the one to mend first.
func Checks() []Check {
	return []Check{
		{
			ID: "inputs", Title: text.F("The form can be used as it stands"), Owner: catalog.OwnerWhoeverFillsInTheForm,
			Gather: clean, Judge: judgeInputs,
		},
		{
			ID: "clock", Title: text.F("This computer's clock is right"), Owner: catalog.OwnerAdministratorOfThisComputer,
			JudgeAfter: []string{"environment", "tenant", "token", "whoami"}, Network: true,
			Judge: judgeClock,
		},
		{
			ID: "environment", Title: text.F("The environment answers as Dataverse"), Owner: catalog.OwnerNetworkAdministrator,
			DependsOn: []string{"inputs"}, Network: true,
			Gather: probe, Judge: judgeEnvironment,
		},
		{
			ID: "tenant", Title: text.F("The tenant exists, and it is the environment's own"), Owner: catalog.OwnerWhoeverFillsInTheForm,
			DependsOn: []string{"inputs"}, JudgeAfter: []string{"environment"}, Network: true,
			Gather: findTenant, Judge: judgeTenant,
		},
		{
			ID: "token", Title: text.F("Entra gives the application a token"), Owner: catalog.OwnerEntraApplicationOwner,
			DependsOn: []string{"tenant"}, Network: true,
			Gather: acquire, Judge: judgeToken,
		},
		{
			ID: "claims", Title: text.F("The token is for this environment and this application"), Owner: catalog.OwnerEntraApplicationOwner,
			DependsOn: []string{"token"}, Network: true,
			Judge: judgeClaims,
		},
		{
			ID: "whoami", Title: text.F("Dataverse answers WhoAmI"), Owner: catalog.OwnerDataverseAdministrator,
			DependsOn: []string{"token", "environment"}, Network: true,
			Gather: askWhoAmI, Judge: judgeWhoAmI,
		},
		{
			ID: "whoami-soap", Title: text.F("The Organization Service gives the same answer"), Owner: catalog.OwnerDataverseAdministrator,
			DependsOn: []string{"token", "environment"}, JudgeAfter: []string{"whoami"}, Network: true,
			Gather: askSOAP, Judge: judgeSOAP,
		},
		{
			ID: "appuser", Title: text.F("The application user is complete: Application ID, Application ID URI, Entra object ID, enabled"),
			Owner: catalog.OwnerDataverseAdministrator, DependsOn: []string{"token", "environment"}, JudgeAfter: []string{"whoami"}, Network: true,
			Gather: readUser, Judge: judgeUser,
		},
		{
			ID: "licence", Title: text.F("The application user has no licence"), Owner: catalog.OwnerDataverseAdministrator,
			DependsOn: []string{"token", "environment"}, JudgeAfter: []string{"appuser"}, Network: true,
			Judge: judgeLicence,
		},
		{
			ID: "roles", Title: text.F("It has a security role, and not System Administrator"), Owner: catalog.OwnerDataverseAdministrator,
			DependsOn: []string{"token", "environment"}, JudgeAfter: []string{"appuser"}, Network: true,
			Judge: judgeRoles,
		},
		{
			ID: "credential-expiry", Title: text.F("The credential lasts another 30 days"), Owner: catalog.OwnerEntraApplicationOwner,
			DependsOn: []string{"inputs"}, JudgeAfter: []string{"environment", "tenant"},
			Judge: judgeExpiry,
		},
	}
}

func clean(ctx context.Context, s *session, known Facts) func(*Facts) {
	c, notes, problems := s.form.CleanContext(ctx, s.clouds, known.Now)
	// The form may hold blanks around the secret; hide what is really sent too.
	s.client.AddSecret(c.Credential.Secret)
	s.client.AddSecret(c.Credential.Federation.RequestToken)
	problems = append(slices.Clone(s.source), problems...)
	return func(f *Facts) { f.Connection, f.Notes, f.Problems = c, notes, problems }
}

// besideWhoAmI is how many requests are sent together with WhoAmI: the
// Organization Service's, and those for the application user and its teams. Over
// HTTP/1.1 each needs a connection, and one environment gets four at most (rule
// NE-10).
const besideWhoAmI = 3

// probe also opens the connections for the requests that the token makes
// possible: the token takes as long as they do.
func probe(ctx context.Context, s *session, known Facts) func(*Facts) {
	facts := dataverse.Probe(transport.WithConnectionsAhead(ctx, besideWhoAmI), s.client, known.Connection.Environment)
	var control entra.TenantFacts
	if facts.Err.NoSuchHost() {
		control = entra.Prewarm(ctx, s.client, known.Connection.Cloud.Login)
	}
	return func(f *Facts) { f.Environment, f.Control = facts, control }
}

// findTenant asks for the tenant that was typed. Where none was, the environment
// names it; meanwhile the login host is greeted, so that the token costs one
// round trip and no connection.
func findTenant(ctx context.Context, s *session, known Facts) func(*Facts) {
	login := known.Connection.Cloud.Login
	if known.Connection.Tenant != "" {
		facts := entra.FindTenant(ctx, s.client, login, known.Connection.Tenant)
		return func(f *Facts) { f.Tenant = facts }
	}
	facts := entra.Prewarm(ctx, s.client, login)
	known = s.wait("environment")
	if known.failed("environment") || known.Environment.TenantID == "" {
		return func(*Facts) {}
	}
	facts = entra.FromEnvironment(facts, login, known.Environment.TenantID)
	return func(f *Facts) { f.Tenant = facts }
}

func askWhoAmI(ctx context.Context, s *session, known Facts) func(*Facts) {
	var facts dataverse.IdentityFacts
	s.settle(ctx, "whoami", func() catalog.Cause {
		facts = dataverse.WhoAmI(ctx, s.client, as(known))
		known.WhoAmI = facts
		return judgeWhoAmI(known).Cause
	})
	return func(f *Facts) { f.WhoAmI = facts }
}

func askSOAP(ctx context.Context, s *session, known Facts) func(*Facts) {
	facts := dataverse.WhoAmISOAP(ctx, s.client, as(known))
	return func(f *Facts) { f.SOAP = facts }
}

// readUser reads the application user's row and its teams side by side, both
// beside WhoAmI. Only when no row carries the application's ID does it wait for
// WhoAmI and read the row that WhoAmI named. The environment's name comes with the
// row; it is asked for by itself where it did not.
func readUser(ctx context.Context, s *session, known Facts) func(*Facts) {
	id := known.Connection.ClientID
	memberships := beside(func() dataverse.TeamFacts { return dataverse.FindTeams(ctx, s.client, as(known), id) })
	users := dataverse.FindUser(ctx, s.client, as(known), id)
	teams := memberships()
	if users.OK() && len(users.Users) == 0 {
		if known = s.wait("whoami"); known.WhoAmI.Answered() {
			named := beside(func() dataverse.TeamFacts { return dataverse.GetTeams(ctx, s.client, as(known), known.WhoAmI.UserID) })
			users = dataverse.GetUser(ctx, s.client, as(known), known.WhoAmI.UserID)
			teams = named()
		}
	}
	organization := dataverse.OrganizationFacts{Name: users.Organization()}
	if organization.Name == "" && users.Err == nil {
		if known = s.wait("whoami"); known.WhoAmI.Answered() {
			organization = dataverse.Organization(ctx, s.client, as(known))
		}
	}
	return func(f *Facts) { f.User, f.Organization = users.With(teams), organization }
}

// beside starts f and gives a function that waits for its result. A panic in f
// comes out of that function, where the run catches it.
func beside[T any](f func() T) (wait func() T) {
	var result T
	var panicked *crash.Panic
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { panicked = crash.Caught(recover()) }()
		result = f()
	}()
	return func() T {
		<-done
		if panicked != nil {
			panic(panicked)
		}
		return result
	}
}

// as is the environment seen by the application.
func as(known Facts) dataverse.Environment {
	return dataverse.Environment{
		URL:    known.Connection.Environment,
		Bearer: &transport.Bearer{Token: known.Token.Token, Host: known.Connection.Host},
	}
}
