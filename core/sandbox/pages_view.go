package sandbox

import (
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
)

//go:embed pages
var pageFiles embed.FS

var pageTemplates = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(pageFiles, "pages/*.html"))
})

// page is the data of the templates.
type page struct {
	Title string
	// Nonce lets the page's own style through, and nothing else.
	Nonce string

	// App is the application that is signed in to, Publisher its owner.
	App, Publisher string
	// Flow and Action are the form's.
	Flow, Action string
	Accounts     []account
	// Typed is a name that was not found, or the login hint.
	Typed    string
	NotFound bool

	Account     account
	Permissions []string
	Everybody   bool // it is asked for everybody
	MayForAll   bool // the account could, and was not asked to
	Redirect    string

	Code, Message string
	IDs           ids

	Fields pairs
	// target is where the page's form may lead in the end, besides this server.
	target string
}

// show writes a page. It loads nothing and runs nothing.
func (s *Server) show(w http.ResponseWriter, status int, name string, p page) {
	p.Nonce = randomText()
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	// A browser holds the redirect after a form to form-action as well.
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'nonce-"+p.Nonce+"'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self' "+p.target)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = pageTemplates().ExecuteTemplate(w, name+".html", p)
}

// origin returns the value of form-action for an address.
func origin(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Scheme == "":
		return ""
	case u.Host == "":
		return u.Scheme + ":"
	}
	return u.Scheme + "://" + u.Host
}

func (s *Server) signInPage(w http.ResponseWriter, id string, a *authorization, notFound string) {
	p := page{
		Title: "Sign in", App: a.appName(), Publisher: a.publisher(), Flow: id, Action: "/" + a.Dir.ID + "/sandbox/sign-in", Accounts: a.accounts(),
		Typed: a.LoginHint, target: origin(a.RedirectURI),
	}
	if a.client != nil {
		p.Accounts = slices.Concat(accounts, administrators)
	}
	if notFound != "" {
		p.Typed, p.NotFound, p.Code = notFound, true, "AADSTS50034"
	}
	s.show(w, http.StatusOK, "sign-in", p)
}

func (s *Server) consentPage(w http.ResponseWriter, id string, f *flow) {
	s.show(w, http.StatusOK, "consent", page{
		Title: "Permissions requested", App: f.appName(), Publisher: f.publisher(), Flow: id, Action: "/" + f.Dir.ID + "/sandbox/consent", Account: f.account,
		Permissions: f.permissions(),
		Everybody:   f.forAll(), MayForAll: f.account.Admin && !f.forAll(),
		Redirect: f.RedirectURI, target: origin(f.RedirectURI),
	})
}

// errorPage never redirects: the address to go to may be the fault.
func (s *Server) errorPage(w http.ResponseWriter, r *http.Request, f *failure) {
	p := page{
		Title: "Sorry, but we’re having trouble signing you in.",
		Code:  "AADSTS" + strconv.Itoa(f.Code), Message: f.Text, IDs: s.ids(r),
	}
	if f.Code == 90094 {
		p.Title = "Need admin approval"
	}
	s.show(w, http.StatusBadRequest, "error", p)
}

// formPost is response_mode=form_post (OAuth 2.0 Form Post Response Mode),
// with a button where the real page has a script.
func (s *Server) formPost(w http.ResponseWriter, to *url.URL, p pairs) {
	s.show(w, http.StatusOK, "form-post", page{Title: "Signed in", Action: to.String(), Fields: p, target: origin(to.String())})
}
