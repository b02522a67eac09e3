package admin

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
)

// Client is the public client that signs an administrator in. Microsoft's page, its
// consent and the sign-in log show its name.
type Client struct {
	// ID is the Application (client) ID, a lower-case GUID.
	ID string `json:"id"`
	// Name is what Microsoft calls it; "" for the user's own
	// application.
	Name string `json:"name"`
	// Graph are the delegated permissions of Microsoft Graph that it has in every
	// tenant; nil for the user's own application, which asks for what is needed.
	Graph []string `json:"graph"`
}

// Own reports whether c is the user's own application, not an entry of [Clients].
func (c Client) Own() bool { return c.Name == "" }

//go:embed clients.json
var clientData []byte

var clients = sync.OnceValue(func() []Client {
	var list []Client
	if err := json.Unmarshal(clientData, &list); err != nil {
		panic(err) // TestClients reads the same file
	}
	return list
})

// Clients returns Microsoft's own public clients that can sign an administrator in,
// in the order in which they are tried. They are Microsoft's to change: see
// clients.json.
func Clients() []Client { return slices.Clone(clients()) }

// The delegated permissions of Microsoft Graph that a set-up may need.
//
// Source: learn.microsoft.com/graph/permissions-reference.
const (
	ReadApplications  = "Application.Read.All"
	WriteApplications = "Application.ReadWrite.All"
	WriteGrants       = "DelegatedPermissionGrant.ReadWrite.All"
	WriteUsers        = "User.ReadWrite.All"
)

// DefaultClient returns the first of [Clients] that has the permissions of Microsoft
// Graph which are needed; the last if no client has all of them.
func DefaultClient(needs []string) Client {
	list := clients()
	for _, c := range list {
		if c.has(needs) {
			return c
		}
	}
	return list[len(list)-1]
}

// NextClient returns the client with the needed permissions to try after one that was
// refused, or false if all were tried.
func NextClient(after Client, needs []string) (Client, bool) {
	list := clients()
	i := slices.IndexFunc(list, func(c Client) bool { return c.ID == after.ID })
	for _, c := range list[i+1:] {
		if c.has(needs) {
			return c, true
		}
	}
	return Client{}, false
}

// FindClient returns the client of an ID: one of [Clients], or one's own. false for
// what is no GUID.
func FindClient(id string) (Client, bool) {
	id, ok := guid.Parse(strings.TrimSpace(id))
	if !ok {
		return Client{}, false
	}
	for _, c := range clients() {
		if c.ID == id {
			return c, true
		}
	}
	return Client{ID: id}, true
}

func (c Client) has(needs []string) bool {
	for _, need := range needs {
		// A permission to write includes that to read.
		if !slices.Contains(c.Graph, need) && !slices.Contains(c.Graph, strings.Replace(need, ".Read.", ".ReadWrite.", 1)) {
			return false
		}
	}
	return true
}

// scopes returns the scopes to ask for, for a resource. graph is the address of
// Microsoft Graph, needs the permissions that are needed of it.
//
// Microsoft's own clients are authorised in advance for a fixed set, which .default
// names; asking them for others is AADSTS65002.
func (c Client) scopes(resource, graph string, needs []string) []string {
	switch {
	case resource != graph:
		return []string{resource + "/user_impersonation"}
	case !c.Own():
		return []string{resource + "/.default"}
	}
	var scopes []string
	for _, need := range needs {
		scopes = append(scopes, resource+"/"+need)
	}
	return scopes
}
