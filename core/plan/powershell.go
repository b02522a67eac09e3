package plan

import (
	"fmt"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/quote"
)

// powershellHead is the beginning of the script: one function that sends a request
// as the user who is signed in. 5.1 has no -Authentication for Invoke-RestMethod.
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
    if ($Method -eq 'PATCH' -and $Uri -like '*/api/data/*') { $request.Headers['If-Match'] = '*' } # a row that is gone is not made anew
    if ($Again) { $request.MaximumRetryCount = 9; $request.RetryIntervalSec = 20 }
    if ($Body) { $request.Body = $Body; $request.ContentType = 'application/json; charset=utf-8' }
    Invoke-RestMethod @request
}
`

// PowerShell returns the steps that are to be done as a script for PowerShell 7 with
// Az.Accounts. Every value is quoted for PowerShell. A new certificate is made in
// the user's store on Windows, with a key that cannot be exported.
func PowerShell(t Target, p Plan) string { return writeScript(t, p, powershell{t}) }

// powershell writes scripts for PowerShell 7 with Az.Accounts.
type powershell struct{ Target }

func (p powershell) start() string {
	return comment("Sets up a server-to-server connection to "+p.Environment+".") +
		comment("Needs Az.Accounts, signed in: Connect-AzAccount -Tenant "+orWords(p.TenantID, "TENANT")) +
		powershellHead + "\n"
}

func (p powershell) set(v Value, literal string) string { return p.keep(v, quote.PowerShell(literal)) }

// keep keeps the value of an expression.
func (powershell) keep(v Value, expression string) string {
	return fmt.Sprintf("$%s = %s\n", v.variable(), expression)
}

func (p powershell) read(source Source) string {
	field := source.Field
	if source.Listed {
		field = "value." + field
	}
	return p.keep(source.Value, fmt.Sprintf("@((%s).%s)", p.call("GET", source.URL, ""), field)) +
		fmt.Sprintf("if ($%[1]s.Count -ne 1 -or -not $%[1]s[0]) { throw %[2]s }\n$%[1]s = $%[1]s[0]\n", source.Value.variable(),
			quote.PowerShell("not found, or more than one fits: "+string(source.Value)))
}

func (p powershell) readPrivilege(v Value) string {
	url, kind := p.privilegeSource(v)
	return p.keep(v, fmt.Sprintf("@((%s).Privileges | Where-Object PrivilegeType -eq %s)[0].PrivilegeId", p.call("GET", url, ""), quote.PowerShell(kind))) +
		fmt.Sprintf("if (-not $%s) { throw %s }\n", v.variable(), quote.PowerShell("not found: "+string(v)))
}

func (p powershell) compute(v Value) string {
	switch v {
	case CertificateKey:
		return "$certificate = New-SelfSignedCertificate -Subject " + quote.PowerShell("CN="+p.DisplayName()) +
			" -CertStoreLocation Cert:\\CurrentUser\\My -KeyExportPolicy NonExportable -KeySpec Signature -NotAfter (Get-Date).AddYears(1)\n" +
			p.keep(v, "[Convert]::ToBase64String($certificate.RawData)") +
			p.keep(Thumbprint, "$certificate.Thumbprint") +
			"'The certificate is in your store: ' + $certificate.Thumbprint\n"
	case SourcePrivileges:
		url := p.dataverse("RetrieveRolePrivilegesRole(RoleId=" + SourceRoleID.String() + ")")
		return p.keep(v, "ConvertTo-Json -Compress @(("+p.call("GET", url, "")+").RolePrivileges | Select-Object 'PrivilegeId', 'Depth', 'BusinessUnitId')")
	case CredentialEnd:
		return p.keep(v, "(Get-Date).ToUniversalTime().AddDays(180).ToString('yyyy-MM-ddTHH:mm:ssZ')")
	}
	return ""
}

func (p powershell) send(r Request) string { return p.request(r) + " | Out-Null\n" }

func (p powershell) sendForValues(r Request) string {
	all := "$response = " + p.request(r) + "\n"
	for _, made := range r.Makes {
		all += p.keep(made.Value, "$response."+made.Field)
	}
	return all
}

func (p powershell) sendForSecret(r Request) string {
	return "(" + p.request(r) + ").secretText | Set-Content -NoNewline s2s-secret.txt\n" +
		"'The client secret is in s2s-secret.txt. Keep it where secrets are kept, and delete the file.'\n"
}

func (p powershell) sendPrivileges(r Request) string {
	return p.call(r.Method, r.URL, `{"Privileges":`+SourcePrivileges.String()+`}`) + " | Out-Null\n"
}

func (powershell) print(s string) string { return ps(s) + "\n" }

// request returns the call of Send for a request with its body.
func (p powershell) request(r Request) string { return p.call(r.Method, r.URL, string(r.Body)) }

// call returns the call of Send for a request.
func (p powershell) call(method, url, body string) string {
	resource := "https://" + p.Cloud.Graph
	if strings.HasPrefix(url, p.Environment+"/") {
		resource = p.Environment
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
