package sandbox

import (
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"slices"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

// TestTokenClaims verifies the token with the published keys and compares all of its
// claims.
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

// verifyByKeys acts as a resource: it reads the keys that the metadata names and verifies
// signature and time, with an independent library.
func verifyByKeys(t *testing.T, c *http.Client, token string) jwt.MapClaims {
	t.Helper()
	return verifyAt(t, c, "https://"+LoginHost, token)
}

// verifyAt is verifyByKeys for a login host with another name.
func verifyAt(t *testing.T, c *http.Client, login, token string) jwt.MapClaims {
	t.Helper()
	metadata := get(t, c, login+"/"+TenantID+"/v2.0/.well-known/openid-configuration").fields(t)
	return verifyBy(t, c, metadata["jwks_uri"].(string), token)
}

// verifyBy verifies signature and time with the keys at an address.
func verifyBy(t *testing.T, c *http.Client, address, token string) jwt.MapClaims {
	t.Helper()
	var keys struct{ Keys []struct{ Kid, N, E string } }
	if err := json.Unmarshal([]byte(get(t, c, address).Body), &keys); err != nil || len(keys.Keys) != 1 {
		t.Fatal(keys, err)
	}
	n, err := base64.RawURLEncoding.DecodeString(keys.Keys[0].N)
	e, err2 := base64.RawURLEncoding.DecodeString(keys.Keys[0].E)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	claims := jwt.MapClaims{}
	_, err = jwt.ParseWithClaims(token, claims, func(j *jwt.Token) (any, error) {
		if j.Header["kid"] != keys.Keys[0].Kid {
			return nil, fmt.Errorf("signed with key %v", j.Header["kid"])
		}
		return &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}, nil
	}, jwt.WithValidMethods([]string{"RS256"}), jwt.WithExpirationRequired())
	if err != nil {
		t.Fatal(err)
	}
	return claims
}
