package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

// plan prints what is missing in the set-up of a connection.
func (p program) plan(ctx context.Context, args []string) int {
	f, want, err := parsePlan(args)
	if err != nil {
		return p.unusable(err)
	}
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	doctor, form, done, err := p.subject(ctx, f.flags)
	if refused := (*fromError)(nil); errors.As(err, &refused) {
		return p.refuse(f.format, err)
	}
	if err != nil {
		return p.unusable(err)
	}
	defer done()
	target, err := doctor.PlanTarget(form, want)
	if err != nil {
		return p.refuse(f.format, err)
	}
	return p.printPlan(f.format, target, plan.Make(target, plan.State{}))
}

func (p program) printPlan(format string, target plan.Target, planned plan.Plan) int {
	switch format {
	case "json":
		p.json(planned)
	case "markdown":
		fmt.Fprint(p.out, plan.Markdown(planned))
	case "az":
		fmt.Fprint(p.out, plan.AZ(target, planned))
	case "powershell":
		fmt.Fprint(p.out, plan.PowerShell(target, planned))
	case "terraform":
		fmt.Fprint(p.out, plan.Terraform(target, planned))
	default:
		plan.WriteText(p.out, planned)
	}
	if planned.Complete {
		return exitHealthy
	}
	return exitBroken
}

// planFlags is the command line of plan.
type planFlags struct {
	flags
	name, credential, role, privileges, path, steps string
}

// define returns the flags; parsing them sets the fields of f.
func (f *planFlags) define() *flag.FlagSet {
	set := f.flags.define()
	set.StringVar(&f.name, "name", "", "")
	set.StringVar(&f.credential, "credential", "", "")
	set.StringVar(&f.role, "role", "", "")
	set.StringVar(&f.privileges, "privileges", "", "")
	set.StringVar(&f.path, "path", "modern", "")
	set.StringVar(&f.steps, "steps", "", "")
	return set
}

// parsePlan reads the command line of plan and returns what is wanted besides the
// connection.
func parsePlan(args []string) (f planFlags, want plan.Target, err error) {
	f = planFlags{flags: flags{given: map[string]bool{}}}
	set := f.define()
	if f.rest, err = parseFlags(set, args); err != nil {
		return f, want, err
	}
	set.Visit(func(given *flag.Flag) { f.given[given.Name] = true })
	if err = f.contradiction([]string{"text", "json", "markdown", "az", "powershell", "terraform"}); err != nil {
		return f, want, err
	}
	if err = f.unusable(); err != nil {
		return f, want, err
	}
	want = plan.Target{Name: f.name, Credential: plan.Choice(f.credential), Role: f.role, Classic: f.path == "classic"}
	if want.Privileges, err = f.wanted(); err != nil {
		return f, want, err
	}
	want.Only, err = f.only()
	return f, want, err
}

// unusable finds words that cannot go together.
func (f planFlags) unusable() error {
	switch {
	case len(f.rest) > 0:
		return errors.New("only flags are understood after plan")
	case f.all || f.given["record"] || f.style != "":
		return errors.New("plan is about one connection: it goes with none of --all, --record and --style")
	case !slices.Contains([]string{"", "certificate", "secret", "none"}, f.credential):
		return errors.New("--credential must be one of certificate, secret, none")
	case f.path != "modern" && f.path != "classic":
		return errors.New("--path must be modern or classic")
	case f.role == plan.Minimal && f.privileges == "":
		return errors.New("--role minimal needs --privileges, such as account:read:org,contact:write:bu")
	case f.given["privileges"] && f.role != plan.Minimal:
		return errors.New("--privileges are those of --role minimal")
	case !f.offline:
		return errors.New("plan asks nobody yet: add --offline for the whole set-up from nothing, as far as the connection decides it")
	}
	return nil
}

func (f planFlags) wanted() ([]plan.Privilege, error) {
	if f.privileges == "" {
		return nil, nil
	}
	list, err := plan.ParsePrivileges(f.privileges)
	if err != nil {
		return nil, fmt.Errorf("--privileges: %w", err)
	}
	return list, nil
}

// only returns the steps of --steps; nil for all.
func (f planFlags) only() ([]plan.ID, error) {
	if !f.given["steps"] {
		return nil, nil
	}
	var list []plan.ID
	for name := range strings.SplitSeq(f.steps, ",") {
		id := plan.ID(strings.TrimSpace(name))
		if !slices.Contains(plan.IDs(), id) {
			return nil, fmt.Errorf("--steps names steps, separated by commas: %s", steps())
		}
		list = append(list, id)
	}
	return list, nil
}

func steps() string {
	var names []string
	for _, id := range plan.IDs() {
		names = append(names, string(id))
	}
	return strings.Join(names, ", ")
}
