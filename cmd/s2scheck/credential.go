package main

import (
	"context"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/federation"
)

// credentialFlags choose the kind of credential: at most one may be given.
var credentialFlags = []string{"certificate", "certificate-store", "federated", "managed-identity", "client-secret-stdin"}

// credentials are the flags among them that were given.
func (f flags) credentials() []string {
	var given []string
	for _, name := range credentialFlags {
		off := name == "managed-identity" && !f.managedIdentity || name == "client-secret-stdin" && !f.secretStdin
		if f.given[name] && !off {
			given = append(given, "--"+name)
		}
	}
	return given
}

// keyless puts into the form a credential that holds no secret of ours, if flags name
// one.
func (p program) keyless(f flags, form *connection.Form) bool {
	switch {
	case f.given["certificate-store"]:
		form.Kind, form.Thumbprint = connection.CertificateStoreKind, f.certificateStore
	case f.given["federated"]:
		form.Kind = connection.FederatedKind
		form.Federation = federation.FromEnvironment(connection.Issuer(f.federated), f.tokenFile, p.getenv)
	case f.managedIdentity:
		form.Kind = connection.ManagedIdentityKind
		if !f.given["client-id"] {
			// The variables name applications; the identity of this machine is one of its own.
			form.ClientID = ""
		}
	default:
		return false
	}
	return true
}

// credential puts into the form what the application proves itself with: what flags
// name beats the text of --from, which beats the environment.
func (p program) credential(ctx context.Context, f flags, form *connection.Form, pasted connection.Form) error {
	if p.keyless(f, form) {
		return nil
	}
	switch {
	case f.secretStdin:
		typed, err := p.readSecret(ctx)
		form.Secret = typed
		return err
	case f.given["certificate"]:
		form.CertificateFile, form.KeyFile = f.certificate, f.certificateKey
		form.CertificatePassword = firstSecret(pasted.CertificatePassword, p.certificatePassword())
		if form.CertificateFile == "" {
			form.Secret = p.secretFromEnvironment()
		}
	case pasted.CertificateFile != "":
		form.CertificateFile, form.KeyFile = pasted.CertificateFile, firstOf(f.certificateKey, pasted.KeyFile)
		form.CertificatePassword = firstSecret(pasted.CertificatePassword, p.certificatePassword())
	case pasted.Kind != connection.None:
		form.Kind, form.Thumbprint, form.Federation = pasted.Kind, pasted.Thumbprint, pasted.Federation
		p.hasOwnCredential(form)
	default:
		form.Secret = firstSecret(pasted.Secret, p.secretFromEnvironment())
	}
	return nil
}
