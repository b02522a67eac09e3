// Package drift compares what two connections may do, or one connection with what it
// could do earlier.
//
// It promises that the comparison is a pure function of two snapshots, that what could
// not be read is no difference, and that IDs which differ between any two environments
// are compared within one environment only.
package drift

import (
	"cmp"
	"slices"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/dataverse"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// Snapshot is a connection at a time, as its JSON has it. It holds no secret.
type Snapshot struct {
	Version    int             `json:"version"`
	Name       string          `json:"name"`
	Taken      time.Time       `json:"taken"`
	Connection exam.Subject    `json:"connection"`
	Healthy    bool            `json:"healthy"`
	RootCause  catalog.Cause   `json:"rootCause"`
	Warnings   []catalog.Cause `json:"warnings"`
	// User is nil where the application user's row could not be read.
	User *User `json:"user"`
	// Roles and Privileges are nil where they could not be read.
	Roles []Role `json:"roles"`
	// Privileges are depths by name: {"prvReadAccount": "Global"}.
	Privileges map[string]string `json:"privileges"`
	// ServerVersion is "" where it could not be read.
	ServerVersion string `json:"serverVersion"`
}

// User is the application user's row.
type User struct {
	ID               string `json:"id"`
	OrganizationID   string `json:"organizationId"`
	ObjectID         string `json:"objectId"`
	Name             string `json:"name"`
	BusinessUnit     string `json:"businessUnit"`
	ApplicationIDURI string `json:"applicationIdUri"`
	Disabled         bool   `json:"disabled"`
	Licensed         bool   `json:"licensed"`
}

// Role is a security role; Team is "" for a role assigned directly.
type Role struct {
	Name string `json:"name"`
	Team string `json:"team"`
}

// Take returns the snapshot of an examination that read [exam.Options.Access].
func Take(name string, r exam.Report, now time.Time) Snapshot {
	s := Snapshot{
		Version: 1, Name: name, Taken: now.UTC().Truncate(time.Second), Connection: r.Connection, Healthy: r.Healthy, RootCause: r.RootCause,
		Warnings: append([]catalog.Cause{}, r.Warnings...),
	}
	a := r.Access
	if a == nil {
		return s
	}
	s.ServerVersion = a.Version
	if u := a.User; u.ID != "" {
		s.User = &User{
			ID: u.ID, ObjectID: u.ObjectID, Name: plain.Name(u.Name), BusinessUnit: plain.Name(u.BusinessUnit.Name), ApplicationIDURI: plain.Line(u.ApplicationIDURI),
			Disabled: u.Disabled, Licensed: u.Licensed,
		}
		if r.WhoAmI != nil {
			s.User.OrganizationID = r.WhoAmI.OrganizationID
		}
		if a.RolesKnown && a.TeamsKnown {
			s.Roles = roles(u.AllRoles())
		}
	}
	if a.PrivilegesKnown {
		s.Privileges = map[string]string{}
		for _, p := range a.Privileges {
			s.Privileges[p.Name] = p.Depth
		}
	}
	return s
}

func roles(list []dataverse.Role) []Role {
	all := []Role{}
	for _, r := range list {
		all = append(all, Role{plain.Name(r.Name), plain.Name(r.Team)})
	}
	slices.SortFunc(all, func(a, b Role) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Team, b.Team)) })
	return all
}

// Area is a part of a connection. Its values are part of the command's interface.
type Area string

// The areas, in the order of a page.
const (
	Health     Area = "health"
	Credential Area = "credential"
	AppUser    Area = "application-user"
	Roles      Area = "role"
	Privileges Area = "privilege"
	Server     Area = "server"
)

// Areas are all areas, in the order of a page.
var Areas = []Area{Health, Credential, AppUser, Roles, Privileges, Server}

// Difference is an item that differs. A and B are its values; "" for a missing value.
type Difference struct {
	Area Area   `json:"area"`
	Item string `json:"item"`
	A    string `json:"a"`
	B    string `json:"b"`
}

// Compare returns how b differs from a, in the order of the areas and then of the items.
func Compare(a, b Snapshot) []Difference {
	list := []Difference{}
	for _, item := range Items(a, b) {
		if !item.Same() {
			list = append(list, item.Difference)
		}
	}
	return list
}

// Unread returns the areas that could not be compared, because a side could not be read.
func Unread(a, b Snapshot) []Area {
	list := []Area{}
	for _, area := range Areas {
		if a.Lacks(area) || b.Lacks(area) {
			list = append(list, area)
		}
	}
	return list
}

// Lacks reports whether an area could not be read.
func (s Snapshot) Lacks(area Area) bool {
	switch area {
	case AppUser:
		return s.User == nil
	case Roles:
		return s.Roles == nil
	case Privileges:
		return s.Privileges == nil
	case Server:
		return s.ServerVersion == ""
	}
	return false
}
