package sandbox

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

const webAPI = Environment + "/api/data/v9.2/"

// refusalOf has status and code of a Web API error.
type refusalOf struct {
	Status int
	Code   string
}

func readRefusal(t testing.TB, r reply) refusalOf {
	t.Helper()
	e, _ := r.fields(t)["error"].(map[string]any)
	code, _ := e["code"].(string)
	return refusalOf{r.Status, code}
}

func TestChallenge(t *testing.T) {
	for name, test := range map[string]struct {
		set  func(*Tenant)
		url  string
		want string
	}{
		"own":         {nil, webAPI + "WhoAmI", "Bearer authorization_uri=https://" + LoginHost + "/" + TenantID + "/oauth2/authorize, resource_id=https://" + EnvironmentHost + "/"},
		"api host":    {nil, "https://contoso.api.crm4." + suffix + "/api/data/v9.2/", "Bearer authorization_uri=https://" + LoginHost + "/" + TenantID + "/oauth2/authorize, resource_id=https://contoso.api.crm4." + suffix + "/"},
		"SOAP":        {nil, Environment + "/XRMServices/2011/Organization.svc/web", "Bearer authorization_uri=https://" + LoginHost + "/" + TenantID + "/oauth2/authorize, resource_id=https://" + EnvironmentHost + "/"},
		"fabrikam":    {nil, "https://" + ForeignEnvironmentHost + "/api/data/v9.2/WhoAmI", "Bearer authorization_uri=https://" + LoginHost + "/" + ForeignTenantID + "/oauth2/authorize, resource_id=https://" + ForeignEnvironmentHost + "/"},
		"gov":         {nil, "https://" + GovEnvironmentHost + "/api/data/v9.2/WhoAmI", "Bearer authorization_uri=https://" + GovLoginHost + "/" + GovTenantID + "/oauth2/authorize, resource_id=https://" + GovEnvironmentHost + "/"},
		"taken over":  {func(t *Tenant) { t.Environment.Foreign = true }, webAPI, "Bearer authorization_uri=https://" + LoginHost + "/" + ForeignTenantID + "/oauth2/authorize, resource_id=https://" + EnvironmentHost + "/"},
		"stranger":    {func(t *Tenant) { t.Environment.Authority = "login.evil.example" }, webAPI, "Bearer authorization_uri=https://login.evil.example/" + TenantID + "/oauth2/authorize, resource_id=https://" + EnvironmentHost + "/"},
		"none":        {func(t *Tenant) { t.Environment.NoChallenge = true }, webAPI, ""},
		"another API": {func(t *Tenant) { t.Environment.NotDataverse = true }, webAPI, `Basic realm="Contoso orders (sandbox)"`},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, test.set)
			r := get(t, client(t, s), test.url)
			diff(t, http.StatusUnauthorized, r.Status)
			diff(t, test.want, r.Header.Get("WWW-Authenticate"))
		})
	}
}

// TestUnknownPaths guards the responses to unknown paths.
func TestUnknownPaths(t *testing.T) {
	for name, test := range map[string]struct {
		set func(*Tenant)
		url string
	}{
		"unknown organisation": {nil, "https://contosso.crm4." + suffix + "/api/data/v9.2/WhoAmI"},
		"another region":       {nil, "https://contoso.crm11." + suffix + "/api/data/v9.2/WhoAmI"},
		"gone":                 {func(t *Tenant) { t.Environment.Gone = true }, webAPI + "WhoAmI"},
		"unknown version":      {nil, Environment + "/api/data/v8.0/WhoAmI"},
		"unknown path":         {nil, Environment + "/api/discovery"},
		"SOAP without web":     {nil, Environment + "/XRMServices/2011/Organization.svc"},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, test.set)
			diff(t, http.StatusNotFound, get(t, client(t, s), test.url).Status)
		})
	}
}

// TestBearer guards that tokens are verified.
func TestBearer(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	good := strings.TrimPrefix(bearer(t, s, c).Get("Authorization"), "Bearer ")
	parts := strings.Split(good, ".")
	at := tokenRequest{tenant: s.now(), dir: contoso, now: s.time()}
	issue := func(resource resource, change func(*tokenRequest)) string {
		r := at
		if change != nil {
			change(&r)
		}
		return s.appToken(r, resource, ClientID, bySecret)
	}
	here := resource{dataverseAppID, Environment, EnvironmentHost}
	for name, test := range map[string]struct {
		header string
		want   int
	}{
		"good":              {"Bearer " + good, 200},
		"scheme in capital": {"BEARER " + good, 200},
		"aud with slash":    {"Bearer " + issue(resource{dataverseAppID, Environment + "/", ""}, nil), 200},
		"aud is the API":    {"Bearer " + issue(resource{dataverseAppID, "https://contoso.api.crm4." + suffix, ""}, nil), 200},
		"none":              {"", 401},
		"empty":             {"Bearer ", 401},
		"twice":             {"Bearer Bearer " + good, 401},
		"quoted":            {`Bearer "` + good + `"`, 401},
		"basic":             {"Basic " + good, 401},
		"no signature":      {"Bearer " + parts[0] + "." + parts[1] + ".", 401},
		"other claims":      {"Bearer " + parts[0] + "." + b64([]byte(`{"aud":"`+Environment+`","tid":"`+TenantID+`","appid":"`+ClientID+`","exp":99999999999}`)) + "." + parts[2], 401},
		"alg none":          {"Bearer " + b64([]byte(`{"alg":"none"}`)) + "." + parts[1] + ".", 401},
		"for Graph":         {"Bearer " + issue(resource{graphAppID, "https://" + GraphHost, ""}, nil), 401},
		"for Dataverse ID":  {"Bearer " + issue(resource{dataverseAppID, dataverseAppID, ""}, nil), 401},
		"for another org":   {"Bearer " + issue(resource{dataverseAppID, "https://" + OtherEnvironmentHost, ""}, nil), 401},
		"another tenant":    {"Bearer " + issue(here, func(r *tokenRequest) { r.dir = fabrikam }), 401},
		"over":              {"Bearer " + issue(here, func(r *tokenRequest) { r.now = r.now.Add(-2 * time.Hour) }), 401},
		"just over":         {"Bearer " + issue(here, func(r *tokenRequest) { r.now = r.now.Add(-lifetime - time.Minute) }), 200},
		"not yet":           {"Bearer " + issue(here, func(r *tokenRequest) { r.now = r.now.Add(15 * time.Minute) }), 401},
	} {
		t.Run(name, func(t *testing.T) {
			r := send(t, c, http.MethodGet, webAPI+"WhoAmI", "", http.Header{"Authorization": {test.header}})
			diff(t, test.want, r.Status)
			if challenged := r.Header.Get("WWW-Authenticate") != ""; challenged != (test.want == 401) {
				t.Errorf("WWW-Authenticate: %q", r.Header.Get("WWW-Authenticate"))
			}
		})
	}
}

func TestWhoAmI(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	header := bearer(t, s, c)
	for _, path := range []string{"WhoAmI", "WhoAmI()", "whoami"} {
		r := send(t, c, http.MethodGet, webAPI+path, "", header)
		diff(t, map[string]any{
			"@odata.context": webAPI + "$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse",
			"BusinessUnitId": BusinessUnitID, "UserId": UserID, "OrganizationId": OrganizationID,
		}, r.fields(t))
		ids := r.Header.Values("x-ms-service-request-id")
		if len(ids) != 2 || ids[0] == ids[1] || ids[1] != r.Header.Get("REQ_ID") {
			t.Errorf("x-ms-service-request-id %v, REQ_ID %s", ids, r.Header.Get("REQ_ID"))
		}
		diff(t, []string{"application/json; odata.metadata=minimal", "4.0", "1,200.00", "5999"}, []string{
			r.Header.Get("Content-Type"), r.Header.Get("OData-Version"),
			r.Header.Get("x-ms-ratelimit-time-remaining-xrm-requests"), r.Header.Get("x-ms-ratelimit-burst-remaining-xrm-requests"),
		})
	}
}

// TestDataverseRefusals guards status and code for every fault of a caller, at the Web API and
// at the Organization Service.
func TestDataverseRefusals(t *testing.T) {
	for name, test := range map[string]struct {
		set  func(*Tenant)
		want refusalOf
	}{
		"missing":               {func(t *Tenant) { t.User.Missing = true }, refusalOf{403, "0x80072560"}},
		"no application ID":     {func(t *Tenant) { t.User.NoApplicationID = true }, refusalOf{403, "0x80072560"}},
		"deleted":               {func(t *Tenant) { t.User.Deleted = true }, refusalOf{403, "0x80072560"}},
		"not there yet":         {func(t *Tenant) { t.Environment.Replicating = time.Hour }, refusalOf{403, "0x80072560"}},
		"disabled":              {func(t *Tenant) { t.User.Disabled = true }, refusalOf{403, "0x80040225"}},
		"unit disabled":         {func(t *Tenant) { t.User.DisabledUnit = true }, refusalOf{403, "0x80040225"}},
		"gone from Entra":       {func(t *Tenant) { t.User.AzureState = 2 }, refusalOf{403, "0x80048360"}},
		"no role":               {func(t *Tenant) { t.User.NoRole = true }, refusalOf{403, "0x80042f09"}},
		"organisation disabled": {func(t *Tenant) { t.Environment.Disabled = true }, refusalOf{403, "0x8004a104"}},
		"administration mode":   {func(t *Tenant) { t.Environment.AdminMode = true }, refusalOf{403, "0x8004a113"}},
		"app access control":    {func(t *Tenant) { t.Environment.AppAccessControl = true }, refusalOf{403, "0x80095ffc"}},
		"IP firewall":           {func(t *Tenant) { t.Environment.IPFirewall = true }, refusalOf{403, "0x80095ffe"}},
		"throttled":             {func(t *Tenant) { t.Environment.Throttled = Always }, refusalOf{429, "0x80072322"}},
		"any code":              {func(t *Tenant) { t.Environment.Refuse = "0x80040216" }, refusalOf{500, "0x80040216"}},
		"another app's token":   {func(t *Tenant) { t.Token.OtherApplication = true }, refusalOf{403, "0x80072560"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, test.set)
			c := client(t, s)
			header := bearer(t, s, c)
			diff(t, test.want, readRefusal(t, send(t, c, http.MethodGet, webAPI+"WhoAmI", "", header)))
			// A caller who is refused before the service gets JSON also from SOAP.
			diff(t, test.want, readRefusal(t, executeWhoAmI(t, c, header)))
		})
	}
}

// TestAdministratorMayEnter guards that administration mode admits System Administrators,
// also through a team.
func TestAdministratorMayEnter(t *testing.T) {
	for name, set := range map[string]func(*Tenant){
		"directly": func(t *Tenant) { t.Environment.AdminMode, t.User.Administrator = true, true },
		"by team":  func(t *Tenant) { t.Environment.AdminMode, t.User.AdministratorByTeam = true, true },
	} {
		s := start(t, set)
		c := client(t, s)
		if r := send(t, c, http.MethodGet, webAPI+"WhoAmI", "", bearer(t, s, c)); r.Status != http.StatusOK {
			t.Errorf("%s: %s", name, r.Body)
		}
	}
}

// TestReplicating guards that time decides, not the number or the order of requests, so
// that parallel requests get the same response.
func TestReplicating(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Environment.Replicating = time.Hour })
	c := client(t, s)
	header := bearer(t, s, c)
	for _, elapsed := range []struct {
		time time.Duration
		want int
	}{{0, 403}, {59 * time.Minute, 403}, {time.Hour, 200}} {
		s.mu.Lock()
		if elapsed.time > 0 {
			s.replicatingFrom = time.Now().Add(-elapsed.time)
		}
		s.mu.Unlock()
		for _, path := range []string{"systemusers", "WhoAmI", "organizations", "WhoAmI"} {
			diff(t, elapsed.want, send(t, c, http.MethodGet, webAPI+path, "", header).Status)
		}
	}
}

func TestLanguages(t *testing.T) {
	messages := map[string]string{}
	for _, language := range []string{"", "de", "ja"} {
		s := start(t, func(t *Tenant) { t.User.Missing, t.Environment.Language = true, language })
		c := client(t, s)
		r := send(t, c, http.MethodGet, webAPI+"WhoAmI", "", bearer(t, s, c))
		e := r.fields(t)["error"].(map[string]any)
		diff(t, any("0x80072560"), e["code"])
		messages[e["message"].(string)] = language
	}
	if len(messages) != 3 {
		t.Errorf("%v", messages)
	}
}

// TestTranslationsTakeTheSameArguments guards that the tables of translations match.
func TestTranslationsTakeTheSameArguments(t *testing.T) {
	for language, messages := range translated {
		for code := range messages {
			english, other := refuse("", code, "«1»", "«2»"), refuse(language, code, "«1»", "«2»")
			if strings.Contains(english.Message, "«1»") != strings.Contains(other.Message, "«1»") || strings.Contains(other.Message, "%!") {
				t.Errorf("%s %s: %q, %q", language, code, english.Message, other.Message)
			}
		}
	}
}

func TestSignedCodes(t *testing.T) {
	for code, want := range map[string]string{
		"0x80040217": "-2147220969", "0x80072560": "-2147015328", "0x80042F09": "-2147209463", "0x80040220": "-2147220960",
	} {
		diff(t, want, fault{Code: code}.Signed())
	}
}

func TestAnnotatedErrors(t *testing.T) {
	s := start(t, func(t *Tenant) { t.User.Missing = true })
	c := client(t, s)
	header := bearer(t, s, c)
	plain := send(t, c, http.MethodGet, webAPI+"WhoAmI", "", header).fields(t)["error"].(map[string]any)
	if len(plain) != 2 {
		t.Error(plain)
	}
	header.Set("Prefer", `odata.maxpagesize=5, odata.include-annotations="*"`)
	full := send(t, c, http.MethodGet, webAPI+"WhoAmI", "", header).fields(t)["error"].(map[string]any)
	const ns = "@Microsoft.PowerApps.CDS.ErrorDetails."
	diff(t, []any{"UserNotMemberOfOrg", "403"}, []any{full[ns+"ApiExceptionMesageName"], full[ns+"ApiExceptionHttpStatusCode"]})
}
