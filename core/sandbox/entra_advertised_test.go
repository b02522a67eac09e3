package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// TestMetadataAdvertisesWhatIsServed sends a request to every endpoint in the metadata
// documents.
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

// TestStableAccount guards that a user has the same subject at every sign-in, and a
// different subject in another application, and that client_info is returned if it is
// requested.
func TestStableAccount(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	signIn := func(account, clientInfo string) (sub, info string) {
		path, q := ask(v2Authorize)
		code := walk(t, c, "https://"+LoginHost, path, q, account, "accept").Get("code")
		got := post(t, c, tokenURL, credentials(s, "grant_type", "authorization_code", "code", code, "client_info", clientInfo,
			"redirect_uri", "http://localhost:8765", "scope", Environment+"/user_impersonation openid")).fields(t)
		sub, err := verifyByKeys(t, c, got["id_token"].(string)).GetSubject()
		if err != nil || sub == "" {
			t.Fatal(got, err)
		}
		info, _ = got["client_info"].(string)
		return sub, info
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
