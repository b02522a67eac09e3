package sandbox

import (
	"crypto/sha256"
	"crypto/x509"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
)

func msalClient(t *testing.T, c *http.Client, cred confidential.Credential, options ...confidential.Option) confidential.Client {
	t.Helper()
	options = append(options, confidential.WithHTTPClient(c), confidential.WithInstanceDiscovery(false))
	app, err := confidential.New("https://"+LoginHost+"/"+TenantID, ClientID, cred, options...)
	if err != nil {
		t.Fatal(err)
	}
	return app
}

func secretCredential(t *testing.T, s *Server) confidential.Credential {
	t.Helper()
	cred, err := confidential.NewCredFromSecret(s.secret)
	if err != nil {
		t.Fatal(err)
	}
	return cred
}

func TestMSALSecret(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	got, err := msalClient(t, c, secretCredential(t, s)).AcquireTokenByCredential(t.Context(), []string{Environment + "/.default"})
	if err != nil {
		t.Fatal(err)
	}
	claims := verifyByKeys(t, c, got.AccessToken)
	diff(t, []any{Environment, TenantID, ClientID, ServicePrincipalID, nil}, []any{claims["aud"], claims["tid"], claims["appid"], claims["oid"], claims["scp"]})
}

// TestMSALCertificate guards that the sandbox accepts MSAL's PS256 signature, with
// x5t#S256 in ordinary base64, as Entra does.
func TestMSALCertificate(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Certificate.InUse = true })
	cred, err := confidential.NewCredFromCert([]*x509.Certificate{s.registered(s.now())}, rsaKey())
	if err != nil {
		t.Fatal(err)
	}
	for name, options := range map[string][]confidential.Option{"plain": nil, "with chain": {confidential.WithX5C()}} {
		if _, err := msalClient(t, client(t, s), cred, options...).AcquireTokenByCredential(t.Context(), []string{Environment + "/.default"}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestMSALRedeem goes through the pages and has MSAL redeem the code.
func TestMSALRedeem(t *testing.T) {
	verifier := b64(random(32))
	sum := sha256.Sum256([]byte(verifier))
	for name, test := range map[string]struct {
		path  string
		query url.Values
		opts  []confidential.AcquireByAuthCodeOption
	}{
		"v1": {"/oauth2/authorize", url.Values{"resource": {Environment}}, nil},
		"v2": {"/oauth2/v2.0/authorize", url.Values{
			"scope":          {Environment + "/user_impersonation openid profile"},
			"code_challenge": {b64(sum[:])}, "code_challenge_method": {"S256"},
		}, []confidential.AcquireByAuthCodeOption{confidential.WithChallenge(verifier)}},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, nil)
			c := client(t, s)
			test.query.Set("client_id", ClientID)
			test.query.Set("response_type", "code")
			test.query.Set("redirect_uri", "http://localhost:8765")
			back := walk(t, c, "https://"+LoginHost, test.path, test.query, "application-user", "accept")
			got, err := msalClient(t, c, secretCredential(t, s)).AcquireTokenByAuthCode(t.Context(), back.Get("code"),
				"http://localhost:8765", []string{Environment + "/user_impersonation"}, test.opts...)
			if err != nil {
				t.Fatal(err)
			}
			diff(t, applicationUserAccount.SignIn, got.IDToken.PreferredUsername)
			diff(t, any("user_impersonation"), verifyByKeys(t, c, got.AccessToken)["scp"])
			if got.IDToken.Oid != applicationUserAccount.ObjectID || !strings.EqualFold(got.IDToken.TenantID, TenantID) {
				t.Errorf("%+v", got.IDToken)
			}
		})
	}
}
