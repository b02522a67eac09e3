package ui

import (
	"net/url"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
)

// learned shows as facts what the examination found out about the connection:
// whose environment it is, in which cloud and region, and its tenant.
func (f *formCard) learned(r exam.Report) {
	address := f.environment.Entry.Text
	f.report = learnedFacts{address: address, place: f.placeText(r), tenant: r.Connection.TenantID}
	if c, ok := r.Check("environment"); ok && c.Status == exam.Fail {
		f.place.known = false // it is no longer what it was
	}
	f.changed()
}

// learnedFacts are those of the newest examination, and the address that they
// are about.
type learnedFacts struct{ address, place, tenant string }

// placeNote is what is known about the environment in the form.
func (f *formCard) placeNote() string {
	address := f.environment.Entry.Text
	if f.report.address == address && f.report.place != "" {
		return f.report.place
	}
	return f.place.text(address)
}

// ownTenant is the tenant that the environment in the form belongs to, "" when
// nobody has found out.
func (f *formCard) ownTenant() string {
	address := f.environment.Entry.Text
	if tenant := f.place.tenant(address); tenant != "" {
		return tenant
	}
	if f.report.address == address {
		return f.report.tenant
	}
	return ""
}

// placeText is "Contoso UAT · public cloud · EMEA", as far as it is known; ""
// when Dataverse did not answer at all.
func (f *formCard) placeText(r exam.Report) string {
	if c, ok := r.Check("environment"); !ok || c.Status == exam.Fail || c.Status == exam.Skip {
		return ""
	}
	name := connectionName(r.Connection.Environment)
	if r.WhoAmI != nil && r.WhoAmI.OrganizationName != "" {
		name = r.WhoAmI.OrganizationName
	}
	c, ok := cloudNamed(r.Connection.Cloud)
	if !ok && f.place.known && f.place.found.Cloud.Name == r.Connection.Cloud {
		c = f.place.found.Cloud // the sandbox's
	}
	var region text.Text
	if u, err := url.Parse(r.Connection.Environment); err == nil {
		region = cloud.RegionTitle(u.Hostname())
	}
	return whereabouts(name, c, region)
}

// whereabouts names an environment, its cloud and its region; what is not known is left
// out.
func whereabouts(name string, c cloud.Cloud, region text.Text) string {
	return strings.Join(slices.DeleteFunc([]string{name, i18n.Said(c.Title), i18n.Said(region)}, func(part string) bool {
		return part == "" || part == unnamed.String()
	}), " · ")
}
