package sandbox

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// verdict is the part of the token endpoint's response that decides.
type verdict struct {
	Status int
	Error  string
	Code   float64
}

func verdictOf(t testing.TB, r reply) verdict {
	t.Helper()
	body := r.fields(t)
	v := verdict{Status: r.Status}
	v.Error, _ = body["error"].(string)
	if codes, _ := body["error_codes"].([]any); len(codes) > 0 {
		v.Code, _ = codes[0].(float64)
	}
	return v
}

func TestTokenStrictness(t *testing.T) {
	good := verdict{Status: 200}
	for name, test := range map[string]struct {
		set     func(*Tenant)
		tenant  string
		changes []string
		want    verdict
	}{
		"good":                    {want: good},
		"tenant by domain":        {tenant: TenantDomain, want: good},
		"tenant in capitals":      {tenant: strings.ToUpper(TenantID), want: good},
		"with MSAL's scopes":      {changes: []string{"scope", Environment + "/.default openid offline_access profile"}, want: good},
		"with a slash in aud":     {changes: []string{"scope", Environment + "//.default"}, want: good},
		"api host":                {changes: []string{"scope", "https://contoso.api.crm4." + suffix + "/.default"}, want: good},
		"legacy resource ID":      {changes: []string{"scope", dataverseAppID + "/.default"}, want: good},
		"client ID in capitals":   {changes: []string{"client_id", strings.ToUpper(ClientID)}, want: good},
		"no grant type":           {changes: []string{"grant_type", ""}, want: verdict{400, "invalid_request", 900144}},
		"unknown grant type":      {changes: []string{"grant_type", "client_credential"}, want: verdict{400, "unsupported_grant_type", 70003}},
		"no client":               {changes: []string{"client_id", ""}, want: verdict{400, "invalid_request", 900144}},
		"no secret":               {changes: []string{"client_secret", ""}, want: verdict{401, "invalid_client", 7000216}},
		"no scope":                {changes: []string{"scope", ""}, want: verdict{400, "invalid_request", 900144}},
		"resource at v2":          {changes: []string{"resource", Environment}, want: verdict{400, "invalid_request", 901002}},
		"delegated scope":         {changes: []string{"scope", Environment + "/user_impersonation"}, want: verdict{400, "invalid_scope", 1002012}},
		"scope without default":   {changes: []string{"scope", Environment}, want: verdict{400, "invalid_scope", 1002012}},
		"scope without scheme":    {changes: []string{"scope", EnvironmentHost + "/.default"}, want: verdict{400, "invalid_scope", 70011}},
		"scope encoded twice":     {changes: []string{"scope", url.QueryEscape(Environment + "/.default")}, want: verdict{400, "invalid_scope", 70011}},
		"two resources":           {changes: []string{"scope", Environment + "/.default https://" + GraphHost + "/.default"}, want: verdict{400, "invalid_scope", 70011}},
		"openid alone":            {changes: []string{"scope", "openid"}, want: verdict{400, "invalid_scope", 1002012}},
		"resource mistyped":       {changes: []string{"scope", "https://contosso.crm4." + suffix + "/.default"}, want: verdict{400, "invalid_resource", 500011}},
		"resource with path":      {changes: []string{"scope", Environment + "/XRMServices/2011/Organization.svc/.default"}, want: verdict{400, "invalid_resource", 500011}},
		"resource of another":     {changes: []string{"scope", "https://" + ForeignEnvironmentHost + "/.default"}, want: verdict{400, "invalid_resource", 500011}},
		"secret ID":               {changes: []string{"client_secret", SecretID}, want: verdict{401, "invalid_client", 7000215}},
		"object ID as client":     {changes: []string{"client_id", RegistrationObjectID}, want: verdict{400, "unauthorized_client", 700016}},
		"tenant unknown":          {tenant: UnknownTenantID, want: verdict{400, "invalid_request", 90002}},
		"tenant malformed":        {tenant: "undefined", want: verdict{400, "invalid_request", 900023}},
		"tenant empty GUID":       {tenant: "00000000-0000-0000-0000-000000000000", want: verdict{400, "invalid_request", 900021}},
		"tenant common":           {tenant: "common", want: verdict{400, "invalid_request", 50059}},
		"tenant of another":       {tenant: ForeignTenantID, want: verdict{400, "unauthorized_client", 700016}},
		"tenant of another cloud": {tenant: GovTenantID, want: verdict{400, "invalid_request", 90038}},
		"secret expired":          {set: func(t *Tenant) { t.Application.SecretExpired = true }, want: verdict{401, "invalid_client", 7000222}},
		"public client":           {set: func(t *Tenant) { t.Application.Public = true }, want: verdict{401, "invalid_client", 700025}},
		"disabled":                {set: func(t *Tenant) { t.Application.Disabled = true }, want: verdict{400, "unauthorized_client", 7000112}},
		"no service principal":    {set: func(t *Tenant) { t.Application.NoServicePrincipal = true }, want: verdict{401, "invalid_client", 7000229}},
		"unassigned":              {set: func(t *Tenant) { t.Application.Unassigned = true }, want: verdict{400, "invalid_grant", 501051}},
		"deleted":                 {set: func(t *Tenant) { t.Application.Missing = true }, want: verdict{400, "unauthorized_client", 700016}},
		"registered elsewhere":    {set: func(t *Tenant) { t.Application.Elsewhere = true }, want: verdict{400, "unauthorized_client", 700016}},
		"elsewhere, asked there":  {set: func(t *Tenant) { t.Application.Elsewhere = true }, tenant: ForeignTenantID, changes: []string{"scope", "https://" + ForeignEnvironmentHost + "/.default"}, want: good},
		"lapsed":                  {set: func(t *Tenant) { t.Directory.Lapsed = true }, want: verdict{400, "invalid_resource", 500014}},
		"conditional access":      {set: func(t *Tenant) { t.Directory.ConditionalAccess = true }, want: verdict{400, "invalid_grant", 53003}},
		"restricted":              {set: func(t *Tenant) { t.Directory.Restricted = true }, want: verdict{403, "access_denied", 500021}},
		"certificate only":        {set: func(t *Tenant) { t.Certificate.InUse = true }, want: verdict{401, "invalid_client", 7000215}},
		"any code":                {set: func(t *Tenant) { t.Login.Refuse = 50196 }, want: verdict{400, "invalid_request", 50196}},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, test.set)
			if test.tenant == "" {
				test.tenant = TenantID
			}
			r := post(t, client(t, s), "https://"+LoginHost+"/"+test.tenant+"/oauth2/v2.0/token", credentials(s, test.changes...))
			diff(t, test.want, verdictOf(t, r))
		})
	}
}

// TestTokenShape guards the parts of a request outside its form: method, type,
// repetition.
func TestTokenShape(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	form := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	basic := form.Clone()
	basic.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(ClientID+":"+url.QueryEscape(s.secret))))
	for name, test := range map[string]struct {
		method, body string
		header       http.Header
		want         verdict
	}{
		"GET":         {http.MethodGet, "", nil, verdict{400, "invalid_request", 900561}},
		"JSON":        {http.MethodPost, `{"grant_type":"client_credentials"}`, http.Header{"Content-Type": {"application/json"}}, verdict{400, "invalid_request", 900144}},
		"in the URL":  {http.MethodPost, "", form, verdict{400, "invalid_request", 900144}},
		"twice":       {http.MethodPost, credentials(s).Encode() + "&client_id=" + ClientID, form, verdict{400, "invalid_request", 9002313}},
		"broken":      {http.MethodPost, "grant_type=%zz", form, verdict{400, "invalid_request", 9002313}},
		"HTTP Basic":  {http.MethodPost, credentials(s, "client_id", "", "client_secret", "").Encode(), basic, verdict{Status: 200}},
		"no encoding": {http.MethodPost, "grant_type=client_credentials&client_id=" + ClientID + "&client_secret=" + strings.Replace(s.secret, ".", "%252E", 1) + "&scope=" + Environment + "/.default", form, verdict{401, "invalid_client", 7000215}},
	} {
		t.Run(name, func(t *testing.T) {
			address := tokenURL
			if name == "in the URL" {
				address += "?" + credentials(s).Encode()
			}
			diff(t, test.want, verdictOf(t, send(t, c, test.method, address, test.body, test.header)))
		})
	}
}

func TestErrorAnswer(t *testing.T) {
	for name, test := range map[string]struct {
		set         func(*Tenant)
		description string
		members     []string
	}{
		"today": {
			func(t *Tenant) { t.Application.SecretExpired = true },
			`^AADSTS7000222: .* Trace ID: (\S+) Correlation ID: (\S+) Timestamp: (\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ)$`,
			[]string{"correlation_id", "error", "error_codes", "error_description", "error_uri", "timestamp", "trace_id"},
		},
		"older": {
			func(t *Tenant) { t.Application.SecretExpired, t.Login.CRLF, t.Login.NoCodes = true, true, true },
			`^AADSTS7000222: .*\r\nTrace ID: (\S+)\r\nCorrelation ID: (\S+)\r\nTimestamp: (\S+ \S+)$`,
			[]string{"correlation_id", "error", "error_description", "error_uri", "timestamp", "trace_id"},
		},
		"policy": {
			func(t *Tenant) { t.Directory.ConditionalAccess = true },
			`^AADSTS53003: .* Trace ID: (\S+) Correlation ID: (\S+) Timestamp: (\S+ \S+)$`,
			[]string{"claims", "correlation_id", "error", "error_codes", "error_description", "error_uri", "suberror", "timestamp", "trace_id"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, test.set)
			const correlation = "3d1f9f0e-52a5-4c0c-9a0e-6f3c1f0b8a77"
			r := send(t, client(t, s), http.MethodPost, tokenURL, credentials(s).Encode(), http.Header{
				"Content-Type": {"application/x-www-form-urlencoded"}, "Client-Request-Id": {correlation},
			})
			body := r.fields(t)
			diff(t, test.members, slices.Sorted(func(yield func(string) bool) {
				for name := range body {
					if !yield(name) {
						return
					}
				}
			}))
			m := regexp.MustCompile(test.description).FindStringSubmatch(body["error_description"].(string))
			if m == nil {
				t.Fatalf("%q", body["error_description"])
			}
			diff(t, []any{body["trace_id"], correlation, body["timestamp"]}, []any{m[1], m[2], m[3]})
			diff(t, body["trace_id"].(string), r.Header.Get("x-ms-request-id"))
			diff(t, "application/json; charset=utf-8", r.Header.Get("Content-Type"))
			if !strings.Contains(r.Header.Get("Cache-Control"), "no-store") || r.Header.Get("x-ms-ests-server") == "" {
				t.Error(r.Header)
			}
		})
	}
}

func TestV1Token(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	v1 := "https://" + LoginHost + "/" + TenantID + "/oauth2/token"
	body := post(t, c, v1, credentials(s, "scope", "", "resource", Environment)).fields(t)
	for _, name := range []string{"expires_in", "expires_on", "not_before"} {
		if _, ok := body[name].(string); !ok {
			t.Errorf("%s is %T, not text", name, body[name])
		}
	}
	diff(t, any(Environment), body["resource"])
	diff(t, verdict{400, "invalid_request", 900144}, verdictOf(t, post(t, c, v1, credentials(s))))
}

// TestFreshSecret guards that a new secret is known only after a number of requests.
func TestFreshSecret(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Application.SecretFresh = 2 })
	c := client(t, s)
	var got []int
	for range 3 {
		got = append(got, post(t, c, tokenURL, credentials(s)).Status)
	}
	diff(t, []int{401, 401, 200}, got)
}

// TestRefusals guards that every code of the sandbox has its message, and that an unknown
// code has one too.
func TestRefusals(t *testing.T) {
	for code, r := range refusals {
		f := fail(code)
		if strings.Contains(f.Text, "%!") || strings.Contains(f.Text, "%s") || r.OAuth == "" || r.Status < 400 {
			t.Errorf("%d: %+v", code, f)
		}
	}
	diff(t, "The request was refused (sandbox).", fail(123456, "x").Text)
	if got := fail(500011, "a", "b").Text; !strings.Contains(got, "named a was not found in the tenant named b") {
		t.Error(got)
	}
}
