package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/manual"
)

var description = []string{
	"s2scheck examines a connection with client credentials to Dynamics 365 / Dataverse as its window s2sdoctor does: twelve checks, the first broken link, who can remove it and how. It changes nothing unless it is asked to, and prints no secret.",
	"There is no flag for a secret: a command line is visible to every process.",
}

// sections follow the flags in the help and in the manual page.
var sections = []manual.Section{
	{Title: "Environment", Text: "Variables fill what flags leave out.", Items: []manual.Item{
		{Term: "S2S_CLIENT_SECRET", Text: "the client secret; AZURE_CLIENT_SECRET if it is not set. --client-secret-stdin goes before both"},
		{Term: "S2S_CERTIFICATE_PASSWORD", Text: "the password of the certificate or of its key"},
		{Term: "S2S_ENVIRONMENT", Text: "the environment's URL"},
		{Term: "S2S_TENANT_ID", Text: "the tenant; AZURE_TENANT_ID if it is not set"},
		{Term: "S2S_CLIENT_ID", Text: "the application; AZURE_CLIENT_ID if it is not set"},
		{Term: "S2S_ADMIN_CLIENT_ID", Text: "the application of --admin-client-id"},
		{Term: "HTTPS_PROXY, NO_PROXY", Text: "the proxy"},
		{Term: "SSL_CERT_FILE", Text: "root certificates, on Linux, instead of the system's"},
	}},
	{Title: "Exit status", Items: []manual.Item{
		{Term: "0", Text: "healthy; warnings are allowed"},
		{Term: "1", Text: "a check failed, or something is left to do"},
		{Term: "2", Text: "the command line or the inputs are unusable"},
		{Term: "3", Text: "it could not be examined to the end"},
	}},
}

// completion prints the completion script for a shell.
func (p program) completion(_ context.Context, args []string) int {
	rest, err := parseFlags(flag.NewFlagSet("completion", flag.ContinueOnError), args)
	if err == nil && (len(rest) != 1 || !slices.Contains(manual.Shells, rest[0])) {
		err = errors.New("completion needs the name of a shell: " + strings.Join(manual.Shells, ", "))
	}
	if err != nil {
		return p.unusable(err)
	}
	script, _ := p.manual().Script(rest[0])
	fmt.Fprint(p.out, script)
	return exitHealthy
}

// candidates answers the script of a shell: its name, and the words that were typed.
func (p program) candidates(_ context.Context, args []string) int {
	if len(args) < 2 || !slices.Contains(manual.Shells, args[0]) {
		return p.unusable(errors.New("complete is called by the scripts that completion prints"))
	}
	p.manual().WriteCandidates(p.out, args[0], args[1:])
	return exitHealthy
}

// page prints the manual page.
func (p program) page(_ context.Context, args []string) int {
	rest, err := parseFlags(flag.NewFlagSet("man", flag.ContinueOnError), args)
	if err == nil && len(rest) > 0 {
		err = errors.New("man takes no arguments")
	}
	if err != nil {
		return p.unusable(err)
	}
	fmt.Fprint(p.out, p.manual().Page(released, p.self().Version))
	return exitHealthy
}
