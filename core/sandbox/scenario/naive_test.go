package scenario_test

import (
	"crypto/sha1" // #nosec G505 -- x5t is SHA-1 by definition: RFC 7515 section 4.1.7
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/scenario"
)

type form = connection.Form

// observed is what a naive client sees of a scenario.
type observed struct {
	Metadata, Token, Probe, WhoAmI string
	SOAP, User, Organization       string
	Tries                          int
	Skewed                         bool

	form    form
	healthy bool
}

// TestScenariosDiffer guards that any client can distinguish a scenario with a fault or a
// warning from the healthy scenario. In a healthy scenario WhoAmI works after a few
// tries.
func TestScenariosDiffer(t *testing.T) {
	healthy, ok := scenario.Find("healthy")
	if !ok {
		t.Fatal("there is no healthy scenario")
	}
	s, f := play(t, healthy)
	want := observe(t, newClient(t, s), s, f)
	if !want.healthy {
		t.Fatalf("%+v", want)
	}
	for _, sc := range scenario.All() {
		t.Run(sc.Name, func(t *testing.T) {
			t.Parallel()
			s, f := play(t, sc)
			got := observed{Probe: "no response", form: f}
			if !sc.Slow { // it takes until the timeout
				got = observe(t, newClient(t, s), s, f)
			}
			if sc.Cause == "" && !got.healthy {
				t.Errorf("it should work, and WhoAmI is %s after %s", got.WhoAmI, got.Token)
			}
			if (sc.Cause != "" || len(sc.Warnings) > 0) && got.alike(want) {
				t.Error("it looks healthy")
			}
		})
	}
}

func (o observed) alike(other observed) bool {
	text := func(o observed) string {
		out, _ := json.Marshal(o)
		plain := ""
		o.form.Secret.Use(func(s string) { plain = s })
		return strings.Join([]string{
			string(out), o.form.Environment, o.form.Tenant, o.form.ClientID, o.form.RedirectURI, o.form.CertificateFile, o.form.KeyFile, plain,
		}, "\n")
	}
	return text(o) == text(other)
}

// naive is an ordinary HTTP client that trusts the sandbox and follows no redirects.
type naive struct{ *http.Client }

func newClient(t *testing.T, s *sandbox.Server) naive {
	t.Helper()
	tripper := &http.Transport{
		DialContext:       s.Dial,
		TLSClientConfig:   &tls.Config{RootCAs: s.Roots(), MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2: true,
		Proxy:             func(r *http.Request) (*url.URL, error) { return s.Proxy(r.URL) },
	}
	t.Cleanup(tripper.CloseIdleConnections)
	return naive{&http.Client{
		Transport:     tripper,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// reply is a response that was read to its end; Status is 0 without a response.
type reply struct {
	Status int
	Header http.Header
	Body   string
}

func (c naive) send(method, address, body string, header http.Header) reply {
	req, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		return reply{}
	}
	for name, values := range header {
		req.Header[name] = values
	}
	resp, err := c.Do(req)
	if err != nil {
		return reply{}
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return reply{}
	}
	return reply{resp.StatusCode, resp.Header, string(b)}
}

func (c naive) post(address string, fields url.Values) reply {
	return c.send(http.MethodPost, address, fields.Encode(), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
}

// observe runs the naive script: a token, WhoAmI twice, the user, the name.
func observe(t *testing.T, c naive, s *sandbox.Server, f form) observed {
	t.Helper()
	out := observed{form: f}
	cleaned, _, problems := f.Clean(s.Clouds())
	if len(problems) > 0 {
		out.Probe = string(problems[0].Cause)
		return out
	}
	tenant := cleaned.Tenant
	if tenant == "" {
		tenant = sandbox.TenantID
	}
	login, api := "https://"+cleaned.Cloud.Login+"/"+tenant, cleaned.Environment+"/api/data/v9.2/"
	out.Metadata = c.send(http.MethodGet, login+"/v2.0/.well-known/openid-configuration", "", nil).summary()
	probe := c.send(http.MethodGet, api+"WhoAmI", "", nil)
	out.Probe = probe.summary() + probe.Header.Get("WWW-Authenticate")
	at, err := http.ParseTime(probe.Header.Get("Date"))
	out.Skewed = err == nil && time.Until(at).Abs() > 5*time.Minute
	for out.Tries = 1; out.Tries < 4 && !out.healthy && out.Metadata != "failed" && probe.Status != 0; out.Tries++ {
		var token string
		token, out.Token = c.token(t, login, cleaned)
		header := http.Header{"Authorization": {"Bearer " + token}}
		who := c.send(http.MethodGet, api+"WhoAmI", "", header)
		out.WhoAmI, out.healthy = who.summary(), who.Status == http.StatusOK
		out.User = c.send(http.MethodGet, api+"systemusers?$select=fullname,applicationid,applicationiduri,azureactivedirectoryobjectid,islicensed,isdisabled,deletedstate"+
			"&$expand="+url.QueryEscape("systemuserroles_association($select=name),teammembership_association($select=name)")+
			"&$filter=applicationid%20eq%20"+cleaned.ClientID, "", header).summary()
		out.Organization = c.send(http.MethodGet, api+"organizations?$select=name", "", header).summary()
		out.SOAP = c.soap(cleaned.Environment, header).summary()
	}
	return out
}

// token requests a token with the connection's credential, and returns it with a summary
// of the response.
func (c naive) token(t *testing.T, login string, connection connection.Connection) (token, seen string) {
	t.Helper()
	fields := url.Values{
		"grant_type": {"client_credentials"}, "client_id": {connection.ClientID}, "scope": {connection.Environment + "/.default"},
	}
	assert := func(text string) {
		fields.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
		fields.Set("client_assertion", text)
	}
	if cert := connection.Credential.Certificate; cert != nil {
		thumbprint := sha1.Sum(cert.Chain[0].Raw) // #nosec G401 -- see the import
		proof := jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{
			"aud": login + "/oauth2/v2.0/token", "iss": connection.ClientID, "sub": connection.ClientID,
			"nbf": time.Now().Unix(), "exp": time.Now().Add(10 * time.Minute).Unix(),
		})
		proof.Header["x5t"] = base64.RawURLEncoding.EncodeToString(thumbprint[:])
		signed, err := proof.SignedString(cert.Signer())
		if err != nil {
			t.Fatal(err)
		}
		assert(signed)
	} else if connection.Credential.Kind == "federated" {
		assert(c.federated(connection.Credential.Federation))
	} else if connection.Credential.Kind == "managed-identity" {
		return c.identity(connection)
	} else {
		connection.Credential.Secret.Use(func(plain string) { fields.Set("client_secret", plain) })
	}
	r := c.post(login+"/oauth2/v2.0/token", fields)
	var body struct {
		Token string `json:"access_token"`
		Codes []int  `json:"error_codes"`
	}
	if json.Unmarshal([]byte(r.Body), &body) != nil {
		return "", r.summary()
	}
	codes, _ := json.Marshal(body.Codes)
	claims := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(body.Token, claims); err != nil {
		return body.Token, string(codes)
	}
	end, _ := claims.GetExpirationTime()
	decisive, _ := json.Marshal([]any{claims["aud"], claims["tid"], claims["appid"], claims["scp"], time.Until(end.Time) < 30*time.Minute})
	return body.Token, string(codes) + string(decisive)
}

// federated requests the assertion from the endpoint that the job names.
func (c naive) federated(f connection.Federation) string {
	if f.File != "" {
		raw, _ := os.ReadFile(f.File)
		return string(raw)
	}
	header := http.Header{"X-Tfs-Fedauthredirect": {"Suppress"}}
	f.RequestToken.Use(func(plain string) { header.Set("Authorization", "Bearer "+plain) })
	r := c.send(http.MethodGet, f.URL+"&audience="+url.QueryEscape(sandbox.Exchange), "", header)
	if f.Issuer == connection.AzureDevOps {
		r = c.send(http.MethodPost, f.URL+"?api-version=7.1&serviceConnectionId="+f.ServiceConnection, "", header)
	}
	var body struct{ Value, OIDCToken string }
	_ = json.Unmarshal([]byte(r.Body), &body)
	return body.Value + body.OIDCToken
}

// identity requests a token as a program on a virtual machine does.
func (c naive) identity(connection connection.Connection) (token, seen string) {
	q := url.Values{"api-version": {"2018-02-01"}, "resource": {connection.Environment}}
	if connection.ClientID != "" {
		q.Set("client_id", connection.ClientID)
	}
	r := c.send(http.MethodGet, "http://169.254.169.254/metadata/identity/oauth2/token?"+q.Encode(), "", http.Header{"Metadata": {"true"}})
	var body struct {
		Token string `json:"access_token"`
	}
	_ = json.Unmarshal([]byte(r.Body), &body)
	if body.Token != "" {
		return body.Token, "a token"
	}
	return "", r.summary()
}

func (c naive) soap(environment string, header http.Header) reply {
	header = header.Clone()
	header.Set("Content-Type", "text/xml; charset=utf-8")
	header["SOAPAction"] = []string{"http://schemas.microsoft.com/xrm/2011/Contracts/Services/IOrganizationService/Execute"}
	return c.send(http.MethodPost, environment+"/XRMServices/2011/Organization.svc/web",
		`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><Execute xmlns="http://schemas.microsoft.com/xrm/2011/Contracts/Services">`+
			`<request xmlns:a="http://schemas.microsoft.com/xrm/2011/Contracts"><a:RequestName>WhoAmI</a:RequestName></request></Execute></s:Body></s:Envelope>`, header)
}

var volatile = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|Timestamp: .*|\d{4}-\d\d-\d\d.\d\d:\d\d:\d\dZ?|:\d{4,5}\b`)

// summary returns a response without what changes from run to run.
func (r reply) summary() string {
	if r.Status == 0 {
		return "failed"
	}
	body := volatile.ReplaceAllStringFunc(r.Body[:min(len(r.Body), 16<<10)], func(v string) string {
		for _, known := range []string{
			sandbox.ClientID, sandbox.TenantID, sandbox.UserID, sandbox.OrganizationID, sandbox.ServicePrincipalID,
			sandbox.RegistrationObjectID, sandbox.ForeignTenantID, sandbox.GovTenantID,
		} {
			if v == known {
				return v
			}
		}
		return "…"
	})
	return http.StatusText(r.Status) + " " + body
}
