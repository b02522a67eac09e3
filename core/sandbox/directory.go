package sandbox

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// directory is one of the sandbox's tenants.
type directory struct {
	ID, Name, Domain string
	// Login is the host of its cloud.
	Login string
	// Region and SubRegion are those of its metadata.
	Region, SubRegion string
}

var (
	contoso   = directory{TenantID, "Contoso", TenantDomain, LoginHost, "EU", ""}
	fabrikam  = directory{ForeignTenantID, "Fabrikam", ForeignTenantDomain, LoginHost, "NA", ""}
	woodgrove = directory{GovTenantID, "Woodgrove", GovTenantDomain, GovLoginHost, "USGov", "DODCON"}
)

var domainShape = lazyregexp.New(`^[0-9A-Za-z]([0-9A-Za-z-]*[0-9A-Za-z])?(\.[0-9A-Za-z]([0-9A-Za-z-]*[0-9A-Za-z])?)+$`)

// anyTenant are the names that mean any directory.
var anyTenant = []string{"common", "organizations", "consumers"}

// findDirectory returns the directory of a GUID or verified domain, in any case. The
// first cloud's host knows the second's directories too, and names their own host;
// the second knows its own alone.
func (t Tenant) findDirectory(host, name string) (directory, *failure) {
	switch {
	case !guid.IsPlain(name) && !domainShape.MatchString(name):
		return directory{}, fail(900023, name)
	case guid.OnlyZeros(name):
		return directory{}, fail(900021, name)
	}
	for _, d := range []directory{contoso, fabrikam, woodgrove} {
		if !strings.EqualFold(name, d.ID) && !strings.EqualFold(name, d.Domain) {
			continue
		}
		if d == contoso && t.Directory.Missing {
			break
		}
		if d == contoso && t.Directory.OtherCloud {
			d.Login, d.Region, d.SubRegion = GovLoginHost, "USGov", "DODCON"
		}
		if host == GovLoginHost && d.Login != GovLoginHost {
			break
		}
		return d, nil
	}
	return directory{}, fail(90002, name)
}

// resource is an API that tokens are for.
type resource struct {
	// ID is the application ID of the resource.
	ID string
	// Name is the address as it was asked for.
	Name string
	// Host is its host, without port.
	Host string
}

// Source: learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in.
const (
	dataverseAppID = "00000007-0000-0000-c000-000000000000"
	graphAppID     = "00000003-0000-0000-c000-000000000000"
	// microsoftTenantID is the directory of Microsoft's own services.
	microsoftTenantID = "f8cdef31-a31e-4b4a-93e4-5f571e91255a"
	// userImpersonationID is Dataverse's delegated permission.
	userImpersonationID = "78ce3f0f-a1ce-49c2-8cde-64b5c0896db4"
)

// The object IDs of Microsoft's service principals in Contoso.
const (
	dataversePrincipalID = "e27a5f84-9c1d-4b60-8e3f-05d6b7a1c942"
	graphPrincipalID     = "4f0b9d36-71c8-4ea2-95d4-b83e60f2c719"
)

// findResource returns the resource of a name in a directory. A trailing slash
// belongs to the name and comes back in aud; the host decides.
func (t Tenant) findResource(d directory, name string) (resource, *failure) {
	switch strings.ToLower(name) {
	case dataverseAppID:
		// The old form; its tokens are for no environment at all.
		return resource{dataverseAppID, name, ""}, nil
	case graphAppID:
		return resource{graphAppID, name, GraphHost}, nil
	}
	host, ok := strings.CutPrefix(name, "https://")
	host = strings.TrimSuffix(host, "/")
	if !ok || host != strings.ToLower(host) {
		return resource{}, fail(500011, name, d.Name)
	}
	if host == GraphHost || host == govGraphHost {
		return resource{graphAppID, name, host}, nil
	}
	if host == powerAppsService && d == contoso {
		return resource{powerAppsAppID, name, host}, nil
	}
	if isARM(host) && d == contoso {
		return resource{armAppID, name, host}, nil
	}
	org := organizationOf(host)
	if org == nil || t.directoryOf(org) != d.ID || t.isGone(org) {
		return resource{}, fail(500011, name, d.Name)
	}
	if org == contosoOrg && t.Directory.Lapsed {
		return resource{}, fail(500014, name)
	}
	return resource{dataverseAppID, name, host}, nil
}

// findClient returns the failure for a client ID that the directory refuses.
func (t Tenant) findClient(d directory, id string) *failure {
	if f := t.findRegistration(d, id); f != nil {
		return f
	}
	sp := t.world().principal(id)
	switch {
	case sp == nil && d.ID == contoso.ID:
		return fail(7000229, id, d.ID)
	case sp != nil && !sp.Enabled:
		return fail(7000112, id)
	}
	return nil
}

// findRegistration returns the failure for a client ID that has no registration in
// the directory.
func (t Tenant) findRegistration(d directory, id string) *failure {
	if app := t.world().app(id); app == nil || app.Home != d.ID {
		return fail(700016, id, d.Name)
	}
	return nil
}

// redirectURIs returns those of the registration.
func (a Application) redirectURIs() []string {
	switch {
	case a.NoRedirectURI:
		return nil
	case a.RedirectURIs != nil:
		return slices.Clone(a.RedirectURIs)
	}
	return []string{"http://localhost", "https://app.contoso.example/signin"}
}

// redirectURIsOf returns the redirect URIs of all platforms of a registration.
func (t Tenant) redirectURIsOf(appID string) []string {
	app := t.world().app(appID)
	if app == nil {
		return nil
	}
	return slices.Concat(app.Web, app.Native, app.SPA)
}
