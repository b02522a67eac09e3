package sandbox

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestMetadataAdvertisesWhatIsServed asks every endpoint that the documents name.
func TestMetadataAdvertisesWhatIsServed(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	for _, document := range []string{
		TenantID + "/v2.0/.well-known/openid-configuration", TenantID + "/.well-known/openid-configuration",
		"common/v2.0/.well-known/openid-configuration", "organizations/v2.0/.well-known/openid-configuration",
	} {
		asked := 0
		for name, value := range get(t, c, "https://"+LoginHost+"/"+document).fields(t) {
			address, ok := value.(string)
			if !ok || !strings.HasPrefix(address, "https://") || name == "issuer" {
				continue
			}
			asked++
			for _, method := range []string{http.MethodGet, http.MethodPost} {
				if r := send(t, c, method, address, "", nil); r.Header.Get("x-sandbox") != "" {
					t.Errorf("%s: %s is not served", document, name)
				}
			}
		}
		if asked < 3 {
			t.Errorf("%s: %d endpoints", document, asked)
		}
	}
}

// TestEntraErrorHeaders: an error has the headers of its record, and no others.
// None of the token endpoint's has a challenge.
func TestEntraErrorHeaders(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	token := func(address string, form url.Values) reply {
		return send(t, c, http.MethodPost, address, form.Encode(), http.Header{
			"Content-Type": {"application/x-www-form-urlencoded"}, "Client-Request-Id": {ClientID}, "Return-Client-Request-Id": {"true"},
		})
	}
	for record, got := range map[string]reply{
		"entra-401-7000215-2021":      token(tokenURL, credentials(s, "client_secret", "wrong")),
		"entra-400-openid-90002-2023": get(t, c, "https://"+LoginHost+"/"+UnknownTenantID+"/v2.0/.well-known/openid-configuration"),
		"entra-400-token-90002-2021":  post(t, c, strings.Replace(tokenURL, TenantID, UnknownTenantID, 1), credentials(s)),
	} {
		t.Run(record, func(t *testing.T) {
			raw, err := os.Open(filepath.Join("..", "testdata", "wire", record+".http"))
			if err != nil {
				t.Fatal(err)
			}
			defer raw.Close()
			want, err := http.ReadResponse(bufio.NewReader(raw), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer want.Body.Close()
			diff(t, want.StatusCode, got.Status)
			// Records of 2021 lack it, those of 2023 have it.
			delete(got.Header, "X-Xss-Protection")
			want.Header.Del("X-XSS-Protection")
			diff(t, slices.Sorted(maps.Keys(want.Header)), slices.Sorted(maps.Keys(got.Header)))
		})
	}
}

// TestStableAccount: a person is the same subject at every sign-in, and another
// one to another application; client_info comes where it is asked for.
func TestStableAccount(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	signIn := func(account, clientInfo string) (sub, info string) {
		path, q := ask(v2Authorize)
		code := walk(t, c, "https://"+LoginHost, path, q, account, "accept").Get("code")
		got := post(t, c, tokenURL, credentials(s, "grant_type", "authorization_code", "code", code, "client_info", clientInfo,
			"redirect_uri", "http://localhost:8765", "scope", Environment+"/user_impersonation openid")).fields(t)
		var claims struct{ Sub string }
		if decodePart(strings.Split(got["id_token"].(string), ".")[1], &claims) != nil || claims.Sub == "" {
			t.Fatal(got)
		}
		info, _ = got["client_info"].(string)
		return claims.Sub, info
	}
	first, none := signIn("administrator", "")
	second, info := signIn("administrator", "1")
	other, _ := signIn("application-user", "1")
	diff(t, first, second)
	diff(t, "", none)
	if other == first {
		t.Error("two people are one subject")
	}
	if administratorAccount.subject(dataverseAppID) == first {
		t.Error("one subject for two applications")
	}
	raw, err := base64.RawURLEncoding.DecodeString(info)
	var account struct{ UID, UTID string }
	if err != nil || json.Unmarshal(raw, &account) != nil {
		t.Fatal(info, err)
	}
	diff(t, struct{ UID, UTID string }{administratorAccount.ObjectID, TenantID}, account)
}
