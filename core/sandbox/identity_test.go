package sandbox

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/managedidentity"
)

// askIdentity sends the request of a program at a place, for a token of the environment
// unless changes name another resource.
func askIdentity(t testing.TB, s *Server, place Place, changes ...string) reply {
	t.Helper()
	c := client(t, s)
	q := url.Values{"resource": {Environment}, "api-version": {map[Place]string{
		VirtualMachine: "2018-02-01", AppService: "2019-08-01", AzureArc: "2020-06-01",
	}[place]}}
	header := http.Header{"Metadata": {"true"}}
	for i := 0; i+1 < len(changes); i += 2 {
		switch name, value := changes[i], changes[i+1]; {
		case name == "Metadata" || name == "X-Identity-Header" || name == "X-Forwarded-For":
			header.Set(name, value)
		case value == "":
			q.Del(name)
		default:
			q.Set(name, value)
		}
	}
	vars := s.IdentityVariables(place)
	switch place {
	case AppService:
		if header.Get("X-Identity-Header") == "" {
			header.Set("X-Identity-Header", vars["IDENTITY_HEADER"])
		}
		return send(t, c, http.MethodGet, vars["IDENTITY_ENDPOINT"]+"?"+q.Encode(), "", header)
	case AzureArc:
		address := vars["IDENTITY_ENDPOINT"] + "?" + q.Encode()
		challenge := send(t, c, http.MethodGet, address, "", header)
		path, ok := strings.CutPrefix(challenge.Header.Get("WWW-Authenticate"), "Basic realm=")
		if !ok {
			return challenge
		}
		key, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		header.Set("Authorization", "Basic "+string(key))
		return send(t, c, http.MethodGet, address, "", header)
	case CloudShell:
		header.Set("Content-Type", "application/x-www-form-urlencoded")
		return send(t, c, http.MethodPost, vars["MSI_ENDPOINT"], url.Values{"resource": q["resource"]}.Encode(), header)
	}
	return send(t, c, http.MethodGet, "http://169.254.169.254/metadata/identity/oauth2/token?"+q.Encode(), "", header)
}

// TestIdentityTokens guards that every place issues a token that the environment accepts,
// in the format of its endpoint.
func TestIdentityTokens(t *testing.T) {
	for place, test := range map[Place]struct {
		changes []string
		missing []string
	}{
		VirtualMachine: {nil, nil},
		AppService:     {nil, []string{"expires_in", "not_before"}},
		AzureArc:       {nil, nil},
	} {
		for _, id := range [][]string{nil, {"client_id", strings.ToUpper(ClientID)}, {"object_id", ServicePrincipalID}, {"mi_res_id", strings.ToUpper(IdentityResource)}} {
			s := start(t, nil)
			r := askIdentity(t, s, place, append(test.changes, id...)...)
			body := r.fields(t)
			token, _ := body["access_token"].(string)
			diff(t, []any{200, Environment, "Bearer"}, []any{r.Status, body["resource"], body["token_type"]})
			if _, isText := body["expires_on"].(string); !isText {
				t.Errorf("%s: expires_on is %v", place, body["expires_on"])
			}
			for _, name := range test.missing {
				if _, there := body[name]; there {
					t.Errorf("%s: %s", place, name)
				}
			}
			c := client(t, s)
			claims := verifyByKeys(t, c, token)
			diff(t, []any{ClientID, "2", IdentityResource, Environment}, []any{claims["appid"], claims["appidacr"], claims["xms_mirid"], claims["aud"]})
			who := send(t, c, http.MethodGet, webAPI+"WhoAmI", "", http.Header{"Authorization": {"Bearer " + token}})
			diff(t, any(UserID), who.fields(t)["UserId"])
		}
	}
}

// TestIdentityRefusals guards the messages of each endpoint, because no code
// distinguishes them.
func TestIdentityRefusals(t *testing.T) {
	const other = "7e1c5b20-9d46-4a83-b0f7-2c8d1a6e5b94"
	unassigned := func(t *Tenant) { t.Identity.Unassigned = true }
	several := func(t *Tenant) { t.Identity.Several = true }
	for name, test := range map[string]struct {
		set     func(*Tenant)
		place   Place
		changes []string
		status  int
		text    string
	}{
		"machine without":              {unassigned, VirtualMachine, nil, 400, "Identity not found"},
		"machine, another":             {nil, VirtualMachine, []string{"client_id", other}, 400, "Identity not found"},
		"machine, several":             {several, VirtualMachine, nil, 400, "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request"},
		"machine, one of several":      {several, VirtualMachine, []string{"client_id", ClientID}, 200, ""},
		"machine, no header":           {nil, VirtualMachine, []string{"Metadata", "false"}, 400, "Required metadata header not specified"},
		"machine, forwarded":           {nil, VirtualMachine, []string{"X-Forwarded-For", "203.0.113.7"}, 400, "forwarded"},
		"machine, no version":          {nil, VirtualMachine, []string{"api-version", ""}, 400, "api-version"},
		"machine, no resource":         {nil, VirtualMachine, []string{"resource", ""}, 400, "resource"},
		"machine, unknown resource":    {nil, VirtualMachine, []string{"resource", "https://" + MistypedHost}, 400, "AADSTS500011: The resource principal named https://" + MistypedHost},
		"machine, busy":                {func(t *Tenant) { t.Identity.Throttled = Always }, VirtualMachine, nil, 429, "rate"},
		"App Service without":          {unassigned, AppService, nil, 400, "Unable to load the proper Managed Identity."},
		"App Service, several":         {several, AppService, nil, 400, "Unable to load the proper Managed Identity."},
		"App Service, one of several":  {several, AppService, []string{"client_id", ClientID}, 200, ""},
		"App Service, another":         {nil, AppService, []string{"client_id", other}, 400, "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId."},
		"App Service, another header":  {nil, AppService, []string{"X-Identity-Header", "x"}, 401, "X-IDENTITY-HEADER"},
		"App Service, another version": {nil, AppService, []string{"api-version", "2017-09-01"}, 501, "not_modelled"},
		"Arc without":                  {unassigned, AzureArc, nil, 400, "Identity not found"},
		"Arc, no header":               {nil, AzureArc, []string{"Metadata", "false"}, 400, "Required metadata header"},
		"Cloud Shell, no header":       {nil, CloudShell, []string{"Metadata", "false"}, 400, "Required metadata header"},
	} {
		t.Run(name, func(t *testing.T) {
			r := askIdentity(t, start(t, test.set), test.place, test.changes...)
			diff(t, test.status, r.Status)
			if !strings.Contains(r.Body, test.text) {
				t.Errorf("%q is not in %s", test.text, r.Body)
			}
		})
	}
}

// TestArcKey guards that a key is in a file that only its owner can read, and is valid
// once.
func TestArcKey(t *testing.T) {
	folder := t.TempDir()
	s := start(t, func(t *Tenant) { t.Identity.KeyFolder = folder })
	c := client(t, s)
	address := s.IdentityVariables(AzureArc)["IDENTITY_ENDPOINT"] + "?api-version=2020-06-01&resource=" + url.QueryEscape(Environment)
	challenge := send(t, c, http.MethodGet, address, "", http.Header{"Metadata": {"true"}})
	path := strings.TrimPrefix(challenge.Header.Get("WWW-Authenticate"), "Basic realm=")
	diff(t, []any{401, folder, ".key"}, []any{challenge.Status, filepath.Dir(path), filepath.Ext(path)})
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Fatal(info, err)
	}
	key, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, k := range []string{"x", string(key), string(key)} {
		got = append(got, send(t, c, http.MethodGet, address, "", http.Header{"Metadata": {"true"}, "Authorization": {"Basic " + k}}).Status)
	}
	diff(t, []int{401, 200, 401}, got)
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the file is still there: %v", err)
	}
}

// TestCloudShellToken guards that the token is a user's.
func TestCloudShellToken(t *testing.T) {
	s := start(t, nil)
	token, _ := askIdentity(t, s, CloudShell).fields(t)["access_token"].(string)
	claims := verifyByKeys(t, client(t, s), token)
	diff(t, []any{administratorAccount.SignIn, "user_impersonation"}, []any{claims["upn"], claims["scp"]})
}

// TestNoIdentityEndpoint guards a place without an endpoint, on the network and at the
// listener.
func TestNoIdentityEndpoint(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Identity.NoEndpoint = true })
	for _, address := range []string{"http://169.254.169.254/metadata/identity/oauth2/token", s.IdentityVariables(AppService)["IDENTITY_ENDPOINT"]} {
		for _, c := range []*http.Client{client(t, s), plainClient(t)} {
			if strings.Contains(address, "169.254") && c.Transport.(*http.Transport).DialContext == nil {
				continue // the real network
			}
			if r, err := trySend(c, http.MethodGet, address, "", http.Header{"Metadata": {"true"}}); err == nil {
				t.Errorf("%s: %d", address, r.Status)
			}
		}
	}
}

// TestIdentityIsForThisComputer guards against a web page that reaches the endpoint under
// another host name.
func TestIdentityIsForThisComputer(t *testing.T) {
	s := start(t, nil)
	req, err := http.NewRequest(http.MethodGet, s.IdentityVariables(AppService)["IDENTITY_ENDPOINT"], nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = "evil.example"
	resp, err := plainClient(t).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	diff(t, http.StatusMisdirectedRequest, resp.StatusCode)
}

// TestMSALIdentity has MSAL find and call the endpoints.
func TestMSALIdentity(t *testing.T) {
	for _, place := range []Place{VirtualMachine, AppService, CloudShell} {
		for _, microsoft := range []bool{false, true} {
			s := start(t, func(t *Tenant) { t.MicrosoftNames = microsoft })
			for _, name := range []string{"IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT", "IMDS_ENDPOINT", "MSI_ENDPOINT", "MSI_SECRET"} {
				t.Setenv(name, s.IdentityVariables(place)[name])
			}
			source, err := managedidentity.GetSource()
			diff(t, []any{string(place), error(nil)}, []any{string(source), err})
			app, err := managedidentity.New(managedidentity.SystemAssigned(), managedidentity.WithHTTPClient(client(t, s)))
			if err != nil {
				t.Fatal(err)
			}
			environment := s.Renamed(Environment)
			got, err := app.AcquireToken(t.Context(), environment, managedidentity.WithClaims("{}"))
			if err != nil {
				t.Fatal(place, err)
			}
			diff(t, any(environment), jwtClaims(t, got.AccessToken)["aud"])
		}
	}
}
