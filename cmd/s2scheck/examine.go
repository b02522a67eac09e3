package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/report"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/scenario"
)

// examineFormats are the formats of an examination.
var examineFormats = []string{"text", "json", "junit", "csv", "prometheus", "github"}

// examine is the command without a word before the flags.
func (p program) examine(ctx context.Context, args []string) int {
	f, err := parse(args, examineFormats...)
	if err == nil {
		err = f.conflict()
	}
	if err != nil {
		return p.unusable(err)
	}
	if f.scenario == "list" {
		return p.listScenarios(f)
	}
	recording, err := startRecording(f)
	if err != nil {
		fmt.Fprintf(p.err, "s2scheck: %v\n", err)
		return exitUnusable
	}
	defer recording.close()
	if f.all || f.given["connections"] {
		return p.several(ctx, f, recording)
	}
	all := ctx
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	doctor, form, done, err := p.subject(ctx, f)
	if refused := (*fromError)(nil); errors.As(err, &refused) {
		f.override(&form) // what flags name was not in doubt
		report := exam.Refused(form, refused.problem)
		p.print(f.format, report)
		return status(report)
	}
	if err != nil {
		return p.unusable(err)
	}
	defer done()
	if f.watch {
		return p.watch(all, f, doctor, form)
	}
	report := doctor.Examine(ctx, form, f.offline, nil)
	p.print(f.format, report)
	return recording.one(p, report, status(report))
}

// conflict finds words that cannot go together.
func (f flags) conflict() error {
	switch {
	case len(f.rest) > 0:
		return errors.New("only flags are understood here; the commands are " + commandNames())
	case f.scenario != "" && !f.sandbox && f.scenario != "list":
		return errors.New("--scenario goes with --sandbox")
	case f.sandbox && (f.all || f.profile != ""):
		return errors.New("--sandbox examines the practice tenant: it goes with neither --profile nor --all")
	case f.all && f.profile != "":
		return errors.New("--all and --profile exclude each other")
	case f.all && len(f.credentials()) > 0 && !f.secretStdin:
		return fmt.Errorf("--all examines saved connections with their own credentials, and not with %s", f.credentials()[0])
	case f.all && f.secretStdin:
		return errors.New("--all examines several connections, and --client-secret-stdin reads the secret of one")
	case f.given["connections"] && f.connections == "":
		return errors.New("--connections needs the name of a file")
	case f.given["connections"] && len(f.ofOne()) > 0:
		return fmt.Errorf("--connections examines the connections of a list, and not with %s", f.ofOne()[0])
	case f.given["baseline"] && !f.all && !f.given["connections"]:
		return errors.New("--baseline goes with --all or --connections")
	case f.watch && (f.all || f.given["connections"] || f.given["record"] || f.offline):
		return errors.New("--watch examines one connection again and again: it goes with none of --all, --connections, --record and --offline")
	case f.given["watch-for"] && !f.watch:
		return errors.New("--watch-for goes with --watch")
	case f.watchFor <= 0:
		return errors.New("--watch-for must be longer than nothing, such as 30m")
	case f.given["record"] && f.record == "":
		return errors.New("--record needs the name of a new folder")
	case f.given["result"]:
		return errors.New("--result goes with card")
	case f.style != "":
		return errors.New("--style goes with consent-url")
	}
	return nil
}

// ofOne are the flags that were given and are about one connection, or about others
// than those of a list.
func (f flags) ofOne() []string {
	given := f.credentials()
	for _, name := range []string{"all", "profile", "sandbox", "from", "environment", "tenant", "client-id", "certificate-key", "redirect-uri"} {
		off := name == "all" && !f.all || name == "sandbox" && !f.sandbox
		if f.given[name] && !off {
			given = append(given, "--"+name)
		}
	}
	return given
}

// subject is what to examine: the sandbox, a saved profile, or the connection that
// flags and environment name. done ends what it started.
func (p program) subject(ctx context.Context, f flags) (doctor core.Doctor, form connection.Form, done func(), err error) {
	done = func() {}
	switch {
	case f.sandbox:
	case f.profile != "":
		form, err = p.saved(ctx, f)
		return core.Doctor{Clouds: core.CloudsFor(form)}, form, done, err
	default:
		form, err = p.form(ctx, f)
		return core.Doctor{Clouds: core.CloudsFor(form)}, form, done, err
	}
	sandbox, err := core.OpenSandbox()
	if err != nil {
		return doctor, form, done, err
	}
	done = func() { _ = sandbox.Close() }
	form, err = sandbox.Play(f.scenario)
	if err != nil {
		err = fmt.Errorf("%w; --scenario list prints the names", err)
	}
	// In the sandbox only flags count: what the environment holds is for the real
	// world, the secret above all.
	f.override(&form)
	if !f.given["federated"] || form.Kind != connection.FederatedKind {
		program{getenv: func(string) string { return "" }}.keyless(f, &form)
	}
	return sandbox.Doctor, form, done, err
}

// override puts what flags say into a form. The key file of another certificate
// goes with it.
func (f flags) override(form *connection.Form) {
	if f.given["certificate"] {
		form.KeyFile = ""
	}
	for name, target := range map[string]*string{
		"environment": &form.Environment, "tenant": &form.Tenant, "client-id": &form.ClientID,
		"redirect-uri": &form.RedirectURI, "certificate": &form.CertificateFile, "certificate-key": &form.KeyFile,
	} {
		if f.given[name] {
			*target = map[string]string{
				"environment": f.environment, "tenant": f.tenant, "client-id": f.clientID,
				"redirect-uri": f.redirectURI, "certificate": f.certificate, "certificate-key": f.certificateKey,
			}[name]
		}
	}
}

func (p program) listScenarios(f flags) int {
	scenarios := core.Scenarios()
	if f.format == "json" {
		scenario.WriteJSON(p.out, scenarios)
		return exitHealthy
	}
	width := 0
	for _, s := range scenarios {
		width = max(width, len(s.Name))
	}
	for _, s := range scenarios {
		fmt.Fprintf(p.out, "%-*s  %s\n", width, s.Name, s.Title)
	}
	return exitHealthy
}

func (p program) print(format string, r exam.Report) {
	switch format {
	case "json":
		report.JSON(p.out, r)
	case "text":
		report.Text(p.out, r, report.Palette(p.colour))
	default:
		p.printTable(format, []exam.Report{r})
	}
}

// status is the contract's exit status of one examination.
func status(r exam.Report) int {
	switch {
	case r.RootCause.Family() == catalog.FamilyInput:
		return exitUnusable
	case !r.Concluded():
		return exitUnfinished
	case !r.Healthy:
		return exitBroken
	}
	return exitHealthy
}
