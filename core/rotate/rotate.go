// Package rotate replaces the credential of saved connections by a new certificate,
// without downtime: the old credential stays in use until the new certificate works.
//
// The next run resumes a run that was killed at any moment: it finds the new certificate
// again. Every connection always has a working credential, the old file is never changed,
// and no connection is switched before Entra has accepted the new certificate.
package rotate

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Step is how far a rotation is. Its values are part of the command's interface.
type Step string

// The steps.
const (
	// Upload is that the new certificate is made and Entra does not take it yet.
	Upload Step = "upload"
	// Switched is that the connections use the new certificate.
	Switched Step = "switched"
)

// Options are the inputs of a rotation.
type Options struct {
	Store *profile.Store
	// Name is the saved connection.
	Name string
	// Folder is where new files go; "" is next to the old certificate, or the settings
	// folder.
	Folder string
	// Test examines a form.
	Test func(context.Context, connection.Form) exam.Report
	// Now is the clock; nil is the computer's.
	Now func() time.Time

	// atStep is called before each write, in tests. May be nil.
	atStep func(step string)
}

// Result is the outcome of a run.
type Result struct {
	Step Step
	// File is the new certificate with its key, CER the certificate to upload.
	File, CER  string
	Thumbprint string
	Ends       time.Time
	// Kept is the location of the key's password; [profile.NoSecret] for a file without a
	// password.
	Kept profile.SecretLocation
	// Switched are the connections that use the new certificate.
	Switched []string
	// Old is the thumbprint of the old certificate, which can be taken out of the
	// registration now; "" for a secret.
	Old string
	// Report is the examination with the new certificate.
	Report exam.Report
}

// Run begins the rotation of a connection's credential, or goes on with it.
func Run(ctx context.Context, o Options) (Result, error) {
	r := &run{Options: o, file: path(o.Store, o.Name)}
	if r.Now == nil {
		r.Now = time.Now
	}
	if err := r.begin(ctx); err != nil {
		return Result{}, err
	}
	made, done, err := r.make(ctx)
	if err != nil {
		return Result{}, err
	}
	result := Result{Step: Upload, File: r.File, CER: r.CER, Thumbprint: made.thumbprint, Ends: made.ends, Kept: made.kept, Old: r.oldThumbprint(ctx)}
	if !done {
		if result.Report = r.Test(ctx, made.form); !taken(result.Report) {
			return result, nil
		}
	}
	if err := r.toNew(ctx, made.form); err != nil {
		return result, err
	}
	result.Step, result.Switched = Switched, r.Names
	r.at("forget the state")
	return result, os.Remove(r.file)
}

type run struct {
	Options
	state
	file string
}

func (r *run) at(step string) {
	if r.atStep != nil {
		r.atStep(step)
	}
}

// begin reads the state, or writes that of a new rotation.
func (r *run) begin(ctx context.Context) error {
	found, ok, err := read(r.file)
	if ok {
		r.state = found
	}
	if ok || err != nil {
		return err
	}
	loaded, err := r.Store.Load(ctx, r.Options.Name)
	if err != nil {
		return err
	}
	p := loaded.Profile
	if p.Credential != "" {
		return text.Error(text.F("This connection uses neither a client secret nor a certificate file: there is nothing to replace."))
	}
	names, err := sharing(ctx, r.Store, p)
	if err != nil {
		return err
	}
	if _, err := r.Store.Load(ctx, (state{Name: p.Name}).Waiting()); !errors.Is(err, profile.ErrNoProfile) {
		return errors.Join(err, text.Error(text.F("There is a saved connection “%s”: rename it first.", (state{Name: p.Name}).Waiting())))
	}
	folder := r.Folder
	switch {
	case folder != "":
	case p.CertificateFile != "":
		folder = filepath.Dir(p.CertificateFile)
	default:
		folder = filepath.Join(filepath.Dir(r.Store.Path()), "certificates")
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return err
	}
	r.at("make the folder")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	mark := make([]byte, 4)
	_, _ = rand.Read(mark) // it never fails
	base := filepath.Join(folder, slug(p.Name)+"-"+r.Now().UTC().Format("20060102")+"-"+hex.EncodeToString(mark))
	r.state = state{Version: 1, Name: p.Name, Names: names, File: base + ".pfx", CER: base + ".cer", Old: p.CertificateFile}
	r.at("write the state")
	return r.write(r.file)
}

// slug is a name as part of a file's name.
func slug(name string) string {
	s := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, name)
	s = strings.Trim(s, "-")
	return "s2s-" + s[:min(len(s), 40)]
}

// made is the new certificate with its file.
type made struct {
	form       connection.Form
	thumbprint string
	ends       time.Time
	kept       profile.SecretLocation
}

// make returns the new certificate: that of an earlier run, or a newly created one. done
// is true if the connections use it already.
func (r *run) make(ctx context.Context) (m made, done bool, err error) {
	loaded, err := r.Store.Load(ctx, r.Waiting())
	if errors.Is(err, profile.ErrNoProfile) {
		var used profile.Loaded
		if used, done, err = r.switched(ctx); done || err != nil {
			m, err := r.opened(ctx, used)
			return m, true, err
		}
		return r.makeNew(ctx)
	}
	if err != nil {
		return m, false, err
	}
	if m, err = r.opened(ctx, loaded); err == nil {
		return m, false, r.cer(ctx, m.form)
	}
	if !loaded.Why.Empty() {
		// The store may return the password later, so nothing is deleted.
		return m, false, text.Error(loaded.Why)
	}
	return r.makeNew(ctx)
}

// switched returns the connection, and whether it uses the new file.
func (r *run) switched(ctx context.Context) (profile.Loaded, bool, error) {
	loaded, err := r.Store.Load(ctx, r.state.Name)
	return loaded, err == nil && loaded.Profile.CertificateFile == r.File, err
}

func (r *run) opened(ctx context.Context, loaded profile.Loaded) (made, error) {
	m := made{form: loaded.Form, kept: loaded.SecretLocation}
	cert, err := certificate.Load(ctx, certificate.Source{File: r.File, Password: loaded.Form.CertificatePassword}, r.Now())
	if err != nil {
		return m, err
	}
	m.thumbprint, m.ends = cert.Thumbprint(), cert.NotAfter()
	return m, nil
}

// makeNew creates a certificate and saves it under a new name. A file of an interrupted
// run cannot be used without its password.
func (r *run) makeNew(ctx context.Context) (m made, done bool, err error) {
	r.at("remove an unusable file")
	if err := os.Remove(r.File); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return m, false, err
	}
	loaded, err := r.Store.Load(ctx, r.state.Name)
	if err != nil {
		return m, false, err
	}
	created, err := certificate.Make(loaded.Profile.Name, r.Now(), certificate.Lifetime)
	if err != nil {
		return m, false, err
	}
	password, err := newPassword()
	if err != nil {
		return m, false, err
	}
	r.at("write the key")
	if err := created.WritePFX(r.File, password); err != nil {
		return m, false, err
	}
	form := loaded.Form
	form.Kind, form.Thumbprint, form.Secret, form.KeyFile = connection.None, "", secret.Value{}, ""
	form.CertificateFile, form.CertificatePassword = r.File, password
	r.at("save the new certificate")
	saved, err := r.Store.Save(ctx, r.Waiting(), form)
	if err != nil {
		return m, false, err
	}
	if saved.SecretLocation != profile.InStore {
		// Without the store the password would be gone with this program.
		_ = os.Remove(r.File)
		return m, false, errors.Join(r.Store.Forget(ctx, r.Waiting()), os.Remove(r.file), ErrNoStore)
	}
	m = made{form: form, thumbprint: created.Thumbprint(), ends: created.NotAfter, kept: saved.SecretLocation}
	return m, false, r.cer(ctx, form)
}

// ErrNoStore is that the operating system's store does not take the password of the key.
var ErrNoStore = text.Error(text.F("The operating system's store takes no secret here, and the password of the new key has to be kept. Nothing was changed."))

// cer writes the file to upload. It can be made again at any time.
func (r *run) cer(ctx context.Context, form connection.Form) error {
	if _, err := os.Stat(r.CER); err == nil {
		return nil
	}
	cert, err := certificate.Load(ctx, certificate.Source{File: r.File, Password: form.CertificatePassword}, r.Now())
	if err != nil {
		return err
	}
	r.at("write the certificate to upload")
	return certificate.WriteCER(r.CER, cert.Chain[0].Raw)
}

// newPassword returns a password with 256 bits of chance.
func newPassword() (secret.Value, error) {
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		return secret.Value{}, err
	}
	return secret.New(base64.RawURLEncoding.EncodeToString(raw)), nil
}

// taken reports whether Entra issued a token for the new certificate: a fault in
// Dataverse would also affect the old credential.
func taken(r exam.Report) bool {
	c, ok := r.Check(exam.CheckToken)
	return ok && (c.Status == exam.Pass || c.Status == exam.Warn)
}

// toNew switches each connection in a single write, and deletes the waiting profile.
func (r *run) toNew(ctx context.Context, with connection.Form) error {
	for _, name := range r.Names {
		loaded, err := r.Store.Load(ctx, name)
		if errors.Is(err, profile.ErrNoProfile) {
			continue // it was forgotten meanwhile
		}
		if err != nil {
			return err
		}
		if loaded.Profile.CertificateFile == r.File {
			continue
		}
		form := loaded.Form
		form.Secret, form.KeyFile, form.Thumbprint = secret.Value{}, "", ""
		form.CertificateFile, form.CertificatePassword = with.CertificateFile, with.CertificatePassword
		r.at("switch " + name)
		saved, err := r.Store.Save(ctx, name, form)
		if err == nil && saved.SecretLocation != profile.InStore {
			err = ErrNoStore
		}
		if err != nil {
			return err
		}
	}
	r.at("forget the waiting connection")
	if err := r.Store.Forget(ctx, r.Waiting()); err != nil && !errors.Is(err, profile.ErrNoProfile) {
		return err
	}
	return nil
}

// oldThumbprint returns the thumbprint of the old certificate, "" where it cannot be
// opened without its password.
func (r *run) oldThumbprint(ctx context.Context) string {
	if r.Old == "" {
		return ""
	}
	cert, err := certificate.Load(ctx, certificate.Source{File: r.Old}, r.Now())
	if err != nil {
		return ""
	}
	return cert.Thumbprint()
}

// Abandon takes back an unfinished rotation: the new files and the waiting connection. It
// refuses once a connection uses the new certificate.
func Abandon(ctx context.Context, store *profile.Store, name string) error {
	file := path(store, name)
	s, ok, err := read(file)
	if err != nil {
		return err
	}
	if !ok {
		return text.Error(text.F("There is no unfinished rotation of this connection."))
	}
	list, err := store.List(ctx)
	if err != nil {
		return err
	}
	for _, p := range list {
		if p.CertificateFile == s.File && p.Name != s.Waiting() {
			return text.Error(text.F("The connection “%s” uses the new certificate already: finish the rotation.", p.Name))
		}
	}
	if err := store.Forget(ctx, s.Waiting()); err != nil && !errors.Is(err, profile.ErrNoProfile) {
		return err
	}
	for _, made := range []string{s.File, s.CER, file} {
		if err := os.Remove(made); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
