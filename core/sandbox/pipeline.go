package sandbox

import (
	"crypto/subtle"
	"net/http"
	"strings"
	"sync"
	"time"
)

// issuerKey is the key of all issuers of federated tokens.
var issuerKey = sync.OnceValue(newSigner)

// The addresses of the job's token, as the variables of a job name them.
const (
	gitHubPath = "/83/idtoken/0f7a2c61-4b9d-4e38-a5c0-7d16e2f3b894/9c1e5a70-2d84-4f6b-b3a9-51f0c7d8e246"
	devOpsPath = "/contoso/4e0b7d92-61fa-4c35-9e28-b7a3d5c10f64/_apis/distributedtask/hubs/build/plans/2e011469-bc90-4dc7-9242-012be179cb56/jobs/5ee5fa9b-185c-52bc-0624-8e87d1d5c9f8/oidctoken"
)

// issuer serves the documents of an issuer: where its keys are, and the keys.
func (s *Server) issuer(w http.ResponseWriter, r *http.Request) {
	base, isDocument := strings.CutSuffix(r.URL.Path, "/.well-known/openid-configuration")
	switch issuer := "https://" + r.Host; {
	case isDocument:
		if r.Host == clusterHost {
			base += "/" // the slash belongs to the issuer's name
		}
		writeJSON(w, http.StatusOK, object{
			{"issuer", issuer + base},
			{"jwks_uri", issuer + "/.well-known/jwks"},
			{"subject_types_supported", []string{"public", "pairwise"}},
			{"response_types_supported", []string{"id_token"}},
			{"id_token_signing_alg_values_supported", []string{"RS256"}},
			{"scopes_supported", []string{"openid"}},
		})
	case r.URL.Path == "/.well-known/jwks":
		writeJSON(w, http.StatusOK, object{{"keys", []object{issuerKey().jwk()}}})
	default:
		writeUnmodelled(w, http.StatusNotFound, r.URL.Path)
	}
}

// isJob reports whether a request has the token of a job at this host.
func (s *Server) isJob(r *http.Request, host string) bool {
	scheme, token, _ := cutAuthorization(r)
	return strings.EqualFold(scheme, "Bearer") && subtle.ConstantTimeCompare([]byte(token), []byte(s.jobToken(host))) == 1
}

// gitHub serves the tokens of GitHub Actions.
//
// Source: docs.github.com/actions/reference/security/oidc.
//
// Guess: the texts of the refusals, and "count".
func (s *Server) gitHub(w http.ResponseWriter, r *http.Request) {
	f := s.now().Federation
	switch {
	case r.URL.Path != gitHubPath:
		writeUnmodelled(w, http.StatusNotFound, r.URL.Path)
	case r.Method != http.MethodGet:
		w.Header().Set("Allow", http.MethodGet)
		http.Error(w, "Method not allowed", http.StatusMethodNotAllowed)
	case !s.isJob(r, gitHubHost):
		writeJSON(w, http.StatusUnauthorized, object{{"message", "The job's token is not valid."}})
	case f.Refused:
		writeJSON(w, http.StatusForbidden, object{{"message", "The job may not request tokens."}})
	case f.Withheld:
		writeJSON(w, http.StatusOK, object{{"count", 0}})
	default:
		audience := r.URL.Query().Get("audience")
		if audience == "" {
			audience = "https://github.com/contoso" // the owner of the repository
		}
		token := s.issue(GitHubIssuer, GitHubSubject, audience, 5*time.Minute, object{
			{"repository", "contoso/integration"},
			{"repository_owner", "contoso"},
			{"repository_id", "74"},
			{"repository_owner_id", "65"},
			{"environment", "production"},
			{"ref", "refs/heads/main"},
			{"ref_type", "branch"},
			{"event_name", "push"},
			{"workflow", "deploy"},
			{"job_workflow_ref", "contoso/integration/.github/workflows/deploy.yml@refs/heads/main"},
			{"runner_environment", "github-hosted"},
		})
		writeJSON(w, http.StatusOK, object{{"count", len(token)}, {"value", token}})
	}
}

// devOps serves the tokens of Azure Pipelines. Their audience is always the same.
//
// Source: learn.microsoft.com/rest/api/azure/devops/distributedtask/oidctoken/create.
//
// Guess: the bodies of the refusals, and 404 for another service connection.
func (s *Server) devOps(w http.ResponseWriter, r *http.Request) {
	f := s.now().Federation
	connection := r.URL.Query().Get("serviceConnectionId")
	switch {
	case r.URL.Path != devOpsPath:
		writeUnmodelled(w, http.StatusNotFound, r.URL.Path)
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "Method not allowed", http.StatusMethodNotAllowed)
	case !s.isJob(r, devOpsHost) && !strings.EqualFold(r.Header.Get("X-TFS-FedAuthRedirect"), "Suppress"):
		// A browser is sent to sign in, and so is every client that does not refuse it:
		// github.com/Azure/azure-sdk-for-net/pull/46135.
		w.Header().Set("Location", "https://"+devOpsHost+"/_signin")
		w.WriteHeader(http.StatusFound)
	case !s.isJob(r, devOpsHost):
		w.WriteHeader(http.StatusUnauthorized)
	case f.Refused, connection != "" && !strings.EqualFold(connection, ServiceConnection):
		writeJSON(w, http.StatusNotFound, object{
			{"$id", "1"},
			{"message", "The service connection does not exist, or this pipeline may not use it."},
			{"typeKey", "EndpointNotFoundException"},
		})
	case f.Withheld:
		writeJSON(w, http.StatusOK, object{})
	default:
		subject := DevOpsSubject
		if connection == "" {
			subject = "p://contoso/Integration/deploy"
		}
		writeJSON(w, http.StatusOK, object{{"oidcToken", s.issue(DevOpsIssuer, subject, Exchange, 10*time.Minute, object{
			{"org_id", devOpsOrganization},
			{"prj_id", "4e0b7d92-61fa-4c35-9e28-b7a3d5c10f64"},
			{"def_id", "1"},
			{"rpo_ref", "refs/heads/main"},
			{"run_id", "5"},
		})}})
	}
}
