package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/cmdline"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/watch"
)

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
	formats                                    []string
	rest                                       []string
	given                                      map[string]bool
}

// errHelp asks for the usage on standard output, which is no failure.
var errHelp = errors.New("help")

// parse reads a command line. Its error is one line, and quotes no value, which may be
// a secret in the wrong place.
func parse(args []string, formats ...string) (f flags, err error) {
	f = flags{given: map[string]bool{}, formats: formats}
	set := f.define()
	if f.rest, err = parseFlags(set, args); err != nil {
		return f, err
	}
	set.Visit(func(given *flag.Flag) { f.given[given.Name] = true })
	return f, f.contradiction(formats)
}

// define returns the flags; parsing them sets the fields of f. A command that lists a
// flag for its help is in commands.go.
func (f *flags) define() *flag.FlagSet {
	set := flag.NewFlagSet("s2scheck", flag.ContinueOnError)
	set.StringVar(&f.profile, "profile", "", "`NAME` a saved connection (its secret comes from the operating system's store)")
	set.StringVar(&f.environment, "environment", "", "`URL` the environment, such as https://contoso.crm4.dynamics.com")
	set.StringVar(&f.tenant, "tenant", "", "`ID|domain` the tenant; discovered from the environment when left out")
	set.StringVar(&f.clientID, "client-id", "", "`ID` Application (client) ID")
	set.StringVar(&f.certificate, "certificate", "", "`FILE` PEM (certificate and key) or PFX; its password from S2S_CERTIFICATE_PASSWORD")
	set.StringVar(&f.certificateKey, "certificate-key", "", "`FILE` the private key, where it is not in the --certificate file")
	set.StringVar(&f.certificateStore, "certificate-store", "", "`THUMBPRINT` a certificate of the Windows store (CurrentUser, then LocalMachine)")
	set.StringVar(&f.federated, "federated", "", oneOf(connection.Issuers)+" a token of the place where this runs, instead of a secret")
	set.StringVar(&f.tokenFile, "federated-token-file", "", "`FILE` the token of --federated file; AZURE_FEDERATED_TOKEN_FILE when left out")
	set.BoolVar(&f.managedIdentity, "managed-identity", false, "the identity of this machine; with --client-id a user-assigned one")
	set.BoolVar(&f.secretStdin, "client-secret-stdin", false, "read the secret from standard input")
	set.StringVar(&f.from, "from", "", "`FILE|-` take the connection from a text: settings, a mail, a connection string, a command")
	set.StringVar(&f.redirectURI, "redirect-uri", "", "`URI` where Microsoft's page redirects to")
	set.StringVar(&f.style, "style", "", oneOf(consent.Styles)+" the kind of consent page")
	set.BoolVar(&f.all, "all", false, "examine every saved connection")
	set.StringVar(&f.connections, "connections", "", "`FILE` examine the connections of a list in JSON or CSV, which holds no secrets")
	set.StringVar(&f.baseline, "baseline", "", "`FILE` with --all or --connections: fail only for what became worse since this earlier JSON")
	set.BoolVar(&f.sandbox, "sandbox", false, "examine the practice tenant on this computer")
	set.StringVar(&f.scenario, "scenario", "", "`NAME|list` a fault in the practice tenant; list prints the names")
	set.StringVar(&f.format, "format", "text", oneOf(f.formats)+" the form of the output")
	set.StringVar(&f.result, "result", "", "`FILE` the JSON of an earlier examination, instead of a new one")
	set.BoolVar(&f.watch, "watch", false, "after a change in a portal: examine again, with growing pauses, until it is healthy or something else is wrong")
	set.DurationVar(&f.watchFor, "watch-for", watch.Limit, "`DURATION` how long --watch lasts at most; 30m when left out")
	set.DurationVar(&f.timeout, "timeout", time.Minute, "`DURATION` how long the whole examination lasts at most; 60s when left out")
	set.BoolVar(&f.offline, "offline", false, "only what needs no network")
	set.StringVar(&f.record, "record", "", "`DIR` write every exchange into this new folder, without secrets, tenants, hosts, names and IDs, to show to others")
	return set
}

// oneOf returns values as the name of a flag's value: separated by bars, in back quotes.
func oneOf[T ~string](values []T) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = string(v)
	}
	return "`" + strings.Join(words, "|") + "`"
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
	rest, err = cmdline.Parse(set, args, append(flagNames(), secretFlags...)...)
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

// unusable writes to standard error what is wrong with the command line, and the help of
// the command, or that the time for reading standard input was up.
func (p program) unusable(err error) int {
	switch {
	case errors.Is(err, errHelp):
		fmt.Fprint(p.out, p.manual().Help(p.name))
		return exitHealthy
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return p.notRead(err)
	case errors.As(err, new(noSuchName)), errors.As(err, new(*core.UnknownScenarioError)):
		return p.refused(err)
	}
	fmt.Fprintf(p.err, "s2scheck: %v\n\n%s", err, p.manual().Help(p.name))
	return exitUnusable
}

// noSuchName is the error of a name on a command line that is otherwise understood,
// such as that of a profile: the usage would not help.
type noSuchName string

func (e noSuchName) Error() string { return string(e) }

func styleOf(name string) (consent.Style, error) {
	style := consent.Style(name)
	if name == "" || !style.Known() {
		return "", errors.New("--style must be authorize, v2, adminconsent or adminconsent-v1")
	}
	return style, nil
}
