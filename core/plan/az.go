package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/quote"
)

// AZ returns the steps that are to be done as a script for a POSIX shell with the
// Azure CLI. Every value is quoted for the shell. A new private key or secret is
// written to a file that only its user can read.
func AZ(t Target, p Plan) string {
	var b strings.Builder
	b.WriteString("#!/bin/sh\n")
	shellComment(&b, "Sets up a server-to-server connection to "+t.Environment+".")
	shellComment(&b, "Needs the Azure CLI, signed in: az login --tenant "+orWords(t.TenantID, "TENANT")+" --allow-no-subscriptions")
	b.WriteString("set -eu\numask 077\n" + azAgain)
	if t.ClientID != "" {
		fmt.Fprintf(&b, "%s=%s\n", ApplicationAppID.variable(), quote.Shell(t.ClientID))
	}
	for v, id := range results(p) {
		if v != ApplicationAppID {
			fmt.Fprintf(&b, "%s=%s\n", v.variable(), quote.Shell(id))
		}
	}
	sections := script(t, p)
	for _, section := range sections {
		b.WriteString("\n")
		shellComment(&b, section.step.Title.String()+" ("+string(section.step.Who)+")")
		shellComment(&b, section.step.Change.String())
		for _, l := range section.lines {
			azLine(&b, t, l)
		}
	}
	b.WriteString("\n")
	shellComment(&b, "What was made, to be sent back and pasted: IDs, no secrets.")
	fmt.Fprintf(&b, "printf '%%s\\n' %s\n", shell(t.result(p.made(sections))))
	return b.String()
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

func azLine(b *strings.Builder, t Target, l line) {
	for _, source := range l.reads {
		path := source.Field
		if source.Listed {
			path = "join(' ', value[]." + path + ")"
		}
		fmt.Fprintf(b, "%s=$(%s --query %s -o tsv)\n", source.Value.variable(), azRest(t, "GET", source.URL), quote.Shell(path))
		azOne(b, source.Value)
	}
	for _, v := range l.expands {
		azPrivilege(b, t, v)
	}
	r := l.request
	for _, v := range r.Missing() {
		azMake(b, t, v)
	}
	switch {
	case slices.Contains(r.Missing(), SourcePrivileges):
		fmt.Fprintf(b, "%s --headers Content-Type=application/json --body @s2s-privileges.json -o none\n", azRest(t, r.Method, r.URL))
	case r.Method == "POST" && strings.HasSuffix(r.URL, "/addPassword"):
		fmt.Fprintf(b, "%s --query secretText -o tsv > s2s-secret.txt\n", azRequest(t, r))
		b.WriteString("echo 'The client secret is in s2s-secret.txt. Keep it where secrets are kept, and delete the file.'\n")
	case len(r.Makes) > 0:
		first := r.Makes[0]
		fmt.Fprintf(b, "%s=$(%s --query %s -o tsv)\n", first.Value.variable(), azRequest(t, r), quote.Shell(first.Field))
		for _, made := range r.Makes[1:] {
			fmt.Fprintf(b, "%s=$(%s --query %s -o tsv)\n", made.Value.variable(),
				azRest(t, "GET", r.URL+"/"+first.Value.String()+"?$select="+made.Field), quote.Shell(made.Field))
		}
	default:
		fmt.Fprintf(b, "%s -o none\n", azRequest(t, r))
	}
}

// azOne writes the check that a read has brought one value.
func azOne(b *strings.Builder, v Value) {
	fmt.Fprintf(b, "case \"$%s\" in\n'') echo %s >&2; exit 1 ;;\n*' '*) echo %s >&2; exit 1 ;;\nesac\n",
		v.variable(), quote.Shell("not found: "+string(v)), quote.Shell("more than one fits: "+string(v)))
}

// azMake writes what makes a value that no request brings.
func azMake(b *strings.Builder, t Target, v Value) {
	switch v {
	case CertificateKey:
		fmt.Fprintf(b, "openssl req -x509 -newkey rsa:2048 -sha256 -nodes -days 365 -subj %s -keyout s2s-key.pem -out s2s-certificate.pem 2>/dev/null\n",
			quote.Shell("/CN="+strings.NewReplacer("/", `\/`, "+", `\+`).Replace(t.DisplayName())))
		fmt.Fprintf(b, "%s=$(openssl x509 -in s2s-certificate.pem -outform DER | openssl base64 -A)\n", v.variable())
		fmt.Fprintf(b, "%s=$(openssl x509 -in s2s-certificate.pem -noout -fingerprint -sha1 | sed 's/.*=//; s/://g')\n", Thumbprint.variable())
	case SourcePrivileges:
		fmt.Fprintf(b, "%s=$(%s --query %s -o json)\n", v.variable(),
			azRest(t, "GET", t.dataverse("RetrieveRolePrivilegesRole(RoleId="+SourceRoleID.String()+")")),
			quote.Shell("RolePrivileges[].{PrivilegeId:PrivilegeId,Depth:Depth,BusinessUnitId:BusinessUnitId}"))
		// There are thousands: too many for the arguments of a command.
		fmt.Fprintf(b, "printf '{\"Privileges\":%%s}' \"$%s\" > s2s-privileges.json\n", v.variable())
	case CredentialEnd:
		fmt.Fprintf(b, "%s=$(date -u -d '+180 days' +%%Y-%%m-%%dT%%H:%%M:%%SZ 2>/dev/null || date -u -v+180d +%%Y-%%m-%%dT%%H:%%M:%%SZ)\n", v.variable())
	}
}

// azPrivilege writes the read of a privilege's ID.
func azPrivilege(b *strings.Builder, t Target, v Value) {
	source, kind := t.privilegeSource(v)
	fmt.Fprintf(b, "%s=$(%s --query %s -o tsv)\n", v.variable(), azRest(t, "GET", source),
		quote.Shell("Privileges[?PrivilegeType=='"+kind+"'] | [0].PrivilegeId"))
	azOne(b, v)
}

// azRequest returns the command that sends a request.
func azRequest(t Target, r Request) string {
	command := azRest(t, r.Method, r.URL)
	if r.Body != nil {
		headers := "Content-Type=application/json"
		if len(r.Makes) > 0 && strings.HasPrefix(r.URL, t.Environment+"/") {
			headers += " Prefer=return=representation" // the answer is empty otherwise
		}
		command += " --headers " + headers + " --body " + shell(string(r.Body))
	}
	return command
}

func azRest(t Target, method, url string) string {
	command := "az rest --method " + strings.ToLower(method)
	if (Request{Method: method, URL: url}).repeatable() {
		command = "again " + command
	}
	if strings.HasPrefix(url, t.Environment+"/") {
		command += " --resource " + quote.Shell(t.Environment)
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

func shellComment(b *strings.Builder, s string) {
	for line := range strings.Lines(s) {
		b.WriteString("# " + strings.TrimRight(line, "\r\n") + "\n")
	}
}

func orWords(value, words string) string {
	if value == "" {
		return words
	}
	return value
}
