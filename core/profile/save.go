package profile

import (
	"context"
	"errors"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// SecretLocation is where the secrets of a profile are.
type SecretLocation string

// The places; "" is for a profile without secrets.
const (
	NoSecret SecretLocation = ""
	// InStore is the system's store, see [sealedVault] for long secrets.
	InStore SecretLocation = "store"
	// InSession is this program's memory: they are gone when it ends.
	InSession SecretLocation = "session"
)

// Saved is the result of saving a form.
type Saved struct {
	Profile        Profile
	SecretLocation SecretLocation
	// Why is a sentence: why the secrets are in the session only. Empty otherwise.
	Why text.Text
	// LeftOut are the fields that could not be used and were not written: a secret may
	// be in the wrong one.
	LeftOut []connection.Field
	// SetAside is the name under which an unreadable file was kept,
	// or "".
	SetAside string
}

// Save saves a form under a name and replaces the profile of that name. The guide
// of that profile is kept, and so is its secret if the form has no secret and the
// same application: it could not be read when the profile was loaded. A new secret
// goes to the system's store or, if that fails, into the session: Saved.Why is the
// reason, and there is no error.
func (s *Store) Save(ctx context.Context, name string, form connection.Form) (Saved, error) {
	name, err := cleanName(name)
	if err != nil {
		return Saved{}, err
	}
	p, kind, hidden, leftOut := s.profile(name, form)
	saved := Saved{LeftOut: leftOut}
	var before Profile
	saved.SetAside, err = s.update(ctx, func(c *change) (err error) {
		i := c.find(name)
		if i < 0 {
			c.Profiles = append(c.Profiles, Profile{})
			i = len(c.Profiles) - 1
		}
		before = c.Profiles[i]
		p.Guide, p.Label = before.Guide, before.Label
		if p.Credential == "" && before.Credential == "" && form.CertificateFile == "" && hidden.Empty() {
			p.Thumbprint = before.Thumbprint // still to be chosen
		}
		if hidden.Empty() && p.Credential == before.Credential && before.ClientID == p.ClientID && before.CertificateFile == p.CertificateFile {
			p.Account, p.Holds, p.Ends = before.Account, before.Holds, before.Ends
			before = Profile{}
			saved.SecretLocation = s.where(p)
		} else {
			c.release(before)
			saved.SecretLocation, saved.Why, err = c.keep(ctx, &p, kind, hidden)
		}
		c.Profiles[i], c.Last = p, p.Name
		return err
	})
	if err != nil {
		return Saved{}, err
	}
	s.dismiss(before)
	saved.Profile = p
	return saved, nil
}

// profile takes from the form what can be used, and the secret that goes with it.
func (s *Store) profile(name string, form connection.Form) (p Profile, kind SecretKind, hidden secret.Value, leftOut []connection.Field) {
	c, _, problems := form.Clean(s.clouds)
	p = Profile{
		Name: name, Environment: c.Environment, Tenant: c.Tenant, ClientID: c.ClientID, RedirectURI: c.RedirectURI,
		Saved: s.now().UTC().Truncate(time.Second),
	}
	typed := map[connection.Field]string{
		connection.FieldEnvironment: form.Environment, connection.FieldTenant: form.Tenant, connection.FieldClientID: form.ClientID,
		connection.FieldRedirectURI: form.RedirectURI,
	}
	for _, problem := range problems {
		if typed[problem.Field] != "" {
			leftOut = append(leftOut, problem.Field)
		}
	}
	switch kind := form.CredentialKind(); {
	case kind == connection.CertificateStoreKind, kind == connection.FederatedKind, kind == connection.ManagedIdentityKind:
		return p, "", secret.Value{}, append(leftOut, p.keyless(form)...)
	case kind == connection.SecretKind:
		return p, ClientSecret, form.Secret, leftOut
	case form.CertificateFile == "":
		return p, "", secret.Value{}, leftOut
	case !isFile(certificate.Path(form.CertificateFile)):
		return p, "", secret.Value{}, append(leftOut, connection.FieldCertificate)
	}
	// A file that is there is worth remembering, also when it could not be opened.
	p.CertificateFile = certificate.Path(form.CertificateFile)
	if isFile(certificate.Path(form.KeyFile)) {
		p.KeyFile = certificate.Path(form.KeyFile)
	}
	return p, CertificatePassword, form.CertificatePassword, leftOut
}

// keyless takes from the form a credential that has no secret of ours, and returns the
// fields that it could not use.
func (p *Profile) keyless(form connection.Form) (leftOut []connection.Field) {
	p.Credential = form.Kind
	switch form.Kind {
	case connection.CertificateStoreKind:
		if p.Thumbprint = certificate.ParseThumbprint(form.Thumbprint); p.Thumbprint == "" && form.Thumbprint != "" {
			return []connection.Field{connection.FieldThumbprint}
		}
	case connection.FederatedKind:
		f := form.Federation
		if p.Issuer = f.Issuer; !slices.Contains(connection.Issuers, p.Issuer) {
			p.Issuer = connection.TokenFile
		}
		if path := certificate.Path(f.File); p.Issuer == connection.TokenFile && isFile(path) {
			p.TokenFile = path
		} else if p.Issuer == connection.TokenFile && f.File != "" {
			return []connection.Field{connection.FieldTokenFile} // it may be the token itself
		}
	}
	return nil
}

func isFile(path string) bool {
	if path == "" {
		return false
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// keep stores the secret of a profile under a new account, which is in the journal
// on disk before that, and sets Account and Holds of p. why is empty if the store
// has taken it; otherwise it lives in the session from the commit on.
func (c *change) keep(ctx context.Context, p *Profile, kind SecretKind, hidden secret.Value) (kept SecretLocation, why text.Text, err error) {
	if hidden.Empty() {
		return NoSecret, text.Text{}, nil
	}
	p.Account = newAccount()
	failed := errors.New("too many secrets wait to be deleted")
	if len(c.journal) < journalLimit {
		c.journal.add(p.Account)
		if err := c.file.write(ctx, c.journal); err != nil {
			return NoSecret, text.Text{}, err
		}
		failed = put(ctx, c.store.vault, p.Account, hidden)
	}
	switch {
	case failed == nil:
		p.Holds = kind
		return InStore, text.Text{}, nil
	case ctx.Err() != nil:
		return NoSecret, text.Text{}, context.Cause(ctx)
	case errors.As(failed, new(*refusal)):
		c.journal.drop(p.Account)
	}
	c.forSession = map[string]secret.Value{p.Account: hidden}
	return InSession, vaultText(failed), nil
}

// where returns where the secret of a profile is now.
func (s *Store) where(p Profile) SecretLocation {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch _, here := s.session[p.Account]; {
	case here:
		return InSession
	case p.Holds != "":
		return InStore
	}
	return NoSecret
}

// adopt keeps secrets until the program ends.
func (s *Store) adopt(secrets map[string]secret.Value) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.Copy(s.session, secrets)
}

// dismiss forgets what the session holds.
func (s *Store) dismiss(p Profile) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.session, p.Account)
}
