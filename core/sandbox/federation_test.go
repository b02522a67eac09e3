package sandbox

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	"github.com/golang-jwt/jwt/v5"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// jobHeader returns the header with which a job requests its token.
func jobHeader(p Pipeline) http.Header {
	h := http.Header{"Accept": {"application/json"}}
	p.RequestToken.Use(func(plain string) { h.Set("Authorization", "Bearer "+plain) })
	return h
}

// gitHubToken requests a token of GitHub Actions as its toolkit does.
func gitHubToken(t testing.TB, s *Server, c *http.Client, audience string) string {
	t.Helper()
	p := s.GitHub()
	r := send(t, c, http.MethodGet, p.URL+"&audience="+url.QueryEscape(audience), "", jobHeader(p))
	token, _ := r.fields(t)["value"].(string)
	return token
}

func federated(s *Server, token string) url.Values {
	return credentials(s, "client_secret", "", "client_assertion_type", jwtBearer, "client_assertion", token)
}

// TestFederatedCredentials guards that issuer, subject and audience are compared exactly,
// each with its own code.
func TestFederatedCredentials(t *testing.T) {
	with := func(change func(*FederatedCredential)) func(*Tenant) {
		return func(t *Tenant) {
			c := FederatedCredential{GitHubIssuer, GitHubSubject, []string{Exchange}}
			change(&c)
			t.Federation.Credentials = []FederatedCredential{{DevOpsIssuer, DevOpsSubject, []string{Exchange}}, c}
		}
	}
	ofPipeline := func(change func(*Federation)) func(*Tenant) { return func(t *Tenant) { change(&t.Federation) } }
	for name, test := range map[string]struct {
		set  func(*Tenant)
		want verdict
		text string
	}{
		"healthy":                {nil, verdict{Status: 200}, ""},
		"no credential":          {ofPipeline(func(f *Federation) { f.NoCredentials = true }), verdict{401, "invalid_client", 70025}, "The client '" + ClientID + "'(S2S Integration) has no configured federated identity credentials."},
		"slash at the end":       {with(func(c *FederatedCredential) { c.Issuer += "/" }), verdict{401, "invalid_client", 700211}, "presented assertion issuer '" + GitHubIssuer + "'. Check your"},
		"issuer in capitals":     {with(func(c *FederatedCredential) { c.Issuer = strings.ToUpper(c.Issuer) }), verdict{401, "invalid_client", 700211}, "issuer"},
		"another environment":    {with(func(c *FederatedCredential) { c.Subject = "repo:contoso/integration:environment:test" }), verdict{401, "invalid_client", 700213}, "presented assertion subject '" + GitHubSubject + "'. Check your"},
		"subject by case":        {with(func(c *FederatedCredential) { c.Subject = "repo:Contoso/integration:environment:production" }), verdict{401, "invalid_client", 7002138}, "case-insensitive comparison"},
		"Microsoft's subject":    {ofPipeline(func(f *Federation) { f.Subject = "/eid1/c/pub/t/v4j5cvGGr0GR/a/9ExAW52n/7e307b14" }), verdict{401, "invalid_client", 7002137}, "Subject is '/eid1/c/pub/t/{tenantId}/a/9ExAW52n/7e307b14'."},
		"credential's audience":  {with(func(c *FederatedCredential) { c.Audiences = []string{"api://other"} }), verdict{401, "invalid_client", 700212}, "audience '" + Exchange + "'"},
		"audience by case":       {with(func(c *FederatedCredential) { c.Audiences = []string{strings.ToLower(Exchange)} }), verdict{401, "invalid_client", 700212}, "audience"},
		"one of two audiences":   {with(func(c *FederatedCredential) { c.Audiences = []string{"api://other", Exchange} }), verdict{Status: 200}, ""},
		"token's audience":       {ofPipeline(func(f *Federation) { f.Audience = "https://github.com/contoso" }), verdict{401, "invalid_client", 700212}, "audience 'https://github.com/contoso'"},
		"immutable subject":      {ofPipeline(func(f *Federation) { f.Subject = "repo:contoso@65/integration@74:environment:production" }), verdict{401, "invalid_client", 700213}, "subject 'repo:contoso@65/integration@74:environment:production'"},
		"until 2023":             {ofPipeline(func(f *Federation) { f.OneCode, f.Subject = true, "x" }), verdict{400, "invalid_request", 70021}, "Assertion Issuer: '" + GitHubIssuer + "'. Assertion Subject: 'x'. Assertion Audience: '" + Exchange + "'."},
		"expired":                {ofPipeline(func(f *Federation) { f.Expired = true }), verdict{401, "invalid_client", 700024}, "not within its valid time range"},
		"services' clocks ahead": {func(t *Tenant) { t.Clock = 20 * time.Minute }, verdict{Status: 200}, ""},
		"forged":                 {ofPipeline(func(f *Federation) { f.Forged = true }), verdict{400, "invalid_grant", 50013}, "signature"},
		"public client":          {func(t *Tenant) { t.Application.Public = true }, verdict{401, "invalid_client", 700025}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, test.set)
			c := client(t, s)
			r := post(t, c, tokenURL, federated(s, gitHubToken(t, s, c, Exchange)))
			diff(t, test.want, verdictOf(t, r))
			if description, _ := r.fields(t)["error_description"].(string); !strings.Contains(description, test.text) {
				t.Errorf("%q is not in %q", test.text, description)
			}
		})
	}
}

// TestFederatedForgery guards that a token signed by another key is refused, with any
// claims.
func TestFederatedForgery(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	claims := jwt.MapClaims{
		"iss": GitHubIssuer, "sub": GitHubSubject, "aud": []string{Exchange}, "nbf": time.Now().Unix() - 60, "exp": time.Now().Unix() + 300,
	}
	for name, test := range map[string]struct {
		method jwt.SigningMethod
		kid    string
		key    any
		want   verdict
	}{
		"the issuer's":    {jwt.SigningMethodRS256, issuerKey().id, issuerKey().key, verdict{Status: 200}},
		"another key":     {jwt.SigningMethodRS256, issuerKey().id, otherRSAKey(), verdict{400, "invalid_grant", 50013}},
		"Entra's own key": {jwt.SigningMethodRS256, signingKey().id, signingKey().key, verdict{400, "invalid_grant", 50013}},
		"another kid":     {jwt.SigningMethodRS256, "x", issuerKey().key, verdict{400, "invalid_grant", 50013}},
		"PS256":           {jwt.SigningMethodPS256, issuerKey().id, issuerKey().key, verdict{400, "invalid_grant", 50013}},
		"without":         {jwt.SigningMethodNone, issuerKey().id, jwt.UnsafeAllowNoneSignatureType, verdict{400, "invalid_grant", 50013}},
		"key as a secret": {jwt.SigningMethodHS256, issuerKey().id, issuerKey().key.N.Bytes(), verdict{400, "invalid_grant", 50013}},
	} {
		t.Run(name, func(t *testing.T) {
			token := jwt.NewWithClaims(test.method, claims)
			token.Header["kid"] = test.kid
			text, err := token.SignedString(test.key)
			if err != nil {
				t.Fatal(err)
			}
			diff(t, test.want, verdictOf(t, post(t, c, tokenURL, federated(s, text))))
		})
	}
}

// TestPipelineEndpoints guards what an endpoint requires, and its refusals.
func TestPipelineEndpoints(t *testing.T) {
	refused := func(t *Tenant) { t.Federation.Refused = true }
	gitHub := func(s *Server) Pipeline { return s.GitHub() }
	devOps := func(s *Server) Pipeline { p := s.AzureDevOps(); p.URL += "?api-version=7.1"; return p }
	connection := "&serviceConnectionId="
	suppress := func(h http.Header) { h.Set("X-TFS-FedAuthRedirect", "Suppress") }
	wrong := func(h http.Header) { h.Set("Authorization", "Bearer x") }
	for name, test := range map[string]struct {
		set     func(*Tenant)
		of      func(*Server) Pipeline
		method  string
		more    string
		header  func(http.Header)
		status  int
		subject string
	}{
		"GitHub":                     {nil, gitHub, "GET", "", nil, 200, GitHubSubject},
		"GitHub, no token":           {nil, gitHub, "GET", "", func(h http.Header) { h.Del("Authorization") }, 401, ""},
		"GitHub, another token":      {nil, gitHub, "GET", "", wrong, 401, ""},
		"GitHub, POST":               {nil, gitHub, "POST", "", nil, 405, ""},
		"GitHub, refused":            {refused, gitHub, "GET", "", nil, 403, ""},
		"GitHub, withheld":           {func(t *Tenant) { t.Federation.Withheld = true }, gitHub, "GET", "", nil, 200, ""},
		"GitHub, busy":               {func(t *Tenant) { t.Federation.Throttled = Always }, gitHub, "GET", "", nil, 429, ""},
		"DevOps":                     {nil, devOps, "POST", connection + ServiceConnection, suppress, 200, DevOpsSubject},
		"DevOps, no connection":      {nil, devOps, "POST", "", suppress, 200, "p://contoso/Integration/deploy"},
		"DevOps, another connection": {nil, devOps, "POST", connection + ClientID, suppress, 404, ""},
		"DevOps, another token":      {nil, devOps, "POST", connection + ServiceConnection, func(h http.Header) { wrong(h); suppress(h) }, 401, ""},
		"DevOps, token, no suppress": {nil, devOps, "POST", connection + ServiceConnection, wrong, 302, ""},
		"DevOps, GET":                {nil, devOps, "GET", connection + ServiceConnection, suppress, 405, ""},
		"DevOps, refused":            {refused, devOps, "POST", connection + ServiceConnection, suppress, 404, ""},
		"GitHub's token at Azure DevOps": {nil, func(s *Server) Pipeline {
			return Pipeline{URL: devOps(s).URL, RequestToken: s.GitHub().RequestToken}
		}, "POST", connection + ServiceConnection, suppress, 401, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, test.set)
			p := test.of(s)
			header := jobHeader(p)
			if test.header != nil {
				test.header(header)
			}
			r := send(t, client(t, s), test.method, p.URL+test.more, "", header)
			diff(t, test.status, r.Status)
			if test.status != http.StatusOK {
				return
			}
			body := r.fields(t)
			token, _ := body["value"].(string)
			if other, ok := body["oidcToken"].(string); ok {
				token = other
			}
			subject := ""
			if token != "" {
				subject, _ = jwtClaims(t, token).GetSubject()
			}
			diff(t, test.subject, subject)
		})
	}
}

func jwtClaims(t *testing.T, token string) jwt.MapClaims {
	t.Helper()
	claims := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(token, claims); err != nil {
		t.Fatal(err)
	}
	return claims
}

// TestIssuerDocuments guards that the tokens verify with the keys in their issuer's
// documents.
func TestIssuerDocuments(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	file, err := os.ReadFile(s.TokenFile())
	if err != nil {
		t.Fatal(err)
	}
	p := s.AzureDevOps()
	header := jobHeader(p)
	devOps, _ := send(t, c, http.MethodPost, p.URL+"?api-version=7.1&serviceConnectionId="+p.ServiceConnection, "", header).fields(t)["oidcToken"].(string)
	for issuer, token := range map[string]string{GitHubIssuer: gitHubToken(t, s, c, Exchange), DevOpsIssuer: devOps, ClusterIssuer: string(file)} {
		t.Run(issuer, func(t *testing.T) {
			document := get(t, c, strings.TrimSuffix(issuer, "/")+"/.well-known/openid-configuration").fields(t)
			diff(t, any(issuer), document["issuer"])
			claims := verifyBy(t, c, document["jwks_uri"].(string), token)
			diff(t, []any{issuer, Exchange}, []any{claims["iss"], claims["aud"]})
			diff(t, verdict{Status: 200}, verdictOf(t, post(t, c, tokenURL, federated(s, token))))
		})
	}
}

// TestMSALFederated has MSAL present the assertion.
func TestMSALFederated(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	token := gitHubToken(t, s, c, Exchange)
	cred := confidential.NewCredFromAssertionCallback(func(context.Context, confidential.AssertionRequestOptions) (string, error) { return token, nil })
	got, err := msalClient(t, c, cred).AcquireTokenByCredential(t.Context(), []string{Environment + "/.default"})
	if err != nil {
		t.Fatal(err)
	}
	diff(t, any("2"), verifyByKeys(t, c, got.AccessToken)["appidacr"])
}

// TestFederationUnderMicrosoftNames guards that the issuer is that of a credential in the
// real service.
func TestFederationUnderMicrosoftNames(t *testing.T) {
	s := start(t, func(t *Tenant) { t.MicrosoftNames = true })
	c := exposed(t, s)
	token := gitHubToken(t, s, c, Exchange)
	diff(t, any("https://token.actions.githubusercontent.com"), jwtClaims(t, token)["iss"])
	form := federated(s, token)
	form.Set("scope", "https://contoso.crm4.dynamics.com/.default")
	diff(t, verdict{Status: 200}, verdictOf(t, post(t, c, microsoftTokenURL, form)))
	s.Configure(func(t *Tenant) { t.Federation.Credentials = []FederatedCredential{{DevOpsIssuer, DevOpsSubject, nil}} })
	description, _ := post(t, c, microsoftTokenURL, form).fields(t)["error_description"].(string)
	if !strings.Contains(description, "issuer 'https://token.actions.githubusercontent.com'") {
		t.Error(description)
	}
}

// TestJobTokensAreNoCredentials guards that a job's secrets are valid only for its
// endpoint, and are no credentials of the application.
func TestJobTokensAreNoCredentials(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	for _, p := range []Pipeline{s.GitHub(), s.AzureDevOps()} {
		p.RequestToken.Use(func(plain string) {
			diff(t, verdict{401, "invalid_client", 7000215}, verdictOf(t, post(t, c, tokenURL, credentials(s, "client_secret", plain))))
		})
	}
	if s.GitHub().RequestToken.Equal(s.AzureDevOps().RequestToken) || s.GitHub().RequestToken.Equal(secret.New(s.secret)) {
		t.Error("two of the secrets are equal")
	}
}
