package dataverse

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// TeamFacts are the teams of the application user with their roles.
type TeamFacts struct {
	Reading
	Teams []Team
	// Known is true where Teams is the whole truth; an empty list then means that
	// the user is in no team.
	Known bool
}

const (
	teamRoles  = "teamroles_association"
	teamExpand = teamRoles + "($select=" + roleColumns + ")"
	teamPart   = "teammembership_association($select=teamid,name"
)

// maxTeams bounds the teams whose roles are asked for one by one.
const maxTeams = 16

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
	facts := TeamFacts{Reading: e.get(ctx, c, "teams?$select=teamid,name&$expand="+url.QueryEscape(teamExpand)+"&$filter="+lambda)}
	switch {
	case facts.OK():
		facts.Teams, facts.Known = readTeams(facts.Response.Body)
	case notServed(facts.Reading):
		return teamsOfUser(ctx, c, e, users, filter)
	}
	return facts
}

// notServed reports whether a question was not understood, rather than refused
// because a privilege is missing, or for the moment.
func notServed(r Reading) bool {
	if r.Err != nil {
		return false
	}
	switch r.Response.Status {
	case http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusInternalServerError, http.StatusNotImplemented:
		return true
	}
	return false
}

// teamsOfUser is for a server that does not serve the filter. It expands the teams
// of the user, with their roles where that is served. A list of roles that comes
// back empty from a nested expansion proves nothing, so each of those teams is
// asked for its roles.
func teamsOfUser(ctx context.Context, c *transport.Client, e Environment, users, filter string) TeamFacts {
	var facts TeamFacts
	for _, expand := range []string{teamPart + ";$expand=" + teamExpand + ")", teamPart + ")"} {
		facts = TeamFacts{Reading: e.get(ctx, c, users+"$select=systemuserid&$expand="+url.QueryEscape(expand)+filter)}
		if !notServed(facts.Reading) {
			break
		}
	}
	if !facts.OK() {
		return facts
	}
	for _, u := range readRows(facts.Response.Body) {
		facts.Teams = append(facts.Teams, u.Teams...)
	}
	facts.Known = len(facts.Teams) <= maxTeams
	for i, team := range facts.Teams[:min(len(facts.Teams), maxTeams)] {
		if len(team.Roles) > 0 {
			continue
		}
		var ok bool
		if facts.Teams[i].Roles, ok = rolesOfTeam(ctx, c, e, team.ID); !ok {
			facts.Known = false
		}
	}
	return facts
}

// rolesOfTeam asks one team for its roles and reports whether it answered.
func rolesOfTeam(ctx context.Context, c *transport.Client, e Environment, id string) ([]Role, bool) {
	if id == "" {
		return nil, false
	}
	r := e.get(ctx, c, "teams("+id+")/"+teamRoles+"?$select="+roleColumns)
	var list struct {
		Value []roleRow `json:"value"`
	}
	if !r.OK() || json.Unmarshal(r.Response.Body, &list) != nil || list.Value == nil {
		return nil, false
	}
	return roles(list.Value), true
}

// readTeams reads a list of teams and reports whether it is one.
func readTeams(body []byte) ([]Team, bool) {
	var list struct {
		Value []teamRow `json:"value"`
	}
	if json.Unmarshal(body, &list) != nil || list.Value == nil {
		return nil, false
	}
	return teams(list.Value), true
}
