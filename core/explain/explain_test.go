package explain

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// example is a case of testdata/cases.txt.
type example struct {
	name     string
	cause    catalog.Cause
	by, text string
}

func examples(t testing.TB) []example {
	t.Helper()
	raw, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	head := regexp.MustCompile(`^(.+) => ([a-z.-]+),(?: (.+))?$`)
	var all []example
	for _, block := range strings.Split(strings.ReplaceAll(string(raw), "\r\n", "\n"), "\n>>> ")[1:] {
		line, text, _ := strings.Cut(block, "\n")
		m := head.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("bad head line %q", line)
		}
		all = append(all, example{m[1], catalog.Cause(strings.TrimPrefix(m[2], "-")), m[3], text})
	}
	return all
}

func TestExplain(t *testing.T) {
	all := examples(t)
	for _, tc := range all {
		t.Run(tc.name, func(t *testing.T) {
			e := Explain(tc.text)
			if e.Cause != tc.cause || e.Evidence.RecognisedBy != tc.by {
				t.Errorf("got %q by %q, want %q by %q\n%+v", e.Cause, e.Evidence.RecognisedBy, tc.cause, tc.by, e)
			}
			checkShape(t, e)
		})
	}
	t.Logf("%d cases", len(all))
	if len(all) < 80 {
		t.Errorf("only %d cases are left", len(all))
	}
}

// checkShape checks what the contract promises for every explanation.
func checkShape(t *testing.T, e Explanation) {
	t.Helper()
	if e.Version != 1 || e.Summary.Empty() || e.Fix == nil || e.Links == nil {
		t.Errorf("incomplete: %+v", e)
	}
	if e.Cause == "" && (len(e.Fix) > 0 || e.Owner != "") {
		t.Errorf("all is well, and yet there is something to do: %+v", e)
	}
	if e.Cause != "" && (len(e.Fix) == 0 || e.Owner == "") {
		t.Errorf("nobody knows what to do: %+v", e)
	}
}

func TestExplanationIsTheContractsJSON(t *testing.T) {
	raw, err := json.Marshal(Explain(`{"error":{"code":"0x80072560","message":"No."}}`))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	keys := []string{}
	for key := range got {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	want := []string{"cause", "evidence", "fix", "links", "owner", "summary", "version"}
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Errorf("members (-want +got):\n%s", diff)
	}

	raw, err = json.Marshal(Explain(`http://localhost/?code=abc.def.123&state=1`))
	if err != nil {
		t.Fatal(err)
	}
	const well = `{"version":1,"cause":"","summary":"All is well: the consent page came back with a code. Test the connection to prove it; an address alone proves nothing.","fix":[],"owner":"","links":[],"evidence":{}}`
	if diff := cmp.Diff(well, string(raw)); diff != "" {
		t.Errorf("all is well (-want +got):\n%s", diff)
	}
}

func TestEvidence(t *testing.T) {
	fact := func(name catalog.FactName, value string) catalog.Fact { return catalog.NewFact(name, value) }
	byName := map[string]example{}
	for _, e := range examples(t) {
		byName[e.name] = e
	}
	for name, want := range map[string]catalog.Evidence{
		"AADSTS7000215 as JSON": {
			Code: "AADSTS7000215", Error: "invalid_client", RecognisedBy: "AADSTS7000215",
			TraceID: "aaaaaaaa-0000-4000-8000-000000000001", CorrelationID: "bbbbbbbb-0000-4000-8000-000000000002", Timestamp: "2026-06-02 21:00:26Z",
			Message: text.Raw("AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '2015d711-0000-4000-8000-000000000001'."),
			Facts:   []catalog.Fact{fact("application", "2015d711-0000-4000-8000-000000000001")},
		},
		"curl -i": {
			HTTPStatus: 403, Code: "0x80072560", RecognisedBy: "0x80072560", RequestID: "dddddddd-0000-4000-8000-000000000006",
			Timestamp: "Sun, 22 Nov 2026 20:00:00 GMT", Message: text.Raw("The user is not a member of the organization."),
		},
		"wrong application or tenant": {
			Code: "AADSTS700016", RecognisedBy: "AADSTS700016",
			Message: text.Raw("AADSTS700016: Application with identifier '2015d711-0000-4000-8000-000000000001' was not found in the directory 'Rob Wood'. This can happen if the application has not been installed by the administrator of the tenant."),
			Facts:   []catalog.Fact{fact("application", "2015d711-0000-4000-8000-000000000001"), fact("tenant", "Rob Wood")},
		},
		"resource not in the tenant": {
			Code: "AADSTS500011", RecognisedBy: "AADSTS500011",
			Message: text.Raw("AADSTS500011: The resource principal named https://contoso.crm4.dynamics.com/XRMServices/2011/Organization.svc was not found in the tenant named Contoso. This can happen if the application has not been installed."),
			Facts:   []catalog.Fact{fact("tenant", "Contoso"), fact("resource", "https://contoso.crm4.dynamics.com/XRMServices/2011/Organization.svc")},
		},
		"Web API: a privilege is missing": {
			Code: "0x80040220", RecognisedBy: "0x80040220",
			Message: text.Raw("Principal user (Id=ffffffff-0000-4000-8000-000000000007, type=8, roleCount=5, privilegeCount=465, accessMode=0), is missing prvReadincident privilege (Id=12121212-0000-4000-8000-000000000008) on OTC=112 for entity 'incident'. context.Caller=ffffffff-0000-4000-8000-000000000007"),
			Facts: []catalog.Fact{
				fact("user", "ffffffff-0000-4000-8000-000000000007"), fact("roles", "5"),
				fact("missing privilege", "prvReadincident"), fact("table", "incident"),
			},
		},
		".NET: unauthorized": {
			HTTPStatus: 401, RecognisedBy: "wording",
			Message: text.Raw("The HTTP request is unauthorized with client authentication scheme 'Anonymous'. The authentication header received from the server was 'Bearer authorization_uri=https://login.microsoftonline.com/12b5c856-0000-4000-8000-000000000002/oauth2/authorize, resource_id=https://contoso.crm4.dynamics.com/'."),
			Facts:   []catalog.Fact{fact("environment belongs to tenant", "12b5c856-0000-4000-8000-000000000002")},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, Explain(byName[name].text).Evidence); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestUndecidedNamesCauses guards that a status with several possible causes lists all of
// them, and names no cause, or only the most frequent by the wording.
func TestUndecidedNamesCauses(t *testing.T) {
	byName := map[string]example{}
	for _, e := range examples(t) {
		byName[e.name] = e
	}
	for name, words := range map[string][]string{
		".NET: forbidden":                         {"403", "no application user", "disabled", "security role", "access control", "IP firewall"},
		".NET: unauthorized":                      {"401", "another address", "tenant", "expired", "missing application user"},
		"401 with the challenge":                  {"no failure by itself", "without a token"},
		"an unknown code of Entra":                {"AADSTS1234567"},
		"Web API: a plug-in failed":               {"0x80040265"},
		"the consent page's address is no answer": {"consent page"},
		"nothing known":                           {"no AADSTS number"},
	} {
		e := Explain(byName[name].text)
		for _, word := range words {
			if !strings.Contains(e.Summary.String(), word) {
				t.Errorf("%s: %q does not say %q", name, e.Summary, word)
			}
		}
	}
}

func TestUndecidedLinks(t *testing.T) {
	e := Explain("HTTP 403 from https://contoso.crm4.dynamics.com/api/data/v9.2/WhoAmI")
	want := []catalog.Link{
		{Title: text.F("Power Platform admin center: Environments"), URL: "https://admin.powerplatform.microsoft.com/manage/environments"},
		{Title: text.F("Users of the environment (older view)"), URL: "https://contoso.crm4.dynamics.com/main.aspx?pagetype=entitylist&etn=systemuser&forceUCI=0"},
		{Title: text.F("Microsoft Learn: Manage application users"), URL: "https://learn.microsoft.com/power-platform/admin/manage-application-users"},
	}
	if diff := cmp.Diff(want, e.Links); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLinksAreFilledFromTheText(t *testing.T) {
	e := Explain("AADSTS7000215: for a secret added to app '2015d711-0000-4000-8000-000000000001' while asking https://login.microsoftonline.us/x for https://contoso.crm.microsoftdynamics.us/.default")
	want := []catalog.Link{
		{Title: text.F("App registration: Certificates & secrets"), URL: "https://entra.microsoft.us/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/2015d711-0000-4000-8000-000000000001/isMSAApp~/false"},
		{Title: text.F("About client secrets"), URL: "https://aka.ms/NewClientSecret"},
		{Title: text.F("Microsoft's page about AADSTS7000215"), URL: "https://login.microsoftonline.us/error?code=7000215"},
	}
	if diff := cmp.Diff(want, e.Links); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestUTF16 guards the output of PowerShell's ">": UTF-16 with a byte order mark.
func TestUTF16(t *testing.T) {
	text := "\xff\xfe"
	for _, unit := range utf16.Encode([]rune("AADSTS7000222: expired")) {
		text += string([]byte{byte(unit), byte(unit >> 8)})
	}
	if e := Explain(text); e.Cause != "secret.expired" {
		t.Errorf("got %q", e.Cause)
	}
}

func TestLongLogIsReadAtBothEnds(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	noise := strings.Repeat("nothing of interest happened here\n", 1<<14)
	for name, text := range map[string]string{"beginning": "AADSTS7000222: expired\n" + noise, "end": noise + "AADSTS7000222: expired"} {
		if e := Explain(text); e.Cause != "secret.expired" {
			t.Errorf("%s: got %q", name, e.Cause)
		}
	}
}

// TestPrivilegeFacts guards that a missing privilege is reported with all its details in
// the text.
func TestPrivilegeFacts(t *testing.T) {
	const user, unit = "ffffffff-0000-4000-8000-000000000007", "b6f0c1d2-0000-4000-8000-000000000009"
	for name, tc := range map[string]struct {
		text string
		want []catalog.Fact
	}{
		"CheckPrivilege": {
			"SecLib::CheckPrivilege failed. User: " + user + ", PrivilegeName: prvCreateEntity, PrivilegeId: 98481672-0000-4000-8000-000000000001, Required Depth: Basic, BusinessUnitId: " + unit,
			[]catalog.Fact{
				catalog.NewFact("user", user), catalog.NewFact("missing privilege", "prvCreateEntity"),
				catalog.NewFact("depth", "Basic"), catalog.NewFact("business unit", unit),
			},
		},
		"AccessCheckEx": {
			"SecLib::AccessCheckEx failed. Returned hr = -2147187962, OwnerIdType: 8 and CallingUser: " + user + ". ObjectTypeCode: 10042, AccessRights: WriteAccess",
			[]catalog.Fact{catalog.NewFact("user", user), catalog.NewFact("access right", "WriteAccess"), catalog.NewFact("table", "10042")},
		},
		"of a team": {
			"Principal team (Id=" + user + ", type=9, privilegeCount=0), is missing prvReadAccount privilege (Id=98481672-0000-4000-8000-000000000001) on OTC=1 for entity 'account'",
			[]catalog.Fact{catalog.NewFact("user", user), catalog.NewFact("missing privilege", "prvReadAccount"), catalog.NewFact("table", "account")},
		},
	} {
		e := Explain(tc.text)
		if e.Cause != "appuser.missing-privilege" {
			t.Errorf("%s: got %q", name, e.Cause)
		}
		if diff := cmp.Diff(tc.want, e.Evidence.Facts); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestFederationFacts(t *testing.T) {
	e := Explain("AADSTS70021: No matching federated identity record found for presented assertion. Assertion Issuer: 'https://token.actions.githubusercontent.com'. Assertion Subject: 'repo:fabrikam/erp:ref:refs/heads/main'. Assertion Audience: 'api://AzureADTokenExchange'.")
	want := []catalog.Fact{
		catalog.NewFact("issuer", "https://token.actions.githubusercontent.com"), catalog.NewFact("subject", "repo:fabrikam/erp:ref:refs/heads/main"),
		catalog.NewFact("audience", "api://AzureADTokenExchange"),
	}
	if len(e.Evidence.Facts) < len(want) {
		t.Fatalf("got %v", e.Evidence.Facts)
	}
	if diff := cmp.Diff(want, e.Evidence.Facts[:len(want)]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestLoneToken guards that the claims are judged, and that the token is not shown.
func TestLoneToken(t *testing.T) {
	token := func(claims string) string {
		return "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".c2lnbmF0dXJl"
	}
	const end = `,"exp":4102444800,"appid":"2015d711-0000-4000-8000-000000000001","tid":"12b5c856-0000-4000-8000-000000000002"`
	for name, tc := range map[string]struct {
		text  string
		cause catalog.Cause
	}{
		"the application's own":   {token(`{"aud":"https://contoso.crm4.dynamics.com"` + end + `}`), ""},
		"with a slash":            {"Bearer " + token(`{"aud":"https://contoso.crm4.dynamics.com/"`+end+`}`), ""},
		"Dataverse by its ID":     {"Authorization: Bearer " + token(`{"aud":"00000007-0000-0000-c000-000000000000"`+end+`}`), ""},
		"a user's":                {token(`{"aud":"https://contoso.crm4.dynamics.com","scp":"user_impersonation"` + end + `}`), "token.is-user-token"},
		"an ID token":             {token(`{"aud":"2015d711-0000-4000-8000-000000000001","preferred_username":"a@contoso.com"` + end + `}`), "token.is-user-token"},
		"for Graph":               {token(`{"aud":"https://graph.microsoft.com"` + end + `}`), "token.audience"},
		"for Business Central":    {token(`{"aud":"https://api.businesscentral.dynamics.com"` + end + `}`), "token.audience"},
		"over":                    {token(`{"aud":"https://contoso.crm4.dynamics.com","exp":1700000000}`), "token.expired"},
		"not begun":               {token(`{"aud":"https://contoso.crm4.dynamics.com","nbf":4102440000` + end + `}`), "clock.skew"},
		"in a request":            {"curl -H 'Authorization: Bearer " + token(`{"aud":"https://graph.microsoft.com"`+end+`}`) + "' https://contoso.crm4.dynamics.com/api/data/v9.2/WhoAmI", "token.audience"},
		"claims that are no JSON": {token(`{`), "unknown"},
	} {
		e := Explain(tc.text)
		checkShape(t, e)
		if e.Cause != tc.cause {
			t.Errorf("%s: got %q, want %q: %s", name, e.Cause, tc.cause, e.Summary)
		}
		if out := marshal(t, e); strings.Contains(out, "c2lnbmF0dXJl") || strings.Contains(out, "eyJ") {
			t.Errorf("%s: the token came through: %s", name, out)
		}
	}
}
