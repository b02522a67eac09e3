package dataverse

import (
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// ApplicationUser is a row of systemuser that represents an application. Its
// texts are safe to show; its IDs are lower-case GUIDs, "" where Dataverse has
// no value.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/reference/entities/systemuser.
type ApplicationUser struct {
	ID, Name string
	// ApplicationID is Entra's Application (client) ID; "" on a human's row.
	ApplicationID string
	// ApplicationIDURI is filled in by the server; the 2017 article takes it for
	// the proof of consent.
	ApplicationIDURI string
	// ObjectID is the service principal's object ID, not the registration's. It is
	// "" for a while after the row was made.
	ObjectID       string
	Disabled       bool
	DisabledReason string
	Licensed       bool
	// Deleted is true for a soft-deleted row.
	Deleted bool
	// AzureState is 0 while the service principal exists, 1 soft-deleted, 2 gone.
	AzureState   int
	BusinessUnit BusinessUnit
	Roles        []Role
	Teams        []Team
}

// BusinessUnit is where the user belongs.
type BusinessUnit struct {
	Name     string
	Disabled bool
	// Organization is the name of the environment's organisation.
	Organization string
}

// Role is a security role. Its template identifies what it is, regardless of its name.
type Role struct {
	ID, Name, TemplateID string
	// Team is the name of the team that the role comes through; "" for a direct
	// one.
	Team string
}

// Team is a team with the roles that its members get.
type Team struct {
	ID, Name string
	Roles    []Role
}

// SystemAdministrator is the template of the role of that name, which has
// another ID in every business unit and another name in every language.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/security-roles.
const SystemAdministrator = "627090ff-40a3-4053-8790-584edc5be201"

// IsSystemAdministrator goes by the template, never by the name.
func (r Role) IsSystemAdministrator() bool { return r.TemplateID == SystemAdministrator }

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

// userRow, roleRow and teamRow are rows as the Web API writes them.
type userRow struct {
	ID               string `json:"systemuserid"`
	Name             string `json:"fullname"`
	ApplicationID    string `json:"applicationid"`
	ApplicationIDURI string `json:"applicationiduri"`
	ObjectID         string `json:"azureactivedirectoryobjectid"`
	Disabled         bool   `json:"isdisabled"`
	DisabledReason   string `json:"disabledreason"`
	Licensed         bool   `json:"islicensed"`
	// DeletedState is 0 for a row that lives, 1 for a soft-deleted one.
	DeletedState int `json:"deletedstate"`
	AzureState   int `json:"azurestate"`
	BusinessUnit struct {
		Name         string `json:"name"`
		Disabled     bool   `json:"isdisabled"`
		Organization struct {
			Name string `json:"name"`
		} `json:"organizationid"`
	} `json:"businessunitid"`
	Roles rows[roleRow] `json:"systemuserroles_association"`
	Teams rows[teamRow] `json:"teammembership_association"`
}

func (r userRow) empty() bool { return r.ID == "" }

type roleRow struct {
	ID         string `json:"roleid"`
	Name       string `json:"name"`
	TemplateID string `json:"_roletemplateid_value"`
}

func (r roleRow) empty() bool { return r.ID == "" && r.Name == "" && r.TemplateID == "" }

type teamRow struct {
	ID    string        `json:"teamid"`
	Name  string        `json:"name"`
	Roles rows[roleRow] `json:"teamroles_association"`
}

func (r teamRow) empty() bool { return r.ID == "" && r.Name == "" && len(r.Roles) == 0 }

func (r userRow) user() ApplicationUser {
	return ApplicationUser{
		ID: guid.Of(r.ID), Name: plain.Name(r.Name),
		ApplicationID: guid.Of(r.ApplicationID), ApplicationIDURI: plain.Name(r.ApplicationIDURI), ObjectID: guid.Of(r.ObjectID),
		Disabled: r.Disabled, DisabledReason: plain.Line(r.DisabledReason), Licensed: r.Licensed,
		Deleted: r.DeletedState != 0, AzureState: r.AzureState,
		BusinessUnit: BusinessUnit{
			Name: plain.Name(r.BusinessUnit.Name), Disabled: r.BusinessUnit.Disabled,
			Organization: plain.Name(r.BusinessUnit.Organization.Name),
		},
		Roles: roles(r.Roles), Teams: teams(r.Teams),
	}
}

func roles(list []roleRow) []Role {
	var out []Role
	for _, r := range list {
		out = append(out, Role{ID: guid.Of(r.ID), Name: plain.Name(r.Name), TemplateID: guid.Of(r.TemplateID)})
	}
	return out
}

func teams(list []teamRow) []Team {
	var out []Team
	for _, r := range list {
		out = append(out, Team{ID: guid.Of(r.ID), Name: plain.Name(r.Name), Roles: roles(r.Roles)})
	}
	return out
}
