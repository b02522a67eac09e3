package exam

import (
	"context"
	_ "embed" // the checks
	"encoding/json"
	"slices"
	"sync"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/dataverse"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// checksJSON holds the checks in the order in which their results are read: the first
// that fails is the one to repair first.
//
//go:embed checks.json
var checksJSON []byte

var checks = sync.OnceValue(func() []Check {
	var list []Check
	if err := json.Unmarshal(checksJSON, &list); err != nil {
		panic("core/exam/checks.json: " + err.Error())
	}
	for i := range list {
		list[i].functions = functionsOf[list[i].ID]
	}
	return list
})

// Checks returns the checks of an examination, in the order of its report.
func Checks() []Check { return slices.Clone(checks()) }

// functionsOf has the code of each check.
var functionsOf = map[CheckID]functions{
	CheckInputs:           {clean, judgeInputs},
	CheckClock:            {nil, judgeClock},
	CheckEnvironment:      {probe, judgeEnvironment},
	CheckTenant:           {findTenant, judgeTenant},
	CheckToken:            {acquire, judgeToken},
	CheckClaims:           {nil, judgeClaims},
	CheckWhoAmI:           {askWhoAmI, judgeWhoAmI},
	CheckWhoAmISOAP:       {askSOAP, judgeSOAP},
	CheckAppUser:          {readUser, judgeUser},
	CheckLicence:          {nil, judgeLicence},
	CheckRoles:            {nil, judgeRoles},
	CheckCredentialExpiry: {nil, judgeExpiry},
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

// findTenant asks for the tenant that was typed. Without it the environment
// names it; meanwhile the login host is greeted, so that the token costs one
// round trip and no connection.
func findTenant(ctx context.Context, s *session, known Facts) func(*Facts) {
	login := known.Connection.Cloud.Login
	if known.Connection.Tenant != "" {
		facts := entra.FindTenant(ctx, s.client, login, known.Connection.Tenant)
		return func(f *Facts) { f.Tenant = facts }
	}
	facts := entra.Prewarm(ctx, s.client, login)
	known = s.wait(CheckEnvironment)
	if known.failed(CheckEnvironment) || known.Environment.TenantID == "" {
		return func(*Facts) {}
	}
	facts = entra.FromEnvironment(facts, login, known.Environment.TenantID)
	return func(f *Facts) { f.Tenant = facts }
}

func askWhoAmI(ctx context.Context, s *session, known Facts) func(*Facts) {
	var facts dataverse.IdentityFacts
	s.settle(ctx, CheckWhoAmI, func() catalog.Cause {
		facts = dataverse.WhoAmI(ctx, s.client, withToken(known))
		known.WhoAmI = facts
		return judgeWhoAmI(known).Cause
	})
	return func(f *Facts) { f.WhoAmI = facts }
}

func askSOAP(ctx context.Context, s *session, known Facts) func(*Facts) {
	facts := dataverse.WhoAmISOAP(ctx, s.client, withToken(known))
	return func(f *Facts) { f.SOAP = facts }
}

// readUser reads the application user's row and its teams side by side, both
// in parallel with WhoAmI. Only when no row carries the application's ID does it wait for
// WhoAmI and read the row that WhoAmI named. The environment's name comes with the
// row; it is asked for by itself where it did not.
func readUser(ctx context.Context, s *session, known Facts) func(*Facts) {
	id := known.Connection.ClientID
	memberships := async(func() dataverse.TeamFacts { return dataverse.FindTeams(ctx, s.client, withToken(known), id) })
	users := dataverse.FindUser(ctx, s.client, withToken(known), id)
	teams := memberships()
	if users.OK() && len(users.Users) == 0 {
		if known = s.wait(CheckWhoAmI); known.WhoAmI.Answered() {
			named := async(func() dataverse.TeamFacts {
				return dataverse.GetTeams(ctx, s.client, withToken(known), known.WhoAmI.UserID)
			})
			users = dataverse.GetUser(ctx, s.client, withToken(known), known.WhoAmI.UserID)
			teams = named()
		}
	}
	organization := dataverse.OrganizationFacts{Name: users.Organization()}
	if organization.Name == "" && users.Err == nil {
		if known = s.wait(CheckWhoAmI); known.WhoAmI.Answered() {
			organization = dataverse.Organization(ctx, s.client, withToken(known))
		}
	}
	return func(f *Facts) { f.User, f.Organization = users.With(teams), organization }
}

// async runs f in a goroutine and returns a function that waits for its result. A panic in f
// comes out of that function, where the run catches it.
func async[T any](f func() T) (wait func() T) {
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

// withToken returns the environment with the application's bearer token.
func withToken(known Facts) dataverse.Environment {
	return dataverse.Environment{
		URL:    known.Connection.Environment,
		Bearer: &transport.Bearer{Token: known.Token.Token, Host: known.Connection.Host},
	}
}
