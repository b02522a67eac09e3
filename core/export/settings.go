package export

import (
	"encoding/json"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

func connectionString(s *subject) (string, error) {
	if s.kind == connection.CertificateStoreKind {
		// The certificate need not be on this computer.
		return s.fill(func(v string) string { return v }, "AuthType=Certificate;Url={{environment}};ClientId={{client}};Thumbprint={{thumbprint}}\n"), nil
	}
	line, err := s.form.ConnectionString(s.options.Clouds)
	if err != nil {
		return "", err
	}
	return line + "\n", nil
}

func dotEnv(s *subject) (string, error) {
	if s.kind == connection.CertificateStoreKind {
		return refuseStore()
	}
	return s.form.DotEnv(s.options.Clouds, s.options.TenantID)
}

// credentialDescription is an element of ClientCredentials.
//
// Source: learn.microsoft.com/entra/msidweb/authentication/credentials-overview.
type credentialDescription struct {
	SourceType                  string
	ClientSecret                string `json:",omitempty"`
	CertificateDiskPath         string `json:",omitempty"`
	CertificatePassword         string `json:",omitempty"`
	CertificateStorePath        string `json:",omitempty"`
	CertificateThumbprint       string `json:",omitempty"`
	SignedAssertionFileDiskPath string `json:",omitempty"`
}

type azureAD struct {
	Instance          string
	TenantID          string                  `json:"TenantId"`
	ClientID          string                  `json:"ClientId"`
	ClientCredentials []credentialDescription `json:",omitempty"`
}

type managedIdentity struct {
	UserAssignedClientID string `json:"UserAssignedClientId,omitempty"`
}

type acquireOptions struct{ ManagedIdentity managedIdentity }

type downstreamAPI struct {
	BaseURL             string `json:"BaseUrl"`
	RelativePath        string
	RequestAppToken     bool
	Scopes              []string
	AcquireTokenOptions *acquireOptions `json:",omitempty"`
}

type appSettingsFile struct {
	AzureAD        *azureAD `json:"AzureAd,omitempty"`
	DownstreamApis map[string]downstreamAPI
}

// appSettings writes the sections that Microsoft.Identity.Web reads.
func appSettings(s *subject) (string, error) {
	api := downstreamAPI{BaseURL: s.environment, RelativePath: "/api/data/v9.2/", RequestAppToken: true, Scopes: []string{s.environment + "/.default"}}
	var d credentialDescription
	switch s.kind {
	case connection.CertificateKind:
		if !s.pfx() {
			return refusePEM()
		}
		d = credentialDescription{SourceType: "Path", CertificateDiskPath: s.certificate}
		if s.password {
			d.CertificatePassword = connection.PasswordGap
		}
	case connection.CertificateStoreKind:
		d = credentialDescription{SourceType: "StoreWithThumbprint", CertificateStorePath: "CurrentUser/My", CertificateThumbprint: s.thumbprint}
	case connection.FederatedKind:
		if s.federation.Issuer != connection.TokenFile {
			return refusePipeline()
		}
		d = credentialDescription{SourceType: "SignedAssertionFilePath", SignedAssertionFileDiskPath: s.federation.File}
	case connection.ManagedIdentityKind:
		api.AcquireTokenOptions = &acquireOptions{managedIdentity{s.client}}
		return indented(appSettingsFile{DownstreamApis: map[string]downstreamAPI{"Dataverse": api}})
	default:
		d = credentialDescription{SourceType: "ClientSecret", ClientSecret: secretGap}
	}
	return indented(appSettingsFile{
		AzureAD:        &azureAD{"https://" + s.cloud.Login + "/", s.tenant, s.client, []credentialDescription{d}},
		DownstreamApis: map[string]downstreamAPI{"Dataverse": api},
	})
}

func indented(v any) (string, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return b.String(), err
}

type postmanValue struct {
	Key     string `json:"key"`
	Value   string `json:"value"`
	Type    string `json:"type"`
	Enabled bool   `json:"enabled"`
}

// postman writes an environment, which a collection's requests take their variables
// from. The client credentials flow of Postman's own OAuth 2.0 takes these values.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/setup-postman-environment.
func postman(s *subject) (string, error) {
	if s.kind != connection.SecretKind {
		return refuse(text.F("Postman's client credentials need a client secret: it signs no assertion and has no token of another identity provider."))
	}
	value := func(key, value, kind string) postmanValue { return postmanValue{key, value, kind, true} }
	return indented(map[string]any{
		"name": s.called(),
		"values": []postmanValue{
			value("url", s.environment, "default"),
			value("webapiurl", s.environment+"/api/data/v9.2/", "default"),
			value("tenantid", s.tenant, "default"),
			value("clientid", s.client, "default"),
			value("clientsecret", secretGap, "secret"),
			value("accesstokenurl", "https://"+s.cloud.Login+"/"+s.tenant+"/oauth2/v2.0/token", "default"),
			value("scope", s.environment+"/.default", "default"),
		},
		"_postman_variable_scope": "environment",
	})
}
