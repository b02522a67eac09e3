package core_test

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

// keylessTexts are texts that users paste, for each cause of a credential without a
// secret.
var keylessTexts = map[catalog.Cause][]string{
	catalog.FederationNoToken: {
		"Error: Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable",
		"Error: Error message: Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable. Please make sure to give write permissions to id-token in the workflow.",
		"WorkloadIdentityCredential: no token file specified. Check pod configuration or set TokenFilePath in the options",
	},
	catalog.FederationIssuer: {
		"AADSTS700211: No matching federated identity record found for presented assertion issuer 'https://token.actions.githubusercontent.com/'.",
		`{"error":"invalid_client","error_description":"AADSTS700211: No matching federated identity record found for presented assertion issuer 'https://vstoken.dev.azure.com/5a1e'. Trace ID: 0f8fad5b-d9cb-469f-a165-70867728950e","error_codes":[700211]}`,
	},
	catalog.FederationSubject: {
		"AADSTS700213: No matching federated identity record found for presented assertion subject 'repo:contoso/app:ref:refs/heads/main'.",
		"AADSTS7002138: No matching federated identity record found for presented assertion subject 'repo:Contoso/app:environment:prod'.",
		"AADSTS7002137",
	},
	catalog.FederationAudience: {
		"AADSTS700212: No matching federated identity record found for presented assertion audience 'api://default'.",
	},
	catalog.FederationExpired: {
		"ClientAssertionCredential authentication failed: AADSTS700024: Client assertion is not within its valid time range. Current time: 2026-11-29T17:04:00.0000000Z, assertion valid from 2026-11-29T16:40:00.0000000Z, expiry time of assertion 2026-11-29T16:50:00.0000000Z. https://token.actions.githubusercontent.com",
		`{"aud":"api://AzureADTokenExchange","iss":"https://token.actions.githubusercontent.com","sub":"repo:contoso/app:environment:prod","exp":1600000000}`,
	},
	catalog.FederationNotConfigured: {
		"AADSTS70021: No matching federated identity record found for presented assertion.",
		"AADSTS70025: The client '2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e'(contoso) has no configured federated identity credentials.",
	},
	catalog.IdentityNone: {
		"ManagedIdentityCredential authentication unavailable. No response received from the managed identity endpoint.",
		"ManagedIdentityCredential authentication unavailable, no managed identity endpoint found.",
	},
	catalog.IdentityAmbiguous: {
		`{"error":"invalid_request","error_description":"Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request"}`,
		`{"statusCode":400,"message":"Unable to load the proper Managed Identity.","correlationId":"5a1e7c1b-0000-4000-8000-0000000000ff"}`,
	},
	catalog.IdentityNotAssigned: {
		`{"error":"invalid_request","error_description":"Identity not found"}`,
		"No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.",
		"ManagedIdentityCredential authentication failed: the requested identity has not been assigned to this resource.",
	},
}

// TestEveryKeylessCauseIsFoundTwice guards that each cause of the families federation and
// identity is found by an examination of the live sandbox and in pasted text.
func TestEveryKeylessCauseIsFoundTwice(t *testing.T) {
	live := map[catalog.Cause]int{}
	for _, s := range core.Scenarios() {
		live[s.Cause]++ // TestEveryScenarioIsCalledByItsName examines each of them
	}
	causes := 0
	for _, entry := range catalog.All() {
		if f := entry.Cause.Family(); f != catalog.FamilyFederation && f != catalog.FamilyIdentity {
			continue
		}
		causes++
		if live[entry.Cause] == 0 {
			t.Errorf("%s has no scenario", entry.Cause)
		}
		if len(keylessTexts[entry.Cause]) == 0 {
			t.Errorf("%s has no text", entry.Cause)
		}
		for _, text := range keylessTexts[entry.Cause] {
			if got := (core.Doctor{}).Explain(text); got.Cause != entry.Cause {
				t.Errorf("%.80q: cause %q, alternatives %q, want %q", text, got.Cause, got.Alternatives, entry.Cause)
			}
		}
	}
	if causes != len(keylessTexts) {
		t.Errorf("%d causes, %d of them with texts", causes, len(keylessTexts))
	}
}
