package sandbox

import (
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// flowLife is how long a page may stay open.
const flowLife = 30 * time.Minute

// flow is one journey through the pages, between the address and the redirect.
type flow struct {
	authorization
	account account
	started time.Time
}

// begin is what a consent address leads to.
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

// keep stores a flow under a name that nobody can guess: it is what keeps other
// pages from posting in somebody's stead.
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

// step reads a posted form and finds its flow, once only where last is true. It
// answers itself, and gives nil, when there is none.
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

// crossSite tells a form that came from another site (Fetch Metadata, and the
// Origin header of RFC 6454 for browsers without it). "null" is what a browser
// sends when a page tells nobody where it is, as ours do.
func crossSite(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		return site != "same-origin" && site != "none"
	}
	origin := r.Header.Get("Origin")
	return origin != "" && origin != "null" && origin != "http://"+r.Host && origin != "https://"+r.Host
}

// signIn takes the account that was chosen, or the name that was typed. Who goes
// back may choose another.
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
	case f.Style.adminConsent() && !f.unregistered:
		s.sendBack(w, r, &f.authorization, f.failed(refusal, s.ids(r)))
		return
	default:
		s.errorPage(w, r, refusal)
		return
	}
	switch {
	case !s.needsConsent(t, f):
		s.finish(w, r, f)
	case f.forAll() && !chosen.Admin, t.Directory.AdminsConsentOnly && !chosen.Admin:
		s.errorPage(w, r, fail(90094))
	default:
		s.consentPage(w, s.keep(f), f)
	}
}

// findAccount finds an account by its key or by its sign-in name.
func findAccount(key, name string) (account, bool) {
	for _, a := range accounts {
		if key != "" && a.Key == key || key == "" && strings.EqualFold(a.SignIn, name) {
			return a, true
		}
	}
	return account{}, false
}

// forAll tells whether consent is asked for everybody.
func (f *flow) forAll() bool { return f.Style.adminConsent() || f.Prompt == "admin_consent" }

func (s *Server) needsConsent(t Tenant, f *flow) bool {
	if f.forAll() || f.Prompt == "consent" {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return (t.Application.NotConsented || t.Application.NoServicePrincipal) && !s.consented[f.account.Key]
}

// consent takes the answer to the question.
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

// grantConsent does what consent does: it makes the enterprise application, and
// when it comes from the application user, or from an administrator for
// everybody, fills the Application ID URI. A user without Application ID or with
// a licence stays as it is; so the article tells.
func (s *Server) grantConsent(f *flow, everybody bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.consented[f.account.Key] = true
	s.tenant.Application.NoServicePrincipal = false
	if s.tenant.Login.Refuse == 65001 {
		s.tenant.Login.Refuse = 0
	}
	if !everybody && f.account.Key != applicationUserAccount.Key {
		return
	}
	if everybody {
		s.tenant.Application.NotConsented = false
	}
	if u := &s.tenant.User; !u.NoApplicationID && !u.Licensed {
		u.NoApplicationIDURI = false
	}
}

// finish sends the good answer back.
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
		Challenge: f.Challenge, Nonce: f.Nonce, Account: f.account, Issued: now,
	}
	s.mu.Unlock()
	s.sendBack(w, r, &f.authorization, f.signedIn(code))
}
