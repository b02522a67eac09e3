package federation

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// The variables in which a place names its assertions.
//
// Sources: docs.github.com/actions/reference/security/oidc#methods-for-requesting-the-oidc-token,
// learn.microsoft.com/azure/devops/pipelines/build/variables (System.OidcRequestUri, System.AccessToken),
// azure.github.io/azure-workload-identity/docs/installation/mutating-admission-webhook.html.
const (
	gitHubURL         = "ACTIONS_ID_TOKEN_REQUEST_URL"
	gitHubToken       = "ACTIONS_ID_TOKEN_REQUEST_TOKEN" // #nosec G101 -- a variable's name
	devOpsURL         = "SYSTEM_OIDCREQUESTURI"
	devOpsToken       = "SYSTEM_ACCESSTOKEN" // #nosec G101 -- a variable's name
	devOpsConnection  = "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"
	tokenFileVariable = "AZURE_FEDERATED_TOKEN_FILE"
)

// FromEnvironment returns where an assertion comes from, by the variables of the
// environment. file, where not empty, goes before the file of the environment. Of
// [connection.AnyIssuer] it is the first issuer that is there whole, or else the first
// that is there in part.
func FromEnvironment(issuer connection.Issuer, file string, getenv func(string) string) connection.Federation {
	readers := []func(func(string) string) connection.Federation{
		fromGitHub, fromDevOps,
		func(getenv func(string) string) connection.Federation { return fromFile(file, getenv) },
	}
	if issuer == connection.AnyIssuer {
		return first(readers, getenv)
	}
	for _, read := range readers {
		if f := read(getenv); f.Issuer == issuer {
			return f
		}
	}
	return connection.Federation{Issuer: issuer}
}

// Complete returns f with what the environment names for its issuer. What f has itself
// goes before that: it is returned as it is.
func Complete(f connection.Federation, getenv func(string) string) connection.Federation {
	if f.URL != "" || f.File != "" || !f.RequestToken.Empty() || len(f.Missing) > 0 {
		return f
	}
	return FromEnvironment(f.Issuer, "", getenv)
}

// Variables returns the variables from which [FromEnvironment] reads f, and the name
// of the variable that holds the request token, or "".
func Variables(f connection.Federation) (values map[string]string, requestToken string) {
	switch f.Issuer {
	case connection.GitHub:
		return map[string]string{gitHubURL: f.URL}, gitHubToken
	case connection.AzureDevOps:
		return map[string]string{devOpsURL: f.URL, devOpsConnection: f.ServiceConnection}, devOpsToken
	case connection.TokenFile:
		return map[string]string{tokenFileVariable: f.File}, ""
	}
	return nil, ""
}

func first(readers []func(func(string) string) connection.Federation, getenv func(string) string) connection.Federation {
	none := connection.Federation{Issuer: connection.AnyIssuer}
	var part *connection.Federation
	for _, read := range readers {
		f := read(getenv)
		if len(f.Missing) == 0 {
			return f
		}
		none.Missing = append(none.Missing, f.Missing...)
		if part == nil && (f.URL != "" || !f.RequestToken.Empty()) {
			part = &f
		}
	}
	if part != nil {
		return *part
	}
	return none
}

func fromGitHub(getenv func(string) string) connection.Federation {
	return connection.Federation{
		Issuer: connection.GitHub, URL: getenv(gitHubURL), RequestToken: secret.New(getenv(gitHubToken)),
		Missing: missing(getenv, gitHubURL, gitHubToken),
	}
}

func fromDevOps(getenv func(string) string) connection.Federation {
	return connection.Federation{
		Issuer: connection.AzureDevOps, URL: getenv(devOpsURL), RequestToken: secret.New(getenv(devOpsToken)),
		ServiceConnection: getenv(devOpsConnection),
		Missing:           missing(getenv, devOpsURL, devOpsToken, devOpsConnection),
	}
}

func fromFile(file string, getenv func(string) string) connection.Federation {
	f := connection.Federation{Issuer: connection.TokenFile, File: file}
	if f.File == "" {
		f.File, f.Missing = getenv(tokenFileVariable), missing(getenv, tokenFileVariable)
	}
	return f
}

func missing(getenv func(string) string, names ...string) []string {
	var empty []string
	for _, name := range names {
		if getenv(name) == "" {
			empty = append(empty, name)
		}
	}
	return empty
}
