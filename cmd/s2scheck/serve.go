package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/federation"
)

// serve runs the sandbox for other programs until ctx ends.
func (p program) serve(ctx context.Context, args []string) int {
	o, format, err := parseServe(args)
	if err != nil {
		return p.unusable(err)
	}
	if o.Scenario == "list" {
		return p.listScenarios(flags{})
	}
	served, err := core.ServeSandbox(o)
	if err != nil {
		return p.notServed(o, err)
	}
	defer served.Close()
	if err := p.announce(format, variables(served)); err != nil {
		return exitUnfinished // standard output is closed: there is no reader
	}
	<-ctx.Done()
	return exitHealthy
}

func parseServe(args []string) (o core.ServeOptions, format string, err error) {
	var f serveFlags
	rest, err := parseFlags(f.define(), args)
	switch {
	case err != nil:
	case len(rest) > 0:
		err = errors.New("only flags are understood after serve")
	case f.Port < 0 || f.Port > 65535:
		err = errors.New("--port must be between 1 and 65535, or 0 for a free port")
	case !slices.Contains(serveFormats, f.format):
		err = errors.New("--format must be one of env, json")
	}
	return f.ServeOptions, f.format, err
}

var serveFormats = []string{"env", "json"}

// serveFlags is the command line of serve.
type serveFlags struct {
	core.ServeOptions
	format string
}

// define returns the flags; parsing them sets the fields of f.
func (f *serveFlags) define() *flag.FlagSet {
	set := flag.NewFlagSet("serve", flag.ContinueOnError)
	set.StringVar(&f.Scenario, "scenario", "", "`NAME|list` a fault in the practice tenant; list prints the names")
	set.IntVar(&f.Port, "port", 0, "`N` the port of the proxy; a free one when left out")
	set.StringVar(&f.Administrator, "administrator", "", "`NAME` also print a refresh token of this account of the sandbox")
	set.BoolVar(&f.MicrosoftNames, "microsoft-names", false, "Microsoft's host names instead of those under sandbox.localhost")
	set.StringVar(&f.format, "format", "env", oneOf(serveFormats)+" the form of the output")
	return set
}

// notServed reports why the sandbox could not be started.
func (p program) notServed(o core.ServeOptions, err error) int {
	var unknown *core.UnknownScenarioError
	var port *core.PortError
	var account *core.UnknownAccountError
	switch {
	case errors.As(err, &account):
		return p.unusable(fmt.Errorf("%w; --administrator takes one of %s", err, strings.Join(core.Administrators(), ", ")))
	case errors.As(err, &unknown):
		return p.unusable(fmt.Errorf("%w; --scenario list prints the names", err))
	case errors.As(err, &port):
		fmt.Fprintf(p.err, "s2scheck: %v; without --port a free one is taken\n", err)
		return exitUnusable
	}
	fmt.Fprintf(p.err, "s2scheck: %v\n", err)
	return exitUnfinished
}

// variable is one line of what another program needs to reach the sandbox.
type variable struct{ name, value string }

func variables(s *core.ServedSandbox) []variable {
	list := []variable{
		{"HTTPS_PROXY", s.Proxy.String()},
		{"SSL_CERT_FILE", s.CertificateFile},
		{"NODE_EXTRA_CA_CERTS", s.CertificateFile},
		{"REQUESTS_CA_BUNDLE", s.CertificateFile},
		{"S2S_ENVIRONMENT", s.Form.Environment},
		{"S2S_TENANT_ID", s.TenantID},
		{"S2S_CLIENT_ID", s.Form.ClientID},
	}
	s.Form.Secret.Use(func(plain string) { list = append(list, variable{"S2S_CLIENT_SECRET", plain}) })
	if s.Form.CertificateFile != "" {
		// The names that Azure's own clients read.
		list = append(list, variable{"AZURE_CLIENT_CERTIFICATE_PATH", s.Form.CertificateFile})
		s.Form.CertificatePassword.Use(func(plain string) {
			list = append(list, variable{"AZURE_CLIENT_CERTIFICATE_PASSWORD", plain})
		})
	}
	s.RefreshToken.Use(func(plain string) {
		if plain != "" {
			list = append(list, variable{"S2S_ADMIN_REFRESH_TOKEN", plain})
		}
	})
	return append(list, keylessVariables(s)...)
}

// keylessVariables are those of a pipeline's job, or of a computer with a managed
// identity, where the scenario has such a credential.
func keylessVariables(s *core.ServedSandbox) []variable {
	var list []variable
	add := func(values map[string]string) {
		for _, name := range slices.Sorted(maps.Keys(values)) {
			if values[name] != "" {
				list = append(list, variable{name, values[name]})
			}
		}
	}
	switch f := s.Form.Federation; s.Form.Kind {
	case connection.FederatedKind:
		values, token := federation.Variables(f)
		add(values)
		if !f.RequestToken.Empty() {
			f.RequestToken.Use(func(plain string) { list = append(list, variable{token, plain}) })
		}
	case connection.ManagedIdentityKind:
		add(s.IdentityVariables())
		// Some clients take HTTPS_PROXY for http, too.
		list = append(list, variable{"NO_PROXY", "127.0.0.1"})
	}
	return list
}

// announce prints the variables and that the sandbox is ready. The secret is the
// sandbox's: it opens nothing else.
func (p program) announce(format string, list []variable) error {
	var b strings.Builder
	if format == "json" {
		b.WriteByte('{')
		for i, v := range list {
			if i > 0 {
				b.WriteByte(',')
			}
			name, _ := json.Marshal(v.name)
			value, _ := json.Marshal(v.value)
			fmt.Fprintf(&b, "%s:%s", name, value)
		}
		b.WriteString("}\n")
	} else {
		for _, v := range list {
			// A line break would begin another variable; no input needs one.
			fmt.Fprintf(&b, "%s=%s\n", v.name, strings.Join(strings.FieldsFunc(v.value, isLineBreak), " "))
		}
	}
	b.WriteString("ready\n")
	_, err := io.WriteString(p.out, b.String())
	return err
}

func isLineBreak(r rune) bool { return r == '\n' || r == '\r' }
