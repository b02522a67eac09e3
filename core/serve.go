package core

import (
	"fmt"
	"net/url"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/scenario"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// ServeOptions is how to serve the sandbox. The zero value is the healthy tenant
// under sandbox.localhost on a free port.
type ServeOptions struct {
	// Scenario is a name of [Scenarios]; "" is the healthy tenant.
	Scenario string
	// Port of the proxy on 127.0.0.1; 0 takes a free one.
	Port int
	// MicrosoftNames serves login.microsoftonline.com, contoso.crm4.dynamics.com and
	// the like instead of names under sandbox.localhost.
	MicrosoftNames bool
	// Administrator is the sign-in name of a user for whom a refresh token is issued,
	// or "".
	Administrator string
}

// ServedSandbox is a sandbox that other programs reach through a proxy.
type ServedSandbox struct {
	// Proxy is the proxy's address: "http://127.0.0.1:41234".
	Proxy *url.URL
	// CertificateFile holds the certificate, in PEM, of the authority to trust.
	CertificateFile string
	// Form is the connection of the scenario, TenantID its tenant.
	Form     connection.Form
	TenantID string
	// RefreshToken is that of [ServeOptions.Administrator], for the application of the
	// Azure CLI; empty without.
	RefreshToken secret.Value

	server *sandbox.Server
}

// ServeSandbox starts a sandbox for other programs. Close it when done.
func ServeSandbox(o ServeOptions) (*ServedSandbox, error) {
	sc, err := findScenario(o.Scenario)
	if err != nil {
		return nil, err
	}
	server, err := sandbox.Start(&sandbox.Tenant{MicrosoftNames: o.MicrosoftNames})
	if err != nil {
		return nil, fmt.Errorf("could not start the sandbox on this computer: %w", err)
	}
	s := &ServedSandbox{server: server, Form: sc.Apply(server)}
	if s.TenantID = s.Form.Tenant; s.TenantID == "" {
		s.TenantID = server.TenantOf(s.Form.Environment)
	}
	if err = s.expose(o); err != nil {
		_ = server.Close()
		return nil, err
	}
	return s, nil
}

func (s *ServedSandbox) expose(o ServeOptions) (err error) {
	if o.Administrator != "" {
		if s.RefreshToken, err = s.server.RefreshToken(o.Administrator); err != nil {
			return &UnknownAccountError{o.Administrator}
		}
	}
	if s.Proxy, err = s.server.Expose(o.Port); err != nil {
		return &PortError{Port: o.Port, Err: err}
	}
	s.CertificateFile, err = s.server.CertificateFile()
	return err
}

// Administrators are the sign-in names for [ServeOptions.Administrator].
func Administrators() []string { return sandbox.Administrators() }

// SignIn returns a refresh token of another user, as [ServedSandbox.RefreshToken] is.
func (s *ServedSandbox) SignIn(name string) (secret.Value, error) { return s.server.RefreshToken(name) }

// State returns everything in the tenant that requests can change, in a form for
// comparing.
func (s *ServedSandbox) State() string { return s.server.State() }

// UnknownAccountError is a name that no account of the sandbox has.
type UnknownAccountError struct{ Name string }

// Error quotes the name, unless it may be a secret in the wrong place.
func (e *UnknownAccountError) Error() string {
	return "the sandbox has no account " + plain.Called(e.Name)
}

// IdentityVariables returns the environment variables by which other programs find
// the endpoint of the managed identity, as on App Service.
func (s *ServedSandbox) IdentityVariables() map[string]string {
	return s.server.IdentityVariables(sandbox.AppService)
}

// Close ends every connection and removes the files.
func (s *ServedSandbox) Close() error { return s.server.Close() }

// CloudsFor returns the clouds in which the form's environment is looked for:
// nil, which is Microsoft's, or the sandbox's for an address under
// sandbox.localhost. Such a name always belongs to this computer (RFC 6761
// section 6.3).
func CloudsFor(form connection.Form) []cloud.Cloud {
	clouds := sandbox.Clouds()
	if c, _, _ := (connection.Form{Environment: form.Environment}).Clean(clouds); c.Host == "" {
		return nil
	}
	return clouds
}

// PortError is a port on which the proxy cannot listen.
type PortError struct {
	Port int
	Err  error
}

// Error names the port and the operating system's reason.
func (e *PortError) Error() string {
	return fmt.Sprintf("port %d of this computer cannot be used: %v", e.Port, e.Err)
}

// Unwrap returns the operating system's reason.
func (e *PortError) Unwrap() error { return e.Err }

// UnknownScenarioError is a name that no scenario has.
type UnknownScenarioError struct{ Name string }

// Error quotes the name, unless it may be a secret in the wrong place.
func (e *UnknownScenarioError) Error() string {
	return "there is no scenario " + plain.Called(e.Name)
}

// findScenario returns the scenario of a name; "" is the healthy tenant.
func findScenario(name string) (scenario.Scenario, error) {
	if name == "" {
		return scenario.All()[0], nil
	}
	sc, ok := scenario.Find(name)
	if !ok {
		return scenario.Scenario{}, &UnknownScenarioError{name}
	}
	return sc, nil
}
