package dataverse

import (
	"context"
	"encoding/json"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// OrganizationFacts is the environment's own name, safe to show; "" where it may
// not be read.
type OrganizationFacts struct {
	Reading
	Name string
}

type organizationRow struct {
	Name string `json:"name"`
}

func (r organizationRow) empty() bool { return r.Name == "" }

// Organization reads the friendly name of the environment.
func Organization(ctx context.Context, c *transport.Client, e Environment) OrganizationFacts {
	facts := OrganizationFacts{Reading: e.get(ctx, c, "organizations?$select=name&$top=1")}
	if !facts.OK() {
		return facts
	}
	var list struct {
		Value rows[organizationRow] `json:"value"`
	}
	if json.Unmarshal(facts.Response.Body, &list) == nil && len(list.Value) > 0 {
		facts.Name = plain.Name(list.Value[0].Name)
	}
	return facts
}
