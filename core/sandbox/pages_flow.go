package sandbox

import (
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// flowLife is how long a page may stay open.
const flowLife = 30 * time.Minute

// flow is a sign-in in progress, between the address and the redirect.
type flow struct {
	authorization
	account account
	started time.Time
}

// begin serves a consent address.
func (s *Server) begin(w http.ResponseWriter, r *http.Request, tenant string, style style) {
	t := s.now()
	a, f := t.readAuthorization(r, tenant, style)
	if f != nil {
		s.errorPage(w, r, f)
		return
	}
	if a.refusal != nil {
		s.sendBack(w, r, a, a.failed(a.refusal, s.ids(r)))
		return
	}
	s.signInPage(w, s.keep(&flow{authorization: *a, started: time.Now()}), a, "")
}

// keep stores a flow under a random name, which keeps other pages from posting on
// behalf of the user.
func (s *Server) keep(f *flow) string {
	const most = 500
	id := randomText()
	s.mu.Lock()
	defer s.mu.Unlock()
	for old, g := range s.flows {
		if time.Since(g.started) > flowLife || len(s.flows) > most {
			delete(s.flows, old)
		}
	}
	s.flows[id] = f
	return id
}

// step reads a posted form and returns its flow, which it deletes if last is true.
// Without a flow it answers itself and returns nil.
func (s *Server) step(w http.ResponseWriter, r *http.Request, last bool) (*flow, url.Values) {
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/x-www-form-urlencoded" || r.ParseForm() != nil || crossSite(r) {
		http.Error(w, "Bad request", http.StatusBadRequest)
		return nil, nil
	}
	id := r.PostForm.Get("flow")
	s.mu.Lock()
	f := s.flows[id]
	if last {
		delete(s.flows, id)
	}
	s.mu.Unlock()
	if f == nil || time.Since(f.started) > flowLife {
		s.show(w, http.StatusBadRequest, "lost", page{Title: "This page is no longer valid"})
		return nil, nil
	}
	own := *f
	return &own, r.PostForm
}

// crossSite reports whether a form came from another site (Fetch Metadata, and the
// Origin header of RFC 6454 for browsers without it). A browser sends "null" for
// pages without a referrer, such as ours.
func crossSite(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		return site != "same-origin" && site != "none"
	}
	origin := r.Header.Get("Origin")
	return origin != "" && origin != "null" && origin != "http://"+r.Host && origin != "https://"+r.Host
}

// signIn takes the chosen account, or the typed name. A user who goes back may
// choose another account.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request) {
	f, form := s.step(w, r, false)
	if f == nil {
		return
	}
	chosen, ok := findAccount(form.Get("account"), strings.TrimSpace(form.Get("name")))
	if !ok {
		s.signInPage(w, s.keep(f), &f.authorization, strings.TrimSpace(form.Get("name")))
		return
	}
	f.account = chosen
	t := s.now()
	refusal := t.checkResource(&f.authorization)
	if chosen.Home.ID != f.Dir.ID {
		refusal = fail(50020, chosen.SignIn, f.ClientID)
	}
	switch {
	case refusal == nil:
	case f.client != nil && t.SignIn.At == AtRedirect, f.Style.adminConsent() && !f.unregistered:
		s.sendBack(w, r, &f.authorization, f.failed(refusal, s.ids(r)))
		return
	default:
		s.errorPage(w, r, refusal)
		return
	}
	switch {
	case !s.needsConsent(t, f):
		s.finish(w, r, f)
	case f.client != nil && !chosen.Admin, f.forAll() && !chosen.Admin, t.Directory.AdminsConsentOnly && !chosen.Admin:
		s.errorPage(w, r, fail(90094))
	default:
		s.consentPage(w, s.keep(f), f)
	}
}

// findAccount returns the account of a key or a sign-in name.
func findAccount(key, name string) (account, bool) {
	for _, a := range slices.Concat(accounts, administrators) {
		if key != "" && a.Key == key || key == "" && strings.EqualFold(a.SignIn, name) {
			return a, true
		}
	}
	return account{}, false
}

// forAll reports whether consent is asked for all users.
func (f *flow) forAll() bool { return f.Style.adminConsent() || f.Prompt == "admin_consent" }

func (s *Server) needsConsent(t Tenant, f *flow) bool {
	if f.forAll() || f.Prompt == "consent" {
		return true
	}
	if f.client != nil {
		return f.client.Own && t.SignIn.NotConsented
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return (t.Application.NotConsented || t.Application.NoServicePrincipal) && !s.consented[f.account.Key]
}

// consent takes the decision of the user.
func (s *Server) consent(w http.ResponseWriter, r *http.Request) {
	f, form := s.step(w, r, true)
	switch {
	case f == nil:
	case f.account.Key == "":
		http.Error(w, "Bad request", http.StatusBadRequest)
	case form.Get("decision") == "accept":
		s.grantConsent(f, f.forAll() || f.account.Admin && form.Get("everybody") == "yes")
		s.finish(w, r, f)
	case form.Get("decision") == "cancel" && f.unregistered:
		s.errorPage(w, r, fail(65004))
	case form.Get("decision") == "cancel":
		s.sendBack(w, r, &f.authorization, f.declined(s.ids(r)))
	default:
		http.Error(w, "Bad request", http.StatusBadRequest)
	}
}

// grantConsent makes the enterprise application and the permission grant.
func (s *Server) grantConsent(f *flow, everybody bool) {
	change(s, func(o *objects) *failure {
		if f.client != nil {
			s.tenant.SignIn.NotConsented = false
			return nil
		}
		s.consented[f.account.Key] = true
		if s.tenant.Login.Refuse == 65001 {
			s.tenant.Login.Refuse = 0
		}
		o.consent(f.ClientID, f.account, everybody)
		return nil
	})
}

// finish redirects with success.
func (s *Server) finish(w http.ResponseWriter, r *http.Request, f *flow) {
	if f.unregistered {
		s.errorPage(w, r, fail(500113))
		return
	}
	if f.Style.adminConsent() {
		s.sendBack(w, r, &f.authorization, f.approved())
		return
	}
	code := "1.Sandbox." + randomText()
	s.mu.Lock()
	now := time.Now().Add(s.tenant.Clock).UTC()
	for old, g := range s.codes {
		if now.Sub(g.Issued) > 2*codeLife {
			delete(s.codes, old)
		}
	}
	s.codes[code] = grant{
		ClientID: f.ClientID, RedirectURI: f.RedirectURI, TenantID: f.Dir.ID, Resource: f.Resource, Scopes: f.Scopes,
		Challenge: f.Challenge, Nonce: f.Nonce, Account: f.account, Issued: now, Stepped: f.Claims != "",
	}
	s.mu.Unlock()
	s.sendBack(w, r, &f.authorization, f.signedIn(code))
}
