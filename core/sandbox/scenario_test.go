package sandbox

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
)

func TestScenarioTable(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[string]bool{}
	for _, sc := range Scenarios() {
		if !kebab.MatchString(sc.Name) || seen[sc.Name] || seen[sc.Title+"!"] && !strings.HasPrefix(sc.Title, "The same") {
			t.Errorf("%s: name or title is taken or not in kebab-case", sc.Name)
		}
		seen[sc.Name], seen[sc.Title+"!"] = true, true
		if sc.Title == "" || strings.HasSuffix(sc.Title, ".") || !strings.HasSuffix(sc.Lesson, ".") {
			t.Errorf("%s: a title is no sentence, a lesson is one: %q, %q", sc.Name, sc.Title, sc.Lesson)
		}
		for _, cause := range append([]string{sc.Cause, sc.Consent}, sc.Warnings...) {
			if _, ok := catalog.Lookup(cause); cause != "" && !ok {
				t.Errorf("%s: there is no cause %q", sc.Name, cause)
			}
		}
		if found, ok := Find(sc.Name); !ok || found.Title != sc.Title {
			t.Errorf("%s cannot be found", sc.Name)
		}
	}
	if _, ok := Find("no such scenario"); ok {
		t.Error("what is not there was found")
	}
	const goal = 60
	if len(seen)/2 < goal {
		t.Errorf("%d scenarios", len(seen)/2)
	}
}

// TestEveryExaminableCauseHasAScenario: a cause without one has to say why in
// the catalogue.
func TestEveryExaminableCauseHasAScenario(t *testing.T) {
	shown := map[string]bool{"": true}
	for _, sc := range Scenarios() {
		for _, cause := range append([]string{sc.Cause, sc.Consent}, sc.Warnings...) {
			shown[cause] = true
		}
	}
	for _, e := range catalog.All() {
		if !shown[e.Cause] && e.NoScenario == "" {
			t.Errorf("%s is shown by no scenario", e.Cause)
		}
	}
}

// seen is what a script without any wit of its own sees of a scenario.
type seen struct {
	Form                           connection.Form
	Metadata, Token, Probe, WhoAmI string
	SOAP, User, Organization       string
	Tries                          int
	Skewed                         bool
}

// TestScenariosDiffer: a scenario that claims to be broken, or odd, looks
// different from the healthy one to anybody who asks; a healthy one gets to
// WhoAmI with a few tries.
func TestScenariosDiffer(t *testing.T) {
	healthy, ok := Find("healthy")
	if !ok {
		t.Fatal("nothing is healthy")
	}
	want, answered := look(t, healthy)
	if !answered {
		t.Fatalf("%+v", want)
	}
	for _, sc := range Scenarios() {
		t.Run(sc.Name, func(t *testing.T) {
			t.Parallel()
			got, answered := look(t, sc)
			if sc.Cause == "" && !answered {
				t.Errorf("it is said to work, and WhoAmI says %s after %s", got.WhoAmI, got.Token)
			}
			if (sc.Cause != "" || len(sc.Warnings) > 0) && alike(got, want) {
				t.Error("it looks healthy")
			}
		})
	}
}

func alike(a, b seen) bool {
	plain := func(f connection.Form) (out []string) {
		out = []string{f.Environment, f.Tenant, f.ClientID, f.RedirectURI, f.CertificateFile, f.KeyFile}
		f.Secret.Use(func(s string) { out = append(out, s) })
		return out
	}
	formsEqual := slices.Equal(plain(a.Form), plain(b.Form))
	a.Form, b.Form = connection.Form{}, connection.Form{}
	one, _ := json.Marshal(a)
	two, _ := json.Marshal(b)
	return formsEqual && string(one) == string(two)
}

// look runs the naive script: a token, WhoAmI twice, the user, the name.
func look(t *testing.T, sc Scenario) (seen, bool) {
	t.Helper()
	s, form, err := sc.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c := client(t, s)
	c.Transport.(*http.Transport).Proxy = func(r *http.Request) (*url.URL, error) { return s.Proxy(r.URL) }
	out := seen{Form: form}
	if sc.Slow {
		out.Probe = "no answer" // it would be one for as long as the test lasts
		return out, false
	}
	connection, _, problems := form.Clean(s.Clouds())
	if len(problems) > 0 {
		out.Probe = problems[0].Cause
		return out, false
	}
	tenant := connection.Tenant
	if tenant == "" {
		tenant = TenantID
	}
	login := "https://" + connection.Cloud.Login + "/" + tenant
	metadata, err := trySend(c, http.MethodGet, login+"/v2.0/.well-known/openid-configuration", "", nil)
	out.Metadata = summary(metadata, err)
	probe, err := trySend(c, http.MethodGet, connection.Environment+"/api/data/v9.2/WhoAmI", "", nil)
	out.Probe = summary(probe, err) + probe.Header.Get("WWW-Authenticate")
	at, err := http.ParseTime(probe.Header.Get("Date"))
	out.Skewed = err == nil && time.Until(at).Abs() > 5*time.Minute
	answered := false
	for out.Tries = 1; out.Tries < 4 && !answered && out.Metadata != "failed" && probe.Status != 0; out.Tries++ {
		var token string
		token, out.Token = tokenOf(t, s, c, login, connection)
		header := http.Header{"Authorization": {"Bearer " + token}}
		ask := func(path string) (reply, string) {
			r, err := trySend(c, http.MethodGet, connection.Environment+"/api/data/v9.2/"+path, "", header)
			return r, summary(r, err)
		}
		var who reply
		who, out.WhoAmI = ask("WhoAmI")
		_, out.User = ask("systemusers?$select=fullname,applicationid,applicationiduri,azureactivedirectoryobjectid,islicensed,isdisabled,deletedstate" +
			"&$expand=" + url.QueryEscape("systemuserroles_association($select=name),teammembership_association($select=name)") +
			"&$filter=applicationid%20eq%20" + connection.ClientID)
		_, out.Organization = ask("organizations?$select=name")
		soap, err := trySend(c, http.MethodPost, connection.Environment+"/XRMServices/2011/Organization.svc/web", goodEnvelope, soapHeader(header))
		out.SOAP, answered = summary(soap, err), who.Status == http.StatusOK
	}
	return out, answered
}

// tokenOf gets a token with whatever the connection has.
func tokenOf(t *testing.T, s *Server, c *http.Client, login string, connection connection.Connection) (token, what string) {
	t.Helper()
	form := credentials(s, "client_id", connection.ClientID, "scope", connection.Environment+"/.default")
	if cert := connection.Credential.Certificate; cert != nil {
		key := rsaKey()
		form.Del("client_secret")
		form.Set("client_assertion_type", jwtBearer)
		form.Set("client_assertion", assertion(t, map[string]any{"alg": "RS256", "x5t": thumbprintOf(cert.Chain[0])}, map[string]any{
			"aud": login + "/oauth2/v2.0/token", "iss": connection.ClientID, "sub": connection.ClientID,
			"nbf": nowPlus(0), "exp": nowPlus(600),
		}, key))
	} else {
		connection.Credential.Secret.Use(func(plain string) { form.Set("client_secret", plain) })
	}
	r, err := trySend(c, http.MethodPost, login+"/oauth2/v2.0/token", form.Encode(), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
	var body struct {
		Token string  `json:"access_token"`
		Codes []int   `json:"error_codes"`
		In    float64 `json:"expires_in"`
	}
	if err == nil && json.Unmarshal([]byte(r.Body), &body) == nil {
		text, _ := json.Marshal(body.Codes)
		parts := strings.Split(body.Token, ".")
		what = string(text)
		if len(parts) == 3 {
			var claims struct {
				Aud, Tid, Appid, Scp string
				Late                 bool
				Exp                  int64
			}
			if decodePart(parts[1], &claims) == nil {
				claims.Late, claims.Exp = claims.Exp < nowPlus(1800), 0
				c, _ := json.Marshal(claims)
				what += string(c)
			}
		}
		return body.Token, what
	}
	return "", summary(r, err)
}

var volatile = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|Timestamp: .*|\d{4}-\d\d-\d\d.\d\d:\d\d:\d\dZ?|:\d{4,5}\b`)

// summary is an answer without what changes from run to run.
func summary(r reply, err error) string {
	if err != nil {
		return "failed"
	}
	body := volatile.ReplaceAllStringFunc(r.Body[:min(len(r.Body), 16<<10)], func(v string) string {
		for _, known := range []string{ClientID, TenantID, UserID, OrganizationID, ServicePrincipalID, RegistrationObjectID, ForeignTenantID, GovTenantID} {
			if v == known {
				return v
			}
		}
		return "…"
	})
	return http.StatusText(r.Status) + " " + body
}

func nowPlus(seconds int64) int64 { return time.Now().Unix() + seconds }

// TestApplyStartsAfresh: a scenario is not coloured by the one before it.
func TestApplyStartsAfresh(t *testing.T) {
	s := start(t, func(t *Tenant) { t.User.Missing, t.Clock = true, 1<<40 })
	c := client(t, s)
	for _, name := range []string{"secret-expired", "healthy", "healthy-certificate", "healthy"} {
		sc, _ := Find(name)
		form := s.Apply(sc)
		if got := form.CertificateFile != ""; got != (name == "healthy-certificate") {
			t.Errorf("%s: certificate %t", name, got)
		}
	}
	if r := send(t, c, http.MethodGet, webAPI+"WhoAmI", "", bearer(t, s, c)); r.Status != http.StatusOK {
		t.Error(r.Body)
	}
}

// TestFormLooksReal: the secret passes for one, and no repository holds it.
func TestFormLooksReal(t *testing.T) {
	s := start(t, nil)
	form := s.Form()
	var plain string
	form.Secret.Use(func(text string) { plain = text })
	if !regexp.MustCompile(`^[A-Za-z0-9_~.-]{40}$`).MatchString(plain) || !strings.Contains(plain, "~") || !strings.Contains(plain, ".") {
		t.Error("the secret does not look like one")
	}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if content, err := os.ReadFile(f.Name()); err == nil && strings.Contains(string(content), plain) {
			t.Errorf("it is in %s", f.Name())
		}
	}
	cleaned, _, problems := form.Clean(s.Clouds())
	if len(problems) > 0 || cleaned.Cloud.Name != "sandbox" {
		t.Error(problems, cleaned.Cloud.Name)
	}
}

// TestConsentScenarios: the page ends in what the scenario says, by the code
// that is read there; and where it says nothing, consenting works.
func TestConsentScenarios(t *testing.T) {
	for _, sc := range Scenarios() {
		if sc.Consent == "" && !strings.HasPrefix(sc.Name, "article-") {
			continue
		}
		t.Run(sc.Name, func(t *testing.T) {
			s, form, err := sc.Start()
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			account := "application-user"
			if sc.Consent == "consent.wrong-account" {
				account = "employee"
			}
			path, q := ask(v1Authorize, "redirect_uri", form.RedirectURI, "client_id", form.ClientID)
			back := walk(t, client(t, s), "https://"+LoginHost, path, q, account, "accept")
			got := ""
			if code, refused := strings.CutPrefix(back.Get("page"), "AADSTS"); refused {
				n, err := strconv.Atoi(code)
				if err != nil {
					t.Fatal(err)
				}
				got = catalog.Recognise(catalog.Signs{Service: catalog.Entra, AADSTS: []int{n}}).Cause
			}
			switch {
			case sc.Consent == "consent.wrong-account":
				// Nothing on the page says so; what it did not do, does.
				if got != "" || !s.now().User.NoApplicationIDURI {
					t.Errorf("%q, %+v", got, s.now().User)
				}
			case got != sc.Consent:
				t.Errorf("%q, want %q", got, sc.Consent)
			}
		})
	}
}

// TestConsentHeals: after consenting the scenario that lacks consent is healthy.
func TestConsentHeals(t *testing.T) {
	for _, name := range []string{"consent-missing", "application-no-service-principal", "article-before-consent"} {
		sc, _ := Find(name)
		s, _, err := sc.Start()
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		c := client(t, s)
		path, q := ask(v2AdminConsent)
		walk(t, c, "https://"+LoginHost, path, q, "administrator", "accept")
		r := send(t, c, http.MethodGet, webAPI+"systemusers("+UserID+")?$select=applicationiduri", "", bearer(t, s, c))
		diff(t, any(ClientID), r.fields(t)["applicationiduri"])
	}
}
