package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/quote"
)

// powershellHead is the beginning of the script: one function that sends a request
// as whoever is signed in. 5.1 has no -Authentication for Invoke-RestMethod.
const powershellHead = `#Requires -Version 7.0
#Requires -Modules Az.Accounts
$ErrorActionPreference = 'Stop'

# What was made a moment ago is not known everywhere: -Again sends a request again
# that was refused, for three minutes.
function Send($Method, $Resource, $Uri, $Body, [switch] $Again) {
    $request = @{
        Method = $Method; Uri = $Uri; Authentication = 'Bearer'
        Token  = (Get-AzAccessToken -ResourceUrl $Resource -AsSecureString).Token
        Headers = @{ Prefer = 'return=representation' }
    }
    if ($Again) { $request.MaximumRetryCount = 9; $request.RetryIntervalSec = 20 }
    if ($Body) { $request.Body = $Body; $request.ContentType = 'application/json; charset=utf-8' }
    Invoke-RestMethod @request
}
`

// PowerShell returns the steps that are to be done as a script for PowerShell 7 with
// Az.Accounts. Every value is quoted for PowerShell. A new certificate is made in
// the user's store on Windows, with a key that cannot be exported.
func PowerShell(t Target, p Plan) string {
	var b strings.Builder
	shellComment(&b, "Sets up a server-to-server connection to "+t.Environment+".")
	shellComment(&b, "Needs Az.Accounts, signed in: Connect-AzAccount -Tenant "+orWords(t.TenantID, "TENANT"))
	b.WriteString(powershellHead + "\n")
	if t.ClientID != "" {
		fmt.Fprintf(&b, "$%s = %s\n", ApplicationAppID.variable(), quote.PowerShell(t.ClientID))
	}
	for v, id := range results(p) {
		if v != ApplicationAppID {
			fmt.Fprintf(&b, "$%s = %s\n", v.variable(), quote.PowerShell(id))
		}
	}
	sections := script(t, p)
	for _, section := range sections {
		b.WriteString("\n")
		shellComment(&b, section.step.Title.String()+" ("+string(section.step.Who)+")")
		shellComment(&b, section.step.Change.String())
		for _, l := range section.lines {
			psLine(&b, t, l)
		}
	}
	b.WriteString("\n")
	shellComment(&b, "What was made, to be sent back and pasted: IDs, no secrets.")
	b.WriteString(ps(t.result(p.made(sections))) + "\n")
	return b.String()
}

func psLine(b *strings.Builder, t Target, l line) {
	for _, source := range l.reads {
		field := source.Field
		if source.Listed {
			field = "value." + field
		}
		fmt.Fprintf(b, "$%s = @((%s).%s)\n", source.Value.variable(), psSend(t, "GET", source.URL, ""), field)
		fmt.Fprintf(b, "if ($%[1]s.Count -ne 1 -or -not $%[1]s[0]) { throw %[2]s }\n$%[1]s = $%[1]s[0]\n", source.Value.variable(),
			quote.PowerShell("not found, or more than one fits: "+string(source.Value)))
	}
	for _, v := range l.expands {
		url, kind := t.privilegeSource(v)
		fmt.Fprintf(b, "$%s = @((%s).Privileges | Where-Object PrivilegeType -eq %s)[0].PrivilegeId\n",
			v.variable(), psSend(t, "GET", url, ""), quote.PowerShell(kind))
		fmt.Fprintf(b, "if (-not $%s) { throw %s }\n", v.variable(), quote.PowerShell("not found: "+string(v)))
	}
	r := l.request
	for _, v := range r.Missing() {
		psMake(b, t, v)
	}
	switch {
	case r.Method == "POST" && strings.HasSuffix(r.URL, "/addPassword"):
		fmt.Fprintf(b, "(%s).secretText | Set-Content -NoNewline s2s-secret.txt\n", psSend(t, r.Method, r.URL, string(r.Body)))
		b.WriteString("'The client secret is in s2s-secret.txt. Keep it where secrets are kept, and delete the file.'\n")
	case slices.Contains(r.Missing(), SourcePrivileges):
		fmt.Fprintf(b, "%s | Out-Null\n", psSend(t, r.Method, r.URL, `{"Privileges":`+SourcePrivileges.String()+`}`))
	case len(r.Makes) > 0:
		fmt.Fprintf(b, "$response = %s\n", psSend(t, r.Method, r.URL, string(r.Body)))
		for _, made := range r.Makes {
			fmt.Fprintf(b, "$%s = $response.%s\n", made.Value.variable(), made.Field)
		}
	default:
		fmt.Fprintf(b, "%s | Out-Null\n", psSend(t, r.Method, r.URL, string(r.Body)))
	}
}

// psMake writes what makes a value that no request brings.
func psMake(b *strings.Builder, t Target, v Value) {
	switch v {
	case CertificateKey:
		fmt.Fprintf(b, "$certificate = New-SelfSignedCertificate -Subject %s -CertStoreLocation Cert:\\CurrentUser\\My -KeyExportPolicy NonExportable -KeySpec Signature -NotAfter (Get-Date).AddYears(1)\n",
			quote.PowerShell("CN="+t.DisplayName()))
		fmt.Fprintf(b, "$%s = [Convert]::ToBase64String($certificate.RawData)\n", v.variable())
		fmt.Fprintf(b, "$%s = $certificate.Thumbprint\n", Thumbprint.variable())
		b.WriteString("'The certificate is in your store: ' + $certificate.Thumbprint\n")
	case SourcePrivileges:
		fmt.Fprintf(b, "$%s = ConvertTo-Json -Compress @((%s).RolePrivileges | Select-Object PrivilegeId, Depth, BusinessUnitId)\n", v.variable(),
			psSend(t, "GET", t.dataverse("RetrieveRolePrivilegesRole(RoleId="+SourceRoleID.String()+")"), ""))
	case CredentialEnd:
		fmt.Fprintf(b, "$%s = (Get-Date).ToUniversalTime().AddDays(180).ToString('yyyy-MM-ddTHH:mm:ssZ')\n", v.variable())
	}
}

func psSend(t Target, method, url, body string) string {
	resource := "https://" + t.Cloud.Graph
	if strings.HasPrefix(url, t.Environment+"/") {
		resource = t.Environment
	}
	command := "Send " + method + " " + quote.PowerShell(resource) + " " + ps(url)
	if body != "" {
		command += " " + ps(body)
	}
	if (Request{Method: method, URL: url}).repeatable() {
		command += " -Again"
	}
	return command
}

// ps quotes a text with values for PowerShell: ('literal' + $variable + 'literal').
func ps(s string) string {
	var parts []string
	for i, piece := range pieces(s) {
		switch {
		case i%2 == 1:
			parts = append(parts, "$"+Value(piece).variable())
		case piece != "":
			parts = append(parts, quote.PowerShell(piece))
		}
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return "(" + strings.Join(parts, " + ") + ")"
}
