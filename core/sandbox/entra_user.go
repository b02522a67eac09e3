package sandbox

import (
	"slices"
	"strings"
)

// redeemUser redeems the code of a user who signed in with a public client.
func (s *Server) redeemUser(t tokenRequest, p *publicClient) (object, *failure) {
	if f := t.authenticatePublic(); f != nil {
		return nil, f
	}
	g, f := s.takeCode(t)
	if f != nil {
		return nil, f
	}
	if f := g.fits(t, p.ID); f != nil {
		return nil, f
	}
	asked := strings.Fields(t.form.Get("scope"))
	if len(asked) == 0 {
		asked = g.Scopes
	}
	u := userGrant{client: p, account: g.Account, dir: t.dir, stepped: g.Stepped, nonce: g.Nonce}
	return s.userAnswer(t, u, asked, AtCode)
}

// fits returns the failure for a code that was issued for another request.
func (g grant) fits(t tokenRequest, id string) *failure {
	switch {
	case !strings.EqualFold(g.ClientID, id):
		return fail(7000110)
	case g.TenantID != t.dir.ID:
		return fail(700005)
	case t.form.Get("redirect_uri") != g.RedirectURI:
		return fail(50011, t.form.Get("redirect_uri"), id).as("invalid_grant")
	case !g.verifies(t.form.Get("code_verifier")):
		return fail(501481)
	}
	return nil
}

// authenticatePublic refuses a credential: a public client has no credential.
func (t *tokenRequest) authenticatePublic() *failure {
	if t.form.Get("client_secret") != "" || t.form.Get("client_assertion") != "" || t.Header.Get("Authorization") != "" {
		return fail(700025)
	}
	return nil
}

// refresh is the grant of RFC 6749 section 6. A refresh token of a user serves every
// resource that the client may ask for.
//
// Source: learn.microsoft.com/entra/identity-platform/refresh-tokens.
func (s *Server) refresh(t tokenRequest, p *publicClient) (object, *failure) {
	if f := t.authenticatePublic(); f != nil {
		return nil, f
	}
	s.mu.Lock()
	u, ok := s.refreshes[t.form.Get("refresh_token")]
	s.mu.Unlock()
	switch {
	case t.form.Get("refresh_token") == "":
		return nil, fail(900144, "refresh_token")
	case !ok, u.client != p:
		return nil, fail(9002313)
	case u.dir.ID != t.dir.ID:
		return nil, fail(700005)
	}
	u.nonce = ""
	return s.userAnswer(t, u, strings.Fields(t.form.Get("scope")), AtRefresh)
}

// userAnswer returns the tokens of a user for the scopes that are asked for.
func (s *Server) userAnswer(t tokenRequest, u userGrant, asked []string, at SignInStep) (object, *failure) {
	name, names, f := askedOf(asked)
	if f != nil {
		return nil, f
	}
	if name == "" {
		name, names = "https://"+GraphHost, []string{"User.Read"}
	}
	res, f := t.tenant.findResource(t.dir, name)
	if f != nil {
		return nil, f
	}
	scopes, f := u.client.scopesFor(res, names)
	if f == nil {
		f = t.tenant.SignIn.refuses(at, u.client.ID, res, u.stepped)
	}
	if f != nil {
		return nil, f
	}
	if t.tenant.SignIn.Foreign {
		t.dir = fabrikam
	}
	answer := object{
		{"token_type", "Bearer"},
		{"scope", strings.Join(s.echoUser(t, res, scopes, asked), " ")},
		{"expires_in", 3599},
		{"ext_expires_in", 3599},
		{"access_token", s.userToken(t, res.Name, u.client.ID, byNothing, u.account, strings.Join(scopes, " "))},
	}
	if slices.Contains(asked, "offline_access") {
		answer = append(answer, member{"refresh_token", s.keepRefresh(u)})
	}
	if slices.Contains(asked, "openid") {
		nonce := u.nonce
		if nonce != "" && t.tenant.SignIn.OtherNonce {
			nonce = randomText()
		}
		answer = append(answer, member{"id_token", s.idToken(t, u.client.ID, u.account, nonce)})
	}
	if t.form.Get("client_info") == "1" {
		answer = append(answer, member{"client_info", u.account.clientInfo()})
	}
	return answer, nil
}

func (s *Server) echoUser(t tokenRequest, res resource, scopes, asked []string) []string {
	if t.tenant.SignIn.Terse {
		return append([]string{"openid", "profile"}, scopes...)
	}
	return echo(res.Name, scopes, asked)
}

// keepRefresh returns a new refresh token; the older ones stay valid, as Entra's do.
func (s *Server) keepRefresh(u userGrant) string {
	const most = 200
	token := "1.Sandbox." + randomText()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.refreshes) >= most {
		clear(s.refreshes)
	}
	s.refreshes[token] = u
	return token
}
