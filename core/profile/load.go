package profile

import (
	"context"
	"errors"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Loaded is a profile with its secrets.
type Loaded struct {
	Profile Profile
	// Form has the secrets too, unless Why is set.
	Form           connection.Form
	SecretLocation SecretLocation
	// Why is a sentence: why a secret that was saved is not in the form. Empty if it
	// is, or if no secret was saved.
	Why text.Text
}

// Load returns a profile with its secrets. A secret that cannot be read is no
// error: Loaded.Why is the reason, and the user types it again.
func (s *Store) Load(ctx context.Context, name string) (Loaded, error) {
	p, v, kept, missing, err := s.recallNewest(ctx, name)
	if err != nil {
		return Loaded{}, err
	}
	l := Loaded{Profile: p, Form: p.form()}
	switch {
	case ctx.Err() != nil:
		return Loaded{}, context.Cause(ctx)
	case missing != nil:
		l.Why = missingText(missing)
	case kept == NoSecret && p.Account != "":
		l.Why = text.F("The secret of this connection was kept for one session only, which is over. Type it again.")
	case p.CertificateFile != "":
		l.Form.CertificatePassword, l.SecretLocation = v, kept
	default:
		l.Form.Secret, l.SecretLocation = v, kept
	}
	return l, nil
}

// form returns the connection without its secret.
func (p Profile) form() connection.Form {
	f := connection.Form{
		Environment: p.Environment, Tenant: p.Tenant, ClientID: p.ClientID, RedirectURI: p.RedirectURI,
		CertificateFile: p.CertificateFile, KeyFile: p.KeyFile, Kind: p.Credential,
	}
	switch p.Credential {
	case connection.CertificateStoreKind:
		f.Thumbprint = p.Thumbprint
	case connection.FederatedKind:
		f.Federation = connection.Federation{Issuer: p.Issuer, File: p.TokenFile}
	}
	return f
}

// recallNewest returns a profile with its secret; missing is why a secret that was
// stored is not there. It looks again if another program replaced the profile
// between the reading of the file and of the store.
func (s *Store) recallNewest(ctx context.Context, name string) (p Profile, v secret.Value, kept SecretLocation, missing, err error) {
	for {
		before := p.Account
		d, err := s.load(ctx)
		if err != nil {
			return Profile{}, v, kept, nil, err
		}
		i := d.find(name)
		if i < 0 {
			return Profile{}, v, kept, nil, ErrNoProfile
		}
		p = d.Profiles[i]
		v, kept, missing = s.recall(ctx, p)
		gone := errors.Is(missing, ErrNoSecret) || errors.Is(missing, ErrDamaged)
		if !gone || p.Account == before {
			return p, v, kept, missing, nil
		}
	}
}

// recall finds the secret in the session or in the vault.
func (s *Store) recall(ctx context.Context, p Profile) (secret.Value, SecretLocation, error) {
	s.mu.Lock()
	v, ok := s.session[p.Account]
	s.mu.Unlock()
	switch {
	case ok:
		return v, InSession, nil
	case p.Holds == "":
		return secret.Value{}, NoSecret, nil
	}
	v, err := s.vault.Get(ctx, p.Account)
	if err != nil {
		return secret.Value{}, NoSecret, err
	}
	return v, InStore, nil
}

func missingText(err error) text.Text {
	if errors.Is(err, ErrNoSecret) {
		return text.F("The system's secret store no longer has the secret of this connection. Type it again, and save.")
	}
	if errors.Is(err, ErrDamaged) {
		return text.F("The encrypted file with the secret of this connection is missing or damaged. Type the secret again, and save.")
	}
	return text.Join(" ", vaultText(err), text.F("Type the secret again, or unlock the store and open the connection once more."))
}
