package setup_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
	"github.com/s2sdoctor/s2sdoctor/core/xray"
)

// secretForm returns the form of the sandbox's application with its secret, and sets the
// hint that Graph shows of it.
func (p *practice) secretForm() connection.Form {
	form := connection.Form{Environment: sandbox.Environment, Tenant: sandbox.TenantID, ClientID: sandbox.ClientID, RedirectURI: sandbox.RedirectURI, Secret: p.server.Credential().Secret}
	form.Secret.Use(func(plain string) { p.held = setup.Held{Hint: plain[:3]} })
	return form
}

func (p *practice) picture() xray.Picture {
	p.Helper()
	seen, err := p.run().Picture(p.Context(), p.held)
	if err != nil {
		p.Fatal(err)
	}
	return seen
}

// TestPictureOfGuide guards what an administrator's sign-in shows at the guide's steps,
// for each fault of the tenant.
func TestPictureOfGuide(t *testing.T) {
	for name, c := range map[string]struct {
		set  func(*sandbox.Tenant)
		want map[guide.StepID]catalog.Cause // "" and absent: correct
	}{
		"healthy":               {nil, nil},
		"secret expired":        {func(t *sandbox.Tenant) { t.Application.SecretExpired = true }, map[guide.StepID]catalog.Cause{guide.Register: catalog.SecretExpired}},
		"application off":       {func(t *sandbox.Tenant) { t.Application.Disabled = true }, map[guide.StepID]catalog.Cause{guide.Register: catalog.ApplicationDisabled}},
		"user disabled":         {func(t *sandbox.Tenant) { t.User.Disabled = true }, map[guide.StepID]catalog.Cause{guide.User: catalog.AppUserDisabled}},
		"user duplicate":        {func(t *sandbox.Tenant) { t.User.Duplicate = true }, map[guide.StepID]catalog.Cause{guide.User: catalog.AppUserDuplicate}},
		"user soft-deleted":     {func(t *sandbox.Tenant) { t.User.Deleted = true }, map[guide.StepID]catalog.Cause{guide.User: catalog.AppUserMissing}},
		"other object ID":       {func(t *sandbox.Tenant) { t.User.OtherObjectID = true }, map[guide.StepID]catalog.Cause{guide.User: catalog.AppUserWrongObjectID}},
		"no role":               {func(t *sandbox.Tenant) { t.User.NoRole = true }, map[guide.StepID]catalog.Cause{guide.Role: catalog.AppUserNoRole}},
		"role by team":          {func(t *sandbox.Tenant) { t.User.RoleByTeam = true }, nil},
		"administrator by team": {func(t *sandbox.Tenant) { t.User.AdministratorByTeam = true }, map[guide.StepID]catalog.Cause{guide.Role: catalog.RoleSystemAdministrator}},
		"licensed":              {func(t *sandbox.Tenant) { t.User.Licensed = true }, map[guide.StepID]catalog.Cause{guide.Licence: catalog.AppUserLicensed}},
		"no redirect URI":       {func(t *sandbox.Tenant) { t.Application.NoRedirectURI = true }, map[guide.StepID]catalog.Cause{guide.ConsentURL: catalog.ConsentNoReplyAddress}},
		"other redirect":        {func(t *sandbox.Tenant) { t.Application.RedirectURIs = []string{"https://app.contoso.example/signin"} }, map[guide.StepID]catalog.Cause{guide.ConsentURL: catalog.ConsentRedirectMismatch}},
		"not consented":         {func(t *sandbox.Tenant) { t.Application.NotConsented, t.User.NoApplicationIDURI = true, true }, map[guide.StepID]catalog.Cause{guide.Consent: catalog.ConsentMissing, guide.ApplicationIDURI: catalog.AppUserNoApplicationIDURI}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := begun(t, c.set, func(t *plan.Target) { adopted(t); t.Classic, t.Given = true, connection.SecretKind })
			p.secretForm()
			changes := p.server.Changes()
			got := map[guide.StepID]catalog.Cause{}
			for id, seen := range p.picture().Guide(p.target) {
				if seen.Cause != "" {
					got[id] = seen.Cause
				}
			}
			want := c.want
			if want == nil {
				want = map[guide.StepID]catalog.Cause{}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if p.server.Changes() != changes {
				t.Error("reading changes something")
			}
		})
	}
}

// TestPictureSettlesGuide guards that an administrator's sign-in proves a step which
// could not be read before, and removes a wrong tick.
func TestPictureSettlesGuide(t *testing.T) {
	p := begun(t, func(t *sandbox.Tenant) { t.User.Disabled, t.User.NoRole = true, true }, func(t *plan.Target) { adopted(t); t.Given = connection.SecretKind })
	form := p.secretForm()
	report := exam.Run(t.Context(), form, exam.Options{Clouds: p.server.Clouds(), Transport: p.transport()})
	steps := func(seen map[guide.StepID]guide.Seen) map[guide.StepID]guide.State {
		states := map[guide.StepID]guide.State{}
		for _, s := range (guide.Input{Report: &report, Ticks: map[guide.StepID]bool{guide.Role: true}, Seen: seen}).Evaluate(guide.Classic) {
			states[s.Step.ID] = s.State
		}
		return states
	}
	blind, sees := steps(nil), steps(p.picture().Guide(p.target))
	if blind[guide.Licence] == guide.Done || sees[guide.Licence] != guide.Done {
		t.Errorf("licence: %s without, %s with", blind[guide.Licence], sees[guide.Licence])
	}
	if blind[guide.Role] != guide.Ticked || sees[guide.Role] != guide.Broken {
		t.Errorf("role: %s without, %s with", blind[guide.Role], sees[guide.Role])
	}
}

// TestPictureFillsReport guards that the checks which an application cannot do get a
// result, that the root cause stays, and that the expiry of the secret is known.
func TestPictureFillsReport(t *testing.T) {
	p := begun(t, func(t *sandbox.Tenant) { t.User.Disabled, t.User.Licensed = true, true }, func(t *plan.Target) { adopted(t); t.Given = connection.SecretKind })
	form := p.secretForm()
	before := exam.Run(t.Context(), form, exam.Options{Clouds: p.server.Clouds(), Transport: p.transport()})
	after := p.picture().Report(before, p.target)
	if after.RootCause != before.RootCause || before.RootCause != catalog.AppUserDisabled {
		t.Errorf("root cause: %s, then %s", before.RootCause, after.RootCause)
	}
	for id, want := range map[exam.CheckID]exam.Status{
		exam.CheckCredentialExpiry: exam.Pass, exam.CheckAppUser: exam.Fail, exam.CheckRoles: exam.Pass, exam.CheckLicence: exam.Warn,
	} {
		was, _ := before.Check(id)
		if got, _ := after.Check(id); got.Status != want || was.Status != exam.Skip && was.Status != exam.Manual {
			t.Errorf("%s: %s, then %s, want %s", id, was.Status, got.Status, want)
		}
	}
	expiry, _ := after.Check(exam.CheckCredentialExpiry)
	if len(expiry.Evidence.Facts) == 0 || !strings.HasPrefix(expiry.Evidence.Facts[0].Value.String(), "20") {
		t.Errorf("the end of the secret: %+v", expiry.Evidence.Facts)
	}
}

// TestPictureOfOthers guards a secret that the registration does not have, an
// administrator without rights, and federated credentials.
func TestPictureOfOthers(t *testing.T) {
	p := begun(t, nil, func(t *plan.Target) { adopted(t); t.Given = connection.SecretKind })
	p.held = setup.Held{Hint: "???"}
	if cause := p.picture().Guide(p.target)[guide.Register].Cause; cause != catalog.SecretWrong {
		t.Errorf("another secret: %q", cause)
	}
	p.name = sandbox.Maker
	if rights := p.picture().Rights; rights["prvCreateUser"] || !rights["prvReadRole"] {
		t.Errorf("rights of one who administers nothing: %v", rights)
	}
	p.name = sandbox.EntraAdministrator
	seen := p.picture()
	if _, known := seen.Guide(p.target)[guide.User]; known || seen.Registration == nil {
		t.Error("an administrator of Entra sees the registration, and no user")
	}
	p.name, p.target.Given = sandbox.Administrator, connection.FederatedKind
	token := xray.Federated{Issuer: sandbox.GitHubIssuer, Subject: strings.ToUpper(sandbox.GitHubSubject), Audiences: []string{sandbox.Exchange}}
	found := xray.Compare(token, p.picture().Registration.Federated)
	if found.Cause != catalog.FederationSubject || found.Closest.Subject != sandbox.GitHubSubject || found.At != 0 {
		t.Errorf("%+v", found)
	}
}
