package main

import (
	"context"
	"flag"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/export"
	"github.com/s2sdoctor/s2sdoctor/core/manual"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
)

// command is a subcommand: its entry in the help, the manual page and the completion,
// and the function that runs it on the arguments after its name.
type command struct {
	manual.Command
	run func(p program, ctx context.Context, args []string) int
}

// The formats of commands.
var (
	textOrJSON    = []string{"text", "json"}
	cardFormats   = []string{"text", "markdown", "html"}
	reportFormats = []string{"text", "markdown", "json"}
)

func exportFormats() []string { return append(export.Names(), "list") }

// Flags that name a connection, and those of any examination of one.
var (
	connectionNames = []string{"environment", "tenant", "client-id", "certificate", "certificate-key", "certificate-store", "federated", "federated-token-file", "managed-identity", "client-secret-stdin", "from"}
	subjectNames    = slices.Concat([]string{"profile"}, connectionNames, []string{"sandbox", "scenario", "timeout"})
)

// shared returns flags of [flags] by their names, for a command with these formats.
func shared(formats []string, names ...string) []*flag.Flag {
	return manual.Select((&flags{formats: formats}).define(), names...)
}

// consentFlags are those of consent-url, which does not discover the tenant.
func consentFlags() []*flag.Flag {
	all := shared(textOrJSON, "style", "environment", "tenant", "client-id", "redirect-uri", "from", "timeout", "format")
	for _, f := range all {
		if f.Name == "tenant" {
			f.Usage = "`ID|domain` the tenant; the page is that of every tenant when left out"
		}
	}
	return all
}

func everyFlag(set *flag.FlagSet) []*flag.Flag {
	var all []*flag.Flag
	set.VisitAll(func(f *flag.Flag) { all = append(all, f) })
	return all
}

// commands are all subcommands; the first is the one without a name.
func commands() []command {
	subject := func(formats []string, more ...string) []*flag.Flag {
		return shared(formats, slices.Concat(subjectNames, more, []string{"format"})...)
	}
	planSet := (&planFlags{flags: flags{formats: planFormats}}).define()
	return []command{
		{manual.Command{
			Summary: "examine one connection, every saved one (--all) or those of a list (--connections)",
			Flags:   subject(examineFormats, "offline", "all", "connections", "baseline", "watch", "watch-for", "record"),
		}, program.examine},
		{manual.Command{
			Name: "explain", Words: "[TEXT|-]", Summary: "explain a pasted error, URL or response; it needs no network",
			Flags: shared(textOrJSON, "format", "timeout"),
		}, program.explain},
		{manual.Command{
			Name: "consent-url", Summary: "print the address of the consent page",
			Flags: consentFlags(),
		}, program.consentURL},
		{manual.Command{
			Name: "export", Summary: "print the connection for another program, without its secret",
			Flags: subject(exportFormats(), "offline"),
		}, program.export},
		{manual.Command{
			Name: "card", Summary: "print what the administrators have to do, to send to them",
			Flags: subject(cardFormats, "offline", "result"),
		}, program.card},
		{manual.Command{
			Name: "report", Summary: "print what a support engineer needs: IDs, times, statuses",
			Flags: subject(reportFormats, "offline"),
		}, program.report},
		{manual.Command{
			Name: "mcp", Summary: "serve an agent (Model Context Protocol) over standard input and output; changes nothing",
		}, program.mcp},
		{manual.Command{
			Name: "snapshot", Summary: "print what the application may do, as JSON, to be compared later",
			Flags: shared(textOrJSON, subjectNames...),
		}, program.snapshot},
		{manual.Command{
			Name: "compare", Words: "A B", Summary: "print how two connections differ: names of saved ones, or files of snapshot",
			Flags: shared(reportFormats, "sandbox", "timeout", "format"), Complete: savedNames, Files: true,
		}, program.compare},
		{manual.Command{
			Name: "expiry", Summary: "print when the credentials of saved connections end",
			Flags: everyFlag(new(expiryFlags).define()),
		}, program.expiry},
		{manual.Command{
			Name: "rotate", Summary: "replace the credential of saved connections by a new certificate, without downtime",
			Flags: everyFlag(new(rotateFlags).define()),
		}, program.rotate},
		{manual.Command{
			Name: "plan", Summary: "print what is missing in the set-up, as requests or as a script; with --apply, do it",
			Flags: manual.Select(planSet, slices.Concat(subjectNames, []string{
				"offline", "format", "admin", "environment-admin", "admin-client-id", "apply", "undo", "journal", "save", "certificate-out", "name", "credential", "role", "privileges", "path", "steps",
			})...),
		}, program.plan},
		{manual.Command{
			Name: "serve", Summary: "serve the sandbox to other programs, until interrupted",
			Flags: everyFlag(new(serveFlags).define()),
		}, program.serve},
		{manual.Command{
			Name: "completion", Words: strings.Join(manual.Shells, "|"), Summary: "print the completion script for a shell",
			Complete: shells,
		}, program.completion},
		{manual.Command{Name: "man", Summary: "print this manual page, for man -l -"}, program.page},
		{manual.Command{
			Name: "version", Summary: "print the version",
			Flags: manual.Select(versionSet(new(string)), "format"),
		}, program.version},
		{manual.Command{Name: "complete", Hidden: true}, program.candidates},
	}
}

// commandNames are those of all commands that the help shows.
func commandNames() string {
	var names []string
	for _, c := range commands()[1:] {
		if !c.Hidden {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, ", ")
}

// flagNames are those of the flags of all commands.
func flagNames() []string {
	var names []string
	for _, c := range commands() {
		for _, f := range c.Flags {
			names = append(names, f.Name)
		}
	}
	return names
}

// manual describes the program.
func (program) manual() manual.Program {
	m := manual.Program{
		Name: "s2scheck", Title: "S2S Doctor",
		Summary:     "examines a server-to-server connection to Dynamics 365 / Dataverse",
		Description: description, Sections: sections,
		Values: map[string]func() []manual.Candidate{
			"profile": savedNames, "scenario": scenarioNames, "administrator": accounts,
		},
	}
	for _, c := range commands() {
		m.Commands = append(m.Commands, c.Command)
	}
	return m
}

// savedNames are those of the saved connections: the file with their names is read, and
// not the operating system's store.
func savedNames() []manual.Candidate {
	names, _ := profile.Names()
	var found []manual.Candidate
	for _, name := range names {
		found = append(found, manual.Candidate{Word: name, Text: "saved connection"})
	}
	return found
}

func scenarioNames() []manual.Candidate {
	var found []manual.Candidate
	for _, s := range core.Scenarios() {
		found = append(found, manual.Candidate{Word: s.Name, Text: s.Title.String()})
	}
	return found
}

func accounts() []manual.Candidate {
	var found []manual.Candidate
	for _, name := range core.Administrators() {
		found = append(found, manual.Candidate{Word: name})
	}
	return found
}

func shells() []manual.Candidate {
	var found []manual.Candidate
	for _, shell := range manual.Shells {
		found = append(found, manual.Candidate{Word: shell})
	}
	return found
}
