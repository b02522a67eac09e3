package sandbox

import (
	"context"
	"crypto/tls"
	"net/http"
	"testing"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
)

func (s *Server) roundTripper() *http.Transport {
	return &http.Transport{
		DialContext:       s.Dial,
		TLSClientConfig:   &tls.Config{RootCAs: s.Roots(), MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2: true,
	}
}

func TestMSALSecret(t *testing.T) {
	s := start(t, nil)
	cred, err := confidential.NewCredFromSecret(s.secret)
	if err != nil {
		t.Fatal(err)
	}
	app, err := confidential.New("https://"+LoginHost+"/"+TenantID, ClientID, cred,
		confidential.WithHTTPClient(client(t, s)), confidential.WithInstanceDiscovery(false))
	if err != nil {
		t.Fatal(err)
	}
	got, err := app.AcquireTokenByCredential(context.Background(), []string{Environment + "/.default"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := signingKey().verify(got.AccessToken, s.time()); err != nil {
		t.Error(err)
	}
}
