package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/federation"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// saved returns the form of one saved profile. Flags go before what was
// saved; a secret that the store does not give may come from the environment.
func (p program) saved(ctx context.Context, f flags) (connection.Form, error) {
	store, err := profile.Open(profile.Options{})
	if err != nil {
		return connection.Form{}, err
	}
	loaded, err := p.load(ctx, store, f.profile)
	if err != nil {
		return connection.Form{}, err
	}
	form := loaded.Form
	f.override(&form)
	if p.keyless(f, &form) {
		return form, nil
	}
	if f.secretStdin || f.given["certificate"] {
		form.Kind = connection.None // the flag's kind counts, not the saved one
	}
	if p.hasOwnCredential(&form) {
		return form, nil
	}
	switch {
	case f.given["certificate"]:
		form.CertificatePassword = p.certificatePassword() // the saved one is of another file
	case form.CertificateFile != "" && form.CertificatePassword.Empty():
		form.CertificatePassword = p.certificatePassword()
	case f.secretStdin:
		form.Secret, err = p.readSecret(ctx)
	case form.CertificateFile == "" && form.Secret.Empty():
		form.Secret = p.secretFromEnvironment()
	}
	p.tellMissing(f.profile, form, loaded.Why)
	return form, err
}

// hasOwnCredential reports whether a saved connection needs no secret of ours. What the
// environment says about a federated credential is put into the form.
func (p program) hasOwnCredential(form *connection.Form) bool {
	switch form.Kind {
	case connection.FederatedKind:
		form.Federation = federation.Complete(form.Federation, p.getenv)
		return true
	case connection.CertificateStoreKind, connection.ManagedIdentityKind:
		return true
	}
	return false
}

func (p program) load(ctx context.Context, store *profile.Store, name string) (profile.Loaded, error) {
	loaded, err := store.Load(ctx, name)
	if errors.Is(err, profile.ErrNoProfile) {
		err = noSuchName("there is no saved profile " + plain.Called(name))
	}
	return loaded, err
}

// tellMissing reports why the store did not give the secret of a profile that is
// still without one.
func (p program) tellMissing(name string, form connection.Form, why text.Text) {
	if form.Secret.Empty() && form.CertificatePassword.Empty() && !why.Empty() {
		fmt.Fprintf(p.err, "s2scheck: %s: %s\n", name, why)
	}
}
