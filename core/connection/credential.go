package connection

import (
	"context"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/placeholder"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// cleanCredential takes the credential of the chosen kind.
func (f Form) cleanCredential(ctx context.Context, r *remarks, now time.Time) Credential {
	switch f.CredentialKind() {
	case CertificateKind:
		return f.cleanCertificate(ctx, r, now)
	case CertificateStoreKind:
		return f.cleanStored(ctx, r)
	case FederatedKind:
		return Credential{Kind: FederatedKind, Federation: f.Federation}
	case ManagedIdentityKind:
		return Credential{Kind: ManagedIdentityKind}
	}
	return f.cleanSecret(r)
}

// CredentialKind returns the chosen kind, or the one that the filled fields mean: a
// secret where there is no certificate.
func (f Form) CredentialKind() Kind {
	switch {
	case f.Kind != None:
		return f.Kind
	case plain.Trim(f.CertificateFile) != "":
		return CertificateKind
	}
	return SecretKind
}

func (f Form) cleanSecret(r *remarks) Credential {
	var c Credential
	f.Secret.Use(func(typed string) {
		shown := plain.Trim(typed)
		if fault := secretFault(shown); fault.cause != "" {
			r.refuse(FieldSecret, fault.cause, fault.summary)
			return
		}
		if shown != typed {
			r.note(FieldSecret, text.F("dropped the blanks or line breaks around the client secret"))
		}
		if isUnlikely(shown) {
			r.note(FieldSecret, text.F("it holds punctuation that today's client secrets do not have: if it was copied from settings, check that no other characters came along"))
		}
		c = Credential{Kind: SecretKind, Secret: secret.New(shown)}
	})
	return c
}

// fault is what is wrong with a secret, in words that hold nothing of it.
type fault struct {
	cause   catalog.Cause
	summary text.Text
}

var (
	escaped = lazyregexp.New(`%[0-9A-Fa-f]{2}`)
	masked  = lazyregexp.New(`^.{0,8}[*•●∙·]{3,}$`)
	scheme  = lazyregexp.New(`^[A-Za-z][A-Za-z0-9+.-]*://`)
)

// secretFault judges a trimmed secret by its looks: it refuses what cannot be one.
// Client secrets are printable ASCII without blanks. Those of today have letters,
// digits and ~._- only; older ones may hold any punctuation.
func secretFault(s string) fault {
	const missing, isID, mangled = catalog.InputSecretMissing, catalog.InputSecretIsID, catalog.InputSecretMangled
	switch {
	case s == "":
		return fault{missing, text.F("There is no client secret and no certificate.")}
	case guid.Is(s):
		return fault{isID, text.F("The client secret is a GUID: that is the Secret ID. What belongs here is the Value beside it.")}
	case strings.Contains(s, "-----BEGIN "):
		return fault{mangled, text.F("The client secret is the text of a key or certificate file. Choose the file as a certificate instead.")}
	case scheme.MatchString(s):
		return fault{mangled, text.F("The client secret is an address. What belongs here is the Value that is kept there.")}
	case masked.MatchString(s):
		return fault{mangled, text.F("The client secret is masked by asterisks: the page no longer shows it. Make a new one and copy its Value at once.")}
	case strings.HasPrefix(s, "eyJ") && strings.Count(s, ".") >= 2:
		return fault{mangled, text.F("The client secret is a token. What belongs here is the Value of a client secret.")}
	case placeholder.Is(s):
		return fault{mangled, text.F("The client secret is a placeholder that was never filled in.")}
	case isPercentEncoded(s):
		return fault{mangled, text.F("The client secret is percent-encoded. Paste it as Entra showed it: it is encoded when it is sent.")}
	case isQuoted(s):
		return fault{mangled, text.F("The client secret holds quotes. Paste it without any.")}
	case strings.ContainsFunc(s, plain.Blank):
		return fault{mangled, text.F("The client secret holds blanks, line breaks or invisible characters. Copy its Value again.")}
	case strings.ContainsFunc(s, func(r rune) bool { return r > '~' }):
		return fault{mangled, text.F("The client secret holds characters that no client secret has, such as a long dash. Copy its Value again.")}
	}
	return fault{}
}

// isPercentEncoded reports whether every character that an encoder would encode is
// encoded. A percent sign next to others of them is one of the secret's own.
func isPercentEncoded(s string) bool {
	rest := escaped.ReplaceAllString(s, "")
	return rest != s && strings.Trim(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~") == ""
}

// isQuoted reports whether a secret is in the same quotes on both sides: one alone may be
// part of it.
func isQuoted(s string) bool {
	return len(s) > 1 && strings.IndexByte("\"'`", s[0]) >= 0 && s[len(s)-1] == s[0]
}

// isUnlikely reports whether a secret holds what those of today never do, and what
// is left over more often than not when a value is copied out of settings.
func isUnlikely(s string) bool { return strings.ContainsAny(s, "\"'`;&%<>\\, ") }
