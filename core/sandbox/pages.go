package sandbox

import (
	"net"
	"net/http"
	"slices"
	"strings"
)

// style is a way to ask for consent; there are four.
type style int

const (
	v1Authorize style = iota
	v2Authorize
	v1AdminConsent
	v2AdminConsent
)

var styles = map[string]style{
	"oauth2/authorize":      v1Authorize,
	"oauth2/v2.0/authorize": v2Authorize,
	"adminconsent":          v1AdminConsent,
	"v2.0/adminconsent":     v2AdminConsent,
}

// adminConsent reports whether an administrator consents for all users, and no code
// comes back.
func (s style) adminConsent() bool { return s == v1AdminConsent || s == v2AdminConsent }

// PageURL turns an address of the login host into one that a browser can open,
// which does not know the sandbox's authority: "https://login.sandbox.localhost/x"
// becomes "http://localhost:PORT/x". Any other address comes back as it is.
func (s *Server) PageURL(u string) string {
	rest, ok := strings.CutPrefix(u, "https://"+LoginHost)
	if !ok || rest != "" && rest[0] != '/' && rest[0] != '?' {
		return u
	}
	return "http://localhost:" + s.pagePort + rest
}

// browser serves the plain listener, under the names of this computer alone, so that
// no foreign page reaches it under a name of its own.
func (s *Server) browser(w http.ResponseWriter, r *http.Request) {
	rec := s.record(w, r, LoginHost)
	defer rec.done()
	host, port, err := net.SplitHostPort(r.Host)
	if err != nil || port != s.pagePort || !slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, host) {
		http.Error(rec, "Misdirected request", http.StatusMisdirectedRequest)
		return
	}
	if !s.pause(r, s.now().Login.Latency) {
		return
	}
	s.pages(rec, r)
}

// isPage reports whether a path behind the tenant is a page.
func isPage(rest string) bool {
	_, asks := styles[rest]
	return asks || rest == "sandbox/sign-in" || rest == "sandbox/consent"
}

// pages serves the pages of the login host.
func (s *Server) pages(w http.ResponseWriter, r *http.Request) {
	tenant, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	style, asks := styles[rest]
	switch {
	case r.URL.Path == devicePath:
		s.devicePage(w, r)
	case asks && r.Method == http.MethodGet:
		s.begin(w, r, tenant, style)
	case rest == "sandbox/sign-in" && r.Method == http.MethodPost:
		s.signIn(w, r)
	case rest == "sandbox/consent" && r.Method == http.MethodPost:
		s.consent(w, r)
	case asks || rest == "sandbox/sign-in" || rest == "sandbox/consent":
		w.Header().Set("Allow", "GET, POST")
		http.Error(w, "Method not allowed", http.StatusMethodNotAllowed)
	default:
		s.show(w, http.StatusNotFound, "lost", page{Title: "There is nothing at this address"})
	}
}
