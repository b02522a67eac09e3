package core_test

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// throughProxy are the scenarios with another cause for a program that uses the proxy:
// the proxy resolves names and connects, and reports both failures alike.
var throughProxy = map[string]catalog.Cause{
	"network-dns":              "network.refused",
	"network-login-dns":        "network.refused",
	"environment-no-such-host": "network.refused",
}

// TestServedScenarios guards that other programs meet the same faults, under both sets of
// names.
func TestServedScenarios(t *testing.T) {
	for _, style := range []struct {
		name      string
		microsoft bool
	}{{"sandbox", false}, {"microsoft", true}} {
		for _, scenario := range race.Sample(core.Scenarios(), 10) {
			t.Run(style.name+"/"+scenario.Name, func(t *testing.T) {
				if strings.HasPrefix(scenario.Name, "identity-") || scenario.Name == "healthy-managed-identity" {
					t.Skip("another program finds the endpoint by variables of its process: TestServedIdentity")
				}
				t.Parallel()
				served, err := core.ServeSandbox(core.ServeOptions{Scenario: scenario.Name, MicrosoftNames: style.microsoft})
				if err != nil {
					t.Fatal(err)
				}
				defer served.Close()
				form := served.Form
				if form.Tenant == "" {
					form.Tenant = served.TenantID // as in the printed variables
				}
				limit := 20 * time.Second
				if scenario.Slow {
					limit = 2 * time.Second
				}
				ctx, cancel := context.WithTimeout(t.Context(), limit)
				defer cancel()
				doctor := core.Doctor{Clouds: core.CloudsFor(form), Transport: asOtherProgram(t, served)}
				r := doctor.Examine(ctx, form, false, nil)
				want, differs := throughProxy[scenario.Name]
				if !differs {
					want = scenario.Cause
				}
				if r.RootCause != want {
					t.Errorf("root cause: got %q, want %q\n%s", r.RootCause, want, story(r))
				}
			})
		}
	}
}

// onAppService are the scenarios with another cause on App Service, which has the same
// message for no identity and for several.
var onAppService = map[string]catalog.Cause{"identity-unassigned": catalog.IdentityAmbiguous}

// TestServedIdentity guards that other programs find the endpoint through the printed
// variables, and call it without the proxy.
func TestServedIdentity(t *testing.T) {
	for _, microsoft := range []bool{false, true} {
		for _, scenario := range core.Scenarios() {
			if !strings.HasPrefix(scenario.Name, "identity-") && scenario.Name != "healthy-managed-identity" {
				continue
			}
			t.Run(fmt.Sprint(scenario.Name, " ", microsoft), func(t *testing.T) {
				served, err := core.ServeSandbox(core.ServeOptions{Scenario: scenario.Name, MicrosoftNames: microsoft})
				if err != nil {
					t.Fatal(err)
				}
				defer served.Close()
				for name, value := range served.IdentityVariables() {
					t.Setenv(name, value)
				}
				doctor := core.Doctor{Clouds: core.CloudsFor(served.Form), Transport: asOtherProgram(t, served)}
				r := doctor.Examine(t.Context(), served.Form, false, nil)
				want, differs := onAppService[scenario.Name]
				if !differs {
					want = scenario.Cause
				}
				if r.RootCause != want {
					t.Errorf("root cause: got %q, want %q\n%s", r.RootCause, want, story(r))
				}
			})
		}
	}
}

// asOtherProgram reaches the sandbox only with the variables that serve prints.
func asOtherProgram(t *testing.T, served *core.ServedSandbox) transport.Options {
	t.Helper()
	raw, err := os.ReadFile(served.CertificateFile)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(raw) {
		t.Fatal("the file holds no certificate")
	}
	return transport.Options{
		Roots: roots,
		Proxy: func(*url.URL) (*url.URL, error) { return served.Proxy, nil },
		Wait:  func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	}
}

func TestServeUnknownScenario(t *testing.T) {
	_, err := core.ServeSandbox(core.ServeOptions{Scenario: "nothing-of-the-kind"})
	var unknown *core.UnknownScenarioError
	if !errors.As(err, &unknown) || unknown.Name != "nothing-of-the-kind" {
		t.Error(err)
	}
}
