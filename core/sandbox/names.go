package sandbox

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// The code and the data of the sandbox use the names under sandbox.localhost.
// Clients that know Microsoft's names only reach it under those: with
// [Tenant.MicrosoftNames] every name is exchanged where a request comes in and
// where a response leaves, inside tokens as well.

// hosts are the names that other programs reach.
var hosts = func() []string {
	all := []string{LoginHost, GraphHost, AdminAPIHost, armHost, GovLoginHost, govGraphHost, MistypedHost, gitHubHost, gitHubIssuerHost, devOpsHost, devOpsIssuerHost, clusterHost}
	for _, o := range organizations {
		all = append(all, o.Host, o.apiHost())
	}
	return all
}()

// exchange replaces the sandbox's names by Microsoft's and Microsoft's by the
// sandbox's. It is its own inverse, so that a client of either set gets nothing
// under a name of the other.
var exchange = func() *strings.Replacer {
	var pairs []string
	for _, names := range [][2]string{
		{LoginHost, "login.microsoftonline.com"},
		{GraphHost, "graph.microsoft.com"},
		{AdminAPIHost, "api.bap.microsoft.com"},
		{powerAppsService, "service.powerapps.com"},
		{armHost, "management.azure.com"},
		{armClassic, "management.core.windows.net"},
		{GovLoginHost, "login.microsoftonline.us"},
		{govGraphHost, "graph.microsoft.us"},
		{"crm4." + suffix, "crm4.dynamics.com"},
		{"crm9." + govSuffix, "crm9.microsoftdynamics.us"},
		{"actions." + suffix, "actions.githubusercontent.com"},
		{"devops." + suffix, "dev.azure.com"},
		{"oic.aks." + suffix, "oic.prod-aks.azure.com"},
		// What metadata calls the cloud itself.
		{govSuffix, "microsoftonline.us"},
		{suffix, "microsoftonline.com"},
	} {
		pairs = append(pairs, names[0], names[1], names[1], names[0])
	}
	return strings.NewReplacer(pairs...)
}()

// Renamed exchanges the names in a text, if this sandbox has Microsoft's.
func (s *Server) Renamed(text string) string {
	if !s.microsoftNames {
		return text
	}
	return exchange.Replace(text)
}

// Hosts returns the names that the sandbox serves to other programs, sorted.
func (s *Server) Hosts() []string {
	var shown []string
	for _, host := range hosts {
		shown = append(shown, s.Renamed(host))
	}
	slices.Sort(shown)
	return shown
}

// serves reports whether a lower-case host name, as a client writes it, is one
// of [Server.Hosts]. Names are compared whole.
func (s *Server) serves(host string) bool { return slices.Contains(s.Hosts(), host) }

// sign returns a signed token with the names that the client knows.
func (s *Server) sign(c object) string {
	payload, err := marshal(c)
	if err != nil {
		panic(err) // only our own values are written
	}
	return signingKey().sign([]byte(s.Renamed(string(payload))))
}

// verify checks a token and returns its claims with the sandbox's own names.
func (s *Server) verify(token string) (claims, error) {
	c, err := signingKey().verify(token, s.time())
	c.Aud, c.Iss = s.Renamed(c.Aud), s.Renamed(c.Iss)
	return c, err
}

// exchangeNames serves requests under Microsoft's names with a handler that
// knows the sandbox's.
func exchangeNames(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		inner := r.Clone(r.Context())
		inner.Host = exchange.Replace(strings.ToLower(r.Host))
		inner.URL.RawQuery = exchange.Replace(r.URL.RawQuery)
		inner.Body = &renamedBody{from: r.Body}
		out := &renamedWriter{ResponseWriter: w}
		next(out, inner)
		if out.status != 0 { // a length was announced, and no body followed
			w.WriteHeader(out.status)
		}
	}
}

// renamedBody reads a whole request body before it exchanges the names in it. A
// host name is never percent-encoded in a form.
type renamedBody struct {
	from io.ReadCloser
	to   *bytes.Reader
}

// Read implements [io.Reader]. A body that is longer than every limit of the
// sandbox is cut off.
func (b *renamedBody) Read(p []byte) (int, error) {
	const limit = 512 << 10
	if b.to == nil {
		raw, err := io.ReadAll(io.LimitReader(b.from, limit))
		if err != nil {
			return 0, err
		}
		b.to = bytes.NewReader([]byte(exchange.Replace(string(raw))))
	}
	return b.to.Read(p)
}

// Close implements [io.Closer].
func (b *renamedBody) Close() error { return b.from.Close() }

// renamedWriter exchanges the names in headers and body. The handlers write a
// body that holds names in one piece.
type renamedWriter struct {
	http.ResponseWriter
	// status waits for the body, whose length is announced with it; 0: nothing waits.
	status int
}

// WriteHeader implements [http.ResponseWriter].
func (w *renamedWriter) WriteHeader(status int) {
	for _, values := range w.Header() {
		for i := range values {
			values[i] = exchange.Replace(values[i])
		}
	}
	if w.Header().Get("Content-Length") != "" {
		w.status = status
		return
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements [http.ResponseWriter].
func (w *renamedWriter) Write(b []byte) (int, error) {
	shown := exchange.Replace(string(b))
	if w.status != 0 {
		announced, err := strconv.Atoi(w.Header().Get("Content-Length"))
		if err == nil {
			w.Header().Set("Content-Length", strconv.Itoa(announced+len(shown)-len(b)))
		}
		w.ResponseWriter.WriteHeader(w.status)
		w.status = 0
	}
	_, err := io.WriteString(w.ResponseWriter, shown)
	return len(b), err
}

// Unwrap serves [http.ResponseController].
func (w *renamedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
