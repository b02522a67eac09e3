package sandbox

import (
	"errors"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// directoryRole is a role of Entra ID, by its template.
//
// Source: learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference.
type directoryRole string

const (
	globalAdministrator           directoryRole = "62e90394-69f5-4237-9190-012177145e10"
	applicationAdministrator      directoryRole = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"
	cloudApplicationAdministrator directoryRole = "158c047a-c907-4556-b7ef-446551a6b5f7"
	userAdministrator             directoryRole = "fe930be7-5e62-47db-91af-98c3a49a38b1"
	licenceAdministrator          directoryRole = "4d6ac14f-3453-41d0-bef9-a3e0c569773a"
	powerPlatformAdministrator    directoryRole = "11648597-926c-4cf3-9c36-bcebb0ba8dcc"
)

// customerService is the product name of a Dynamics 365 licence, and customerServiceSKU
// its ID.
//
// Source: learn.microsoft.com/entra/identity/users/licensing-service-plan-reference.
const (
	customerService    = "DYN365_ENTERPRISE_CUSTOMER_SERVICE"
	customerServiceSKU = "749742bf-0d37-4158-a120-33567104deeb"
)

// administrators are accounts with a part of the rights of [administratorAccount].
// The sign-in page of the article's application does not list them; their names can
// be typed.
var administrators = []account{
	{
		Key: "entra-administrator", Name: "Isaiah Langer", SignIn: "isaiah@" + TenantDomain, ObjectID: "7c2f4a18-9d05-4be3-86f1-3a90c5d7e214",
		Title: "manages applications in Entra, unknown in the environment", Home: contoso, Admin: true, Roles: []directoryRole{cloudApplicationAdministrator},
	},
	{
		Key: "dataverse-administrator", Name: "Lidia Holloway", SignIn: "lidia@" + TenantDomain, ObjectID: "2e81b6c9-47fa-4d30-9b58-c06d17e3f492",
		Title: "System Administrator of the environment, without a role in Entra", Home: contoso, Licences: []string{customerService},
	},
	{
		Key: "maker", Name: "Grady Archie", SignIn: "grady@" + TenantDomain, ObjectID: "95d0e7f3-1b6a-4c82-a4e9-58f2b3c7d610",
		Title: "works in the environment, and administers nothing", Home: contoso, Licences: []string{customerService},
	},
}

// The sign-in names of administrators, for [Server.AdministratorToken].
const (
	Administrator          = "admin@" + TenantDomain
	EntraAdministrator     = "isaiah@" + TenantDomain
	DataverseAdministrator = "lidia@" + TenantDomain
	Maker                  = "grady@" + TenantDomain
)

// azureCLI is the Azure CLI's application.
const azureCLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"

// Administrators returns the names of the accounts that can sign in as administrators.
func Administrators() []string {
	return []string{Administrator, EntraAdministrator, DataverseAdministrator, Maker}
}

var errNoAccount = errors.New("the sandbox has no such account")

// AdministratorToken returns an access token of a user for a resource, such as
// "https://graph.sandbox.localhost" or [Environment], as the Azure CLI gets it. name
// is the sign-in name.
func (s *Server) AdministratorToken(name, resource string) (secret.Value, error) {
	a, ok := findAccount("", name)
	if !ok {
		return secret.Value{}, errNoAccount
	}
	t := tokenRequest{tenant: s.now(), dir: a.Home, now: s.time(), version: 2}
	answer, f := s.userAnswer(t, userGrant{client: findPublicClient(azureCLI), account: a, dir: a.Home}, []string{s.Renamed(resource) + "/.default"}, AtRefresh)
	if f != nil {
		return secret.Value{}, errors.New(f.description(ids{}, false))
	}
	return secret.New(answer.values()["access_token"].(string)), nil
}

// RefreshToken returns a refresh token of a user for the Azure CLI's application: what
// az login leaves behind.
func (s *Server) RefreshToken(name string) (secret.Value, error) {
	a, ok := findAccount("", name)
	if !ok {
		return secret.Value{}, errNoAccount
	}
	return secret.New(s.keepRefresh(userGrant{client: findPublicClient(azureCLI), account: a, dir: a.Home})), nil
}

// has reports whether the account has one of the roles. A Global Administrator has
// them all.
func (a account) has(roles ...directoryRole) bool {
	return slices.ContainsFunc(a.Roles, func(r directoryRole) bool { return r == globalAdministrator || slices.Contains(roles, r) })
}

// accountOf returns the account of an object ID.
func accountOf(objectID string) (account, bool) {
	for _, a := range slices.Concat(accounts, administrators) {
		if strings.EqualFold(a.ObjectID, objectID) {
			return a, true
		}
	}
	return account{}, false
}
