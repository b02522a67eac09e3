package connection

import "github.com/s2sdoctor/s2sdoctor/core/secret"

// Federation is where the assertion of a federated credential comes from: a place that
// issues one to what runs there. Its zero value is no such place.
type Federation struct {
	Issuer Issuer
	// File is the path of the file that holds the assertion, for [TokenFile].
	File string
	// URL is the pipeline's endpoint for assertions.
	URL string
	// RequestToken lets the pipeline's job ask URL, and nothing else.
	RequestToken secret.Value
	// ServiceConnection is the ID of the service connection, for [AzureDevOps].
	ServiceConnection string
	// Missing are the environment variables that should name all this and are empty.
	Missing []string
}

// Issuer is a kind of place that issues assertions. Its values are the contract's.
type Issuer string

// The issuers.
const (
	// AnyIssuer is the first of the others that is there.
	AnyIssuer   Issuer = "auto"
	GitHub      Issuer = "github"
	AzureDevOps Issuer = "azuredevops"
	// TokenFile is a file that something else keeps fresh, such as Kubernetes.
	TokenFile Issuer = "file"
)

// Issuers are all of them.
var Issuers = []Issuer{AnyIssuer, GitHub, AzureDevOps, TokenFile}
