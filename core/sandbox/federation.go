package sandbox

import (
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// The issuers of the sandbox, with the subject that each of them gives the job of
// the healthy connection.
const (
	gitHubHost       = "pipelines.actions." + suffix
	gitHubIssuerHost = "token.actions." + suffix
	GitHubIssuer     = "https://" + gitHubIssuerHost
	GitHubSubject    = "repo:contoso/integration:environment:production"

	devOpsHost         = "devops." + suffix
	devOpsIssuerHost   = "vstoken.devops." + suffix
	devOpsOrganization = "6f3b0c4e-92d1-4a87-b5ce-0d7e1f2a3948"
	DevOpsIssuer       = "https://" + devOpsIssuerHost + "/" + devOpsOrganization
	DevOpsSubject      = "sc://contoso/Integration/dataverse"
	// ServiceConnection is the ID of the service connection "dataverse".
	ServiceConnection = "b81f6d27-3c5a-4e09-8d74-a1c2e3f40516"

	clusterHost    = "westeurope.oic.aks." + suffix
	ClusterIssuer  = "https://" + clusterHost + "/" + TenantID + "/2d9c4b7a-6e15-4f83-90a2-c8d1e7b35f64/"
	ClusterSubject = "system:serviceaccount:integration:dataverse"
)

// Exchange is the audience that Entra requires of a federated token.
//
// Source: learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations.
const Exchange = "api://AzureADTokenExchange"

// FederatedCredential is a federated identity credential of the application.
type FederatedCredential struct {
	Issuer, Subject string
	Audiences       []string
}

// Federation is the federated credentials of the application, and the faults of the
// pipelines that issue tokens for them.
type Federation struct {
	// Service is the faults of the pipelines' endpoints for tokens.
	Service
	// Credentials are the application's. nil: one for each issuer of the sandbox.
	Credentials []FederatedCredential
	// NoCredentials: the application has no credentials. False: Credentials.
	NoCredentials bool
	// OneCode: Entra answers every mismatch with AADSTS70021, as it did until 2023.
	// False: with a code for each part.
	OneCode bool

	// Issuer, Subject and Audience replace those of the issued tokens. Empty: the
	// issuer's own, the healthy subject, the requested audience.
	Issuer, Subject, Audience string
	// Expired: the issued tokens have expired. False: they are valid for minutes.
	Expired bool
	// Forged: the issued tokens have a signature of another key. False: the issuer's.
	Forged bool
	// Refused: the endpoint refuses the job's request. False: it answers.
	Refused bool
	// Withheld: the endpoint's response has no token. False: it has.
	Withheld bool
}

// credentials returns the federated credentials of the application.
func (f Federation) credentials() []FederatedCredential {
	switch {
	case f.NoCredentials:
		return nil
	case f.Credentials != nil:
		return slices.Clone(f.Credentials)
	}
	return []FederatedCredential{
		{GitHubIssuer, GitHubSubject, []string{Exchange}},
		{DevOpsIssuer, DevOpsSubject, []string{Exchange}},
		{ClusterIssuer, ClusterSubject, []string{Exchange}},
	}
}

// Pipeline is what a job of a pipeline finds in its environment.
type Pipeline struct {
	// URL is the endpoint for tokens.
	URL string
	// RequestToken lets the job ask URL.
	RequestToken secret.Value
	// ServiceConnection is set for Azure DevOps.
	ServiceConnection string
}

// GitHub returns the environment of a job of GitHub Actions.
func (s *Server) GitHub() Pipeline {
	return Pipeline{
		URL:          s.Renamed("https://" + gitHubHost + gitHubPath + "?api-version=2.0"),
		RequestToken: secret.New(s.jobToken(gitHubHost)),
	}
}

// AzureDevOps returns the environment of a job of Azure Pipelines.
func (s *Server) AzureDevOps() Pipeline {
	return Pipeline{
		URL:          s.Renamed("https://" + devOpsHost + devOpsPath),
		RequestToken: secret.New(s.jobToken(devOpsHost)), ServiceConnection: ServiceConnection,
	}
}

// jobToken is the request token of a job, which opens its endpoint and nothing else.
func (s *Server) jobToken(host string) string { return SecretOf("job at " + host) }

// TokenFile writes the token of a service account of Kubernetes into a file and
// returns its path. The file lives until [Server.Close].
func (s *Server) TokenFile() string {
	token := s.issue(ClusterIssuer, ClusterSubject, Exchange, time.Hour, nil)
	s.mu.Lock()
	defer s.mu.Unlock()
	folder, err := s.privateFolder()
	must(err)
	path := filepath.Join(folder, "azure-identity-token")
	must(os.WriteFile(path, []byte(token), 0o600))
	return path
}

// issue returns a token of an issuer, with its faults. more are claims of its own.
func (s *Server) issue(issuer, subject, audience string, lifetime time.Duration, more object) string {
	f, now := s.now().Federation, s.time()
	if f.Issuer != "" {
		issuer = f.Issuer
	}
	if f.Subject != "" {
		subject = f.Subject
	}
	if f.Audience != "" {
		audience = f.Audience
	}
	if f.Expired {
		now = now.Add(-lifetime - slack - time.Hour)
	}
	c := append(object{
		{"jti", newID()},
		{"sub", subject},
		{"aud", audience},
		{"iss", issuer},
		{"nbf", now.Add(-slack).Unix()},
		{"exp", now.Add(lifetime).Unix()},
		{"iat", now.Unix()},
	}, more...)
	payload, err := marshal(c)
	must(err)
	key := issuerKey()
	if f.Forged {
		key.key = otherRSAKey()
	}
	return key.sign([]byte(s.Renamed(string(payload))))
}
