package sandbox

import (
	"net/http"
	"strings"
)

func (s *Server) pages(w http.ResponseWriter, r *http.Request)   { notFound(w) }
func (s *Server) browser(w http.ResponseWriter, r *http.Request) { notFound(w) }

// PageURL turns an address of the login host into one that a browser can open,
// which does not know the sandbox's authority: "https://login.sandbox.localhost/x"
// becomes "http://localhost:PORT/x". Any other address comes back as it is.
func (s *Server) PageURL(u string) string {
	for _, host := range []string{LoginHost, GovLoginHost} {
		if rest, ok := strings.CutPrefix(u, "https://"+host); ok && (rest == "" || rest[0] == '/' || rest[0] == '?') {
			return "http://localhost:" + s.pagePort + rest
		}
	}
	return u
}
