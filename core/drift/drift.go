// Package drift compares what two connections may do, or one connection with what it
// could do earlier.
//
// It promises that the comparison is a pure function of two snapshots, that what could
// not be read is no difference, and that IDs which differ between any two environments
// are compared within one environment only.
package drift

import (
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
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

// Role is a security role; Team is "" for a direct one.
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

// Read reads a snapshot from its JSON, or the first one of a comparison.
func Read(data []byte) (Snapshot, error) {
	var file struct {
		Snapshot
		B *Snapshot `json:"b"`
	}
	if json.Unmarshal(data, &file) != nil {
		return Snapshot{}, errors.New("it is no JSON")
	}
	s := file.Snapshot
	if file.B != nil {
		s = *file.B // the later one
	}
	if s.Version != 1 || s.Taken.IsZero() {
		return Snapshot{}, errors.New("it is no snapshot of s2scheck")
	}
	return s, nil
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

// Difference is an item that differs. A and B are its values; "" for one that is not
// there.
type Difference struct {
	Area Area   `json:"area"`
	Item string `json:"item"`
	A    string `json:"a"`
	B    string `json:"b"`
}

// Compare returns how b differs from a, in the order of the areas and then of the items.
func Compare(a, b Snapshot) []Difference {
	list := []Difference{}
	add := func(area Area, item, x, y string) {
		if x != y {
			list = append(list, Difference{area, item, x, y})
		}
	}
	add(Health, "root cause", cmp.Or(string(a.RootCause), "healthy"), cmp.Or(string(b.RootCause), "healthy"))
	add(Health, "warnings", strings.Join(catalog.Names(a.Warnings), " "), strings.Join(catalog.Names(b.Warnings), " "))
	add(Credential, "kind", a.Connection.Credential, b.Connection.Credential)
	add(Credential, "application", a.Connection.ClientID, b.Connection.ClientID)
	if a.User != nil && b.User != nil {
		x, y := a.User, b.User
		add(AppUser, "disabled", yes(x.Disabled), yes(y.Disabled))
		add(AppUser, "licensed", yes(x.Licensed), yes(y.Licensed))
		if a.Connection.Environment == b.Connection.Environment {
			add(AppUser, "id", x.ID, y.ID)
			add(AppUser, "business unit", x.BusinessUnit, y.BusinessUnit)
			add(AppUser, "object id", x.ObjectID, y.ObjectID)
			add(AppUser, "application id uri", x.ApplicationIDURI, y.ApplicationIDURI)
			add(AppUser, "organization", x.OrganizationID, y.OrganizationID)
		}
	}
	if a.Roles != nil && b.Roles != nil {
		list = append(list, sets(Roles, byRole(a.Roles), byRole(b.Roles))...)
	}
	if a.Privileges != nil && b.Privileges != nil {
		list = append(list, sets(Privileges, a.Privileges, b.Privileges)...)
	}
	if a.ServerVersion != "" && b.ServerVersion != "" {
		add(Server, "version", a.ServerVersion, b.ServerVersion)
	}
	return list
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// byRole returns how each role comes to the user.
func byRole(list []Role) map[string]string {
	ways := map[string][]string{}
	for _, r := range list {
		way := "direct"
		if r.Team != "" {
			way = "through team " + r.Team
		}
		ways[r.Name] = append(ways[r.Name], way)
	}
	all := map[string]string{}
	for name, how := range ways {
		slices.Sort(how)
		all[name] = strings.Join(slices.Compact(how), ", ")
	}
	return all
}

// sets compares values by name.
func sets(area Area, a, b map[string]string) []Difference {
	names := slices.Collect(maps.Keys(a))
	for name := range b {
		if _, both := a[name]; !both {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var list []Difference
	for _, name := range names {
		if a[name] != b[name] {
			list = append(list, Difference{area, name, a[name], b[name]})
		}
	}
	return list
}

// Unread returns the areas that could not be compared, because one side could not be
// read.
func Unread(a, b Snapshot) []Area {
	list := []Area{}
	if a.User == nil || b.User == nil {
		list = append(list, AppUser)
	}
	if a.Roles == nil || b.Roles == nil {
		list = append(list, Roles)
	}
	if a.Privileges == nil || b.Privileges == nil {
		list = append(list, Privileges)
	}
	if a.ServerVersion == "" || b.ServerVersion == "" {
		list = append(list, Server)
	}
	return list
}
