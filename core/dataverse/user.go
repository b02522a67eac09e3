package dataverse

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"s2sdoctor/core/transport"
)

// ApplicationUser is a row of systemuser that stands for an application.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/reference/entities/systemuser.
type ApplicationUser struct {
	ID   string `json:"systemuserid"`
	Name string `json:"fullname"`
	// ApplicationID is Entra's Application (client) ID; empty on a human's row.
	ApplicationID string `json:"applicationid"`
	// ApplicationIDURI is filled in by the server; the 2017 article takes it for
	// the proof of consent.
	ApplicationIDURI string `json:"applicationiduri"`
	// ObjectID is the service principal's object ID, not the registration's.
	ObjectID       string `json:"azureactivedirectoryobjectid"`
	Disabled       bool   `json:"isdisabled"`
	DisabledReason string `json:"disabledreason"`
	Licensed       bool   `json:"islicensed"`
	// DeletedState is 0 for a row that lives, 1 for a soft-deleted one.
	DeletedState int `json:"deletedstate"`
	// AzureState is 0 while the service principal exists, 1 soft-deleted, 2 gone.
	AzureState   int    `json:"azurestate"`
	SignInName   string `json:"domainname"`
	BusinessUnit struct {
		Name     string `json:"name"`
		Disabled bool   `json:"isdisabled"`
	} `json:"businessunitid"`
	Roles []Role `json:"systemuserroles_association"`
	Teams []Team `json:"teammembership_association"`
}

// Role is a security role. Its template tells what it is, whatever it is called.
type Role struct {
	ID         string `json:"roleid"`
	Name       string `json:"name"`
	TemplateID string `json:"_roletemplateid_value"`
	// Team is the name of the team it comes through; "" for a direct one.
	Team string `json:"-"`
}

// Team is a team with the roles its members get.
type Team struct {
	ID    string `json:"teamid"`
	Name  string `json:"name"`
	Roles []Role `json:"teamroles_association"`
}

// SystemAdministrator is the template of the role of that name, which has
// another ID in every business unit and another name in every language.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/security-roles.
const SystemAdministrator = "627090ff-40a3-4053-8790-584edc5be201"

// IsSystemAdministrator goes by the template, never by the name.
func (r Role) IsSystemAdministrator() bool {
	return strings.EqualFold(r.TemplateID, SystemAdministrator)
}

// AllRoles are the direct roles and those that come through teams.
func (u ApplicationUser) AllRoles() []Role {
	roles := append([]Role(nil), u.Roles...)
	for _, team := range u.Teams {
		for _, r := range team.Roles {
			r.Team = team.Name
			roles = append(roles, r)
		}
	}
	return roles
}

// UserFacts is what asking for the application user brought.
type UserFacts struct {
	Reading
	// Users are the rows with the application's ID, soft-deleted ones included;
	// more than one that lives is a fault.
	Users []ApplicationUser
	// Partial is true when this server knows only the oldest columns, or does not
	// tell teams: then a missing value says nothing.
	Partial bool
}

// Live are the rows that are not soft-deleted.
func (f UserFacts) Live() []ApplicationUser {
	var live []ApplicationUser
	for _, u := range f.Users {
		if u.DeletedState == 0 {
			live = append(live, u)
		}
	}
	return live
}

const (
	shortColumns = "systemuserid,fullname,applicationid,applicationiduri,azureactivedirectoryobjectid,isdisabled"
	longColumns  = shortColumns + ",disabledreason,islicensed,deletedstate,azurestate,domainname"

	roleColumns = "systemuserroles_association($select=roleid,name,_roletemplateid_value)"
	everyAbout  = roleColumns + ",businessunitid($select=name,isdisabled)" +
		",teammembership_association($select=teamid,name;$expand=teamroles_association($select=roleid,name,_roletemplateid_value))"
)

// FindUser reads the rows that carry the application's ID, with their roles,
// direct and through teams, in one request. Older servers refuse a column or the
// nested part with 400; then the oldest columns are asked for alone.
func FindUser(ctx context.Context, c *transport.Client, e Environment, clientID string) UserFacts {
	return readUsers(ctx, c, e, "systemusers?", "&$filter=applicationid%20eq%20"+clientID)
}

// GetUser reads one row by its ID: whom WhoAmI named, when no row carries the
// application's ID.
func GetUser(ctx context.Context, c *transport.Client, e Environment, userID string) UserFacts {
	return readUsers(ctx, c, e, "systemusers("+userID+")?", "")
}

func readUsers(ctx context.Context, c *transport.Client, e Environment, path, filter string) UserFacts {
	query := func(columns, expand string) Reading {
		return e.get(ctx, c, path+"$select="+columns+"&$expand="+url.QueryEscape(expand)+filter)
	}
	facts := UserFacts{Reading: query(longColumns, everyAbout)}
	if facts.Failure == nil && facts.Answer.Status == http.StatusBadRequest {
		facts.Reading, facts.Partial = query(shortColumns, roleColumns), true
	}
	if !facts.OK() {
		return facts
	}
	var list struct {
		Value []ApplicationUser `json:"value"`
	}
	var one ApplicationUser
	if json.Unmarshal(facts.Answer.Body, &list) == nil && list.Value != nil {
		facts.Users = list.Value
	} else if json.Unmarshal(facts.Answer.Body, &one) == nil && one.ID != "" {
		facts.Users = []ApplicationUser{one}
	}
	return facts
}
