package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// keeper keeps a new credential: a certificate in a file, a secret in the system's
// store with the profile of --save.
type keeper struct {
	ctx    context.Context
	store  *profile.Store // nil without --save
	name   string
	file   string // of the certificate, "" for none
	target plan.Target
	// journal knows the application once it is registered.
	journal *setup.Journal
	secret  secret.Value
}

// newKeeper returns where the credential of a run is kept.
func newKeeper(ctx context.Context, f planFlags, t plan.Target, j *setup.Journal) (*keeper, error) {
	k := &keeper{ctx: ctx, name: f.save, target: t, journal: j}
	if f.save != "" {
		store, err := profile.Open(profile.Options{})
		if err != nil {
			return nil, err
		}
		k.store = store
	}
	if f.certificateOut != "" {
		file, err := filepath.Abs(f.certificateOut)
		if err != nil {
			return nil, err
		}
		k.file = file
	}
	return k, nil
}

// unkept returns why a new secret or certificate could not be kept.
func (k *keeper) unkept(secret bool) text.Text {
	switch {
	case !secret && k.file == "":
		return text.F("A new certificate needs a place to be kept: add --certificate-out FILE.")
	case !secret:
	case k.store == nil:
		return text.F("A new client secret needs a place to be kept: add --save NAME.")
	default:
		if err := probe(k.ctx); err != nil {
			return text.F("A new client secret needs a place to be kept, and the operating system's store takes none here: %s", text.OfError(err))
		}
	}
	return text.Text{}
}

// probe keeps something in the system's store and takes it out again.
func probe(ctx context.Context) error {
	vault := profile.System()
	const account = "s2scheck-probe"
	if err := vault.Set(ctx, account, secret.New("probe")); err != nil {
		return err
	}
	return vault.Delete(ctx, account)
}

// Certificate makes the certificate, or takes the one that an earlier run made.
func (k *keeper) Certificate(name string, lifetime time.Duration, known func(string) bool, announce func(string) error) ([]byte, string, error) {
	now := time.Now()
	have, err := certificate.Load(k.ctx, certificate.Source{File: k.file}, now)
	switch {
	case err == nil && known(have.Thumbprint()) && have.NotAfter().Before(now.Add(lifetime).Add(time.Minute)):
		return have.Chain[0].Raw, have.Thumbprint(), nil
	case err == nil && known(have.Thumbprint()): // refused, because it lasts too long
		if err := os.Remove(k.file); err != nil {
			return nil, "", fmt.Errorf("the certificate cannot be written: %w", err)
		}
	case exists(k.file):
		return nil, "", errors.New("the file of --certificate-out is there already, and no run of this journal made it: name another one")
	}
	made, err := certificate.Make(name, now, lifetime)
	if err != nil {
		return nil, "", err
	}
	if err := announce(made.Thumbprint()); err != nil {
		return nil, "", err
	}
	if err := made.Write(k.file); err != nil {
		return nil, "", fmt.Errorf("the certificate cannot be written: %w", err)
	}
	return made.DER, made.Thumbprint(), nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// Secret saves the profile with its secret, at once: it is shown only here.
func (k *keeper) Secret(value secret.Value) error {
	k.secret = value
	if err := k.claim(); err != nil {
		return err
	}
	form := k.fill(connection.Form{Environment: k.target.Environment, Tenant: k.target.TenantID, ClientID: k.target.ClientID}, k.target, k.journal)
	saved, err := k.store.Save(k.ctx, k.name, form)
	if err == nil && saved.SecretLocation != profile.InStore {
		err = errors.New("the operating system's store did not take the secret: " + saved.Why.String())
	}
	return err
}

// claim records in the journal that the profile is this run's. A profile of that name
// that is there already is not taken.
func (k *keeper) claim() error {
	if k.journal.Saved() == k.name {
		return nil
	}
	list, err := k.store.List(k.ctx)
	if err != nil {
		return err
	}
	for _, have := range list {
		if strings.EqualFold(have.Name, k.name) {
			return errors.New("there is a saved profile of that name already: choose another one for --save")
		}
	}
	return k.journal.SaveAs(k.name)
}

// save keeps the connection under the name of --save, if there is one.
func (k *keeper) save(form connection.Form) error {
	if k.store == nil {
		return nil
	}
	if err := k.claim(); err != nil {
		return err
	}
	_, err := k.store.Save(k.ctx, k.name, form)
	return err
}

// fill returns the form of the connection as it is now.
func (k *keeper) fill(form connection.Form, t plan.Target, j *setup.Journal) connection.Form {
	if id := j.Values()[plan.ApplicationAppID]; id != "" {
		form.ClientID = id
	}
	if form.Tenant == "" {
		form.Tenant = t.TenantID
	}
	switch {
	case !k.secret.Empty():
		form.Secret = k.secret
	case k.file != "" && exists(k.file):
		form.CertificateFile, form.Secret = k.file, secret.Value{}
	case k.store != nil && j.Saved() == k.name:
		// An earlier run of this journal has kept the secret.
		if saved, err := k.store.Load(k.ctx, k.name); err == nil {
			form.Secret = saved.Form.Secret
		}
	}
	return form
}

// forgetSaved deletes the profile that a run saved.
func forgetSaved(ctx context.Context, j *setup.Journal) error {
	name := j.Saved()
	if name == "" {
		return nil
	}
	store, err := profile.Open(profile.Options{})
	if err != nil {
		return err
	}
	if err := store.Forget(ctx, name); err != nil && !errors.Is(err, profile.ErrNoProfile) {
		return err
	}
	return nil
}
