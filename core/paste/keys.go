package paste

import (
	"strings"

	"s2sdoctor/core/connection"
	"s2sdoctor/core/pattern"
	"s2sdoctor/core/plain"
	"s2sdoctor/core/prose"
)

// meaning is what a key of any tool stands for.
type meaning int

const (
	nothing meaning = iota
	theEnvironment
	theTenant
	theAuthority
	theClientID
	theSecret
	theRedirectURI
	theCertificateFile
	theKeyFile
	theCertificatePassword
	theThumbprint
	// aPassword and aUser mean nothing alone: see [taken.takeAll].
	aPassword
	aUser
	// anAddress may be any service's: it counts when it looks like an environment.
	anAddress
)

// fields says where a meaning goes and what people call it.
var fields = map[meaning]struct {
	field connection.Field
	name  prose.Text
}{
	theEnvironment:         {connection.FieldEnvironment, prose.F("Environment URL")},
	theTenant:              {connection.FieldTenant, prose.F("Directory (tenant) ID")},
	theAuthority:           {connection.FieldTenant, prose.F("Directory (tenant) ID")},
	theClientID:            {connection.FieldClientID, prose.F("Application (client) ID")},
	theSecret:              {connection.FieldSecret, prose.F("client secret")},
	theRedirectURI:         {connection.FieldRedirectURI, prose.F("Redirect URI")},
	theCertificateFile:     {connection.FieldCertificate, prose.F("certificate file")},
	theKeyFile:             {connection.FieldCertificate, prose.F("private key's file")},
	theCertificatePassword: {connection.FieldCertificate, prose.F("certificate's password")},
}

// vocabulary holds the keys in lower-case letters and digits, without prefixes.
//
// Sources: ServiceClient's connection strings, pac, az, Azure SDK's environment
// variables, the Power Platform Terraform provider, GitHub and Azure DevOps
// actions, Data Factory, Postman's environments, the portals' labels.
var vocabulary = func() map[string]meaning {
	words := map[string]meaning{}
	for m, keys := range map[meaning]string{
		theEnvironment: "environmenturl environmenturi serviceuri serviceurl organizationurl organizationuri organisationurl orgurl orguri " +
			"instanceurl instanceuri instanceapiurl resourceurl serviceroot crmurl dataverseurl dynamicsurl dynamicscrmurl",
		anAddress:      "url uri server environment resource scope scopes audience webapiurl apiurl baseurl baseaddress host hostname endpoint serviceendpoint org instance",
		theTenant:      "tenantid tenant directoryid directorytenantid tenantguid",
		theAuthority:   "authority authorityurl authorityuri authurl authuri tokenurl tokenuri tokenendpoint accesstokenurl authorizationurl authorizeurl issuer",
		theClientID:    "clientid appid applicationid applicationclientid appclientid clientappid serviceprincipalid serviceprincipalclientid spnid",
		theSecret:      "clientsecret secret clientsecretvalue secretvalue secretkey clientkey appsecret appkey applicationsecret serviceprincipalkey serviceprincipalsecret serviceprincipalcredential",
		theRedirectURI: "redirecturi redirecturl replyurl replyuri callbackurl callback",
		theCertificateFile: "certificatepath certificatefile certificatefilepath clientcertificatepath clientcertificatefile clientcertificatefilepath " +
			"certificatediskpath certificate pfxpath pfxfile pempath",
		theKeyFile:             "keyfile keypath privatekeypath privatekeyfile clientkeypath",
		theCertificatePassword: "certificatepassword clientcertificatepassword pfxpassword certpassword",
		theThumbprint:          "thumbprint certificatethumbprint clientcertificatethumbprint",
		aPassword:              "password",
		aUser:                  "username userid user",
	} {
		for key := range strings.FieldsSeq(keys) {
			words[key] = m
		}
	}
	return words
}()

// owners are what tools put before their keys; after one of dataverses even
// "url" and "environment" are ours.
var (
	dataverses = []string{"s2s", "dataverse", "crm", "d365", "dynamics365", "dynamics", "xrm", "buildtools"}
	owners     = append([]string{"azuread", "azure", "arm", "powerplatform", "aad", "entra", "msal", "microsoft", "token", "spn", "oauth2", "oauth"}, dataverses...)
)

var environmentShape = pattern.New(`(?i)^(https?://)?[a-z0-9-]+(\.api)?\.crm[0-9]*\.[a-z0-9.-]+([:/?#].*)?$`)

// meaningOf tells what a key stands for. The value decides where the key alone
// does not.
func meaningOf(key, value string) meaning {
	word := plain.Squeeze(key)
	m, known := vocabulary[word]
	for _, owner := range owners {
		if known {
			break
		}
		if rest, ok := strings.CutPrefix(word, owner); ok {
			if m, known = vocabulary[rest]; m == anAddress && prefixOf(word, dataverses) {
				m = theEnvironment
			}
		}
	}
	value = plain.Unwrap(value)
	switch {
	case m == anAddress && environmentShape.MatchString(value):
		return theEnvironment
	case m == anAddress:
		return nothing
	case m == theAuthority && !namesTenant(value):
		return nothing
	case m == theCertificateFile && strings.Contains(value, "\n"):
		return nothing // the certificate itself, not a path
	}
	return m
}

func prefixOf(word string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(word, p) {
			return true
		}
	}
	return false
}
