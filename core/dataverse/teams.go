package dataverse

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"s2sdoctor/core/transport"
)

// TeamFacts are the teams of the application user with their roles.
type TeamFacts struct {
	Reading
	Teams []Team
	// Known is true where Teams is the whole truth; an empty list then means that
	// the user is in no team.
	Known bool
}

const teamExpand = "teamroles_association($select=" + roleColumns + ")"

// FindTeams reads the teams whose members include the row that carries the
// application's ID. It asks for the teams themselves: to expand their roles
// within an expanded user is documented as unsupported for N:N relationships, and
// an empty list from it would make a healthy user look like one without a role.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/join-tables
// and …/query/filter-rows (lambda operators).
func FindTeams(ctx context.Context, c *transport.Client, e Environment, clientID string) TeamFacts {
	return findTeams(ctx, c, e, "applicationid eq "+clientID, "systemusers?", "&$filter=applicationid%20eq%20"+clientID)
}

// GetTeams is [FindTeams] for a user whose row is known by its ID.
func GetTeams(ctx context.Context, c *transport.Client, e Environment, userID string) TeamFacts {
	return findTeams(ctx, c, e, "systemuserid eq "+userID, "systemusers("+userID+")?", "")
}

func findTeams(ctx context.Context, c *transport.Client, e Environment, member, users, filter string) TeamFacts {
	lambda := url.QueryEscape("teammembership_association/any(m:m/" + member + ")")
	facts := TeamFacts{Reading: e.list(ctx, c, "teams?$select=teamid,name&$expand="+url.QueryEscape(teamExpand)+"&$filter="+lambda)}
	if facts.OK() {
		var list struct {
			Value rows[teamRow] `json:"value"`
		}
		facts.Known = json.Unmarshal(facts.Answer.Body, &list) == nil && list.Value != nil
		facts.Teams = teams(list.Value)
		return facts
	}
	if facts.Failure == nil && facts.Answer.Status == http.StatusBadRequest {
		return nestedTeams(ctx, c, e, users, filter)
	}
	return facts
}

// nestedTeams is for a server that refuses the filter. Here an empty list proves
// nothing; a team with its roles does.
func nestedTeams(ctx context.Context, c *transport.Client, e Environment, users, filter string) TeamFacts {
	expand := url.QueryEscape("teammembership_association($select=teamid,name;$expand=" + teamExpand + ")")
	facts := TeamFacts{Reading: e.list(ctx, c, users+"$select=systemuserid&$expand="+expand+filter)}
	if !facts.OK() {
		return facts
	}
	for _, u := range readRows(facts.Answer.Body) {
		facts.Teams = append(facts.Teams, u.Teams...)
	}
	for _, team := range facts.Teams {
		facts.Known = facts.Known || len(team.Roles) > 0
	}
	return facts
}
