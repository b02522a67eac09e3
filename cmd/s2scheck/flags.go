package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/cmdline"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/watch"
)

const usage = `s2scheck examines a server-to-server connection to Dynamics 365 / Dataverse.

  s2scheck [flags]                              examine one connection
  s2scheck --all                                examine every saved profile
  s2scheck --connections FILE                   examine every connection of a list
  s2scheck --sandbox [--scenario NAME]          examine the practice tenant; --scenario list prints the names
  s2scheck explain [TEXT|-]                     explain a pasted error, URL or response
  s2scheck consent-url --style STYLE [flags]    print the consent URL; STYLE is authorize, v2 or adminconsent
  s2scheck export --format NAME [flags]         print the connection for another program, without its
                                                secret; --format list prints the names
  s2scheck card [--format text|markdown|html] [flags]
                                                what the administrators have to do, to send to them
  s2scheck report [--format markdown|json] [flags]
                                                what a support engineer needs: IDs, times, statuses
  s2scheck mcp                                  serve an agent (Model Context Protocol) over standard
                                                input and output; changes nothing
  s2scheck snapshot [flags]                     what the application may do, as JSON
  s2scheck compare A B                          how two connections differ: names of saved ones, or
                                                files of snapshot
  s2scheck expiry [flags]                       when the credentials of saved connections end
  s2scheck rotate --profile NAME                a new certificate for saved connections, without downtime
  s2scheck plan [flags]                         what is missing in the set-up, as requests or as a script;
                                                with --apply, done
  s2scheck serve [flags]                        serve the sandbox to other programs, until interrupted

  --profile NAME            a saved profile (secret from the operating system's store)
  --environment URL         https://contoso.crm4.dynamics.com
  --tenant ID|domain        discovered from the environment when left out
  --client-id ID            Application (client) ID
  --certificate FILE        PEM (certificate and key) or PFX; password from S2S_CERTIFICATE_PASSWORD
  --certificate-key FILE    the private key, where it is not in the --certificate file
  --certificate-store THUMBPRINT
                            a certificate of the Windows store (CurrentUser, then LocalMachine)
  --federated auto|github|azuredevops|file
                            a token of the place where this runs, instead of a secret
  --federated-token-file FILE
                            for file; AZURE_FEDERATED_TOKEN_FILE when left out
  --managed-identity        the identity of this machine; with --client-id a user-assigned one
  --client-secret-stdin     read the secret from standard input
  --from FILE|-             take the connection from a text: settings, a mail, a connection string, a command …
  --redirect-uri URI        for consent-url
  --connections FILE        a list in JSON or CSV that holds no secrets
  --baseline FILE           with --all or --connections: fail only for what became worse
                            since this earlier JSON
  --format text|json|junit|csv|prometheus|github
                            text when left out
  --watch                   after a change in a portal: examine again, with growing pauses,
                            until it is healthy or something else is wrong
  --watch-for DURATION      how long at most; 30m when left out
  --result FILE             for card: the JSON of an earlier examination
  --timeout DURATION        for the whole examination; 60s when left out
  --offline                 only the checks that need no network
  --record DIR              write every exchange into this new folder, without
                            secrets, tenants, hosts, names and IDs, to show to others

  plan: --admin browser|az|device, how an administrator signs in (browser when
  left out; az is that of az login), --admin-client-id ID, or --offline (ask nobody),
  --apply, --undo FILE, --journal FILE, --save NAME, --certificate-out FILE,
  --name NAME of a new registration, --credential certificate|secret|none,
  --role NAME|minimal, --privileges account:read:org,…, --path modern|classic,
  --steps LIST, --format text|json|markdown|az|powershell|terraform

  expiry: --profile NAME, --connections FILE, --within DAYS (30), --format text|json|csv|ics,
  --ends DAY (remember it with --profile)

  rotate: --folder DIR for the new files, --abandon, --format text|json

  serve: --scenario NAME, --port N (a free one when left out), --microsoft-names
  (Microsoft's host names instead of those under sandbox.localhost), --format env|json,
  --administrator NAME (also prints a refresh token of that account of the sandbox)

The client secret comes from standard input, from S2S_CLIENT_SECRET or from
AZURE_CLIENT_SECRET, in that order, and never from a flag. S2S_ENVIRONMENT,
S2S_TENANT_ID, S2S_CLIENT_ID (then AZURE_TENANT_ID, AZURE_CLIENT_ID) fill what
the flags leave out. S2S_ADMIN_CLIENT_ID names the application of --admin-client-id.

Exit status: 0 healthy, 1 a check failed, 2 the command line or the inputs are
unusable, 3 it could not be examined to the end.
`

// flags is the command line of examine, consent-url and explain.
type flags struct {
	environment, tenant, clientID, redirectURI string
	certificate, certificateKey                string
	certificateStore, federated, tokenFile     string
	managedIdentity                            bool
	profile, scenario, format, style           string
	record, from, connections, baseline        string
	result                                     string
	watch                                      bool
	watchFor                                   time.Duration
	secretStdin, all, sandbox, offline         bool
	timeout                                    time.Duration
	rest                                       []string
	given                                      map[string]bool
}

// errHelp asks for the usage on standard output, which is no failure.
var errHelp = errors.New("help")

// parse reads a command line; what it cannot understand is an error with
// so in one line and quotes no value, which may be a secret in the wrong place.
func parse(args []string, formats ...string) (f flags, err error) {
	f = flags{given: map[string]bool{}}
	set := f.define()
	if f.rest, err = parseFlags(set, args); err != nil {
		return f, err
	}
	set.Visit(func(given *flag.Flag) { f.given[given.Name] = true })
	return f, f.contradiction(formats)
}

// define returns the flags; parsing them sets the fields of f.
func (f *flags) define() *flag.FlagSet {
	set := flag.NewFlagSet("s2scheck", flag.ContinueOnError)
	set.StringVar(&f.environment, "environment", "", "")
	set.StringVar(&f.tenant, "tenant", "", "")
	set.StringVar(&f.clientID, "client-id", "", "")
	set.StringVar(&f.certificate, "certificate", "", "")
	set.StringVar(&f.certificateKey, "certificate-key", "", "")
	set.StringVar(&f.certificateStore, "certificate-store", "", "")
	set.StringVar(&f.federated, "federated", "", "")
	set.StringVar(&f.tokenFile, "federated-token-file", "", "")
	set.BoolVar(&f.managedIdentity, "managed-identity", false, "")
	set.StringVar(&f.redirectURI, "redirect-uri", "", "")
	set.StringVar(&f.profile, "profile", "", "")
	set.StringVar(&f.scenario, "scenario", "", "")
	set.StringVar(&f.format, "format", "text", "")
	set.StringVar(&f.style, "style", "", "")
	set.StringVar(&f.from, "from", "", "")
	set.StringVar(&f.record, "record", "", "")
	set.StringVar(&f.result, "result", "", "")
	set.BoolVar(&f.watch, "watch", false, "")
	set.DurationVar(&f.watchFor, "watch-for", watch.Limit, "")
	set.StringVar(&f.connections, "connections", "", "")
	set.StringVar(&f.baseline, "baseline", "", "")
	set.BoolVar(&f.secretStdin, "client-secret-stdin", false, "")
	set.BoolVar(&f.all, "all", false, "")
	set.BoolVar(&f.sandbox, "sandbox", false, "")
	set.BoolVar(&f.offline, "offline", false, "")
	set.DurationVar(&f.timeout, "timeout", time.Minute, "")
	return set
}

// contradiction finds values that cannot go together.
func (f flags) contradiction(formats []string) error {
	switch {
	case !slices.Contains(formats, f.format):
		return fmt.Errorf("--format must be one of %s", strings.Join(formats, ", "))
	case len(f.credentials()) > 1:
		return fmt.Errorf("%s exclude one another", strings.Join(f.credentials(), " and "))
	case f.given["federated"] && !slices.Contains(connection.Issuers, connection.Issuer(f.federated)):
		return errors.New("--federated must be auto, github, azuredevops or file")
	case f.given["federated-token-file"] && f.federated != string(connection.TokenFile) && f.federated != string(connection.AnyIssuer):
		return errors.New("--federated-token-file goes with --federated file")
	case f.given["certificate-store"] && f.certificateStore == "":
		return errors.New("--certificate-store needs the thumbprint of a certificate")
	case f.given["certificate-key"] && !f.given["certificate"] && f.profile == "" && !f.sandbox && !f.given["from"]:
		return errors.New("--certificate-key names the private key of --certificate, which is missing")
	case f.given["from"] && f.from == "":
		return errors.New("--from needs the name of a file, or - for standard input")
	case f.from == "-" && f.secretStdin:
		return errors.New("--from - and --client-secret-stdin both read standard input")
	case f.given["from"] && (f.all || f.sandbox || f.profile != ""):
		return errors.New("--from takes the connection from a text: it goes with none of --profile, --all and --sandbox")
	case f.timeout <= 0:
		return errors.New("--timeout must be longer than nothing, such as 30s")
	}
	return nil
}

// secretFlags are names under which a secret is tried on the command line.
var secretFlags = []string{"client-secret", "secret", "password", "client-certificate-password", "certificate-password"}

// parseFlags reads args into set. The error quotes nothing but names of flags.
func parseFlags(set *flag.FlagSet, args []string) (rest []string, err error) {
	elsewhere := slices.Concat(secretFlags, cmdline.Names(new(planFlags).define()), cmdline.Names(new(serveFlags).define()), cmdline.Names(new(expiryFlags).define()), cmdline.Names(new(rotateFlags).define()))
	rest, err = cmdline.Parse(set, args, elsewhere...)
	var e *cmdline.Error
	switch {
	case errors.Is(err, flag.ErrHelp):
		return nil, errHelp
	case errors.As(err, &e) && e.Kind == cmdline.Unknown && slices.Contains(secretFlags, e.Flag):
		return nil, fmt.Errorf("there is no flag --%s: a secret on the command line would be visible to every process; use --client-secret-stdin or S2S_CLIENT_SECRET", e.Flag)
	}
	return rest, err
}

// form fills the form from flags, then from the text of --from, then from the environment. A secret from standard input
// may end in the line break that echo adds.
func (p program) form(ctx context.Context, f flags) (connection.Form, error) {
	pasted, err := p.pasted(ctx, f)
	if err != nil {
		return connection.Form{}, err
	}
	form := connection.Form{
		Environment: p.first(f, "environment", f.environment, pasted.Environment, "S2S_ENVIRONMENT"),
		Tenant:      p.first(f, "tenant", f.tenant, pasted.Tenant, "S2S_TENANT_ID", "AZURE_TENANT_ID"),
		ClientID:    p.first(f, "client-id", f.clientID, pasted.ClientID, "S2S_CLIENT_ID", "AZURE_CLIENT_ID"),
		RedirectURI: p.first(f, "redirect-uri", f.redirectURI, pasted.RedirectURI),
	}
	return form, p.credential(ctx, f, &form, pasted)
}

// first returns the flag if it was given, even empty, and otherwise the pasted value
// or the first variable that is set.
func (p program) first(f flags, name, value, pasted string, variables ...string) string {
	if f.given[name] {
		return value
	}
	values := []string{pasted}
	for _, v := range variables {
		values = append(values, p.getenv(v))
	}
	return firstOf(values...)
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// unusable writes to standard error what is wrong with the command line, or that
// the time for reading standard input was up.
func (p program) unusable(err error) int {
	switch {
	case errors.Is(err, errHelp):
		fmt.Fprint(p.out, usage)
		return exitHealthy
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return p.notRead(err)
	}
	fmt.Fprintf(p.err, "s2scheck: %v\n\n%s", err, usage)
	return exitUnusable
}

func styleOf(name string) (consent.Style, error) {
	style := consent.Style(name)
	if name == "" || !style.Known() {
		return "", errors.New("--style must be authorize, v2 or adminconsent")
	}
	return style, nil
}
