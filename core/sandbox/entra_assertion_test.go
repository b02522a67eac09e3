package sandbox

import (
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// TestAssertions guards every fault of a certificate's assertion.
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
		"fractions":            {good, body("nbf", float64(now.Unix())-0.75, "exp", float64(now.Unix())+600.25), rsaKey(), ok},
		"no end":               {good, body("exp", 0), rsaKey(), verdict{401, "invalid_client", 700024}},
	} {
		t.Run(name, func(t *testing.T) {
			form := credentials(s, "client_secret", "", "client_assertion_type", jwtBearer, "client_assertion", signAssertion(t, test.header, test.claims, test.key))
			diff(t, test.want, verdictOf(t, post(t, c, tokenURL, form)))
		})
	}
	for name, text := range map[string]string{"not a JWT": "x", "not JSON": "eA.eA.eA", "not base64": "*.*.*"} {
		form := credentials(s, "client_secret", "", "client_assertion_type", jwtBearer, "client_assertion", text)
		t.Run(name, func(t *testing.T) {
			diff(t, verdict{400, "invalid_request", 50027}, verdictOf(t, post(t, c, tokenURL, form)))
		})
	}
	form := credentials(s, "client_secret", "", "client_assertion", signAssertion(t, good, body(), rsaKey()))
	diff(t, verdict{400, "invalid_request", 900144}, verdictOf(t, post(t, c, tokenURL, form)))
}

// signAssertion signs with an independent library: a server that verifies its own tokens
// would agree with its own mistakes. "alg" in the header may be wrong.
func signAssertion(t testing.TB, header, claims map[string]any, key *rsa.PrivateKey) string {
	t.Helper()
	var method jwt.SigningMethod = jwt.SigningMethodPS256
	if header["alg"] == "RS256" {
		method = jwt.SigningMethodRS256
	}
	token := jwt.NewWithClaims(method, jwt.MapClaims(claims))
	token.Header = header
	text, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
