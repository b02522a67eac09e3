package sandbox

import (
	"crypto/sha256"
	"crypto/subtle"
	"slices"
	"strings"
	"time"
)

// codeLife is how long an authorization code waits to be redeemed.
//
// Source: learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow.
const codeLife = 10 * time.Minute

// grant is the consent that an authorization code represents.
type grant struct {
	ClientID, RedirectURI, TenantID string
	// Resource is the v1 endpoint's, Scopes the v2 endpoint's.
	Resource string
	Scopes   []string
	// Challenge is PKCE's, "" without; always S256.
	Challenge string
	Nonce     string
	Account   account
	Issued    time.Time
	Redeemed  bool
	// Stepped: the user met the claims that a policy asked for.
	Stepped bool
}

// redeem is the grant of RFC 6749 section 4.1.3, with RFC 7636 section 4.6.
func (s *Server) redeem(t tokenRequest) (object, *failure) {
	id, _, f := s.authenticate(t)
	if f != nil {
		return nil, f
	}
	g, f := s.takeCode(t)
	if f != nil {
		return nil, f
	}
	if f := g.fits(t, id); f != nil {
		return nil, f
	}
	resource, scopes := g.Resource, []string{"user_impersonation"}
	if t.version == 1 && t.form.Has("resource") {
		resource = t.form.Get("resource")
	}
	asked := g.Scopes
	if t.version == 2 && t.form.Get("scope") != "" {
		asked = strings.Fields(t.form.Get("scope"))
	}
	if name, granted := splitScopes(asked); name != "" {
		resource, scopes = name, granted
	}
	if _, f := t.tenant.findResource(t.dir, resource); f != nil {
		return nil, f
	}
	token := s.userToken(t, resource, id, bySecret, g.Account, strings.Join(scopes, " "))
	answer := object{
		{"token_type", "Bearer"},
		{"scope", strings.Join(echo(resource, scopes, asked), " ")},
		{"expires_in", 3599},
		{"ext_expires_in", 3599},
		{"access_token", token},
	}
	if t.version == 1 {
		answer = append(t.answer(resource, token), member{"scope", strings.Join(scopes, " ")})
	}
	if slices.Contains(asked, "offline_access") || t.version == 1 {
		answer = append(answer, member{"refresh_token", "1.Sandbox." + randomText()})
	}
	if slices.Contains(asked, "openid") || t.version == 1 {
		answer = append(answer, member{"id_token", s.idToken(t, id, g.Account, g.Nonce)})
	}
	if t.form.Get("client_info") == "1" {
		answer = append(answer, member{"client_info", g.Account.clientInfo()})
	}
	return answer, nil
}

// takeCode returns the grant of a code, which is redeemed by that.
func (s *Server) takeCode(t tokenRequest) (grant, *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	code := t.form.Get("code")
	g, ok := s.codes[code]
	switch {
	case code == "":
		return grant{}, fail(900144, "code")
	case !ok:
		return grant{}, fail(9002313)
	case g.Redeemed:
		return grant{}, fail(54005)
	case t.now.Sub(g.Issued) > codeLife:
		return grant{}, fail(70008)
	case t.tenant.Login.CodesApart && g.Resource != "" && t.version == 2:
		// Guess: no record shows whether Entra refuses it, nor with which code.
		return grant{}, fail(9002313)
	}
	g.Redeemed = true
	s.codes[code] = g
	return g, nil
}

func (g grant) verifies(verifier string) bool {
	if g.Challenge == "" {
		return verifier == ""
	}
	sum := sha256.Sum256([]byte(verifier))
	return subtle.ConstantTimeCompare([]byte(b64(sum[:])), []byte(g.Challenge)) == 1
}

// splitScopes splits "https://host/user_impersonation openid" into the resource and
// the names of its scopes. In "https://host//user_impersonation" the
// slash before the last belongs to the resource.
func splitScopes(scopes []string) (resource string, names []string) {
	for _, scope := range scopes {
		if slash := strings.LastIndexByte(scope, '/'); slash > 0 && isURIOrGUID(scope) {
			resource = scope[:slash]
			name := scope[slash+1:]
			if name == ".default" {
				name = "user_impersonation"
			}
			names = append(names, name)
		}
	}
	return resource, names
}

// echo returns "scope" of the response: what was granted, under its full name.
func echo(resource string, scopes, asked []string) []string {
	var out []string
	for _, scope := range scopes {
		out = append(out, resource+"/"+scope)
	}
	for _, scope := range asked {
		if slices.Contains(openIDScopes, scope) || strings.HasSuffix(scope, "/.default") {
			out = append(out, scope)
		}
	}
	return out
}
