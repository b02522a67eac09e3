package scenario_test

import (
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/scenario"
)

// TestConsentEndings guards that consent ends in the scenario's cause, by the code on the
// page, and works without a cause.
func TestConsentEndings(t *testing.T) {
	for _, sc := range scenario.All() {
		if sc.Consent == "" && !strings.HasPrefix(sc.Name, "article-") {
			continue
		}
		t.Run(sc.Name, func(t *testing.T) {
			s, f := play(t, sc)
			account := "application-user"
			if sc.Consent == "consent.wrong-account" {
				account = "employee"
			}
			code := newClient(t, s).consent(t, "/oauth2/authorize", account, url.Values{
				"client_id": {f.ClientID}, "redirect_uri": {f.RedirectURI}, "state": {"x"},
				"response_type": {"code"}, "resource": {sandbox.Environment},
			})
			var got catalog.Cause
			if code != 0 {
				got = catalog.Recognise(catalog.Signs{Service: catalog.Entra, AADSTS: []int{code}}).Cause
			}
			if sc.Consent != "consent.wrong-account" {
				if got != sc.Consent {
					t.Errorf("%q, want %q", got, sc.Consent)
				}
				return
			}
			// No page shows it; a missing grant shows it.
			s.Configure(func(tenant *sandbox.Tenant) {
				if got != "" || !tenant.User.NoApplicationIDURI {
					t.Errorf("%q, %+v", got, tenant.User)
				}
			})
		})
	}
}

// TestConsentHeals guards that a scenario without consent is healthy after consent.
func TestConsentHeals(t *testing.T) {
	for _, name := range []string{"consent-missing", "application-no-service-principal", "article-before-consent"} {
		t.Run(name, func(t *testing.T) {
			sc, _ := scenario.Find(name)
			s, f := play(t, sc)
			c := newClient(t, s)
			code := c.consent(t, "/v2.0/adminconsent", "administrator", url.Values{
				"client_id": {f.ClientID}, "redirect_uri": {f.RedirectURI}, "state": {"x"}, "scope": {sandbox.Environment + "/.default"},
			})
			cleaned, _, problems := f.Clean(s.Clouds())
			if code != 0 || len(problems) > 0 {
				t.Fatal(code, problems)
			}
			token, _ := c.token(t, "https://"+sandbox.LoginHost+"/"+sandbox.TenantID, cleaned)
			r := c.send(http.MethodGet, sandbox.Environment+"/api/data/v9.2/systemusers("+sandbox.UserID+")?$select=applicationiduri", "",
				http.Header{"Authorization": {"Bearer " + token}})
			var user struct{ ApplicationIDURI string }
			if err := json.Unmarshal([]byte(r.Body), &user); err != nil || user.ApplicationIDURI != sandbox.ClientID {
				t.Error(err, r.Body)
			}
		})
	}
}

var (
	flowField = regexp.MustCompile(`name="flow" value="([^"]+)"`)
	formTo    = regexp.MustCompile(`<form method="post" action="([^"]+)"`)
	errorCode = regexp.MustCompile(`id="error-code">AADSTS(\d+)<`)
)

// consent opens a consent address, signs in and accepts. It returns the code of an error
// page, or 0 for a redirect.
func (c naive) consent(t *testing.T, path, account string, query url.Values) int {
	t.Helper()
	const base = "https://" + sandbox.LoginHost
	r := c.send(http.MethodGet, base+"/"+sandbox.TenantID+path+"?"+query.Encode(), "", nil)
	for _, answer := range []url.Values{{"account": {account}}, {"decision": {"accept"}}} {
		flow, action := flowField.FindStringSubmatch(r.Body), formTo.FindStringSubmatch(r.Body)
		if flow == nil || action == nil {
			break
		}
		answer.Set("flow", flow[1])
		r = c.post(base+html.UnescapeString(action[1]), answer)
	}
	if m := errorCode.FindStringSubmatch(r.Body); m != nil {
		code, _ := strconv.Atoi(m[1])
		return code
	}
	if r.Status != http.StatusFound {
		t.Fatalf("no redirect: %d %s", r.Status, r.Body)
	}
	return 0
}
