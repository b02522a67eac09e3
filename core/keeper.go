package core

import (
	"context"
	"crypto/rand"
	"errors"
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

// Kept is where a set-up keeps the credential that it makes, and the connection.
type Kept struct {
	// Store and Name keep the connection as a profile, with its secret or the password
	// of its certificate in the system's store; Name is "" for no profile.
	Store KeptStore
	Name  string
	// File is where a new certificate is written, as PEM with its key; "" for a file of
	// the store's own, whose key is encrypted.
	File string
	// Session is true where the credential may be lost when the program ends, as in the
	// sandbox: nothing is refused then because the system has no store.
	Session bool
}

// KeptStore keeps connections: a [profile.Store].
type KeptStore interface {
	List(ctx context.Context) ([]profile.Profile, error)
	Load(ctx context.Context, name string) (profile.Loaded, error)
	Save(ctx context.Context, name string, form connection.Form) (profile.Saved, error)
	Forget(ctx context.Context, name string) error
	CertificateFile(thumbprint string) (string, error)
	// Probe returns an error where secrets could be kept for the session only.
	Probe(ctx context.Context) error
}

// KeepError is the reason why a credential or a connection was not kept.
type KeepError struct{ Summary text.Text }

// Error returns the summary in English.
func (e *KeepError) Error() string { return e.Summary.String() }

// Message returns the summary.
func (e *KeepError) Message() text.Text { return e.Summary }

// keeper keeps the credential of one run.
type keeper struct {
	ctx     context.Context
	kept    Kept
	target  plan.Target
	journal *setup.Journal // knows the application once it is registered

	secret   secret.Value // a new client secret
	file     string       // of a new certificate
	password secret.Value // of that file
}

// newKeeper returns the keeper of a run. The error is a *KeepError: the name is that of
// another connection.
func newKeeper(ctx context.Context, kept Kept, t plan.Target, j *setup.Journal) (*keeper, error) {
	k := &keeper{ctx: ctx, kept: kept, target: t, journal: j}
	if kept.Name != "" && k.taken() {
		return nil, errTaken
	}
	return k, nil
}

var errTaken = &KeepError{Summary: text.F("There is a saved connection of that name already: choose another name.")}

// unkept returns why a new secret or certificate could not be kept.
func (k *keeper) unkept(secret bool) text.Text {
	switch {
	case k.kept.Session:
	case secret && k.kept.Name == "":
		return text.F("A new client secret needs a place to be kept: save the connection under a name (--save NAME).")
	case k.kept.Name == "" && k.kept.File == "":
		return text.F("A new certificate needs a place to be kept: save the connection under a name (--save NAME), or name a file (--certificate-out FILE).")
	case secret || k.kept.File == "":
		if err := k.kept.Store.Probe(k.ctx); err != nil {
			return text.F("A new credential needs a place to be kept, and the operating system's store takes none here: %s", text.OfError(err))
		}
	default:
		return k.unwritable()
	}
	return text.Text{}
}

// unwritable returns why the file of --certificate-out cannot take a new certificate.
// A file that an earlier run of the journal made is used again.
func (k *keeper) unwritable() text.Text {
	if exists(k.kept.File) {
		have, err := certificate.Load(k.ctx, certificate.Source{File: k.kept.File}, time.Now())
		if err != nil || !k.journal.Announced(have.Thumbprint()) {
			return errForeign.Summary
		}
	}
	probe, err := os.CreateTemp(filepath.Dir(k.kept.File), ".s2sdoctor-*")
	if err != nil {
		return errWrite.Summary
	}
	_ = probe.Close()
	_ = os.Remove(probe.Name())
	return text.Text{}
}

// atHand reports whether the credential that an earlier run of the journal made is
// where this run keeps one.
func (k *keeper) atHand() bool {
	k.find()
	return !k.secret.Empty() || k.file != "" && exists(k.file)
}

// taken reports whether the name is that of another connection.
func (k *keeper) taken() bool {
	if k.journal.Saved() == k.kept.Name {
		return false
	}
	list, err := k.kept.Store.List(k.ctx)
	if err != nil {
		return false // saving will show it
	}
	for _, have := range list {
		if strings.EqualFold(have.Name, k.kept.Name) {
			return true
		}
	}
	return false
}

// Certificate implements [setup.Keeper].
func (k *keeper) Certificate(name string, lifetime time.Duration, known func(string) bool, announce func(string) error) ([]byte, string, error) {
	now := time.Now()
	k.find()
	have, err := certificate.Load(k.ctx, certificate.Source{File: k.file, Password: k.password}, now)
	switch {
	case err == nil && known(have.Thumbprint()) && have.NotAfter().Before(now.Add(lifetime).Add(time.Minute)):
		return have.Chain[0].Raw, have.Thumbprint(), nil
	case err == nil && known(have.Thumbprint()): // refused, because it lasts too long
		if err := os.Remove(k.file); err != nil {
			return nil, "", errWrite
		}
	case k.kept.File != "" && exists(k.kept.File):
		return nil, "", errForeign
	}
	made, err := certificate.Make(name, now, lifetime)
	if err != nil {
		return nil, "", err
	}
	if err := announce(made.Thumbprint()); err != nil {
		return nil, "", err
	}
	if err := k.keepCertificate(made); err != nil {
		return nil, "", err
	}
	return made.DER, made.Thumbprint(), nil
}

var (
	errWrite   = &KeepError{Summary: text.F("The certificate cannot be written.")}
	errForeign = &KeepError{Summary: text.F("The file for the certificate is there already, and this set-up did not make it: name another one.")}
)

// find looks for the credential of an earlier run.
func (k *keeper) find() {
	switch {
	case k.kept.File != "":
		k.file, k.password = k.kept.File, secret.Value{}
	case k.kept.Name == "" || k.file != "" || !k.secret.Empty() || k.journal.Saved() != k.kept.Name:
	default:
		if have, err := k.kept.Store.Load(k.ctx, k.kept.Name); err == nil {
			k.secret, k.file, k.password = have.Form.Secret, have.Form.CertificateFile, have.Form.CertificatePassword
		}
	}
}

// keepCertificate writes a certificate, and the profile that opens it.
func (k *keeper) keepCertificate(made *certificate.Made) error {
	if k.kept.File != "" {
		if err := made.Write(k.kept.File); err != nil {
			return errWrite
		}
		k.file = k.kept.File
		return nil
	}
	file, err := k.kept.Store.CertificateFile(made.Thumbprint())
	if err != nil {
		return errWrite
	}
	password := secret.New(rand.Text())
	if err := made.WritePFX(file, password); err != nil {
		return errWrite
	}
	k.file, k.password = file, password
	return k.save(connection.Form{Environment: k.target.Environment, Tenant: k.target.TenantID, ClientID: k.target.ClientID})
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// Secret implements [setup.Keeper]: the secret is saved at once, because it is shown
// only here.
func (k *keeper) Secret(value secret.Value) error {
	k.secret = value
	return k.save(connection.Form{Environment: k.target.Environment, Tenant: k.target.TenantID, ClientID: k.target.ClientID})
}

// save keeps the connection under its name, if it has one. The profile is recorded in
// the journal first, so that undo takes it away.
func (k *keeper) save(form connection.Form) error {
	if k.kept.Name == "" {
		return nil
	}
	if k.taken() {
		return errTaken
	}
	if err := k.journal.SaveAs(k.kept.Name); err != nil {
		return err
	}
	saved, err := k.kept.Store.Save(k.ctx, k.kept.Name, k.fill(form))
	if err == nil && saved.SecretLocation == profile.InSession && !k.kept.Session {
		return &KeepError{text.F("The operating system's store did not take the credential: %s", saved.Why)}
	}
	return err
}

// fill returns the form of the connection as it is now.
func (k *keeper) fill(form connection.Form) connection.Form {
	if id := k.journal.Values()[plan.ApplicationAppID]; id != "" {
		form.ClientID = id
	}
	if form.Tenant == "" {
		form.Tenant = k.target.TenantID
	}
	k.find()
	switch {
	case !k.secret.Empty():
		form.Kind, form.Secret = connection.SecretKind, k.secret
	case k.file != "" && exists(k.file):
		form.Kind, form.CertificateFile, form.CertificatePassword, form.Secret = connection.CertificateKind, k.file, k.password, secret.Value{}
	}
	return form
}

// forgetKept deletes the connection that a run saved.
func forgetKept(ctx context.Context, store KeptStore, j *setup.Journal) error {
	name := j.Saved()
	if name == "" || store == nil {
		return nil
	}
	if err := store.Forget(ctx, name); err != nil && !errors.Is(err, profile.ErrNoProfile) {
		return err
	}
	return nil
}
