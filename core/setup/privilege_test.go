package setup_test

import (
	"crypto/tls"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
)

// TestLeastPrivilege guards that with a role of one privilege that call works, and that
// every other call is refused with the name of the missing privilege.
func TestLeastPrivilege(t *testing.T) {
	p := begun(t, empty, func(t *plan.Target) {
		t.Credential, t.Role = plan.NewSecret, plan.Minimal
		t.Privileges, _ = plan.ParsePrivileges("account:read:org")
	})
	if _, err := p.run().Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	call := p.asApplication()
	for _, c := range []struct{ method, path, body, missing string }{
		{"GET", "WhoAmI", "", ""},
		{"GET", "accounts?$select=name", "", ""},
		{"POST", "accounts", `{"name":"x"}`, "prvCreateAccount"},
		{"GET", "contacts?$select=fullname", "", "prvReadContact"},
		{"GET", "systemusers?$select=fullname", "", "prvReadUser"},
		{"GET", "roles?$select=name", "", "prvReadRole"},
		{"POST", "systemusers", `{"applicationid":"` + sandbox.ClientID + `"}`, "prvCreateUser"},
	} {
		status, body := call(c.method, c.path, c.body)
		refused := status == http.StatusForbidden && strings.Contains(body, "0x80040220") && strings.Contains(body, "is missing "+c.missing+" privilege")
		if c.missing == "" && status != http.StatusOK || c.missing != "" && !refused {
			t.Errorf("%s %s: %d %s", c.method, c.path, status, body)
		}
	}
}

// asApplication returns a function that calls the Web API with the secret that the run
// has stored.
func (p *practice) asApplication() func(method, path, body string) (int, string) {
	p.Helper()
	journal, err := setup.Open(p.journal)
	if err != nil {
		p.Fatal(err)
	}
	defer journal.Close()
	tripper := &http.Transport{DialContext: p.server.Dial, TLSClientConfig: &tls.Config{RootCAs: p.server.Roots(), MinVersion: tls.VersionTLS12}}
	p.Cleanup(tripper.CloseIdleConnections)
	send := func(request *http.Request) (int, string) {
		resp, err := tripper.RoundTrip(request)
		if err != nil {
			p.Fatal(err)
		}
		defer resp.Body.Close()
		raw, err := io.ReadAll(resp.Body)
		if err != nil {
			p.Fatal(err)
		}
		return resp.StatusCode, string(raw)
	}
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {journal.Values()[plan.ApplicationAppID]}, "scope": {sandbox.Environment + "/.default"}}
	p.keep.secret.Use(func(plain string) { form.Set("client_secret", plain) })
	request, err := http.NewRequestWithContext(p.Context(), "POST", "https://"+sandbox.LoginHost+"/"+sandbox.TenantID+"/oauth2/v2.0/token", strings.NewReader(form.Encode()))
	if err != nil {
		p.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var token struct {
		Value string `json:"access_token"`
	}
	if _, body := send(request); json.Unmarshal([]byte(body), &token) != nil || token.Value == "" {
		p.Fatal(body)
	}
	return func(method, path, body string) (int, string) {
		request, err := http.NewRequestWithContext(p.Context(), method, sandbox.Environment+"/api/data/v9.2/"+path, strings.NewReader(body))
		if err != nil {
			p.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+token.Value)
		request.Header.Set("Content-Type", "application/json")
		return send(request)
	}
}
