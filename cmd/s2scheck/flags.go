package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"s2sdoctor/core/connection"
	"s2sdoctor/core/consent"
	"s2sdoctor/core/secret"
)

const usage = `s2scheck examines a server-to-server connection to Dynamics 365 / Dataverse.

  s2scheck [flags]                              examine one connection
  s2scheck --all                                examine every saved profile
  s2scheck --sandbox [--scenario NAME]          examine the practice tenant; --scenario list prints the names
  s2scheck explain [TEXT|-]                     explain a pasted error, URL or response
  s2scheck consent-url --style STYLE [flags]    print the consent URL; STYLE is authorize, v2 or adminconsent
  s2scheck serve [flags]                        serve the sandbox to other programs, until interrupted

  --profile NAME            a saved profile (secret from the operating system's store)
  --environment URL         https://contoso.crm4.dynamics.com
  --tenant ID|domain        discovered from the environment when left out
  --client-id ID            Application (client) ID
  --certificate FILE        PEM (certificate and key) or PFX; password from S2S_CERTIFICATE_PASSWORD
  --certificate-key FILE    the private key, where it is not in the --certificate file
  --client-secret-stdin     read the secret from standard input
  --from FILE|-             take the connection from a text: settings, a mail, a connection string, a command …
  --redirect-uri URI        for consent-url
  --format text|json|junit  text when left out
  --timeout DURATION        for the whole examination; 60s when left out
  --offline                 only the checks that need no network
  --record DIR              write every exchange into this new folder, without
                            secrets, tenants, hosts, names and IDs, to show to others

  serve: --scenario NAME, --port N (a free one when left out), --microsoft-names
  (Microsoft's host names instead of those under sandbox.localhost), --format env|json

The client secret comes from standard input, from S2S_CLIENT_SECRET or from
AZURE_CLIENT_SECRET, in that order, and never from a flag. S2S_ENVIRONMENT,
S2S_TENANT_ID, S2S_CLIENT_ID (then AZURE_TENANT_ID, AZURE_CLIENT_ID) fill what
the flags leave out.

Exit status: 0 healthy, 1 a check failed, 2 the command line or the inputs are
unusable, 3 it could not be examined to the end.
`

// flags is the command line of examine, consent-url and explain.
type flags struct {
	environment, tenant, clientID, redirectURI string
	certificate, certificateKey                string
	profile, scenario, format, style           string
	record, from                               string
	secretStdin, all, sandbox, offline         bool
	timeout                                    time.Duration
	rest                                       []string
	given                                      map[string]bool
}

// errHelp asks for the usage on standard output, which is no failure.
var errHelp = errors.New("help")

// parse reads a command line; what it cannot understand is an error that says
// so in one line and quotes no value, which may be a secret in the wrong place.
func parse(args []string, formats ...string) (flags, error) {
	f := flags{given: map[string]bool{}}
	set := flag.NewFlagSet("s2scheck", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&f.environment, "environment", "", "")
	set.StringVar(&f.tenant, "tenant", "", "")
	set.StringVar(&f.clientID, "client-id", "", "")
	set.StringVar(&f.certificate, "certificate", "", "")
	set.StringVar(&f.certificateKey, "certificate-key", "", "")
	set.StringVar(&f.redirectURI, "redirect-uri", "", "")
	set.StringVar(&f.profile, "profile", "", "")
	set.StringVar(&f.scenario, "scenario", "", "")
	set.StringVar(&f.format, "format", "text", "")
	set.StringVar(&f.style, "style", "", "")
	set.StringVar(&f.from, "from", "", "")
	set.StringVar(&f.record, "record", "", "")
	set.BoolVar(&f.secretStdin, "client-secret-stdin", false, "")
	set.BoolVar(&f.all, "all", false, "")
	set.BoolVar(&f.sandbox, "sandbox", false, "")
	set.BoolVar(&f.offline, "offline", false, "")
	set.DurationVar(&f.timeout, "timeout", time.Minute, "")
	switch err := set.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return f, errHelp
	case err != nil:
		return f, errors.New(withoutValue(err.Error()))
	}
	f.rest = set.Args()
	set.Visit(func(given *flag.Flag) { f.given[given.Name] = true })
	switch {
	case !slices.Contains(formats, f.format):
		return f, fmt.Errorf("--format must be one of %s", strings.Join(formats, ", "))
	case f.given["certificate"] && f.secretStdin:
		return f, errors.New("--certificate and --client-secret-stdin exclude one another")
	case f.given["certificate-key"] && !f.given["certificate"] && f.profile == "" && !f.sandbox && !f.given["from"]:
		return f, errors.New("--certificate-key names the private key of --certificate, which is missing")
	case f.given["from"] && f.from == "":
		return f, errors.New("--from needs the name of a file, or - for standard input")
	case f.from == "-" && f.secretStdin:
		return f, errors.New("--from - and --client-secret-stdin both read standard input")
	case f.given["from"] && (f.all || f.sandbox || f.profile != ""):
		return f, errors.New("--from takes the connection from a text: it goes with none of --profile, --all and --sandbox")
	case f.timeout <= 0:
		return f, errors.New("--timeout must be longer than nothing, such as 30s")
	}
	return f, nil
}

// withoutValue cuts the value out of package flag's messages.
func withoutValue(message string) string {
	if strings.HasPrefix(message, "invalid value") {
		if _, name, ok := strings.Cut(message, "for flag -"); ok {
			name, _, _ = strings.Cut(name, ":")
			return "the value of --" + name + " cannot be used"
		}
	}
	if name, ok := strings.CutPrefix(message, "flag provided but not defined: -"); ok {
		if strings.Contains(name, "secret") {
			return "there is no flag --" + name + ": a secret on the command line would be visible to every process; use --client-secret-stdin or S2S_CLIENT_SECRET"
		}
		return "there is no flag --" + name
	}
	return message
}

// form fills the form from flags, then from the text of --from, then from the environment. A secret from standard input
// may end in the line break that echo adds.
func (p program) form(f flags) (connection.Form, error) {
	pasted, err := p.pasted(f)
	if err != nil {
		return connection.Form{}, err
	}
	form := connection.Form{
		Environment: p.first(f, "environment", f.environment, pasted.Environment, "S2S_ENVIRONMENT"),
		Tenant:      p.first(f, "tenant", f.tenant, pasted.Tenant, "S2S_TENANT_ID", "AZURE_TENANT_ID"),
		ClientID:    p.first(f, "client-id", f.clientID, pasted.ClientID, "S2S_CLIENT_ID", "AZURE_CLIENT_ID"),
		RedirectURI: p.first(f, "redirect-uri", f.redirectURI, pasted.RedirectURI),
	}
	return form, p.credential(f, &form, pasted)
}

func (p program) certificatePassword() secret.Value {
	return secret.New(p.getenv("S2S_CERTIFICATE_PASSWORD"))
}

func (p program) secretFromEnvironment() secret.Value {
	return secret.New(firstOf(p.getenv("S2S_CLIENT_SECRET"), p.getenv("AZURE_CLIENT_SECRET")))
}

func (p program) readSecret() (secret.Value, error) {
	const limit = 64 << 10
	raw, err := io.ReadAll(io.LimitReader(p.in, limit+1))
	switch {
	case err != nil:
		return secret.Value{}, errors.New("the client secret could not be read from standard input")
	case len(raw) > limit:
		return secret.Value{}, errors.New("standard input holds more than a client secret")
	}
	text := strings.TrimSuffix(strings.TrimSuffix(string(raw), "\n"), "\r")
	return secret.New(text), nil
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

// unusable says on standard error what is wrong with the command line.
func (p program) unusable(err error) int {
	if errors.Is(err, errHelp) {
		fmt.Fprint(p.out, usage)
		return exitHealthy
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
