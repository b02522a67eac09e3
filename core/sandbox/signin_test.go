package sandbox

import (
	"crypto/sha256"
	"html"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

const (
	lookClient = "51f81489-12ee-4a9e-aaae-a2591f45987d"
	doClient   = "9cee029c-6210-4654-90bb-17e6e9d36617"
)

// askUser returns the query of a user's sign-in with a public client.
func askUser(client, scope string, changes ...string) url.Values {
	_, q := ask(v2Authorize, changes...)
	q.Set("client_id", client)
	q.Set("scope", scope+" openid profile offline_access")
	return q
}

// signInUser signs a user in and returns the response of the token endpoint.
func signInUser(t *testing.T, s *Server, client_ string, scope, account string, changes ...string) (page, token verdict, body map[string]any) {
	t.Helper()
	c := client(t, s)
	verifier := b64(random(32))
	sum := sha256.Sum256([]byte(verifier))
	q := askUser(client_, scope, append([]string{"code_challenge", b64(sum[:]), "code_challenge_method", "S256"}, changes...)...)
	back := walk(t, c, "https://"+LoginHost, "/oauth2/v2.0/authorize", q, account, "accept")
	if back.Get("code") == "" {
		page = verdict{Error: back.Get("error")}
		if page.Error == "" {
			page.Error = back.Get("page")
		}
		return page, token, nil
	}
	r := post(t, c, tokenURL, url.Values{
		"grant_type": {"authorization_code"}, "client_id": {client_}, "code": {back.Get("code")}, "redirect_uri": {"http://localhost:8765"},
		"code_verifier": {verifier}, "scope": {q.Get("scope")}, "client_info": {"1"},
	})
	return page, verdictOf(t, r), r.fields(t)
}

// TestUserSignIn signs an administrator in with each public client, and requests a token
// for a second resource with the refresh token.
func TestUserSignIn(t *testing.T) {
	graph := "https://" + GraphHost
	for name, c := range map[string]struct {
		client, scope, scp string
		// next and nextCode are the scope and the refusal for the second resource.
		next, nextCode string
	}{
		"look":        {lookClient, graph + "/.default", "Application.Read.All Group.Read.All Organization.Read.All RoleManagement.Read.Directory", Environment + "/user_impersonation", ""},
		"do":          {doClient, graph + "/.default", "Application.ReadWrite.All Organization.Read.All User.Read", Environment + "/.default", ""},
		"own":         {AdminClientID, graph + "/Application.ReadWrite.All", "Application.ReadWrite.All", Environment + "/user_impersonation", ""},
		"no Graph":    {"2ad88395-b77d-4561-9441-d0e40824f9bc", Environment + "/user_impersonation", "user_impersonation", graph + "/.default", "65002"},
		"not granted": {doClient, Environment + "/user_impersonation", "user_impersonation", graph + "/User.ReadWrite.All", "65002"},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, nil)
			page, token, body := signInUser(t, s, c.client, c.scope, "administrator")
			if page != (verdict{}) || token.Status != 200 {
				t.Fatal(page, token)
			}
			http := client(t, s)
			claims := verifyByKeys(t, http, body["access_token"].(string))
			diff(t, []any{c.scp, c.client, "0", administratorAccount.SignIn, TenantID}, []any{claims["scp"], claims["appid"], claims["appidacr"], claims["upn"], claims["tid"]})
			r := post(t, http, tokenURL, url.Values{"grant_type": {"refresh_token"}, "client_id": {c.client}, "refresh_token": {body["refresh_token"].(string)}, "scope": {c.next + " openid"}})
			if c.nextCode != "" {
				if !strings.Contains(r.Body, "AADSTS"+c.nextCode) {
					t.Error(r.Body)
				}
				return
			}
			claims = verifyByKeys(t, http, r.fields(t)["access_token"].(string))
			diff(t, []any{"user_impersonation", Environment}, []any{claims["scp"], claims["aud"]})
		})
	}
}

// TestUserSignInStrictness guards the requests that a public client is refused.
func TestUserSignInStrictness(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	scope := Environment + "/user_impersonation openid offline_access"
	code := func(changes ...string) string {
		back := walk(t, c, "https://"+LoginHost, "/oauth2/v2.0/authorize", askUser(doClient, Environment+"/user_impersonation", changes...), "administrator", "accept")
		return back.Get("code")
	}
	verifier := b64(random(32))
	sum := sha256.Sum256([]byte(verifier))
	proof := []string{"code_challenge", b64(sum[:]), "code_challenge_method", "S256"}
	base := func(changes ...string) url.Values {
		q := url.Values{"grant_type": {"authorization_code"}, "client_id": {doClient}, "redirect_uri": {"http://localhost:8765"}, "scope": {scope}}
		for i := 0; i+1 < len(changes); i += 2 {
			q.Set(changes[i], changes[i+1])
		}
		return q
	}
	for name, tc := range map[string]struct {
		form url.Values
		code string
	}{
		"wrong verifier":   {base("code", code(proof...), "code_verifier", b64(random(32))), "501481"},
		"no verifier":      {base("code", code(proof...)), "501481"},
		"verifier for all": {base("code", code(), "code_verifier", verifier), "501481"},
		"another client":   {base("code", code(proof...), "code_verifier", verifier, "client_id", lookClient), "7000110"},
		"another redirect": {base("code", code(proof...), "code_verifier", verifier, "redirect_uri", "http://localhost:9"), "50011"},
		"a secret":         {base("code", code(proof...), "code_verifier", verifier, "client_secret", "x"), "700025"},
		"two resources":    {base("code", code(proof...), "code_verifier", verifier, "scope", scope+" https://"+GraphHost+"/.default"), "28000"},
		"credentials":      {base("grant_type", "client_credentials"), "700016"},
		"made-up refresh":  {base("grant_type", "refresh_token", "refresh_token", "1.Sandbox.x"), "9002313"},
		"a secret client":  {base("grant_type", "device_code", "client_id", ClientID, "device_code", "x"), "7000218"},
	} {
		if r := post(t, c, tokenURL, tc.form); !strings.Contains(r.Body, "AADSTS"+tc.code+":") {
			t.Errorf("%s: %s", name, r.Body)
		}
	}
	if r := get(t, c, "https://"+LoginHost+"/"+TenantID+"/oauth2/v2.0/authorize?"+askUser(doClient, Environment+"/user_impersonation", "redirect_uri", "https://evil.example/").Encode()); !strings.Contains(r.Body, "AADSTS50011") {
		t.Error("a foreign redirect URI is taken:", r.Body)
	}
}

// TestUserSignInFaults guards the step at which each refusal is sent, and that a sign-in
// with the requested claims ends a refusal.
func TestUserSignInFaults(t *testing.T) {
	const scope = Environment + "/user_impersonation"
	for _, code := range []int{65002, 700016, 50105, 65001, 90094, 53003, 530084, 53000, 50097, 50076} {
		text := "AADSTS" + strconv.Itoa(code)
		s := start(t, func(t *Tenant) { t.SignIn = SignIn{Refuse: code} })
		if page, _, _ := signInUser(t, s, doClient, scope, "administrator"); page.Error != text {
			t.Errorf("%d on the page: %v", code, page)
		}
		s = start(t, func(t *Tenant) { t.SignIn = SignIn{Refuse: code, At: AtRedirect} })
		if page, _, _ := signInUser(t, s, doClient, scope, "administrator"); page.Error != refusals[code].OAuth {
			t.Errorf("%d sent back: %v", code, page)
		}
		s = start(t, func(t *Tenant) { t.SignIn = SignIn{Refuse: code, At: AtCode} })
		_, token, _ := signInUser(t, s, doClient, scope, "administrator")
		if token.Status == 200 || token.Code != float64(code) {
			t.Errorf("%d for the code: %v", code, token)
		}
		_, token, _ = signInUser(t, s, doClient, scope, "administrator", "claims", refusals[code].Claims)
		if ends := refusals[code].Claims != ""; ends != (token.Status == 200) {
			t.Errorf("%d with claims: %v", code, token)
		}
	}
	s := start(t, func(t *Tenant) { t.SignIn = SignIn{Refuse: 65002, Clients: []string{lookClient}} })
	if page, token, _ := signInUser(t, s, doClient, scope, "administrator"); page != (verdict{}) || token.Status != 200 {
		t.Error("a refusal of another client counts:", page, token)
	}
	if page, _, _ := signInUser(t, s, doClient, scope, "foreign"); page.Error != "AADSTS50020" {
		t.Error("an account of another directory:", page)
	}
}

// TestOwnClientNeedsConsent guards that only an administrator can grant it.
func TestOwnClientNeedsConsent(t *testing.T) {
	s := start(t, func(t *Tenant) { t.SignIn.NotConsented = true })
	scope := "https://" + GraphHost + "/Application.Read.All"
	if page, _, _ := signInUser(t, s, AdminClientID, scope, "employee"); page.Error != "AADSTS90094" {
		t.Error("an employee:", page)
	}
	if page, token, _ := signInUser(t, s, AdminClientID, scope, "administrator"); page != (verdict{}) || token.Status != 200 {
		t.Error("an administrator:", page, token)
	}
	if page, token, _ := signInUser(t, s, AdminClientID, scope, "employee"); page != (verdict{}) || token.Status != 200 {
		t.Error("an employee, once consent is given:", page, token)
	}
}

// TestDeviceCode goes through the device code flow.
func TestDeviceCode(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	begin := func() (device, user string) {
		body := post(t, c, "https://"+LoginHost+"/"+TenantID+"/oauth2/v2.0/devicecode",
			url.Values{"client_id": {doClient}, "scope": {Environment + "/user_impersonation openid offline_access"}}).fields(t)
		diff(t, []any{"https://" + LoginHost + "/device", 900.0, 5.0}, []any{body["verification_uri"], body["expires_in"], body["interval"]})
		return body["device_code"].(string), body["user_code"].(string)
	}
	poll := func(device string) reply {
		return post(t, c, tokenURL, url.Values{"grant_type": {"device_code"}, "client_id": {doClient}, "device_code": {device}, "scope": {Environment + "/user_impersonation openid offline_access"}})
	}
	answer := func(user string, form url.Values) reply {
		form.Set("code", user)
		return post(t, c, "https://"+LoginHost+"/device", form)
	}
	device, user := begin()
	diff(t, "authorization_pending", verdictOf(t, poll(device)).Error)
	if r := answer("WRONGCODE", url.Values{}); !strings.Contains(r.Body, "AADSTS70018") {
		t.Error(r.Body)
	}
	if r := answer(strings.ToLower(user), url.Values{}); !strings.Contains(r.Body, "Power Platform CLI") {
		t.Error(html.UnescapeString(r.Body))
	}
	if r := answer(user, url.Values{"account": {"foreign"}}); !strings.Contains(r.Body, "AADSTS50020") {
		t.Error(r.Body)
	}
	if r := answer(user, url.Values{"account": {"administrator"}}); !strings.Contains(r.Body, "You have signed in") {
		t.Error(r.Body)
	}
	got := poll(device).fields(t)
	diff(t, any(administratorAccount.SignIn), verifyByKeys(t, c, got["access_token"].(string))["upn"])
	if got["refresh_token"] == nil {
		t.Error("no refresh token")
	}
	diff(t, 70018.0, verdictOf(t, poll(device)).Code)

	device, user = begin()
	answer(user, url.Values{"decision": {"cancel"}})
	diff(t, "authorization_declined", verdictOf(t, poll(device)).Error)

	s.Configure(func(t *Tenant) { t.SignIn = SignIn{Refuse: 53003, At: AtDevice} })
	device, user = begin()
	answer(user, url.Values{"account": {"administrator"}})
	diff(t, 53003.0, verdictOf(t, poll(device)).Code)
}
