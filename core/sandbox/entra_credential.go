package sandbox

import (
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
	if f := t.tenant.findClient(t.dir, id); f != nil {
		return "", "", f
	}
	assertion := t.form.Get("client_assertion")
	switch {
	case t.tenant.Application.Public && (secret != "" || assertion != ""):
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

func (s *Server) checkSecret(t tokenRequest, id, secret string) *failure {
	if subtle.ConstantTimeCompare([]byte(secret), []byte(s.secret)) != 1 {
		return fail(7000215, id)
	}
	if t.tenant.Certificate.InUse {
		return fail(7000215, id) // it has no secret at all
	}
	if t.tenant.Application.SecretExpired {
		return fail(7000222, id)
	}
	if s.spend(func(t *Tenant) *int { return &t.Application.SecretFresh }) {
		return fail(7000215, id) // the replica that was asked has not heard of it yet
	}
	return nil
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
