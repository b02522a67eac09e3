package plan

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/quote"
)

// AZ returns the steps that are to be done as a script for a POSIX shell with the
// Azure CLI. Every value is quoted for the shell. A new private key or secret is
// written to a file that only its user can read.
func AZ(t Target, p Plan) string { return writeScript(t, p, posixShell{t}) }

// posixShell writes scripts for a POSIX shell with the Azure CLI.
type posixShell struct{ Target }

func (s posixShell) start() string {
	return "#!/bin/sh\n" + comment("Sets up a server-to-server connection to "+s.Environment+".") +
		comment("Needs the Azure CLI, signed in: az login --tenant "+orWords(s.TenantID, "TENANT")+" --allow-no-subscriptions") +
		"set -eu\numask 077\n" + azAgain
}

// azAgain is the beginning of the script: what was made a moment ago is not known
// everywhere, so that a request may have to be sent again. It waits three minutes.
const azAgain = `
again() {
	pause=2
	until "$@"; do
		[ "$pause" -lt 50 ] || return 1
		sleep "$pause"
		pause=$((pause + 6))
	done
}
`

func (posixShell) set(v Value, literal string) string {
	return fmt.Sprintf("%s=%s\n", v.variable(), quote.Shell(literal))
}

// keep keeps what a command prints.
func (posixShell) keep(v Value, command string) string {
	return fmt.Sprintf("%s=$(%s)\n", v.variable(), command)
}

// printing returns the command that prints a part of a response.
func printing(command, path, format string) string {
	return command + " --query " + quote.Shell(path) + " -o " + format
}

func (s posixShell) read(source Source) string {
	path := source.Field
	if source.Listed {
		path = "join(' ', value[]." + path + ")"
	}
	return s.keep(source.Value, printing(s.rest("GET", source.URL), path, "tsv")) + s.one(source.Value)
}

func (s posixShell) readPrivilege(v Value) string {
	url, kind := s.privilegeSource(v)
	return s.keep(v, printing(s.rest("GET", url), "Privileges[?PrivilegeType=='"+kind+"'] | [0].PrivilegeId", "tsv")) + s.one(v)
}

// one checks that a read has brought one value.
func (posixShell) one(v Value) string {
	return fmt.Sprintf("case \"$%s\" in\n'') echo %s >&2; exit 1 ;;\n*' '*) echo %s >&2; exit 1 ;;\nesac\n",
		v.variable(), quote.Shell("not found: "+string(v)), quote.Shell("more than one fits: "+string(v)))
}

func (s posixShell) compute(v Value) string {
	switch v {
	case CertificateKey:
		return "openssl req -x509 -newkey rsa:2048 -sha256 -nodes -days 365 -subj " +
			quote.Shell("/CN="+strings.NewReplacer("/", `\/`, "+", `\+`).Replace(s.DisplayName())) +
			" -keyout s2s-key.pem -out s2s-certificate.pem 2>/dev/null\n" +
			s.keep(v, "openssl x509 -in s2s-certificate.pem -outform DER | openssl base64 -A") +
			s.keep(Thumbprint, "openssl x509 -in s2s-certificate.pem -noout -fingerprint -sha1 | sed 's/.*=//; s/://g'")
	case SourcePrivileges:
		url := s.dataverse("RetrieveRolePrivilegesRole(RoleId=" + SourceRoleID.String() + ")")
		return s.keep(v, printing(s.rest("GET", url), "RolePrivileges[].{PrivilegeId:PrivilegeId,Depth:Depth,BusinessUnitId:BusinessUnitId}", "json")) +
			// There are thousands: too many for the arguments of a command.
			fmt.Sprintf("printf '{\"Privileges\":%%s}' \"$%s\" > s2s-privileges.json\n", v.variable())
	case CredentialEnd:
		return s.keep(v, "date -u -d '+180 days' +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -v+180d +%Y-%m-%dT%H:%M:%SZ")
	}
	return ""
}

func (s posixShell) send(r Request) string { return s.request(r) + " -o none\n" }

func (s posixShell) sendForValues(r Request) string {
	first := r.Makes[0]
	all := s.keep(first.Value, printing(s.request(r), first.Field, "tsv"))
	for _, made := range r.Makes[1:] {
		all += s.keep(made.Value, printing(s.rest("GET", r.URL+"/"+first.Value.String()+"?$select="+made.Field), made.Field, "tsv"))
	}
	return all
}

func (s posixShell) sendForSecret(r Request) string {
	return s.request(r) + " --query secretText -o tsv > s2s-secret.txt\n" +
		"echo 'The client secret is in s2s-secret.txt. Keep it where secrets are kept, and delete the file.'\n"
}

func (s posixShell) sendPrivileges(r Request) string {
	return s.rest(r.Method, r.URL) + " --headers Content-Type=application/json --body @s2s-privileges.json -o none\n"
}

func (posixShell) print(s string) string { return "printf '%s\\n' " + shell(s) + "\n" }

// request returns the command that sends a request.
func (s posixShell) request(r Request) string {
	command := s.rest(r.Method, r.URL)
	if r.Body != nil {
		headers := "Content-Type=application/json"
		if len(r.Makes) > 0 && strings.HasPrefix(r.URL, s.Environment+"/") {
			headers += " Prefer=return=representation" // the answer is empty otherwise
		}
		if r.Method == http.MethodPatch && strings.HasPrefix(r.URL, s.Environment+"/") {
			headers += " 'If-Match=*'" // a row that is gone is not made anew
		}
		command += " --headers " + headers + " --body " + shell(string(r.Body))
	}
	return command
}

func (s posixShell) rest(method, url string) string {
	command := "az rest --method " + strings.ToLower(method)
	if (Request{Method: method, URL: url}).repeatable() {
		command = "again " + command
	}
	if strings.HasPrefix(url, s.Environment+"/") {
		command += " --resource " + quote.Shell(s.Environment)
	}
	return command + " --url " + shell(url)
}

// shell quotes a text with values for a POSIX shell: 'literal'"$variable"'literal'.
func shell(s string) string {
	var b strings.Builder
	for i, piece := range pieces(s) {
		switch {
		case i%2 == 1:
			b.WriteString(`"$` + Value(piece).variable() + `"`)
		case piece != "":
			b.WriteString(quote.Shell(piece))
		}
	}
	return b.String()
}
