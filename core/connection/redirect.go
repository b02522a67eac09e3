package connection

import (
	"net/url"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/placeholder"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// cleanRedirectURI accepts what Entra can have registered: https anywhere, http
// on this computer, an application's own scheme (the samples for Dynamics
// register app://…). Empty is fine, and stays so. Beyond the blanks around it
// nothing is changed: Entra compares to the letter.
//
// Source: learn.microsoft.com/entra/identity-platform/reply-url.
func (f Form) cleanRedirectURI(r *remarks) string {
	text := plain.Unwrap(f.RedirectURI)
	if text == "" {
		return ""
	}
	if why := redirectFault(text); !why.Empty() {
		r.refuse(FieldRedirectURI, catalog.InputRedirectURI, why)
		return ""
	}
	return text
}

func redirectFault(shown string) text.Text {
	switch {
	case placeholder.Is(shown):
		return text.F("The Redirect URI is a placeholder that was never filled in.")
	case len(shown) > 256:
		return text.F("The Redirect URI is longer than 256 characters, which is all that Entra takes.")
	case strings.Contains(shown, "#"):
		return text.F("The Redirect URI holds a #, which is not allowed in one.")
	case strings.ContainsAny(shown, "!$'(),;"):
		return text.F("The Redirect URI holds one of the characters ! $ ' ( ) , ; which Entra does not allow in one.")
	case strings.ContainsFunc(shown, func(r rune) bool { return plain.Blank(r) || strings.ContainsRune(`\"<>`+"`", r) }):
		return text.F("The Redirect URI holds blanks or characters that no address has.")
	}
	u, err := url.Parse(shown)
	if err != nil || u.Scheme == "" {
		return text.F("The Redirect URI is not an address. It must begin with https://, or be http://localhost.")
	}
	switch u.Scheme {
	case "https", "http":
		if u.Hostname() == "" {
			return text.F("The Redirect URI names no host.")
		}
		if u.User != nil {
			return text.F("The Redirect URI holds an @ before the host, which is not allowed in one.")
		}
	case "javascript", "vbscript", "data", "file", "blob", "about", "ftp", "ws", "wss":
		return text.F("The Redirect URI must begin with https://, or be http://localhost.")
	}
	switch host := strings.ToLower(u.Hostname()); {
	case u.Scheme == "http" && host == "::1":
		return text.F("Entra does not support [::1] in a Redirect URI. Use http://localhost.")
	case u.Scheme == "http" && host != "localhost" && host != "127.0.0.1":
		return text.F("The Redirect URI must be https: Entra takes http for localhost only.")
	}
	return text.Text{}
}
