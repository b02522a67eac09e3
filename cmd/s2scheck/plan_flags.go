package main

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

// applyTime bounds a plan where --timeout is left out: a user may take minutes to sign
// in, and Microsoft to copy a new application everywhere.
const applyTime = 15 * time.Minute

// The words that flags of plan take.
var (
	adminWays       = []string{"browser", "az", "device"}
	planCredentials = []string{"certificate", "secret", "none"}
	planPaths       = []string{"modern", "classic"}
	planFormats     = []string{"text", "json", "markdown", "az", "powershell", "terraform"}
)

// planFlags is the command line of plan.
type planFlags struct {
	flags
	admin, environmentAdmin, adminClientID, name, credential, role, privileges, path, steps string
	journal, undo, save, certificateOut                                                     string
	apply                                                                                   bool
}

// define returns the flags; parsing them sets the fields of f.
func (f *planFlags) define() *flag.FlagSet {
	set := f.flags.define()
	set.StringVar(&f.admin, "admin", "browser", oneOf(adminWays)+" how an administrator signs in; browser when left out, az is the account of az login")
	set.StringVar(&f.environmentAdmin, "environment-admin", "", oneOf(adminWays)+" how another administrator signs in, for the environment alone; the one of --admin when left out")
	set.StringVar(&f.adminClientID, "admin-client-id", "", "`ID` an application of your own to sign in with; S2S_ADMIN_CLIENT_ID when left out")
	set.BoolVar(&f.apply, "apply", false, "do it, and examine the connection")
	set.StringVar(&f.undo, "undo", "", "`FILE` take back what the journal says that was made")
	set.StringVar(&f.journal, "journal", "", "`FILE` the journal of what is done: IDs, no secrets; one in the settings folder when left out")
	set.StringVar(&f.save, "save", "", "`NAME` save the connection, its new secret or key in the operating system's store")
	set.StringVar(&f.certificateOut, "certificate-out", "", "`FILE` write the new certificate and its key as PEM")
	set.StringVar(&f.name, "name", "", "`NAME` the display name of a new registration")
	set.StringVar(&f.credential, "credential", "", oneOf(planCredentials)+" what the registration gets")
	set.StringVar(&f.role, "role", "", "`NAME|minimal` a security role of the environment; minimal makes one with --privileges")
	set.StringVar(&f.privileges, "privileges", "", "`LIST` privileges such as account:read:org,contact:write:bu")
	set.StringVar(&f.path, "path", "modern", oneOf(planPaths)+" the set-up of today, or that of the 2017 article")
	set.StringVar(&f.steps, "steps", "", "`LIST` only these steps, separated by commas: "+steps())
	return set
}

// parsePlan reads the command line of plan and returns what is wanted besides the
// connection.
func parsePlan(args []string) (f planFlags, want plan.Target, err error) {
	f = planFlags{flags: flags{given: map[string]bool{}, formats: planFormats}}
	set := f.define()
	if f.rest, err = parseFlags(set, args); err != nil {
		return f, want, err
	}
	set.Visit(func(given *flag.Flag) { f.given[given.Name] = true })
	if err = f.contradiction(planFormats); err != nil {
		return f, want, err
	}
	if err = errors.Join(f.unusableWords(), f.unusableTogether()); err != nil {
		return f, want, err
	}
	if !f.given["timeout"] && (f.apply || f.undo != "" || (f.admin != "az" || f.environmentAdmin != "") && !f.offline) {
		f.timeout = applyTime
	}
	want = plan.Target{Name: f.name, Credential: plan.Choice(f.credential), Role: f.role, Classic: f.path == "classic"}
	if want.Privileges, err = f.wanted(); err != nil {
		return f, want, err
	}
	want.Only, err = f.only()
	return f, want, err
}

// unusableWords finds values that a flag does not take.
func (f planFlags) unusableWords() error {
	switch {
	case len(f.rest) > 0:
		return errors.New("only flags are understood after plan")
	case f.credential != "" && !slices.Contains(planCredentials, f.credential):
		return errors.New("--credential must be one of certificate, secret, none")
	case !slices.Contains(planPaths, f.path):
		return errors.New("--path must be modern or classic")
	case !slices.Contains(adminWays, f.admin):
		return errors.New("--admin must be one of browser, az, device")
	case f.environmentAdmin != "" && !slices.Contains(adminWays, f.environmentAdmin):
		return errors.New("--environment-admin must be one of browser, az, device")
	case f.environmentAdmin == "az" && f.admin == "az":
		return errors.New("--admin az and --environment-admin az are the same account: the Azure CLI has one at a time")
	case f.given["admin-client-id"] && !guid.Is(f.adminClientID):
		return errors.New("--admin-client-id needs the Application (client) ID of a public client")
	case f.given["admin-client-id"] && f.admin == "az" && f.environmentAdmin == "":
		return errors.New("--admin-client-id does not go with --admin az: the Azure CLI signs in with its own")
	}
	return nil
}

// unusableTogether finds flags that cannot go together.
func (f planFlags) unusableTogether() error {
	switch {
	case f.all || f.given["record"] || f.style != "":
		return errors.New("plan is about one connection: it goes with none of --all, --record and --style")
	case f.role == plan.Minimal && f.privileges == "":
		return errors.New("--role minimal needs --privileges, such as account:read:org,contact:write:bu")
	case f.given["privileges"] && f.role != plan.Minimal:
		return errors.New("--privileges are those of --role minimal")
	case f.apply && f.offline:
		return errors.New("--apply asks services and changes them: it does not go with --offline")
	case f.save != "" && f.sandbox:
		return errors.New("the sandbox ends with the command, and a connection to it with that: --save does not go with --sandbox")
	case f.apply && f.undo != "":
		return errors.New("--apply and --undo exclude each other")
	case f.apply && f.format != "text" && f.format != "json":
		return errors.New("--apply prints text or json")
	case (f.save != "" || f.certificateOut != "") && !f.apply:
		return errors.New("--save and --certificate-out go with --apply")
	case f.given["undo"] && f.undo == "":
		return errors.New("--undo needs the name of a journal")
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
