package sandbox

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func graphToken(t testing.TB, s *Server, c *http.Client) http.Header {
	t.Helper()
	r := post(t, c, tokenURL, credentials(s, "scope", "https://"+GraphHost+"/.default"))
	return http.Header{"Authorization": {"Bearer " + r.fields(t)["access_token"].(string)}}
}

func TestGraphRefusals(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	for name, test := range map[string]struct {
		header http.Header
		status int
		code   string
	}{
		"no token":        {nil, 401, "InvalidAuthenticationToken"},
		"for Dataverse":   {bearer(t, s, c), 401, "InvalidAuthenticationToken"},
		"without a right": {graphToken(t, s, c), 403, "Authorization_RequestDenied"},
	} {
		r := send(t, c, http.MethodGet, "https://"+GraphHost+"/v1.0/applications(appId='"+ClientID+"')", "", test.header)
		e := r.fields(t)["error"].(map[string]any)
		if r.Status != test.status || e["code"] != test.code || e["innerError"] == nil {
			t.Errorf("%s: %d %v", name, r.Status, e)
		}
	}
}

func TestGraphSecretEnd(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Graph.Readable, t.Application.SecretLasts = true, 7*24*time.Hour })
	c := client(t, s)
	header := graphToken(t, s, c)
	app := send(t, c, http.MethodGet, "https://"+GraphHost+"/v1.0/applications(appId='"+ClientID+"')", "", header)
	password := app.fields(t)["passwordCredentials"].([]any)[0].(map[string]any)
	end, err := time.Parse(time.RFC3339, password["endDateTime"].(string))
	if err != nil || time.Until(end) > 7*24*time.Hour || time.Until(end) < 6*24*time.Hour {
		t.Error(end, err)
	}
	if password["secretText"] != nil || strings.Contains(app.Body, s.secret) || password["hint"] != s.secret[:3] {
		t.Error("a registration shows the first three characters of a secret, and no more")
	}
	for path, status := range map[string]int{
		"servicePrincipals(appId='" + ClientID + "')":       200,
		"servicePrincipals(appId='" + dataverseAppID + "')": 200,
		"organization":                             200,
		"applications(appId='" + SecretID + "')":   404,
		"applications/" + ClientID:                 404,
		"applications(appId='" + ClientID + "')/x": 404,
	} {
		if r := send(t, c, http.MethodGet, "https://"+GraphHost+"/v1.0/"+path, "", header); r.Status != status {
			t.Errorf("%s: %d", path, r.Status)
		}
	}
}

func TestGraphCertificateEnd(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Graph.Readable, t.Certificate.InUse = true, true })
	c := client(t, s)
	app := s.now()
	r := tokenRequest{tenant: app, dir: contoso, now: s.time()}
	header := http.Header{"Authorization": {"Bearer " + s.appToken(r, resource{graphAppID, "https://" + GraphHost, GraphHost}, ClientID, byCertificate)}}
	body := send(t, c, http.MethodGet, "https://"+GraphHost+"/v1.0/applications(appId='"+ClientID+"')", "", header).fields(t)
	key := body["keyCredentials"].([]any)[0].(map[string]any)
	diff(t, any(thumbprintOf(s.registered(app))), key["customKeyIdentifier"])
	diff(t, 0, len(body["passwordCredentials"].([]any)))
}
