package sandbox

import (
	"slices"
	"strings"
)

// publicClient is an application that signs users in and holds no secret.
type publicClient struct {
	ID, Name string
	// Own: it is registered in Contoso's directory, and needs its consent. False: it is
	// Microsoft's, and what it may ask for was authorised in advance.
	Own bool
	// Graph are the delegated permissions of Microsoft Graph that it may ask for.
	Graph []string
}

// AdminClientID is a public client of Contoso's own, for the sign-in of its
// administrators.
const AdminClientID = "6b3f1d84-9e02-4c57-8a1d-f27c05b9e463"

// publicClients are those that the directory knows. Each has the redirect URI
// http://localhost, and may ask Dataverse for user_impersonation.
//
// Source of Microsoft's: github.com/f-bader/EntraScopes, firstpartyscopes.json,
// 2026-05-22.
var publicClients = []publicClient{
	{
		"51f81489-12ee-4a9e-aaae-a2591f45987d", "Dynamics 365 Example Client Application", false,
		[]string{"Application.Read.All", "Group.Read.All", "Organization.Read.All", "RoleManagement.Read.Directory"},
	},
	{
		"9cee029c-6210-4654-90bb-17e6e9d36617", "Power Platform CLI - pac", false,
		[]string{"Application.ReadWrite.All", "Organization.Read.All", "User.Read"},
	},
	{
		"04b07795-8ddb-461a-bbee-02f9e1bf7b46", "Microsoft Azure CLI", false,
		[]string{"Application.ReadWrite.All", "AuditLog.Read.All", "DelegatedPermissionGrant.ReadWrite.All", "Directory.AccessAsUser.All", "User.ReadWrite.All"},
	},
	{"2ad88395-b77d-4561-9441-d0e40824f9bc", "Dynamics 365 Development Tools", false, nil},
	{
		AdminClientID, "S2S Administration", true,
		[]string{"Application.Read.All", "Application.ReadWrite.All", "DelegatedPermissionGrant.ReadWrite.All", "User.ReadWrite.All"},
	},
}

// findPublicClient returns the public client of an ID; nil for another application.
func findPublicClient(id string) *publicClient {
	i := slices.IndexFunc(publicClients, func(p publicClient) bool { return strings.EqualFold(p.ID, id) })
	if i < 0 {
		return nil
	}
	return &publicClients[i]
}

// scopesFor returns the scopes that a request for a resource gets: those that are
// named, or all of them for .default.
//
// Guess: that each of the programs may ask the Power Apps service for its permission.
func (p *publicClient) scopesFor(res resource, names []string) ([]string, *failure) {
	may := []string{"user_impersonation"}
	switch res.ID {
	case graphAppID:
		may = p.Graph
	case powerAppsAppID:
		may = []string{"User"}
	}
	if len(may) == 0 {
		return nil, fail(65002, p.ID, res.ID)
	}
	if slices.Equal(names, []string{".default"}) {
		return may, nil
	}
	for _, name := range names {
		switch {
		case slices.Contains(may, name):
		case p.Own:
			return nil, fail(65001, p.ID)
		default:
			return nil, fail(65002, p.ID, res.ID)
		}
	}
	return names, nil
}

// askedOf splits the scopes of a request into the resource, its scopes by their
// short names, and whether all of them are asked for. There may be one resource only.
func askedOf(scopes []string) (name string, names []string, f *failure) {
	for _, scope := range scopes {
		if slices.Contains(openIDScopes, scope) {
			continue
		}
		slash := strings.LastIndexByte(scope, '/')
		if slash <= 0 || !isURIOrGUID(scope) {
			return "", nil, fail(70011, scope)
		}
		if name != "" && name != scope[:slash] {
			return "", nil, fail(28000, strings.Join(scopes, " "))
		}
		name, names = scope[:slash], append(names, scope[slash+1:])
	}
	return name, names, nil
}
