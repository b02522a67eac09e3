package dataverse

import (
	"context"
	"encoding/json"
	"strings"

	"s2sdoctor/core/transport"
)

// Identity is the answer of WhoAmI: whom Dataverse takes the caller for. All
// three are lower-case GUIDs; UserID is the application user's row, not the
// application's ID.
type Identity struct {
	UserID, BusinessUnitID, OrganizationID string
}

// IdentityFacts is what asking WhoAmI brought; Identity is zero unless Dataverse
// answered it.
type IdentityFacts struct {
	Reading
	Identity
}

// Answered tells whether WhoAmI was answered.
func (f IdentityFacts) Answered() bool { return f.OK() && f.UserID != "" }

// WhoAmI asks through the Web API.
func WhoAmI(ctx context.Context, c *transport.Client, e Environment) IdentityFacts {
	facts := IdentityFacts{Reading: e.get(ctx, c, "WhoAmI")}
	if !facts.OK() {
		return facts
	}
	var body struct{ UserID, BusinessUnitID, OrganizationID string }
	if json.Unmarshal(facts.Answer.Body, &body) == nil {
		facts.Identity = Identity{
			UserID:         strings.ToLower(body.UserID),
			BusinessUnitID: strings.ToLower(body.BusinessUnitID),
			OrganizationID: strings.ToLower(body.OrganizationID),
		}
	}
	return facts
}
