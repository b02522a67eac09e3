package connection

import (
	"context"
	"strings"
	"time"

	"s2sdoctor/core/guid"
	"s2sdoctor/core/pattern"
	"s2sdoctor/core/placeholder"
	"s2sdoctor/core/plain"
	"s2sdoctor/core/prose"
	"s2sdoctor/core/secret"
)

// cleanCredential takes the certificate if there is one, or else the secret.
func (f Form) cleanCredential(ctx context.Context, r *remarks, now time.Time) Credential {
	if plain.Trim(f.CertificateFile) != "" {
		return f.cleanCertificate(ctx, r, now)
	}
	var c Credential
	f.Secret.Use(func(typed string) {
		text := plain.Trim(typed)
		if fault := secretFault(text); fault.cause != "" {
			r.refuse(FieldSecret, fault.cause, fault.summary)
			return
		}
		if text != typed {
			r.note(FieldSecret, prose.F("dropped the blanks or line breaks around the client secret"))
		}
		if isUnlikely(text) {
			r.note(FieldSecret, prose.F("it holds punctuation that today's client secrets do not have: if it was copied from settings, check that no other characters came along"))
		}
		c = Credential{Kind: SecretKind, Secret: secret.New(text)}
	})
	return c
}

// fault is what is wrong with a secret, in words that hold nothing of it.
type fault struct {
	cause   string
	summary prose.Text
}

var (
	escaped = pattern.New(`%[0-9A-Fa-f]{2}`)
	masked  = pattern.New(`^.{0,8}[*•●∙·]{3,}$`)
	scheme  = pattern.New(`^[A-Za-z][A-Za-z0-9+.-]*://`)
)

// secretFault judges a trimmed secret by its looks: it refuses what cannot be one.
// Client secrets are printable ASCII without blanks. Those of today have letters,
// digits and ~._- only; older ones may hold any punctuation.
func secretFault(s string) fault {
	const missing, isID, mangled = "input.secret-missing", "input.secret-is-id", "input.secret-mangled"
	switch {
	case s == "":
		return fault{missing, prose.F("There is no client secret and no certificate.")}
	case guid.Is(s):
		return fault{isID, prose.F("The client secret is a GUID: that is the Secret ID. What belongs here is the Value beside it.")}
	case strings.Contains(s, "-----BEGIN "):
		return fault{mangled, prose.F("The client secret is the text of a key or certificate file. Choose the file as a certificate instead.")}
	case scheme.MatchString(s):
		return fault{mangled, prose.F("The client secret is an address. What belongs here is the Value that is kept there.")}
	case masked.MatchString(s):
		return fault{mangled, prose.F("The client secret is masked by asterisks: the page no longer shows it. Make a new one and copy its Value at once.")}
	case strings.HasPrefix(s, "eyJ") && strings.Count(s, ".") >= 2:
		return fault{mangled, prose.F("The client secret is a token. What belongs here is the Value of a client secret.")}
	case placeholder.Is(s):
		return fault{mangled, prose.F("The client secret is a placeholder that was never filled in.")}
	case isPercentEncoded(s):
		return fault{mangled, prose.F("The client secret is percent-encoded. Paste it as Entra showed it: it is encoded when it is sent.")}
	case isQuoted(s):
		return fault{mangled, prose.F("The client secret holds quotes. Paste it without any.")}
	case strings.ContainsFunc(s, plain.Blank):
		return fault{mangled, prose.F("The client secret holds blanks, line breaks or invisible characters. Copy its Value again.")}
	case strings.ContainsFunc(s, func(r rune) bool { return r > '~' }):
		return fault{mangled, prose.F("The client secret holds characters that no client secret has, such as a long dash. Copy its Value again.")}
	}
	return fault{}
}

// isPercentEncoded reports whether every character that an encoder would encode is
// encoded. A percent sign beside others of them is one of the secret's own.
func isPercentEncoded(s string) bool {
	rest := escaped.ReplaceAllString(s, "")
	return rest != s && strings.Trim(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~") == ""
}

// isQuoted reports whether the same quotes stand around a secret: one alone may be
// part of it.
func isQuoted(s string) bool {
	return len(s) > 1 && strings.IndexByte("\"'`", s[0]) >= 0 && s[len(s)-1] == s[0]
}

// isUnlikely reports whether a secret holds what those of today never do, and what
// is left over more often than not when a value is copied out of settings.
func isUnlikely(s string) bool { return strings.ContainsAny(s, "\"'`;&%<>\\, ") }
