package consent

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Request is what a consent address is built from.
type Request struct {
	Style Style
	// Cloud is the environment's cloud; the address goes to its Login host.
	Cloud cloud.Cloud
	// Tenant is a GUID or a domain; "" represents any organisation.
	Tenant   string
	ClientID string
	// Environment is scheme and host: "https://contoso.crm4.dynamics.com".
	Environment string
	// RedirectURI must be registered for the application, to the letter; only the
	// port of a localhost one is free.
	RedirectURI string
	Prompt      Prompt
	// LoginHint is a sign-in name to fill in; may be empty. The adminconsent
	// styles do not take one, and leave it out.
	LoginHint string
	// Authority replaces https://<login host> with the page of the sandbox. It must
	// be the origin of a loopback address ("http://127.0.0.1:5001"); "" is the cloud.
	Authority string
	// Locale is the language of the page on which the browser comes back.
	Locale Locale
}

// RequestError is a part of a [Request] that cannot be used.
type RequestError struct {
	// Field is "" for what users do not type: style, prompt, cloud.
	Field connection.Field
	// Cause is the contract's: "input.redirect-uri"; "" where Field is.
	Cause catalog.Cause
	// Summary is one sentence for people.
	Summary text.Text
}

// Error is the Summary.
func (e *RequestError) Error() string { return e.Summary.String() }

// Message returns the summary.
func (e *RequestError) Message() text.Text { return e.Summary }

var (
	guid   = lazyregexp.New(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
	domain = lazyregexp.New(`^[0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?(\.[0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?)+$`)
)

// check finds the first part that would make an address that cannot work, or
// one that does not say what was meant.
func (r Request) check() error {
	switch {
	case !r.Style.Known():
		return &RequestError{Summary: text.F("There is no such style of consent URL: use authorize, v2 or adminconsent.")}
	case !slices.Contains(layouts[r.Style].prompts, r.Prompt):
		return &RequestError{Summary: text.F("The %s page knows no prompt %s.", r.Style, r.Prompt)}
	case r.Authority != "" && !loopbackOrigin(r.Authority):
		return &RequestError{Summary: text.F("Only a page of the sandbox, on this computer, can replace Microsoft's.")}
	case r.Authority == "" && !pinned(r.Cloud.Login):
		return &RequestError{Summary: text.F("The consent page must be on one of Microsoft's login hosts.")}
	case !guid.MatchString(r.ClientID):
		return &RequestError{connection.FieldClientID, catalog.InputClientID, text.F("The Application (client) ID is needed for a consent URL: a GUID such as 2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e.")}
	case r.Tenant != "" && !guid.MatchString(r.Tenant) && !domain.MatchString(r.Tenant) && r.Tenant != layouts[r.Style].anyTenant:
		return &RequestError{connection.FieldTenant, catalog.InputTenantID, text.F("The Directory (tenant) ID must be a GUID or a domain such as contoso.onmicrosoft.com.")}
	case !origin(r.Environment):
		return &RequestError{connection.FieldEnvironment, catalog.InputEnvironmentURL, text.F("The Environment URL is needed for a consent URL: https:// and the host, such as https://contoso.crm4.dynamics.com.")}
	case !redirectable(r.RedirectURI):
		return &RequestError{connection.FieldRedirectURI, catalog.InputRedirectURI, text.F("The Redirect URI is needed for a consent URL: https://…, or http://localhost, exactly as it is registered for the application and without a #.")}
	}
	return nil
}

// pinned reports whether host is the login host of a cloud in the table.
func pinned(host string) bool {
	return slices.ContainsFunc(cloud.Table, func(c cloud.Cloud) bool { return c.Login == host })
}

func loopbackOrigin(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && isLoopback(u.Hostname()) && s == u.Scheme+"://"+u.Host
}

// isLoopback reports whether a host name can only be this computer
// (RFC 8252 section 7.3, RFC 6761 section 6.3).
func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

func origin(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && u.Hostname() != "" && s == "https://"+u.Host
}

// redirectable reports whether Entra can have the URI registered: https anywhere,
// http on loopback only, or an application's own scheme; never a fragment.
//
// Source: learn.microsoft.com/entra/identity-platform/reply-url.
func redirectable(s string) bool {
	u, err := url.Parse(s)
	if err != nil || strings.ContainsAny(s, "# \t\r\n") || len(s) > 256 || u.User != nil {
		return false
	}
	switch u.Scheme {
	case "https":
		return u.Hostname() != ""
	case "http":
		return isLoopback(u.Hostname())
	case "", "javascript", "data", "file", "vbscript":
		return false
	}
	return true
}
