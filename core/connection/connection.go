// Package connection holds the words of the domain: the form as typed, and the
// connection it means.
//
// It promises that any input is either understood or refused with a
// named cause and a sentence, that nothing typed is lost, and that a secret
// stays one. It needs no network.
package connection

import (
	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// Connection is a server-to-server connection that can be tried.
type Connection struct {
	// Environment is scheme and host, nothing else: "https://contoso.crm4.dynamics.com".
	Environment string
	// Host is the environment's host alone, lower-case.
	Host string
	// Cloud is the cloud of the host's suffix.
	Cloud cloud.Cloud
	// Tenant is a lower-case GUID or a domain; "" leaves it to be discovered.
	Tenant string
	// ClientID is a lower-case GUID.
	ClientID    string
	Credential  Credential
	RedirectURI string
}

// Kind is the kind of credential by which an application proves who it is. Its
// values are the contract's.
type Kind string

// The kinds of credential; "" if no credential is given.
const (
	None            Kind = ""
	SecretKind      Kind = "secret"
	CertificateKind Kind = "certificate"
	// CertificateStoreKind is a certificate whose key the system uses and does not
	// give away.
	CertificateStoreKind Kind = "certificate-store"
	// FederatedKind is a token of another identity provider, exchanged for Entra's.
	FederatedKind Kind = "federated"
	// ManagedIdentityKind is the identity of the computer where this runs. The
	// application is then known from its token; ClientID may be empty before.
	ManagedIdentityKind Kind = "managed-identity"
)

// Credential is what the application authenticates with. The zero value is no credential.
type Credential struct {
	Kind   Kind
	Secret secret.Value
	// Certificate is set for [CertificateKind] and [CertificateStoreKind].
	Certificate *certificate.Certificate
	// Federation is set for [FederatedKind].
	Federation Federation
}

// Signs reports whether the application signs its own assertions with a certificate.
func (c Credential) Signs() bool {
	return (c.Kind == CertificateKind || c.Kind == CertificateStoreKind) && c.Certificate != nil && len(c.Certificate.Chain) > 0
}
