// Package profile keeps connections for the next time: what is no secret in a
// file, secrets in the operating system's store.
//
// It promises:
//   - A secret is never written to a file in plain text. One that is too long for
//     the store is in an encrypted file with its key in the store. Without a store,
//     a secret lives for the session only, which the result reports.
//   - No other copy of the program loses what one of them wrote.
//   - After a crash or a kill at any moment, each profile is as before or as after
//     the save, with its own secret, and the next start or change deletes what the
//     interrupted one left in the folder and in the store.
//   - A file that cannot be read is kept, and so are the secrets that it names.
package profile

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Profile is a saved connection. Its types cannot hold a secret; a test
// walks them.
type Profile struct {
	// Name is chosen by the user. It is unique, regardless of the case.
	Name string `json:"name"`
	// Environment to RedirectURI are as in connection.Connection; what could not
	// be used when it was saved is empty.
	Environment string `json:"environment,omitempty"`
	Tenant      string `json:"tenantId,omitempty"`
	ClientID    string `json:"clientId,omitempty"`
	RedirectURI string `json:"redirectUri,omitempty"`
	// CertificateFile and KeyFile are paths on this computer.
	CertificateFile string `json:"certificateFile,omitempty"`
	KeyFile         string `json:"keyFile,omitempty"`
	// Credential is the kind of credential if that is neither a secret nor a certificate
	// file; "" for those.
	Credential connection.Kind `json:"credential,omitempty"`
	// Thumbprint names the certificate of the Windows store, or that of a connection that
	// was imported, until its file is chosen.
	Thumbprint string `json:"thumbprint,omitempty"`
	// Issuer is the place that issues the token of a federated credential, and TokenFile
	// the path of its file on this computer; "" if the environment names the file.
	Issuer    connection.Issuer `json:"issuer,omitempty"`
	TokenFile string            `json:"tokenFile,omitempty"`
	Guide     Guide             `json:"guide,omitzero"`
	// Label is what the environment is for; "" if the user has not chosen any.
	Label Label `json:"label,omitempty"`
	// Ends is the day on which its secret ends, as the user typed it, in UTC; zero if it is
	// not known. It goes with the secret.
	Ends time.Time `json:"ends,omitzero"`
	// Saved is when it was saved last, in UTC and whole seconds.
	Saved time.Time `json:"saved"`
	// Account is the name under which its secret is kept; it changes with every
	// save. "" is a connection without one.
	Account string `json:"account,omitempty"`
	// Holds is what the system's store has under that name; "" if the secret is kept
	// for the session only, or if there is no secret.
	Holds SecretKind `json:"holds,omitempty"`
}

// SecretKind is a kind of secret.
type SecretKind string

// What a store can hold for a profile.
const (
	ClientSecret        SecretKind = "client-secret"
	CertificatePassword SecretKind = "certificate-password"
)

// Guide is the user's progress in the set-up guide.
type Guide struct {
	// Path and SameTenant are the guide's own words; "" where nothing was chosen.
	Path       string `json:"path,omitempty"`
	SameTenant string `json:"sameTenant,omitempty"`
	// Ticks are what was ticked by hand, by step id.
	Ticks map[string]bool `json:"ticks,omitempty"`
}

// NameLimit is how many characters a name may have.
const NameLimit = 80

// cleanName trims a name. The error is a [*NameError].
func cleanName(name string) (string, error) {
	name = strings.TrimSpace(name)
	switch {
	case name == "":
		return "", &NameError{text.F("Give the connection a name, such as Contoso UAT.")}
	case utf8.RuneCountInString(name) > NameLimit:
		return "", &NameError{text.F("The name is longer than 80 characters. Choose a shorter one.")}
	case !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }):
		return "", &NameError{text.F("The name holds line breaks or invisible characters. Type it again.")}
	}
	return name, nil
}

// since returns the first version of the document that can hold the profile.
func (p Profile) since() int {
	if p.Label != "" {
		return 4
	}
	if !p.Ends.IsZero() {
		return 3
	}
	if p.Credential != "" || p.Issuer != "" || p.TokenFile != "" {
		return 2
	}
	return 1
}

// usable reports whether this program could have written the profile.
func (p Profile) usable() bool {
	name, err := cleanName(p.Name)
	if err != nil || name != p.Name || !p.Label.valid() || p.Account != "" && !validAccount(p.Account) {
		return false
	}
	switch p.Credential {
	case "":
		return p.Issuer == "" && p.TokenFile == ""
	case connection.CertificateStoreKind, connection.ManagedIdentityKind:
		return p.Issuer == "" && p.TokenFile == "" && p.Account == ""
	case connection.FederatedKind:
		return slices.Contains(connection.Issuers, p.Issuer) && p.Account == ""
	}
	return false
}

func sameName(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}
