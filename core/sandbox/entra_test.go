package sandbox

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// verdict is the part of an answer of the token endpoint that decides.
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

// TestTokenShape guards what is not in the form: method, type, repetition.
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
		"today": {func(t *Tenant) { t.Application.SecretExpired = true },
			`^AADSTS7000222: .* Trace ID: (\S+) Correlation ID: (\S+) Timestamp: (\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ)$`,
			[]string{"correlation_id", "error", "error_codes", "error_description", "error_uri", "timestamp", "trace_id"}},
		"older": {func(t *Tenant) { t.Application.SecretExpired, t.Login.CRLF, t.Login.NoCodes = true, true, true },
			`^AADSTS7000222: .*\r\nTrace ID: (\S+)\r\nCorrelation ID: (\S+)\r\nTimestamp: (\S+ \S+)$`,
			[]string{"correlation_id", "error", "error_description", "error_uri", "timestamp", "trace_id"}},
		"policy": {func(t *Tenant) { t.Directory.ConditionalAccess = true },
			`^AADSTS53003: .* Trace ID: (\S+) Correlation ID: (\S+) Timestamp: (\S+ \S+)$`,
			[]string{"claims", "correlation_id", "error", "error_codes", "error_description", "error_uri", "suberror", "timestamp", "trace_id"}},
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

// TestTokenClaims checks the token against the published keys and names every
// claim in it.
func TestTokenClaims(t *testing.T) {
	for name, test := range map[string]struct {
		set     func(*Tenant)
		changes []string
		want    map[string]any
		extra   []string
	}{
		"secret":      {want: map[string]any{"aud": Environment, "appidacr": "1"}},
		"slash":       {changes: []string{"scope", Environment + "//.default"}, want: map[string]any{"aud": Environment + "/"}},
		"graph":       {changes: []string{"scope", "https://" + GraphHost + "/.default"}, want: map[string]any{"aud": "https://" + GraphHost}},
		"graph roles": {set: func(t *Tenant) { t.Graph.Readable = true }, changes: []string{"scope", "https://" + GraphHost + "/.default"}, extra: []string{"roles"}},
		"foreign":     {set: func(t *Tenant) { t.Token.Foreign = true }, want: map[string]any{"tid": ForeignTenantID}},
		"another app": {set: func(t *Tenant) { t.Token.OtherApplication = true }, want: map[string]any{"appid": "b7c2e915-40d6-4f8a-93e1-6a5d0f27c8b4"}},
		"user":        {set: func(t *Tenant) { t.Token.User = true }, want: map[string]any{"scp": "user_impersonation", "upn": employeeAccount.SignIn, "oid": employeeAccount.ObjectID}, extra: []string{"acr", "amr", "name", "scp", "unique_name", "upn"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, test.set)
			c := client(t, s)
			token := post(t, c, tokenURL, credentials(s, test.changes...)).fields(t)["access_token"].(string)
			got := verifyByKeys(t, c, token)
			want := map[string]any{"appid": ClientID, "tid": TenantID, "ver": "1.0"}
			if !slices.Contains(test.extra, "scp") {
				want["oid"], want["sub"] = ServicePrincipalID, ServicePrincipalID
			}
			for name, value := range test.want {
				want[name] = value
			}
			for name, value := range want {
				diff(t, value, got[name])
			}
			diff(t, any("https://sts.windows.net/"+got["tid"].(string)+"/"), got["iss"])
			if got["exp"].(float64) <= got["iat"].(float64) || got["iat"] != got["nbf"] {
				t.Error(got["iat"], got["nbf"], got["exp"])
			}
			names := []string{"aud", "iss", "iat", "nbf", "exp", "aio", "appid", "appidacr", "idp", "oid", "rh", "sub", "tid", "uti", "ver"}
			for name := range got {
				if !slices.Contains(names, name) && !slices.Contains(test.extra, name) {
					t.Errorf("there is a claim %s", name)
				}
			}
		})
	}
}

// verifyByKeys does what a resource does: it reads jwks_uri and checks.
func verifyByKeys(t *testing.T, c *http.Client, token string) map[string]any {
	t.Helper()
	metadata := get(t, c, "https://"+LoginHost+"/"+TenantID+"/v2.0/.well-known/openid-configuration").fields(t)
	var keys struct{ Keys []struct{ Kid, N, E string } }
	if err := json.Unmarshal([]byte(get(t, c, metadata["jwks_uri"].(string)).Body), &keys); err != nil || len(keys.Keys) != 1 {
		t.Fatal(keys, err)
	}
	parts := strings.Split(token, ".")
	var header struct{ Alg, Kid, Typ string }
	if err := decodePart(parts[0], &header); err != nil || header.Kid != keys.Keys[0].Kid || header.Alg != "RS256" {
		t.Fatal(header, err)
	}
	n, _ := base64.RawURLEncoding.DecodeString(keys.Keys[0].N)
	e, _ := base64.RawURLEncoding.DecodeString(keys.Keys[0].E)
	signature, _ := base64.RawURLEncoding.DecodeString(parts[2])
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	key := &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}
	if err := rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], signature); err != nil {
		t.Fatal(err)
	}
	claims := map[string]any{}
	if err := decodePart(parts[1], &claims); err != nil {
		t.Fatal(err)
	}
	return claims
}

func TestMetadata(t *testing.T) {
	for name, test := range map[string]struct {
		host, tenant, path string
		set                func(*Tenant)
		want               map[string]any
		refused            verdict
	}{
		"v2 by GUID": {LoginHost, TenantID, "/v2.0", nil, map[string]any{
			"issuer":         "https://" + LoginHost + "/" + TenantID + "/v2.0",
			"token_endpoint": tokenURL, "tenant_region_scope": "EU", "cloud_instance_name": suffix, "msgraph_host": GraphHost,
		}, verdict{}},
		"v1 by domain": {LoginHost, TenantDomain, "", nil, map[string]any{
			"issuer":         "https://sts.windows.net/" + TenantID + "/",
			"token_endpoint": "https://" + LoginHost + "/" + TenantID + "/oauth2/token",
		}, verdict{}},
		"common": {LoginHost, "common", "/v2.0", nil, map[string]any{"issuer": "https://" + LoginHost + "/{tenantid}/v2.0"}, verdict{}},
		"another cloud's, asked here": {LoginHost, GovTenantID, "/v2.0", nil, map[string]any{
			"token_endpoint":          "https://" + GovLoginHost + "/" + GovTenantID + "/oauth2/v2.0/token",
			"tenant_region_sub_scope": "DODCON", "tenant_region_scope": "USGov",
		}, verdict{}},
		"moved":           {LoginHost, TenantID, "/v2.0", func(t *Tenant) { t.Directory.OtherCloud = true }, map[string]any{"issuer": "https://" + GovLoginHost + "/" + TenantID + "/v2.0"}, verdict{}},
		"unknown":         {LoginHost, UnknownTenantID, "/v2.0", nil, nil, verdict{400, "invalid_tenant", 90002}},
		"gone":            {LoginHost, TenantID, "/v2.0", func(t *Tenant) { t.Directory.Missing = true }, nil, verdict{400, "invalid_tenant", 90002}},
		"malformed":       {LoginHost, "Contoso%20Ltd", "/v2.0", nil, nil, verdict{400, "invalid_request", 900023}},
		"at the other":    {GovLoginHost, TenantID, "/v2.0", nil, nil, verdict{400, "invalid_tenant", 90002}},
		"own at other":    {GovLoginHost, GovTenantID, "/v2.0", nil, map[string]any{"issuer": "https://" + GovLoginHost + "/" + GovTenantID + "/v2.0"}, verdict{}},
		"domain in caps":  {LoginHost, strings.ToUpper(TenantDomain), "/v2.0", nil, map[string]any{"token_endpoint": tokenURL}, verdict{}},
		"unverified name": {LoginHost, "contoso.example", "/v2.0", nil, nil, verdict{400, "invalid_tenant", 90002}},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, test.set)
			r := get(t, client(t, s), "https://"+test.host+"/"+test.tenant+test.path+"/.well-known/openid-configuration")
			if test.want == nil {
				diff(t, test.refused, verdictOf(t, r))
				return
			}
			body := r.fields(t)
			for name, value := range test.want {
				diff(t, value, body[name])
			}
		})
	}
}

func TestInstanceDiscovery(t *testing.T) {
	s := start(t, nil)
	for host, status := range map[string]int{LoginHost: 200, GovLoginHost: 200, "login.evil.example": 400} {
		r := get(t, client(t, s), "https://"+LoginHost+"/common/discovery/instance?api-version=1.1&authorization_endpoint="+
			url.QueryEscape("https://"+host+"/"+TenantID+"/oauth2/v2.0/authorize"))
		diff(t, status, r.Status)
	}
}

// TestFreshSecret: the count goes down, and then the secret is known.
func TestFreshSecret(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Application.SecretFresh = 2 })
	c := client(t, s)
	var got []int
	for range 3 {
		got = append(got, post(t, c, tokenURL, credentials(s)).Status)
	}
	diff(t, []int{401, 401, 200}, got)
}

// TestAssertions: every way in which a certificate's proof can be wrong.
func TestAssertions(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Certificate.InUse = true })
	c := client(t, s)
	cert := s.registered(s.now())
	one, two := sha1.Sum(cert.Raw), sha256.Sum256(cert.Raw)
	now := time.Now()
	type header map[string]any
	good := header{"alg": "PS256", "typ": "JWT", "x5t#S256": b64(two[:])}
	body := func(changes ...any) map[string]any {
		out := map[string]any{
			"aud": tokenURL, "iss": ClientID, "sub": ClientID, "jti": newID(),
			"nbf": now.Unix(), "exp": now.Add(10 * time.Minute).Unix(),
		}
		for i := 0; i+1 < len(changes); i += 2 {
			out[changes[i].(string)] = changes[i+1]
		}
		return out
	}
	ok := verdict{Status: 200}
	for name, test := range map[string]struct {
		header header
		claims map[string]any
		key    *rsa.PrivateKey
		want   verdict
	}{
		"PS256":                {good, body(), rsaKey(), ok},
		"padded base64":        {header{"alg": "PS256", "x5t#S256": base64.StdEncoding.EncodeToString(two[:])}, body(), rsaKey(), ok},
		"RS256 with x5t":       {header{"alg": "RS256", "x5t": b64(one[:])}, body(), rsaKey(), ok},
		"aud is the issuer":    {good, body("aud", "https://"+LoginHost+"/"+TenantID+"/v2.0"), rsaKey(), ok},
		"another certificate":  {header{"alg": "PS256", "x5t#S256": b64(one[:])}, body(), rsaKey(), verdict{401, "invalid_client", 700027}},
		"another key":          {good, body(), otherRSAKey(), verdict{401, "invalid_client", 700027}},
		"no thumbprint":        {header{"alg": "PS256"}, body(), rsaKey(), verdict{400, "invalid_request", 5002723}},
		"elliptic curve":       {header{"alg": "ES256", "x5t#S256": b64(two[:])}, body(), rsaKey(), verdict{401, "invalid_client", 700027}},
		"unsigned":             {header{"alg": "none", "x5t#S256": b64(two[:])}, body(), rsaKey(), verdict{401, "invalid_client", 700027}},
		"another tenant's aud": {good, body("aud", "https://"+LoginHost+"/"+ForeignTenantID+"/oauth2/v2.0/token"), rsaKey(), verdict{401, "invalid_client", 700023}},
		"another cloud's aud":  {good, body("aud", "https://"+GovLoginHost+"/"+TenantID+"/oauth2/v2.0/token"), rsaKey(), verdict{401, "invalid_client", 700023}},
		"another subject":      {good, body("sub", SecretID), rsaKey(), verdict{401, "invalid_client", 700021}},
		"over":                 {good, body("nbf", now.Add(-time.Hour).Unix(), "exp", now.Add(-30*time.Minute).Unix()), rsaKey(), verdict{401, "invalid_client", 700024}},
		"not yet":              {good, body("nbf", now.Add(20*time.Minute).Unix(), "exp", now.Add(30*time.Minute).Unix()), rsaKey(), verdict{401, "invalid_client", 700024}},
		"no end":               {good, body("exp", 0), rsaKey(), verdict{401, "invalid_client", 700024}},
	} {
		t.Run(name, func(t *testing.T) {
			form := credentials(s, "client_secret", "", "client_assertion_type", jwtBearer, "client_assertion", assertion(t, test.header, test.claims, test.key))
			diff(t, test.want, verdictOf(t, post(t, c, tokenURL, form)))
		})
	}
	for name, text := range map[string]string{"not a JWT": "x", "not JSON": "eA.eA.eA", "not base64": "*.*.*"} {
		form := credentials(s, "client_secret", "", "client_assertion_type", jwtBearer, "client_assertion", text)
		t.Run(name, func(t *testing.T) {
			diff(t, verdict{400, "invalid_request", 50027}, verdictOf(t, post(t, c, tokenURL, form)))
		})
	}
	form := credentials(s, "client_secret", "", "client_assertion", assertion(t, good, body(), rsaKey()))
	diff(t, verdict{400, "invalid_request", 900144}, verdictOf(t, post(t, c, tokenURL, form)))
}

func assertion(t testing.TB, header, claims map[string]any, key *rsa.PrivateKey) string {
	t.Helper()
	h, err := json.Marshal(header)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	text := b64(h) + "." + b64(b)
	sum := sha256.Sum256([]byte(text))
	var signature []byte
	if header["alg"] == "RS256" {
		signature, err = rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	} else {
		signature, err = rsa.SignPSS(rand.Reader, key, crypto.SHA256, sum[:], nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + b64(signature)
}

// TestCodes: an authorization code is good once, for ten minutes, for the same
// client, tenant, address and verifier.
func TestCodes(t *testing.T) {
	verifier := b64(random(32))
	sum := sha256.Sum256([]byte(verifier))
	s := start(t, nil)
	c := client(t, s)
	code := func() string {
		path, q := ask(v2Authorize, "code_challenge", b64(sum[:]), "code_challenge_method", "S256")
		return walk(t, c, "https://"+LoginHost, path, q, "application-user", "accept").Get("code")
	}
	redeem := func(code string, changes ...string) verdict {
		form := credentials(s, append([]string{
			"grant_type", "authorization_code", "code", code, "redirect_uri", "http://localhost:8765",
			"code_verifier", verifier, "scope", Environment + "/user_impersonation openid",
		}, changes...)...)
		return verdictOf(t, post(t, c, tokenURL, form))
	}
	used := code()
	diff(t, verdict{Status: 200}, redeem(used))
	for name, test := range map[string]struct{ got, want verdict }{
		"twice":             {redeem(used), verdict{400, "invalid_grant", 54005}},
		"made up":           {redeem("1.Sandbox.x"), verdict{400, "invalid_grant", 9002313}},
		"none":              {redeem(""), verdict{400, "invalid_request", 900144}},
		"wrong verifier":    {redeem(code(), "code_verifier", b64(random(32))), verdict{400, "invalid_grant", 501481}},
		"no verifier":       {redeem(code(), "code_verifier", ""), verdict{400, "invalid_grant", 501481}},
		"another address":   {redeem(code(), "redirect_uri", "http://localhost:8766"), verdict{400, "invalid_grant", 50011}},
		"wrong secret":      {redeem(code(), "client_secret", "x"), verdict{401, "invalid_client", 7000215}},
		"no secret":         {redeem(code(), "client_secret", ""), verdict{401, "invalid_client", 7000218}},
		"unknown resource":  {redeem(code(), "scope", "https://contosso.crm4."+suffix+"/user_impersonation"), verdict{400, "invalid_resource", 500011}},
		"through /common":   {verdictOf(t, post(t, c, strings.Replace(tokenURL, TenantID, "common", 1), credentials(s, "grant_type", "authorization_code", "code", code(), "redirect_uri", "http://localhost:8765", "code_verifier", verifier, "scope", Environment+"/user_impersonation"))), verdict{Status: 200}},
		"another directory": {verdictOf(t, post(t, c, strings.Replace(tokenURL, TenantID, ForeignTenantID, 1), credentials(s, "grant_type", "authorization_code", "code", code()))), verdict{400, "unauthorized_client", 700016}},
	} {
		if test.got != test.want {
			t.Errorf("%s: %+v, want %+v", name, test.got, test.want)
		}
	}
	old := code()
	s.Configure(func(t *Tenant) { t.Clock = 11 * time.Minute })
	diff(t, verdict{400, "invalid_grant", 70008}, redeem(old))
}

// TestRefusals: every code that the sandbox knows is worded, and an unknown one
// too.
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
