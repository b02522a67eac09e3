package paste

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// calls maps functions to the fields of their positional arguments.
//
// Sources: Azure.Identity for .NET, Java, Python, Node and Go; MSAL; ADAL; ServiceClient
// and CrmServiceClient.
var calls = map[string][]field{
	"clientsecretcredential":                {tenant, client, clientSecret},
	"newclientsecretcredential":             {tenant, client, clientSecret},
	"clientcertificatecredential":           {tenant, client, certificateFile},
	"newclientcertificatecredential":        {tenant, client, certificateFile},
	"certificatecredential":                 {tenant, client, certificateFile},
	"clientcredential":                      {client, clientSecret},
	"confidentialclientapplication":         {client, clientSecret, authority},
	"serviceclient":                         {environment, client, clientSecret},
	"crmserviceclient":                      {environment, client, clientSecret},
	"createfromsecret":                      {clientSecret},
	"withclientsecret":                      {clientSecret},
	"withauthority":                         {authority, tenant},
	"withtenantid":                          {tenant},
	"newcredfromsecret":                     {clientSecret},
	"createwithclientsecret":                {client, clientSecret},
	"serviceprincipalcredentials":           {client, clientSecret, tenant},
	"loginwithserviceprincipalsecret":       {client, clientSecret, tenant},
	"acquiretokenwithclientcredentials":     {environment, client, clientSecret},
	"acquire_token_with_client_credentials": {environment, client, clientSecret},
	"pscredential":                          {userName, password},
	"create":                                {client},
	"builder":                               {client},
}

// credentialObject is a constructor of PowerShell without parentheses.
var credentialObject = lazyregexp.New(`PSCredential\s+(["'])`)

// typeObject is the same constructor as a method of its type.
var typeObject = lazyregexp.New(`(?i)\[(?:[\w.]+\.)?PSCredential\]::new\(`)

var callStart = lazyregexp.New(`([A-Za-z_]\w*)\s*\(`)

// longestCall is how far the arguments of a call are looked for, in bytes.
const longestCall = 1024

// positionalCalls takes the literals of the calls that are known.
func (r *reader) positionalCalls(text string) {
	if !strings.Contains(text, "(") {
		return
	}
	text = typeObject.ReplaceAllString(text, "PSCredential(")
	text = credentialObject.ReplaceAllString(text, "PSCredential(${1}")
	for _, at := range callStart.FindAllStringSubmatchIndex(text, -1) {
		wanted, ok := calls[strings.ToLower(text[at[2]:at[3]])]
		rest := withoutRemarks(text[at[1]:min(len(text), at[1]+longestCall)])
		if !ok && !strings.HasPrefix(rest, `"`) && !strings.HasPrefix(rest, "'") {
			continue
		}
		list := callArguments(rest)
		if !ok {
			if !isIDAndSecret(list) {
				continue
			}
			wanted = calls["clientcredential"]
		}
		r.group++
		for i, argument := range list {
			if i >= len(wanted) {
				break
			}
			inner, used := literalAt(argument)
			if used == 0 || used != len(argument) {
				var found bool
				if inner, _, found = literalInside(argument); !found {
					continue
				}
			}
			r.add(pair{
				value: value{text: inner, literal: true}, means: wanted[i], rank: exact, paragraph: -r.group, line: strings.Count(text[:at[0]], "\n"), source: fromSettings,
			})
		}
	}
}

// isIDAndSecret reports whether a call begins with an ID and what can only be its
// secret, under any name.
func isIDAndSecret(list []string) bool {
	if len(list) < 2 {
		return false
	}
	id, idLength := literalAt(list[0])
	secret, length := literalAt(list[1])
	return idLength == len(list[0]) && guid.Is(id) && length == len(list[1]) && len(secret) >= shortestSecret && isStrong(secret)
}

// withoutRemarks drops the comments behind the arguments of a call.
func withoutRemarks(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"' || c == '\'' || c == '`':
			if _, used := literalAt(text[i:]); used > 0 {
				b.WriteString(text[i : i+used])
				i += used - 1
				continue
			}
		case strings.HasPrefix(text[i:], "/*"):
			_, rest, _ := strings.Cut(text[i:], "*/")
			i = len(text) - len(rest) - 1
			continue
		case strings.HasPrefix(text[i:], "//"), c == '#' && (i == 0 || text[i-1] == ' ' || text[i-1] == '\t'):
			_, rest, _ := strings.Cut(text[i:], "\n")
			i = len(text) - len(rest) - 1
			continue
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// callArguments splits what is between the parentheses of a call.
func callArguments(text string) []string {
	var list []string
	depth, start := 0, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '"', '\'', '`':
			if _, used := literalAt(text[i:]); used > 0 {
				i += used - 1
			}
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth == 0 {
				return append(list, strings.TrimSpace(text[start:i]))
			}
			depth--
		case ',':
			if depth == 0 {
				list = append(list, strings.TrimSpace(text[start:i]))
				start = i + 1
			}
		}
	}
	return append(list, strings.TrimSpace(text[start:]))
}
