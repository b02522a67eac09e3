package sandbox

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/url"
	"strings"
)

// The values of appidacr: how the application proved itself.
const (
	byNothing     = "0"
	bySecret      = "1"
	byCertificate = "2"
)

// authenticate checks the credential of the application (RFC 6749 section 2.3, RFC
// 7523 section 2.2), and returns its client ID and appidacr.
func (s *Server) authenticate(t tokenRequest) (id, acr string, f *failure) {
	id, secret := t.form.Get("client_id"), t.form.Get("client_secret")
	if user, password, ok := basic(t.Request); ok && id == "" {
		id, secret = user, password
	}
	if id == "" {
		return "", "", fail(900144, "client_id")
	}
	if f := s.findFresh(t, id); f != nil {
		return "", "", f
	}
	assertion := t.form.Get("client_assertion")
	switch {
	case t.tenant.isPublic(id) && (secret != "" || assertion != ""):
		return "", "", fail(700025)
	case assertion != "":
		return id, byCertificate, s.checkAssertion(t, id, assertion)
	case secret == "" && t.form.Get("grant_type") == "client_credentials":
		return "", "", fail(7000216)
	case secret == "":
		return "", "", fail(7000218)
	}
	return id, bySecret, s.checkSecret(t, id, secret)
}

// findFresh returns the failure for a client ID that the directory refuses, or that
// the asked replica does not know yet.
func (s *Server) findFresh(t tokenRequest, id string) *failure {
	app := t.tenant.world().app(id)
	if app != nil && app.Fresh && s.spend(func(t *Tenant) *int { return &t.Replication.Token }) {
		return fail(700016, id, t.dir.Name)
	}
	return t.tenant.findClient(t.dir, id)
}

// isPublic reports whether a registration is a public client, which may have no
// secret. The switch for public client flows alone does not make it one.
func (t Tenant) isPublic(appID string) bool {
	return t.Application.Public && strings.EqualFold(appID, ClientID)
}

func (s *Server) checkSecret(t tokenRequest, id, secret string) *failure {
	sum := sha256.Sum256([]byte(secret))
	for _, p := range t.tenant.world().app(id).Passwords {
		switch {
		case subtle.ConstantTimeCompare(sum[:], p.Sum[:]) != 1:
		case t.now.After(p.End):
			return fail(7000222, id)
		case s.spend(func(t *Tenant) *int { return &t.Application.SecretFresh }),
			p.KeyID != SecretID && s.spend(func(t *Tenant) *int { return &t.Replication.Secret }):
			return fail(7000215, id) // the replica that was asked does not know it yet
		default:
			return nil
		}
	}
	return fail(7000215, id)
}

// basic reads a client's credentials from the header, where each part is
// percent-encoded first (RFC 6749 section 2.3.1).
func basic(r *http.Request) (id, secret string, ok bool) {
	user, password, ok := r.BasicAuth()
	if !ok {
		return "", "", false
	}
	id, err := url.QueryUnescape(user)
	secret, err2 := url.QueryUnescape(password)
	return id, secret, err == nil && err2 == nil
}

// cutAuthorization splits the Authorization header.
func cutAuthorization(r *http.Request) (scheme, value string, ok bool) {
	return strings.Cut(r.Header.Get("Authorization"), " ")
}
