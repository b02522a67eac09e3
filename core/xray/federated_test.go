package xray_test

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/xray"
)

func TestCompare(t *testing.T) {
	have := []xray.Federated{
		{Name: "main", Issuer: "https://token.example", Subject: "repo:contoso/orders:environment:production", Audiences: []string{"api://AzureADTokenExchange"}},
		{Name: "old", Issuer: "https://token.example", Subject: "repo:contoso/orders:ref:refs/heads/main", Audiences: []string{"api://other"}},
	}
	token := func(issuer, subject, audience string) xray.Federated {
		return xray.Federated{Issuer: issuer, Subject: subject, Audiences: []string{audience}}
	}
	for name, c := range map[string]struct {
		token   xray.Federated
		have    []xray.Federated
		cause   catalog.Cause
		closest string
		at      int
	}{
		"fits":           {token("https://token.example", have[0].Subject, "api://AzureADTokenExchange"), have, "", "main", 0},
		"none":           {token("https://token.example", "x", "y"), nil, catalog.FederationNotConfigured, "", 0},
		"issuer's slash": {token("https://token.example/", have[0].Subject, "api://AzureADTokenExchange"), have, catalog.FederationIssuer, "main", 21},
		"subject's end":  {token("https://token.example", "repo:contoso/orders:environment:Production", "api://AzureADTokenExchange"), have, catalog.FederationSubject, "main", 32},
		"the nearer one": {token("https://token.example", "repo:contoso/orders:ref:refs/heads/dev", "api://AzureADTokenExchange"), have, catalog.FederationSubject, "old", 35},
		"audience":       {token("https://token.example", have[1].Subject, "api://AzureADTokenExchange"), have, catalog.FederationAudience, "old", 0},
	} {
		got := xray.Compare(c.token, c.have)
		if got.Cause != c.cause || got.Closest.Name != c.closest || got.At != c.at {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
