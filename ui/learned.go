package ui

import (
	"net/url"
	"strings"

	"s2sdoctor/core/cloud"
	"s2sdoctor/core/exam"
	"s2sdoctor/ui/words"
)

// learned shows as facts what the examination found out about the connection:
// whose environment it is, in which cloud and region, and its tenant.
func (f *formCard) learned(r exam.Report) {
	f.environment.SetNote(placeText(r))
	if f.tenant.Entry.Text == "" && r.Connection.TenantID != "" {
		f.tenant.SetNote(words.F("Discovered: {{.ID}}", words.V{"ID": r.Connection.TenantID}))
	}
	f.relayout()
}

// placeText is "Contoso UAT · public cloud · EMEA", as far as it is known; ""
// when Dataverse did not answer at all.
func placeText(r exam.Report) string {
	if c, ok := r.Check("environment"); !ok || c.Status == exam.Fail || c.Status == exam.Skip {
		return ""
	}
	var parts []string
	if r.WhoAmI != nil && r.WhoAmI.OrganizationName != "" {
		parts = append(parts, r.WhoAmI.OrganizationName)
	}
	if c, ok := cloudNamed(r.Connection.Cloud); ok {
		parts = append(parts, c.Title)
	}
	if u, err := url.Parse(r.Connection.Environment); err == nil {
		if region := cloud.RegionTitle(u.Hostname()); region != "" {
			parts = append(parts, region)
		}
	}
	return strings.Join(parts, " · ")
}
