package sandbox

import (
	"crypto/sha256"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// TestRedeemV1Code guards that the code of the article's style names the account that
// consented, also if the v2 endpoint refuses it, with a secret and with a certificate.
func TestRedeemV1Code(t *testing.T) {
	for _, tc := range []struct {
		name  string
		apart bool
		kind  connection.Kind
		// requests to a token endpoint
		requests int
	}{
		{"served at v2", false, connection.SecretKind, 1},
		{"refused at v2, secret", true, connection.SecretKind, 2},
		{"refused at v2, certificate", true, connection.CertificateKind, 2},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := start(t, func(t *Tenant) {
				t.Login.CodesApart, t.Certificate.InUse = tc.apart, tc.kind == connection.CertificateKind
			})
			path, q := ask(v1Authorize)
			code := walk(t, client(t, s), "https://"+LoginHost, path, q, "application-user", "accept").Get("code")
			if code == "" {
				t.Fatal("the page brought no code")
			}
			c := transport.New(s.Transport())
			defer c.Close()
			app := entra.Application{Login: LoginHost, TenantID: TenantID, ClientID: ClientID, Credential: credentialOf(t, s, tc.kind)}
			facts := entra.Redeem(t.Context(), c, app, entra.Redemption{
				Code: secret.New(code), RedirectURI: q.Get("redirect_uri"), Scope: Environment + "/user_impersonation", Resource: Environment,
			})
			if facts.SignInName != applicationUserAccount.SignIn || facts.TenantID != TenantID {
				t.Errorf("consented as %q in %q: HTTP %d %s", facts.SignInName, facts.TenantID, facts.Response.Status, facts.Response.Body)
			}
			posts := 0
			for _, e := range c.Exchanges() {
				if e.Method == "POST" {
					posts++
				}
			}
			if posts != tc.requests {
				t.Errorf("%d token requests, want %d", posts, tc.requests)
			}
		})
	}
}

func credentialOf(t *testing.T, s *Server, kind connection.Kind) connection.Credential {
	t.Helper()
	if kind == connection.SecretKind {
		return connection.Credential{Kind: kind, Secret: secret.New(s.secret)}
	}
	form := s.Credential()
	cert, err := certificate.Load(t.Context(), certificate.Source{File: form.CertificateFile, Password: form.CertificatePassword}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return connection.Credential{Kind: kind, Certificate: cert}
}

// TestForeignIDToken guards that an ID token with another nonce names no user.
func TestForeignIDToken(t *testing.T) {
	s := start(t, nil)
	for _, ours := range []bool{true, false} {
		verifier := b64(random(32))
		sum := sha256.Sum256([]byte(verifier))
		path, q := ask(v2Authorize, "nonce", "n-0S6_WzA2Mj", "code_challenge", b64(sum[:]), "code_challenge_method", "S256", "scope", Environment+"/user_impersonation openid profile")
		code := walk(t, client(t, s), "https://"+LoginHost, path, q, "application-user", "accept").Get("code")
		c := transport.New(s.Transport())
		app := entra.Application{Login: LoginHost, TenantID: TenantID, ClientID: ClientID, Credential: credentialOf(t, s, connection.SecretKind)}
		var seen string
		facts := entra.Redeem(t.Context(), c, app, entra.Redemption{
			Code: secret.New(code), RedirectURI: q.Get("redirect_uri"), Scope: Environment + "/user_impersonation", Verifier: secret.New(verifier),
			Nonce: func(nonce string) bool { seen = nonce; return ours },
		})
		c.Close()
		if seen != "n-0S6_WzA2Mj" || (facts.SignInName != "") != ours {
			t.Errorf("nonce %q, ours %v: named %q", seen, ours, facts.SignInName)
		}
	}
}
