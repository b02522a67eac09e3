package sandbox

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// pairs are the parameters of a redirect, in the order in which the service writes
// them.
type pairs [][2]string

// percentEncoded is an octet as RFC 3986 section 2.1 writes it; Entra writes its
// digits in lower case.
var percentEncoded = lazyregexp.New(`%[0-9A-F]{2}`)

func (p pairs) String() string {
	var b strings.Builder
	for i, pair := range p {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(pair[0] + "=" + percentEncoded.ReplaceAllStringFunc(url.QueryEscape(pair[1]), strings.ToLower))
	}
	return b.String()
}

func (p pairs) state(a *authorization) pairs {
	if a.State == "" {
		return p
	}
	return append(p, [2]string{"state", a.State})
}

// signedIn returns the parameters of the authorize styles (RFC 6749 section 4.1.2).
func (f *flow) signedIn(code string) pairs {
	p := pairs{{"code", code}}.state(&f.authorization)
	p = append(p, [2]string{"session_state", newID()})
	if f.Prompt == "admin_consent" {
		p = append(p, [2]string{"admin_consent", "True"})
	}
	return p
}

// approved returns the parameters of the adminconsent styles.
//
// Source: learn.microsoft.com/entra/identity-platform/v2-admin-consent.
func (f *flow) approved() pairs {
	if f.Style == v1AdminConsent {
		return append(pairs{{"tenant", f.Dir.ID}}.state(&f.authorization), [2]string{"admin_consent", "True"})
	}
	resource, scopes := splitScopes(f.Scopes)
	for i := range scopes {
		scopes[i] = resource + "/" + scopes[i]
	}
	return append(pairs{{"admin_consent", "True"}, {"tenant", f.Dir.ID}}.state(&f.authorization), [2]string{"scope", strings.Join(scopes, " ")})
}

// declined returns the parameters of Cancel. The v2 adminconsent page has
// admin_consent=True even so.
//
// Source: the recorded message redir-v2-cancel.
func (f *flow) declined(i ids) pairs {
	p := f.failed(fail(65004), i)
	if f.Style == v1Authorize {
		p = append(p, [2]string{"error_subcode", "cancel"})
	}
	return p
}

// failed returns the parameters of an error (RFC 6749 section 4.1.2.1).
func (a *authorization) failed(f *failure, i ids) pairs {
	oauth := f.OAuth
	if a.Style.adminConsent() {
		oauth = "access_denied"
	}
	p := pairs{
		{"error", oauth},
		{"error_description", f.description(i, true)},
		{"error_uri", "https://" + LoginHost + "/error?code=" + strconv.Itoa(f.Code)},
	}
	if a.Style == v2AdminConsent {
		p = append(p, [2]string{"admin_consent", "True"})
	}
	return p.state(a)
}

// sendBack redirects in the requested mode. An address without a path gets its
// slash.
func (s *Server) sendBack(w http.ResponseWriter, r *http.Request, a *authorization, p pairs) {
	to, err := url.Parse(a.RedirectURI)
	if err != nil {
		s.errorPage(w, r, fail(500117)) // it was parsed before
		return
	}
	if to.Path == "" && to.Opaque == "" {
		to.Path = "/"
	}
	if a.Mode == "form_post" {
		s.formPost(w, to, p)
		return
	}
	location := to.String()
	switch {
	case a.Mode == "fragment":
		location += "#" + p.String()
	case to.RawQuery != "":
		location += "&" + p.String()
	default:
		location += "?" + p.String()
	}
	if a.Style == v2AdminConsent && p[0][0] == "error" {
		location += "#" // the recorded message redir-adminconsent-ok-nostate
	}
	h := w.Header()
	h.Set("Location", location)
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(http.StatusFound)
}
