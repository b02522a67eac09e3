package plan

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/handoff"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// Target is the set-up that is wanted.
type Target struct {
	// Environment is scheme and host: "https://contoso.crm4.dynamics.com".
	Environment string
	Cloud       cloud.Cloud
	// TenantID is "" where it is not known.
	TenantID string
	// ClientID is the registration to adopt; "" plans a new one.
	ClientID string
	// Given is the credential that the form has, or "".
	Given connection.Kind
	// RedirectURI is where the consent page returns to, or "". It is
	// registered with a new application on the classic path.
	RedirectURI string

	// Name is the display name of a new registration; "" for [DefaultName].
	Name string
	// Credential is what the registration gets.
	Credential Choice
	// Role is the name of an existing role, [Minimal], or "" to leave the choice to a
	// person.
	Role string
	// Privileges are those of the role [Minimal].
	Privileges []Privilege
	// Classic is the path of the article of 2017.
	Classic bool
	// ConsentPage leaves consent to the application user, who opens Microsoft's page, as
	// in the article. Otherwise an administrator grants it for the whole organisation.
	ConsentPage bool
	// Only are the steps to plan; nil for all.
	Only []ID
	// Known are the values that the result of a script names, or nil. What they
	// name is taken up, and never taken back.
	Known map[Value]string
}

// TakeUp takes up what a script has made that another user ran. What belongs to
// another application or environment is left out; an application that is not given is
// the script's.
func (t *Target) TakeUp(r handoff.Result) {
	if t.ClientID == "" {
		t.ClientID = r.ClientID
	}
	if t.ClientID == "" || t.ClientID != r.ClientID {
		return
	}
	t.Known = map[Value]string{}
	for name, id := range r.Values {
		v := Value(name)
		if (v == ApplicationUserID || v == RoleID) && r.Environment != t.Environment {
			continue
		}
		t.Known[v] = id
	}
}

// Choice is the kind of credential that a registration gets.
type Choice string

// The choices; "" is a certificate where nothing valid is there.
const (
	NewCertificate Choice = "certificate"
	NewSecret      Choice = "secret"
	NoCredential   Choice = "none"
)

// Minimal is the role that is made of [Target.Privileges].
const Minimal = "minimal"

// DefaultName is the display name of a registration that has no other.
func (t Target) DefaultName() string {
	host := strings.TrimPrefix(t.Environment, "https://")
	name, _, _ := strings.Cut(host, ".")
	if name == "" {
		return "S2S connection"
	}
	return "S2S " + name
}

// DisplayName is the name of a new registration.
func (t Target) DisplayName() string {
	if name := plain.Line(t.Name); name != "" {
		return name
	}
	return t.DefaultName()
}

// RoleName is the name of the role that the user gets, or "".
func (t Target) RoleName() string {
	switch {
	case t.Role == Minimal:
		return t.DisplayName() + " (minimal)"
	case t.Role == "" && t.Classic:
		return t.DisplayName() + " role"
	}
	return plain.Line(t.Role)
}

// Includes reports whether a step is planned.
func (t Target) Includes(id ID) bool { return t.Only == nil || slices.Contains(t.Only, id) }

// graph returns an address of Microsoft Graph.
func (t Target) graph(path string) string { return "https://" + t.Cloud.Graph + "/v1.0/" + path }

// dataverse returns an address of the environment's Web API.
func (t Target) dataverse(path string) string { return t.Environment + "/api/data/v9.2/" + path }
