package sandbox

import (
	"slices"
	"strings"
)

// The permissions of Graph that let a caller read and write applications.
//
// Source: learn.microsoft.com/graph/permissions-reference.
var (
	readsApplications  = []string{"Application.Read.All", "Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All", "Directory.AccessAsUser.All"}
	writesApplications = []string{"Application.ReadWrite.All", "Directory.AccessAsUser.All"}
	writesGrants       = []string{"DelegatedPermissionGrant.ReadWrite.All", "Directory.ReadWrite.All", "Directory.AccessAsUser.All"}
	readsGrants        = append([]string{"DelegatedPermissionGrant.Read.All", "Directory.Read.All", "Application.Read.All", "Application.ReadWrite.All"}, writesGrants...)
	writesAssignments  = []string{"AppRoleAssignment.ReadWrite.All", "Directory.AccessAsUser.All"}
	readsUsers         = []string{"User.ReadBasic.All", "User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All", "Directory.AccessAsUser.All"}
	readsMe            = append([]string{"User.Read", "User.ReadWrite"}, readsUsers...)
	writesLicences     = []string{"LicenseAssignment.ReadWrite.All", "User.ReadWrite.All", "Directory.ReadWrite.All", "Directory.AccessAsUser.All"}
	readsOrganization  = append([]string{"Organization.Read.All", "Organization.ReadWrite.All", "LicenseAssignment.Read.All"}, readsUsers...)
)

// holds reports whether the token has one of the permissions, a user's in scp and an
// application's in roles.
func (c *graphCall) holds(permissions []string) bool {
	have := c.claims.Roles
	if c.claims.SCP != "" {
		have = strings.Fields(c.claims.SCP)
	}
	return slices.ContainsFunc(have, func(p string) bool { return slices.Contains(permissions, p) })
}

// isUser reports whether the caller is a signed-in user.
func (c *graphCall) isUser() bool { return c.claims.SCP != "" }

// mayCreate reports whether the caller may register applications: users may, unless
// the directory leaves it to administrators.
//
// Source: learn.microsoft.com/entra/identity-platform/quickstart-register-app and
// learn.microsoft.com/entra/identity/role-based-access-control/delegate-app-roles.
func (c *graphCall) mayCreate() bool {
	switch {
	case !c.holds(writesApplications):
		return false
	case !c.isUser():
		return true
	}
	return !c.tenant.Directory.AdminsRegisterOnly || c.administersApplications()
}

// mayWrite reports whether the caller may change an application: its owners may, and
// administrators of applications.
func (c *graphCall) mayWrite(owners []string) bool {
	switch {
	case !c.holds(writesApplications):
		return false
	case !c.isUser():
		return true
	}
	return c.administersApplications() || slices.Contains(owners, c.account.ObjectID)
}

func (c *graphCall) administersApplications() bool {
	return c.account.has(applicationAdministrator, cloudApplicationAdministrator)
}

// mayGrant reports whether the caller may grant permissions.
func (c *graphCall) mayGrant(permissions []string) bool {
	return c.holds(permissions) && (!c.isUser() || c.administersApplications())
}

// mayLicense reports whether the caller may change the licences of users.
//
// Source: learn.microsoft.com/graph/api/user-assignlicense.
func (c *graphCall) mayLicense() bool {
	return c.holds(writesLicences) && (!c.isUser() || c.account.has(userAdministrator, licenceAdministrator))
}

// readable are the permissions of Graph that an application can hold, by the ID of
// their app role.
//
// Source: learn.microsoft.com/graph/permissions-reference.
var appRoles = map[string]string{
	"9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30": "Application.Read.All",
	"1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9": "Application.ReadWrite.All",
	"7ab1d382-f21e-4acd-a863-ba3e13f7da61": "Directory.Read.All",
}

// graphRoles returns the permissions of Graph that a service principal holds.
func (t Tenant) graphRoles(principalID string) []string {
	var all []string
	if t.Graph.Readable && principalID == ServicePrincipalID {
		all = append(all, "Application.Read.All")
	}
	for _, a := range t.world().assignments {
		if name := appRoles[a.RoleID]; a.PrincipalID == principalID && a.ResourceID == graphPrincipalID && name != "" {
			all = append(all, name)
		}
	}
	return all
}
