package dataverse

import (
	"context"
	"encoding/json"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
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
	// Shaped reports that the response had the members of WhoAmI, whatever their
	// values.
	Shaped bool
}

// Answered reports whether WhoAmI named a user.
func (f IdentityFacts) Answered() bool { return f.OK() && f.UserID != "" }

// WhoAmI asks through the Web API.
func WhoAmI(ctx context.Context, c *transport.Client, e Environment) IdentityFacts {
	facts := IdentityFacts{Reading: e.get(ctx, c, "WhoAmI")}
	if facts.OK() {
		var body struct{ UserID, BusinessUnitID, OrganizationID *string }
		if json.Unmarshal(facts.Response.Body, &body) == nil {
			facts.take(body.UserID, body.BusinessUnitID, body.OrganizationID)
		}
	}
	return facts
}

// take notes the three IDs. A user without an organisation, or an ID that is no
// GUID or zero, is no identity: a service that is up and does not know the caller
// must not look healthy.
func (f *IdentityFacts) take(user, unit, organization *string) {
	f.Shaped = user != nil && organization != nil
	id := Identity{UserID: toGUID(user), BusinessUnitID: toGUID(unit), OrganizationID: toGUID(organization)}
	if id.UserID != "" && id.OrganizationID != "" {
		f.Identity = id
	}
}

// toGUID returns a GUID in lower case, "" for nil, zero and anything else.
func toGUID(text *string) string {
	if text == nil {
		return ""
	}
	return guid.Of(*text)
}
