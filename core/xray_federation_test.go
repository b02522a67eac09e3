package core_test

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

// TestSightOfFederation has an administrator examine connections whose token Entra
// refused: the result names the part that differs and the most similar credential, also
// if Entra names neither.
func TestSightOfFederation(t *testing.T) {
	for name, want := range map[string]struct {
		cause    catalog.Cause
		expected string
	}{
		"federation-issuer":         {catalog.FederationIssuer, "https://token.actions.sandbox.localhost«/»"},
		"federation-branch":         {catalog.FederationSubject, "repo:contoso/integration:«ref»:«refs/heads/main»"},
		"federation-case":           {catalog.FederationSubject, "repo:«C»ontoso/«I»ntegration:environment:production"},
		"federation-audience":       {catalog.FederationAudience, "«api»://«AzureADTokenExchange»"},
		"federation-older-wording":  {catalog.FederationSubject, "repo:contoso/integration:«environment:production»"},
		"federation-not-configured": {catalog.FederationNotConfigured, ""},
		"federation-expired":        {catalog.FederationExpired, ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, doctor, form := startScenario(t, name)
			before := doctor.Examine(t.Context(), form, false, nil)
			target, err := doctor.PlanTarget(form, plan.Target{})
			if err != nil {
				t.Fatal(err)
			}
			work, err := doctor.BeginSetup(t.Context(), form, target, core.SignIn{Open: userAt(t, "administrator")})
			if err != nil {
				t.Fatal(err)
			}
			defer work.Close()
			seen, err := work.Look(t.Context(), form)
			if err != nil {
				t.Fatal(err)
			}
			after := seen.Report(before)
			if after.RootCause != want.cause || after.Healthy {
				t.Errorf("root cause %q before and %q with what the administrator sees, want %q", before.RootCause, after.RootCause, want.cause)
			}
			if got := factOf(after, "expected"); !strings.Contains(got, want.expected) || want.expected == "" && got != "" {
				t.Errorf("expected is %q, want %q", got, want.expected)
			}
		})
	}
}

// factOf returns a fact of the token's check, or "".
func factOf(r exam.Report, name catalog.FactName) string {
	for _, c := range r.Checks {
		for _, f := range c.Evidence.Facts {
			if c.ID == exam.CheckToken && f.Name == name {
				return f.Value.String()
			}
		}
	}
	return ""
}
