package importer

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// meaning is the part of a connection that a key names.
type meaning int

const (
	aName meaning = iota + 1
	anAddress
	anAuthority
	aTenant
	aClient
	aSignIn
	aKind // of a sign-in, or of something else
	aThumbprint
	aUser
	aConnectionString
)

// vocabulary are the keys of other programs, squeezed. Those of secrets are not in it.
var vocabulary = func() map[string]meaning {
	all := map[string]meaning{}
	for m, keys := range map[meaning]string{
		aName: "name connectionname displayname profilename friendlyname title label alias environmentname environmentdisplayname",
		anAddress: "url uri environmenturl environment environmenturi orgurl organizationurl instanceurl instance serviceurl serviceuri serverurl " +
			"server servername host hostname resource resourceuri resourceurl webapplicationurl originalurl dataverseurl crmurl baseurl " +
			"uris urls dynamicsurl d365url activeorganizationurl organizationserviceurl apiurl endpoint address connectionurl environmentaddress",
		anAuthority:       "authority aadauthority authorityurl loginurl tokenendpoint tokenurl tokenserviceurl",
		aTenant:           "tenantid tenant directoryid directorytenantid aadtenantid azuretenantid azureadtenantid tenantname tenantguid",
		aClient:           "clientid applicationid appid azureadappid applicationclientid clientapplicationid azureclientid serviceprincipalid appclientid application app",
		aSignIn:           "authenticationtype authtype authmethod logintype credentialtype granttype signin authmode authenticationmethod authenticationmode newauthtype",
		aKind:             "kind type credential authentication method auth",
		aThumbprint:       "thumbprint certificatethumbprint certthumbprint",
		aUser:             "username user useremail email upn login userprincipalname account",
		aConnectionString: "connectionstring dataverseconnectionstring crmconnectionstring",
	} {
		for key := range strings.FieldsSeq(keys) {
			all[key] = m
		}
	}
	return all
}()

// settings are the values of one connection, by the meaning of their keys.
type settings map[meaning][]string

// add keeps a value whose key is known, and reports whether it is.
func (s settings) add(key, value string) bool {
	m := vocabulary[key]
	if value = plain.Trim(value); m == 0 || value == "" {
		return m != 0
	}
	s[m] = append(s[m], value)
	return true
}

func (s settings) first(m meaning) string {
	if len(s[m]) == 0 {
		return ""
	}
	return s[m][0]
}

// pick returns the first value that is usable, or else the first.
func (s settings) pick(m meaning, usable func(string) bool) string {
	for _, v := range s[m] {
		if usable(v) {
			return v
		}
	}
	return s.first(m)
}

// isEnvironment reports whether a text is the address of an environment.
func isEnvironment(text string) bool {
	if !strings.Contains(text, ".") {
		return false
	}
	_, _, problems := connection.Form{Environment: text}.Clean(cloud.Table)
	return len(problems) == 0 || problems[0].Field != connection.FieldEnvironment
}

func isID(text string) bool { _, ok := guid.Parse(text); return ok }

// entry returns the connection that the settings describe; false where they describe
// something else. An address alone is not enough: a file has many.
func (s settings) entry() (entry, bool) {
	e := entry{
		name: s.first(aName), address: s.pick(anAddress, isEnvironment), tenant: s.first(aTenant), clientID: s.pick(aClient, isID),
		thumbprint: s.first(aThumbprint),
	}
	stated := unknownSignIn
	for _, text := range s[aConnectionString] {
		stated = e.addConnectionString(text)
	}
	if user := s.first(aUser); e.clientID == "" && isID(user) {
		e.clientID = user // a list of sign-ins, in which an application is a user, too
	}
	if e.tenant == "" {
		e.tenant, _ = connection.TenantOfAuthority(cloud.Table, s.first(anAuthority))
	}
	by, known := s.signIn()
	if stated != unknownSignIn {
		by, known = stated, true
	}
	e.by = by
	environment := isEnvironment(e.address)
	ok := strings.Contains(e.address, ".") && (environment && len(s) > 1 || known || isID(e.clientID))
	return e, ok
}

// signInWords are the parts by which ways of signing in are known, the decisive ones
// first.
var signInWords = []struct {
	part string
	by   signIn
}{
	{"managedidentity", managedSignIn},
	{"federat", federatedSignIn},
	{"workload", federatedSignIn},
	{"certificate", certificateSignIn},
	{"clientsecret", secretSignIn},
	{"clientcredential", secretSignIn},
	{"clientidandsecret", secretSignIn},
	{"clientidsecret", secretSignIn},
	{"serviceprincipal", secretSignIn},
	{"applicationuser", secretSignIn},
	{"apponly", secretSignIn},
	{"s2s", secretSignIn},
	{"onprem", onPremises},
	{"ntlm", onPremises},
	{"interactive", personSignsIn},
	{"oauth", personSignsIn},
	{"password", personSignsIn},
	{"devicecode", personSignsIn},
	{"office365", personSignsIn},
	{"browser", personSignsIn},
	{"azurecli", personSignsIn},
	{"microsoftlogin", personSignsIn},
}

// wholeSignIns are those that only count as the whole value.
var wholeSignIns = map[string]signIn{
	"secret": secretSignIn, "application": secretSignIn, "app": secretSignIn, "cert": certificateSignIn,
	"user": personSignsIn, "live": personSignsIn, "ad": onPremises, "ifd": onPremises, "windows": onPremises,
}

// publicClients are applications of Microsoft's with which persons sign in.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/xrm-tooling/use-connection-strings-xrm-tooling-connect,
// and the .NET Framework and PowerShell samples of Dataverse.
var publicClients = map[string]bool{
	"51f81489-12ee-4a9e-aaae-a2591f45987d": true,
	"2ad88395-b77d-4561-9441-d0e40824f9bc": true,
	"1950a258-227b-4e31-a9cf-717495945fc2": true, // Azure PowerShell
	"04b07795-8ddb-461a-bbee-02f9e1bf7b46": true, // Azure CLI
	"9cee029c-6210-4654-90bb-17e6e9d36617": true, // Power Platform CLI
}

// signIn decides how the connection proves itself; known is true where the settings
// name a way. Where they do not, the application's ID decides, or the name of a user.
func (s settings) signIn() (by signIn, known bool) {
	for _, value := range append(slices.Clone(s[aSignIn]), s[aKind]...) {
		squeezed := plain.Squeeze(value)
		if by, ok := wholeSignIns[squeezed]; ok {
			return by, true
		}
		for _, w := range signInWords {
			if strings.Contains(squeezed, w.part) {
				return w.by, true
			}
		}
	}
	switch {
	case len(s[aSignIn]) > 0:
		return unknownSignIn, true
	case len(s[aThumbprint]) > 0:
		return certificateSignIn, true
	case strings.Contains(s.first(aUser), "@"), publicClients[strings.ToLower(s.pick(aClient, isID))]:
		return personSignsIn, false
	}
	return secretSignIn, false
}
