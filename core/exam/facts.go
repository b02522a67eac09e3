package exam

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/dataverse"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/federation"
)

// Facts is everything that an examination has learned so far. Each check writes
// its own part once and reads the others'; a judge gets a copy.
type Facts struct {
	Clouds []cloud.Cloud
	Now    time.Time

	Connection connection.Connection
	Notes      []connection.Note
	Problems   []connection.Problem

	Clock       ClockFacts
	Environment dataverse.ChallengeFacts
	// Control is the answer to a question that is asked only when the
	// environment's name does not exist: does the login host's?
	Control entra.TenantFacts
	Tenant  entra.TenantFacts
	// Federation is empty without a federated credential.
	Federation federation.Facts
	// Identity is empty without a managed identity.
	Identity     entra.IdentityFacts
	Token        entra.TokenFacts
	WhoAmI       dataverse.IdentityFacts
	SOAP         dataverse.IdentityFacts
	User         dataverse.UserFacts
	Organization dataverse.OrganizationFacts

	// Results has the checks that are over.
	Results map[CheckID]Result
}

// TenantID is the directory that the environment is known to belong to, or else
// the one that was typed: a GUID where one is known, "" where nothing is.
func (f Facts) TenantID() string {
	for _, id := range []string{f.Tenant.Metadata.TenantID, f.Environment.TenantID, f.Connection.Tenant} {
		if id != "" {
			return id
		}
	}
	return ""
}

// failed reports whether a check is over and came out [Fail].
func (f Facts) failed(id CheckID) bool { return f.Results[id].Status == Fail }

// environment names the environment in a sentence.
func (f Facts) environment() string { return f.Connection.Host }
