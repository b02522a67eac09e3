package session

import (
	"net/url"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// facts are what the newest examination found out about the connection.
type facts struct {
	address string // of the environment they are about, as typed
	place   text.Text
	tenant  string
}

// learn keeps what an examination found out.
func (s *Session) learn(r exam.Report) {
	s.facts = facts{address: s.state.Form.Typed.Environment, place: s.placeOf(r)}
	if c, ok := r.Check(exam.CheckTenant); !ok || c.Status != exam.Fail {
		s.facts.tenant = r.Connection.TenantID // else it is the one that was typed
	}
	if c, ok := r.Check(exam.CheckEnvironment); ok && c.Status == exam.Fail {
		s.state.Discovery.Known = false // it is no longer what it was
	}
	s.Look()
}

// place is what is known about the environment in the form.
func (s *Session) place() text.Text {
	address, d := s.state.Form.Typed.Environment, s.state.Discovery
	switch {
	case s.facts.address == address && !s.facts.place.Empty():
		return s.facts.place
	case d.Known && d.Address == address:
		return whereabouts(NameOf(address), d.Found.Cloud, d.Found.Region)
	}
	return text.Text{}
}

// ownTenant returns the tenant that the environment in the form belongs to, "" if
// unknown.
func (s *Session) ownTenant() string {
	address := s.state.Form.Typed.Environment
	if tenant := s.state.Discovery.tenant(address); tenant != "" {
		return tenant
	}
	if s.facts.address == address {
		return s.facts.tenant
	}
	return ""
}

// placeOf is "Contoso UAT · public cloud · EMEA", as far as an examination found it
// out; empty when Dataverse did not answer at all.
func (s *Session) placeOf(r exam.Report) text.Text {
	if c, ok := r.Check(exam.CheckEnvironment); !ok || c.Status == exam.Fail || c.Status == exam.Skip {
		return text.Text{}
	}
	name := NameOf(r.Connection.Environment)
	if r.WhoAmI != nil && r.WhoAmI.OrganizationName != "" {
		name = r.WhoAmI.OrganizationName
	}
	var region text.Text
	if u, err := url.Parse(r.Connection.Environment); err == nil {
		region = cloud.RegionTitle(u.Hostname())
	}
	return whereabouts(name, cloudOf(r), region)
}

// cloudOf returns the cloud that an examination was made in; or the zero
// Cloud.
func cloudOf(r exam.Report) cloud.Cloud {
	clouds := r.Basis.Clouds
	if clouds == nil {
		clouds = cloud.Table
	}
	for _, c := range clouds {
		if c.Name == r.Connection.Cloud {
			return c
		}
	}
	return cloud.Cloud{}
}

// whereabouts names an environment, its cloud and its region; what is unknown is
// left out.
func whereabouts(name string, c cloud.Cloud, region text.Text) text.Text {
	return text.Join(" · ", text.Raw(name), c.Title, region)
}

// NameOf returns what an environment's address begins with: "contoso"; "" for text
// that is no address. It does not judge whether the address can be used.
func NameOf(environment string) string {
	address := strings.TrimSpace(environment)
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		address = u.Hostname()
	}
	label, _, _ := strings.Cut(address, ".")
	if len(label) > 40 || strings.ContainsAny(label, " /:\\@") {
		return ""
	}
	return label
}
