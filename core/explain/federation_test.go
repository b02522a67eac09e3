package explain_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/explain"
)

// said returns all texts of an explanation, a line each.
func said(e explain.Explanation) string {
	var b strings.Builder
	b.WriteString(e.Summary.String() + "\n")
	for _, f := range e.Evidence.Facts {
		b.WriteString(string(f.Name) + ": " + f.Value.String() + "\n")
	}
	for _, fix := range e.Fix {
		b.WriteString(fix.String() + "\n")
	}
	return b.String()
}

// TestExplainsRefusedAssertions explains texts that users paste: the message alone, a
// pipeline's log, and the message next to the list of federated credentials.
func TestExplainsRefusedAssertions(t *testing.T) {
	const record = "No matching federated identity record found for presented assertion "
	const check = " Check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation"
	for _, test := range []struct {
		name, text string
		cause      catalog.Cause
		says       []string
		not        string
	}{
		{
			"the message alone", "AADSTS700213: " + record + "subject 'repo:contoso/app:ref:refs/heads/main'." + check, "federation.subject",
			[]string{"subject: repo:contoso/app:ref:refs/heads/main", "runs for the branch main", "Issuer: https://token.actions.githubusercontent.com · Subject identifier: repo:contoso/app:ref:refs/heads/main", "--id '<Application (client) ID>'"},
			"",
		},
		{
			"azure/login", "Federated token details:\n issuer - https://token.actions.githubusercontent.com\n subject claim - repo:contoso@12/app@34:environment:prod\n audience - api://AzureADTokenExchange\nAttempting Azure CLI login by using OIDC...\nError: AADSTS700213: " + record + "subject 'repo:contoso@12/app@34:environment:prod'." + check, "federation.subject",
			[]string{"issuer: https://token.actions.githubusercontent.com", "audience: api://AzureADTokenExchange", "form with numeric IDs"},
			"",
		},
		{
			"beside the list of credentials", "AADSTS7002138: " + record + "subject 'repo:Contoso/app:environment:Prod'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison.\n\n" +
				`az ad app federated-credential list` + "\n" + `[{"name":"x","issuer":"https://token.actions.githubusercontent.com","subject":"repo:contoso/other:environment:prod","audiences":["api://AzureADTokenExchange"]},{"name":"y","subject":"repo:contoso/app:environment:prod"}]`, "federation.subject",
			[]string{"presented: repo:«C»ontoso/app:environment:«P»rod", "expected: repo:«c»ontoso/app:environment:«p»rod", "upper and lower case only"},
			"",
		},
		{
			"beside Terraform", "AADSTS700211: " + record + "issuer 'https://oidc.example/cluster/'." + check + "\n  issuer = \"https://oidc.example/cluster\"\n", "federation.issuer",
			[]string{"presented: https://oidc.example/cluster«/»", "expected: https://oidc.example/cluster", "slash at the end"},
			"",
		},
		{
			"all three in one message", "AADSTS70021: No matching federated identity record found for presented assertion. Assertion Issuer: 'https://vstoken.dev.azure.com/5a1e'. Assertion Subject: 'sc://contoso/project/dataverse'. Assertion Audience: 'api://AzureADTokenExchange'. https://docs.microsoft.com/azure/active-directory/develop/workload-identity-federation", "federation.not-configured",
			[]string{"issuer: https://vstoken.dev.azure.com/5a1e", "subject: sc://contoso/project/dataverse", "Subject identifier: sc://contoso/project/dataverse"},
			"",
		},
		{
			"audience of another cloud", "https://login.partner.microsoftonline.cn/12b5c856-0b1e-4a63-9f0e-3c1d5a7e9b24/oauth2/v2.0/token AADSTS700212: " + record + "audience 'api://AzureADTokenExchange'." + check, "federation.audience",
			[]string{"presented: api://«AzureADTokenExchange»", "expected: api://«AzureADTokenExchangeChina»"},
			"",
		},
		{
			"masked by the pipeline", "##[error] AADSTS700213: " + record + "subject '***'." + check, "federation.subject",
			[]string{"Subject identifier: <subject of the token>"},
			"Subject identifier: ***",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := explain.Explain(test.text)
			if e.Cause != test.cause {
				t.Errorf("cause %q, want %q", e.Cause, test.cause)
			}
			got := said(e)
			for _, part := range test.says {
				if !strings.Contains(got, part) {
					t.Errorf("%q is not in:\n%s", part, got)
				}
			}
			if test.not != "" && strings.Contains(got, test.not) {
				t.Errorf("%q is in:\n%s", test.not, got)
			}
		})
	}
}

func token(payload string) string {
	enc := base64.RawURLEncoding
	return enc.EncodeToString([]byte(`{"alg":"RS256","kid":"k"}`)) + "." + enc.EncodeToString([]byte(payload)) + "." + enc.EncodeToString([]byte("a signature that is long enough"))
}

// TestClaimsAndTokensAgree guards that a token and its decoded claims have the same
// explanation, in each format in which tools show them.
func TestClaimsAndTokensAgree(t *testing.T) {
	for _, test := range []struct {
		name, claims string
		cause        catalog.Cause
	}{
		{"the application's own", `{"aud":"https://contoso.crm4.dynamics.com","iss":"https://sts.windows.net/t/","appid":"2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e","idtyp":"app","exp":4102444800}`, ""},
		{"ended", `{"aud":"https://contoso.crm4.dynamics.com","iss":"https://sts.windows.net/t/","exp":1600000000}`, "token.expired"},
		{"a user's by idtyp", `{"aud":"https://contoso.crm4.dynamics.com","iss":"https://sts.windows.net/t/","idtyp":"user","exp":4102444800}`, "token.is-user-token"},
		{"a user's by scp", `{"aud":"https://contoso.crm4.dynamics.com","iss":"https://sts.windows.net/t/","scp":"user_impersonation","exp":4102444800}`, "token.is-user-token"},
		{"Graph's", `{"aud":"https://graph.microsoft.com","iss":"https://sts.windows.net/t/","roles":["Application.Read.All"],"exp":4102444800}`, "token.audience"},
		{"federated", `{"aud":"api://AzureADTokenExchange","iss":"https://token.actions.githubusercontent.com","sub":"repo:contoso/app:environment:prod","exp":4102444800}`, ""},
		{"federated, ended", `{"aud":"api://AzureADTokenExchangeUSGov","iss":"https://token.actions.githubusercontent.com","sub":"repo:contoso/app:environment:prod","exp":1600000000}`, "federation.expired"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, text := range []string{
				token(test.claims), "Authorization: Bearer " + token(test.claims), test.claims,
				strings.ReplaceAll(test.claims, ",", ",\n  "),
				`{"typ":"JWT","alg":"RS256"}.` + test.claims + `.[Signature]`, // jwt.ms
				"Decoded token:\n" + test.claims + "\n",
			} {
				e := explain.Explain(text)
				if e.Cause != test.cause {
					t.Errorf("%.60q: cause %q, want %q: %s", text, e.Cause, test.cause, e.Summary)
				}
				if strings.Contains(said(e), token(test.claims)) {
					t.Errorf("%.60q: the token shows", text)
				}
			}
		})
	}
}

// TestRetiredConnectionStrings guards that a retired kind of connection string is
// reported with its date and its replacement.
func TestRetiredConnectionStrings(t *testing.T) {
	for _, test := range []struct {
		text  string
		cause catalog.Cause
		says  []string
	}{
		{"AuthType=Office365;Url=https://contoso.crm4.dynamics.com/;Username=a@contoso.com;Password=hunter22", "token.is-user-token", []string{"April 2022", "AuthType=ClientSecret;Url=https://contoso.crm4.dynamics.com;ClientId=<Application (client) ID>"}},
		{"AuthType=OAuth;Url=https://contoso.crm4.dynamics.com;Username=a@contoso.com;Password=hunter22;AppId=51f81489-12ee-4a9e-aaae-a2591f45987d;LoginPrompt=Never", "token.is-user-token", []string{"multifactor", "AuthType=ClientSecret"}},
		{"AuthType=Office365;Username=a@contoso.com;Password=hunter22", "token.is-user-token", []string{"Url=<Environment URL>"}},
	} {
		e := explain.Explain(test.text)
		got := said(e)
		if e.Cause != test.cause {
			t.Errorf("cause %q, want %q", e.Cause, test.cause)
		}
		for _, part := range test.says {
			if !strings.Contains(got, part) {
				t.Errorf("%q is not in:\n%s", part, got)
			}
		}
		if strings.Contains(got, "hunter22") {
			t.Errorf("the password shows:\n%s", got)
		}
	}
}
