package sandbox

import (
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"
)

// devicePage serves the page on which a user types the code of a device and signs in.
func (s *Server) devicePage(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet:
		s.show(w, http.StatusOK, "device", page{Title: "Enter code", Action: devicePath})
	case http.MethodPost:
		s.deviceStep(w, r)
	default:
		w.Header().Set("Allow", "GET, POST")
		http.Error(w, "Method not allowed", http.StatusMethodNotAllowed)
	}
}

// deviceStep takes the code, or the account that signs in, or Cancel.
func (s *Server) deviceStep(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/x-www-form-urlencoded" || r.ParseForm() != nil || crossSite(r) {
		http.Error(w, "Bad request", http.StatusBadRequest)
		return
	}
	typed := strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(r.PostForm.Get("code")), "-", ""))
	d, ok := s.findDevice(typed)
	if !ok {
		s.show(w, http.StatusOK, "device", page{Title: "Enter code", Action: devicePath, Typed: typed, NotFound: true, Code: "AADSTS70018"})
		return
	}
	if r.PostForm.Get("decision") == "cancel" {
		s.answerDevice(typed, account{})
		s.show(w, http.StatusOK, "lost", page{Title: "You cancelled the sign-in"})
		return
	}
	chosen, ok := findAccount(r.PostForm.Get("account"), "")
	t := s.now()
	res, f := d.resource(t)
	switch {
	case !ok:
		s.show(w, http.StatusOK, "device", page{Title: "Sign in", Action: devicePath, Typed: typed, App: d.grant.client.Name, Accounts: slices.Concat(accounts, administrators)})
		return
	case chosen.Home.ID != d.grant.dir.ID:
		f = fail(50020, chosen.SignIn, d.grant.client.ID)
	case f == nil:
		f = t.SignIn.refuses(AtPage, d.grant.client.ID, res, false)
	}
	if f != nil {
		s.errorPage(w, r, f)
		return
	}
	s.answerDevice(typed, chosen)
	s.show(w, http.StatusOK, "signed-in", page{Title: "You have signed in", App: d.grant.client.Name})
}

// resource returns what the code is for.
func (d deviceFlow) resource(t Tenant) (resource, *failure) {
	name, names, f := askedOf(d.scopes)
	if f != nil || name == "" {
		return resource{}, f
	}
	res, f := t.findResource(d.grant.dir, name)
	if f == nil {
		_, f = d.grant.client.scopesFor(res, names)
	}
	return res, f
}

func (s *Server) findDevice(userCode string) (deviceFlow, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.devices {
		if d.userCode == userCode && !d.answered && time.Since(d.issued.Add(-s.tenant.Clock)) < deviceLife {
			return *d, true
		}
	}
	return deviceFlow{}, false
}

// answerDevice records who signed in; no user declines.
func (s *Server) answerDevice(userCode string, a account) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.devices {
		if d.userCode == userCode {
			d.answered, d.declined, d.grant.account = true, a.Key == "", a
		}
	}
}
