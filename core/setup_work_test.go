package core_test

import (
	"context"
	"errors"
	"html"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/zalando/go-keyring"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/scenario"
)

var (
	flowOfPage = regexp.MustCompile(`name="flow" value="([^"]+)"`)
	formOfPage = regexp.MustCompile(`<form method="post" action="([^"]+)"`)
)

// userAt returns a browser in which a user of the sandbox signs in.
func userAt(t *testing.T, account string) func(ctx context.Context, address string) error {
	return func(ctx context.Context, address string) error {
		go func() {
			c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
			fetch := func(method, address string, form url.Values) string {
				r, err := http.NewRequestWithContext(context.WithoutCancel(ctx), method, address, strings.NewReader(form.Encode()))
				if err != nil {
					t.Error(err)
					return ""
				}
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				resp, err := c.Do(r)
				if err != nil {
					return ""
				}
				defer resp.Body.Close()
				body, _ := io.ReadAll(resp.Body)
				return string(body)
			}
			page := fetch(http.MethodGet, address, nil)
			flow, form := flowOfPage.FindStringSubmatch(page), formOfPage.FindStringSubmatch(page)
			if flow == nil || form == nil {
				t.Errorf("no sign-in page: %s", page)
				return
			}
			base, _, _ := strings.Cut(strings.TrimPrefix(address, "http://"), "/")
			fetch(http.MethodPost, "http://"+base+html.UnescapeString(form[1]), url.Values{"flow": {flow[1]}, "account": {account}})
		}()
		return nil
	}
}

// emptyTenant starts the sandbox without a set-up.
func emptyTenant(t *testing.T) (*sandbox.Server, core.Doctor, connection.Form) {
	t.Helper()
	return startScenario(t, "setup-empty")
}

// startScenario starts the sandbox in a scenario, with its sign-in pages.
func startScenario(t *testing.T, name string) (*sandbox.Server, core.Doctor, connection.Form) {
	t.Helper()
	sc, _ := scenario.Find(name)
	s, form, err := sc.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	page := s.PageURL("https://" + sandbox.LoginHost + "/")
	return s, core.Doctor{Clouds: s.Clouds(), Transport: s.Transport(), Authority: strings.TrimSuffix(page, "/")}, form
}

// TestSetupWork goes from an empty tenant to WhoAmI with a certificate in the store,
// examines the saved connection, and undoes everything.
func TestSetupWork(t *testing.T) {
	keyring.MockInit()
	for name, c := range map[string]struct {
		want plan.Target
		file bool
	}{
		"certificate in the store": {plan.Target{Role: "Basic User"}, false},
		"certificate in a file":    {plan.Target{Role: "Basic User"}, true},
		"secret":                   {plan.Target{Role: "Basic User", Credential: plan.NewSecret}, false},
		"minimal role":             {plan.Target{Role: plan.Minimal, Privileges: []plan.Privilege{{Table: "account", Verb: "read", Depth: "org"}}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			_, doctor, form := emptyTenant(t)
			form.Kind = connection.SecretKind // as in the window's form before the user types
			dir := t.TempDir()
			store, err := profile.Open(profile.Options{Dir: dir, Clouds: doctor.Clouds})
			if err != nil {
				t.Fatal(err)
			}
			target, err := doctor.PlanTarget(form, c.want)
			if err != nil {
				t.Fatal(err)
			}
			work, err := doctor.BeginSetup(t.Context(), form, target, core.SignIn{Changes: true, Open: userAt(t, "administrator")})
			if err != nil {
				t.Fatal(err)
			}
			defer work.Close()
			roles, err := work.Roles(t.Context())
			if err != nil || len(roles) < 3 {
				t.Fatal(roles, err)
			}
			planned, err := work.Plan(t.Context(), c.want)
			if err != nil || planned.Obstructed() {
				t.Fatal(statuses(planned), err)
			}
			order := core.SetupOrder{Form: form, Journal: filepath.Join(dir, "a.journal"), Kept: core.Kept{Store: store, Name: "Contoso"}}
			if c.file {
				order.Kept.File = filepath.Join(dir, "s2s.pem")
			}
			result, err := work.Apply(t.Context(), order)
			if err != nil || !result.Plan.Complete || result.Unsaved != nil || result.Plan.Report == nil || result.Plan.Report.WhoAmI == nil {
				t.Fatal(statuses(result.Plan), err, result.Unsaved)
			}
			saved, err := store.Load(t.Context(), "Contoso")
			if err != nil || saved.SecretLocation != profile.InStore && !c.file {
				t.Fatal(saved.SecretLocation, saved.Why, err)
			}
			if report := doctor.Examine(t.Context(), saved.Form, false, nil); report.WhoAmI == nil {
				t.Errorf("the saved connection does not work: %s", report.RootCause)
			}
			back, err := work.Undo(t.Context(), order)
			if err != nil {
				t.Fatal(statuses(back.Plan), err)
			}
			if _, err := store.Load(t.Context(), "Contoso"); !errors.Is(err, profile.ErrNoProfile) {
				t.Errorf("the saved connection is still there: %v", err)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, "certificates", "*")); len(left) > 0 {
				t.Errorf("left behind: %s", left)
			}
		})
	}
}

func statuses(p plan.Plan) (list []string) {
	for _, s := range p.Steps {
		list = append(list, string(s.ID)+"="+string(s.Status)+" "+s.Reason.String())
	}
	return list
}

// TestSetupIsRefusedBeforeAnything guards that a credential that cannot be stored, or a
// name that exists, changes nothing.
func TestSetupIsRefusedBeforeAnything(t *testing.T) {
	keyring.MockInitWithError(errors.New("no store"))
	defer keyring.MockInit()
	s, doctor, form := emptyTenant(t)
	dir := t.TempDir()
	store, err := profile.Open(profile.Options{Dir: dir, Clouds: doctor.Clouds})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Save(t.Context(), "Taken", form); err != nil {
		t.Fatal(err)
	}
	target, err := doctor.PlanTarget(form, plan.Target{Role: "Basic User"})
	if err != nil {
		t.Fatal(err)
	}
	work, err := doctor.BeginSetup(t.Context(), form, target, core.SignIn{Changes: true, Open: userAt(t, "administrator")})
	if err != nil {
		t.Fatal(err)
	}
	defer work.Close()
	for name, c := range map[string]struct {
		kept  core.Kept
		cause catalog.Cause // of the step; "" for a name that exists
	}{
		"no place": {core.Kept{}, catalog.InputNoStore},
		"no store": {core.Kept{Store: store, Name: "Contoso"}, catalog.InputNoStore},
		"taken":    {core.Kept{Store: store, Name: "taken", File: filepath.Join(dir, "x.pem")}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			result, err := work.Apply(t.Context(), core.SetupOrder{Form: form, Journal: filepath.Join(dir, name+".journal"), Kept: c.kept})
			var refused *core.KeepError
			switch step := result.Plan.Step(plan.Credential); {
			case c.cause == "" && !errors.As(err, &refused):
				t.Errorf("got %v", err)
			case c.cause != "" && (err != nil || step.Status != plan.Blocked || step.Cause != c.cause):
				t.Errorf("%s %s, %v", step.Status, step.Cause, err)
			}
			for _, r := range s.Requests() {
				if r.Method != http.MethodGet && r.Host != sandbox.LoginHost {
					t.Errorf("%s %s", r.Method, r.Path)
				}
			}
		})
	}
}

// TestSetupMeetsTheAllowList guards that an environment which admits only listed programs
// leads to another client ID.
func TestSetupMeetsTheAllowList(t *testing.T) {
	s, doctor, form := emptyTenant(t)
	s.Configure(func(t *sandbox.Tenant) { t.Environment.AppAccessControl = true })
	target, err := doctor.PlanTarget(form, plan.Target{})
	if err != nil {
		t.Fatal(err)
	}
	work, err := doctor.BeginSetup(t.Context(), form, target, core.SignIn{Open: userAt(t, "administrator")})
	if err != nil {
		t.Fatal(err)
	}
	defer work.Close()
	_, err = work.Plan(t.Context(), plan.Target{})
	var refused *admin.Error
	if !errors.As(err, &refused) || refused.Code != "0x80095ffc" {
		t.Fatalf("got %v", err)
	}
	want := []admin.Way{admin.ByAllowList, admin.ByOwnClient, admin.ByAnotherClient, admin.ByAzureCLI, admin.ByScript}
	if diff := cmp.Diff(want, refused.Next); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
