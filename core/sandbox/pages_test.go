package sandbox

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var (
	flowField = regexp.MustCompile(`name="flow" value="([^"]+)"`)
	formTo    = regexp.MustCompile(`<form method="post" action="([^"]+)"`)
	errorCode = regexp.MustCompile(`id="error-code">([^<]+)<`)
)

// walk opens a consent address, signs in, answers the question if it is asked, and
// returns the parameters of the redirect, with its address under "". For an error page it
// returns the code under "page".
func walk(t testing.TB, c *http.Client, base, path string, q url.Values, account, decision string) url.Values {
	t.Helper()
	r := get(t, c, base+"/"+TenantID+path+"?"+q.Encode())
	for _, answer := range []url.Values{{"account": {account}}, {"decision": {decision}}} {
		if r.Status == http.StatusFound {
			break
		}
		if m := errorCode.FindStringSubmatch(r.Body); m != nil {
			return url.Values{"page": {m[1]}}
		}
		answer.Set("flow", match(t, flowField, r.Body))
		r = post(t, c, base+html.UnescapeString(match(t, formTo, r.Body)), answer)
	}
	if m := errorCode.FindStringSubmatch(r.Body); m != nil {
		return url.Values{"page": {m[1]}}
	}
	if r.Status != http.StatusFound {
		t.Fatalf("no redirect: %d %s", r.Status, r.Body)
	}
	address := r.Header.Get("Location")
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	back := u.Query()
	if u.RawQuery == "" {
		if back, err = url.ParseQuery(u.Fragment); err != nil {
			t.Fatal(err)
		}
	}
	back.Set("", address)
	return back
}

// plainClient returns a client that treats the pages as a browser does.
func plainClient(t testing.TB) *http.Client {
	t.Helper()
	return &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func match(t testing.TB, pattern *regexp.Regexp, text string) string {
	t.Helper()
	m := pattern.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("nothing like %s in %s", pattern, text)
	}
	return m[1]
}

// ask returns a valid query of each style, with changes.
func ask(style style, changes ...string) (path string, q url.Values) {
	q = url.Values{"client_id": {ClientID}, "redirect_uri": {"http://localhost:8765"}, "state": {"the state"}}
	switch style {
	case v1Authorize:
		path = "/oauth2/authorize"
		q.Set("response_type", "code")
		q.Set("resource", Environment)
	case v2Authorize:
		path = "/oauth2/v2.0/authorize"
		q.Set("response_type", "code")
		q.Set("scope", Environment+"/user_impersonation openid")
	case v1AdminConsent:
		path = "/adminconsent"
	case v2AdminConsent:
		path = "/v2.0/adminconsent"
		q.Set("scope", Environment+"/.default")
	}
	for i := 0; i+1 < len(changes); i += 2 {
		if q.Set(changes[i], changes[i+1]); changes[i+1] == "" {
			q.Del(changes[i])
		}
	}
	return path, q
}

// shape returns the names of the parameters, with the values that are the same in every
// run.
func shape(v url.Values) map[string]string {
	out := map[string]string{}
	for name := range v {
		switch name {
		case "":
		case "code", "session_state":
			out[name] = "…"
		case "error_description":
			out[name], _, _ = strings.Cut(v.Get(name), ":")
		default:
			out[name] = v.Get(name)
		}
	}
	return out
}

func TestConsentAnswers(t *testing.T) {
	errorURI := func(code string) string { return "https://" + LoginHost + "/error?code=" + code }
	for name, test := range map[string]struct {
		style    style
		account  string
		decision string
		changes  []string
		want     map[string]string
	}{
		"v1 accept": {
			v1Authorize, "application-user", "accept", nil,
			map[string]string{"code": "…", "state": "the state", "session_state": "…"},
		},
		"v1 admin_consent": {
			v1Authorize, "administrator", "accept",
			[]string{"prompt", "admin_consent"},
			map[string]string{"code": "…", "state": "the state", "session_state": "…", "admin_consent": "True"},
		},
		"v1 cancel": {
			v1Authorize, "application-user", "cancel", nil,
			map[string]string{"error": "access_denied", "error_subcode": "cancel", "error_description": "AADSTS65004", "error_uri": errorURI("65004"), "state": "the state"},
		},
		"v1 no state": {
			v1Authorize, "application-user", "accept",
			[]string{"state", ""},
			map[string]string{"code": "…", "session_state": "…"},
		},
		"v2 accept": {
			v2Authorize, "application-user", "accept", nil,
			map[string]string{"code": "…", "state": "the state", "session_state": "…"},
		},
		"v2 cancel": {
			v2Authorize, "application-user", "cancel", nil,
			map[string]string{"error": "access_denied", "error_description": "AADSTS65004", "error_uri": errorURI("65004"), "state": "the state"},
		},
		"v2 in the fragment": {
			v2Authorize, "application-user", "accept",
			[]string{"response_mode", "fragment"},
			map[string]string{"code": "…", "state": "the state", "session_state": "…"},
		},
		"adminconsent v1 accept": {
			v1AdminConsent, "administrator", "accept", nil,
			map[string]string{"tenant": TenantID, "admin_consent": "True", "state": "the state"},
		},
		"adminconsent v1 cancel": {
			v1AdminConsent, "administrator", "cancel", nil,
			map[string]string{"error": "access_denied", "error_description": "AADSTS65004", "error_uri": errorURI("65004"), "state": "the state"},
		},
		"adminconsent v2 accept": {
			v2AdminConsent, "administrator", "accept", nil,
			map[string]string{"tenant": TenantID, "admin_consent": "True", "scope": Environment + "/user_impersonation", "state": "the state"},
		},
		// This style returns admin_consent=True with failures, too.
		"adminconsent v2 cancel": {
			v2AdminConsent, "administrator", "cancel", nil,
			map[string]string{"admin_consent": "True", "error": "access_denied", "error_description": "AADSTS65004", "error_uri": errorURI("65004"), "state": "the state"},
		},
		"adminconsent foreign": {
			v2AdminConsent, "foreign", "accept", nil,
			map[string]string{"admin_consent": "True", "error": "access_denied", "error_description": "AADSTS50020", "error_uri": errorURI("50020"), "state": "the state"},
		},
		"prompt none":        {v2Authorize, "", "", []string{"prompt", "none"}, map[string]string{"error": "login_required", "error_description": "AADSTS50058", "error_uri": errorURI("50058"), "state": "the state"}},
		"not a code":         {v2Authorize, "", "", []string{"response_type", "token"}, map[string]string{"error": "unsupported_response_type", "error_description": "AADSTS700054", "error_uri": errorURI("700054"), "state": "the state"}},
		"v2 admin_consent":   {v2Authorize, "", "", []string{"prompt", "admin_consent"}, map[string]string{"error": "invalid_request", "error_description": "AADSTS90023", "error_uri": errorURI("90023"), "state": "the state"}},
		"plain challenge":    {v2Authorize, "", "", []string{"code_challenge", strings.Repeat("a", 43), "code_challenge_method", "plain"}, map[string]string{"error": "invalid_request", "error_description": "AADSTS50147", "error_uri": errorURI("50147"), "state": "the state"}},
		"unknown scope":      {v2Authorize, "employee", "", []string{"scope", Environment + "/user_impresonation"}, map[string]string{"page": "AADSTS650053"}},
		"unknown resource":   {v1Authorize, "employee", "", []string{"resource", "https://contosso.crm4." + suffix}, map[string]string{"page": "AADSTS500011"}},
		"foreign account":    {v1Authorize, "foreign", "", nil, map[string]string{"page": "AADSTS50020"}},
		"no administrator":   {v2AdminConsent, "employee", "", nil, map[string]string{"page": "AADSTS90094"}},
		"no administrator 1": {v1Authorize, "employee", "", []string{"prompt", "admin_consent"}, map[string]string{"page": "AADSTS90094"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, func(t *Tenant) { t.Application.NotConsented = true })
			path, q := ask(test.style, test.changes...)
			got := walk(t, client(t, s), "https://"+LoginHost, path, q, test.account, test.decision)
			diff(t, test.want, shape(got))
			if address := got.Get(""); address != "" && !strings.HasPrefix(address, "http://localhost:8765/") {
				t.Errorf("went to %s", address)
			}
		})
	}
}

// TestErrorPages guards the pages that never redirect, because the address or the
// application cannot be trusted.
func TestErrorPages(t *testing.T) {
	for name, test := range map[string]struct {
		tenant  string
		set     func(*Tenant)
		style   style
		changes []string
		want    string
	}{
		"redirect mismatch path":   {"", nil, v1Authorize, []string{"redirect_uri", "http://localhost/callback"}, "AADSTS50011"},
		"redirect mismatch case":   {"", nil, v1Authorize, []string{"redirect_uri", "https://app.contoso.example/SignIn"}, "AADSTS50011"},
		"redirect mismatch slash":  {"", nil, v1Authorize, []string{"redirect_uri", "https://app.contoso.example/signin/"}, "AADSTS50011"},
		"redirect mismatch port":   {"", nil, v1Authorize, []string{"redirect_uri", "https://app.contoso.example:8443/signin"}, "AADSTS50011"},
		"redirect mismatch host":   {"", nil, v1Authorize, []string{"redirect_uri", "http://127.0.0.1:8765"}, "AADSTS50011"},
		"redirect with user":       {"", nil, v1Authorize, []string{"redirect_uri", "http://evil@localhost"}, "AADSTS50011"},
		"redirect not secure":      {"", nil, v1Authorize, []string{"redirect_uri", "http://app.contoso.example/signin"}, "AADSTS500117"},
		"redirect missing":         {"", nil, v1Authorize, []string{"redirect_uri", ""}, "AADSTS900971"},
		"redirect unregistered":    {"", func(t *Tenant) { t.Application.NoRedirectURI = true }, v1Authorize, nil, "AADSTS500113"},
		"application unknown":      {"", nil, v2Authorize, []string{"client_id", SecretID}, "AADSTS700016"},
		"application deleted":      {"", func(t *Tenant) { t.Application.Missing = true }, v2Authorize, nil, "AADSTS700016"},
		"application disabled":     {"", func(t *Tenant) { t.Application.Disabled = true }, v2Authorize, nil, "AADSTS7000112"},
		"application elsewhere":    {"", func(t *Tenant) { t.Application.Elsewhere = true }, v2Authorize, nil, "AADSTS700016"},
		"application missing":      {"", nil, v2Authorize, []string{"client_id", ""}, "AADSTS900144"},
		"single tenant at common":  {"common", nil, v1Authorize, nil, "AADSTS50194"},
		"tenant unknown":           {UnknownTenantID, nil, v2AdminConsent, nil, "AADSTS90002"},
		"tenant malformed":         {"Contoso Ltd", nil, v2AdminConsent, nil, "AADSTS900023"},
		"tenant of somebody else":  {ForeignTenantID, nil, v2AdminConsent, nil, "AADSTS700016"},
		"adminconsent redirect":    {"", nil, v2AdminConsent, []string{"redirect_uri", "https://elsewhere.example/"}, "AADSTS50011"},
		"adminconsent no redirect": {"", nil, v1AdminConsent, []string{"redirect_uri", ""}, "AADSTS900971"},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, test.set)
			path, q := ask(test.style, test.changes...)
			if test.tenant == "" {
				test.tenant = TenantID
			}
			r := get(t, client(t, s), "https://"+LoginHost+"/"+url.PathEscape(test.tenant)+path+"?"+q.Encode())
			if r.Header.Get("Location") != "" {
				t.Errorf("redirects to %s", r.Header.Get("Location"))
			}
			diff(t, test.want, match(t, errorCode, r.Body))
		})
	}
}

// TestConsentChanges guards what consent changes in the tenant, by the account that
// consented.
func TestConsentChanges(t *testing.T) {
	before := func(t *Tenant) {
		t.Application.NotConsented, t.Application.NoServicePrincipal, t.User.NoApplicationIDURI = true, true, true
	}
	for name, test := range map[string]struct {
		set     func(*Tenant)
		style   style
		account string
		changes []string
		filled  bool
	}{
		"the application user":             {nil, v1Authorize, "application-user", nil, true},
		"an administrator for everybody":   {nil, v2AdminConsent, "administrator", nil, true},
		"an administrator, admin_consent":  {nil, v1Authorize, "administrator", []string{"prompt", "admin_consent"}, true},
		"an administrator for himself":     {nil, v1Authorize, "administrator", nil, false},
		"somebody else":                    {nil, v1Authorize, "employee", nil, false},
		"the application user, licensed":   {func(t *Tenant) { t.User.Licensed = true }, v1Authorize, "application-user", nil, false},
		"before it was an app user at all": {func(t *Tenant) { t.User.NoApplicationID = true }, v1Authorize, "application-user", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, func(tenant *Tenant) {
				before(tenant)
				if test.set != nil {
					test.set(tenant)
				}
			})
			path, q := ask(test.style, test.changes...)
			if back := walk(t, client(t, s), "https://"+LoginHost, path, q, test.account, "accept"); back.Has("error") || back.Has("page") {
				t.Fatal(back)
			}
			now := s.now()
			diff(t, []bool{false, !test.filled}, []bool{now.Application.NoServicePrincipal, now.User.NoApplicationIDURI})
		})
	}
}

// TestUnregisteredRedirect guards that, without a registered redirect URI, the approval
// is saved before the redirect fails.
func TestUnregisteredRedirect(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Application.NoRedirectURI, t.Application.NotConsented = true, true })
	path, q := ask(v1AdminConsent, "redirect_uri", "https://evil.example/; script-src *")
	got := walk(t, client(t, s), "https://"+LoginHost, path, q, "administrator", "accept")
	diff(t, url.Values{"page": {"AADSTS500113"}}, got)
	if s.now().Application.NotConsented {
		t.Error("the approval was lost")
	}
}

func TestAdminsConsentOnly(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Application.NotConsented, t.Directory.AdminsConsentOnly = true, true })
	path, q := ask(v1Authorize)
	diff(t, url.Values{"page": {"AADSTS90094"}}, walk(t, client(t, s), "https://"+LoginHost, path, q, "application-user", ""))
}

func TestNoPermissions(t *testing.T) {
	for style, want := range map[style]map[string]string{
		v1Authorize:    {"page": "AADSTS650057"},
		v1AdminConsent: {"error": "access_denied", "error_description": "AADSTS1003031", "error_uri": "https://" + LoginHost + "/error?code=1003031", "state": "the state"},
	} {
		s := start(t, func(t *Tenant) { t.Application.NoPermissions = true })
		path, q := ask(style)
		diff(t, want, shape(walk(t, client(t, s), "https://"+LoginHost, path, q, "administrator", "accept")))
	}
}

// TestConsentIsAskedOnce guards that a user who has consented is not asked again, unless
// the address requires it.
func TestConsentIsAskedOnce(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	for prompt, asks := range map[string]bool{"": false, "select_account": false, "consent": true} {
		path, q := ask(v2Authorize, "prompt", prompt)
		r := get(t, c, "https://"+LoginHost+"/"+TenantID+path+"?"+q.Encode())
		r = post(t, c, "https://"+LoginHost+match(t, formTo, r.Body), url.Values{"flow": {match(t, flowField, r.Body)}, "account": {"employee"}})
		diff(t, asks, strings.Contains(r.Body, `id="accept"`))
	}
}
