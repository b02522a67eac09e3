package sandbox

import "strings"

// organization is a Dataverse environment.
type organization struct {
	// Host is its web host; the Web API's own has ".api" in it.
	Host     string
	ID       string
	Name     string
	Unique   string
	Region   string
	Dir      directory
	UnitID   string
	UnitName string
}

var (
	contosoOrg   = &organization{EnvironmentHost, OrganizationID, "Contoso UAT", "orgc0n7050", "EMEA", contoso, BusinessUnitID, "contoso-uat"}
	devOrg       = &organization{OtherEnvironmentHost, "b3d96a17-d2a4-ee11-be36-000d3a4b5e6f", "Contoso Development", "orgc0n70de", "EMEA", contoso, "c5e08b29-d2a4-ee11-be37-000d3a4b5e6f", "contoso-dev"}
	fabrikamOrg  = &organization{ForeignEnvironmentHost, "d7f2a93b-d2a4-ee11-be36-000d3a4b7081", "Fabrikam", "orgfab71ca", "EMEA", fabrikam, "e9046c4d-d2a4-ee11-be37-000d3a4b7081", "fabrikam"}
	woodgroveOrg = &organization{GovEnvironmentHost, "1b268d5f-d2a4-ee11-be36-000d3a4b9293", "Woodgrove", "org3009203", "USG", woodgrove, "2d489e61-d2a4-ee11-be37-000d3a4b9293", "woodgrove"}

	organizations = []*organization{contosoOrg, devOrg, fabrikamOrg, woodgroveOrg}
)

// organizationOf returns the environment of either of its hosts, or nil.
func organizationOf(host string) *organization {
	for _, o := range organizations {
		if host == o.Host || host == o.apiHost() {
			return o
		}
	}
	return nil
}

func (o *organization) apiHost() string {
	org, rest, _ := strings.Cut(o.Host, ".")
	return org + ".api." + rest
}

// TenantOf returns the ID of the tenant that owns an environment, given as a URL;
// Contoso's where the URL is no environment.
func (s *Server) TenantOf(environment string) string {
	host := strings.TrimPrefix(s.Renamed(environment), "https://")
	if org := organizationOf(host); org != nil {
		return s.now().directoryOf(org)
	}
	return TenantID
}

// directoryOf returns the ID of the directory that an environment belongs to.
func (t Tenant) directoryOf(o *organization) string {
	if o == contosoOrg && t.Environment.Foreign {
		return fabrikam.ID
	}
	return o.Dir.ID
}

func (t Tenant) isGone(o *organization) bool {
	return o == contosoOrg && (t.Environment.Gone || t.Environment.NotDataverse)
}

// faults returns the faults of an environment; only Contoso's has any.
func (t Tenant) faults(o *organization) Organization {
	if o == contosoOrg {
		return t.Environment
	}
	return Organization{}
}
