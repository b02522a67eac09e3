package record

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
)

// FuzzPseudonyms guards that equal identifiers, in any form, get equal pseudonyms, and
// different identifiers get different pseudonyms.
func FuzzPseudonyms(f *testing.F) {
	f.Add([]byte("0123456789abcdef0123456789abcdef"), "Contoso", "fabrikam", uint8(1))
	f.Add([]byte("0123456789abcdef0123456789abcdeg"), "Häfen", "HÄFEN", uint8(4))
	f.Add([]byte("0123456789abcdef0123456789abcdef"), "org1", "user1", uint8(2))
	f.Fuzz(func(t *testing.T, raw []byte, a, b string, form uint8) {
		if len(raw) < 32 {
			return
		}
		p := newPseudonyms(cloud.Table, a+b)
		first, second := raw[:16], raw[16:32]
		plain := func(g []byte) string { return dashed(hex.EncodeToString(g)) }
		if publicGUID(hex.EncodeToString(first)) || publicGUID(hex.EncodeToString(second)) {
			return
		}
		if turned := string(swapped(first)); turned == string(first) || turned == string(second) {
			return // in base64 both byte orders are the same
		}
		got := p.scrub(plain(first))
		if same := got == p.scrub(plain(second)); same != (string(first) == string(second)) {
			t.Errorf("%x and %x become the same: %v", first, second, same)
		}
		if other := p.scrub(spell(first, form)); other != respell(got, form) {
			t.Errorf("%q became %q, want %q", spell(first, form), other, respell(got, form))
		}
		if strings.TrimSpace(a) == "" || strings.TrimSpace(b) == "" {
			return
		}
		//lint:ignore SA6005 as pseudonyms compare: EqualFold takes ſ for s
		equal := strings.ToLower(strings.TrimSpace(a)) == strings.ToLower(strings.TrimSpace(b))
		if same := p.name("name", a) == p.name("user", b); same != equal {
			t.Errorf("%q and %q become the same: %v", a, b, same)
		}
	})
}

func dashed(h string) string {
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// spell returns a GUID in a form that services use.
func spell(g []byte, form uint8) string { return respell(dashed(hex.EncodeToString(g)), form) }

func respell(text string, form uint8) string {
	naked := strings.ReplaceAll(text, "-", "")
	raw, _ := hex.DecodeString(naked)
	switch form % 6 {
	case 1:
		return strings.ToUpper(text)
	case 2:
		return naked
	case 3:
		return "{" + text + "}"
	case 4:
		return base64.StdEncoding.EncodeToString(raw)
	case 5:
		return base64.StdEncoding.EncodeToString(swapped(raw))
	}
	return text
}

func TestHosts(t *testing.T) {
	for _, tc := range []struct{ host, want string }{
		{"contoso.crm4.dynamics.com", "org1.crm4.dynamics.com"},
		{"contoso.api.crm4.dynamics.com", "org1.api.crm4.dynamics.com"},
		{"CONTOSO.crm9.dynamics.com", "org1.crm9.dynamics.com"},
		{"fabrikam.crm.microsoftdynamics.us", "org1.crm.microsoftdynamics.us"},
		{"fabrikam.crm.appsplatform.us", "org1.crm.appsplatform.us"},
		{"fabrikam.crm5.dynamics.cn", "org1.crm5.dynamics.cn"},
		{"contoso.onmicrosoft.com", "tenant1.onmicrosoft.com"},
		{"login.microsoftonline.com", "login.microsoftonline.com"},
		{"login.partner.microsoftonline.cn", "login.partner.microsoftonline.cn"},
		{"globaldisco.crm.dynamics.com", "globaldisco.crm.dynamics.com"},
		{"proxy.contoso.com", "host1.example"},
		{"localhost", "localhost"},
	} {
		t.Run(tc.host, func(t *testing.T) {
			if got := newPseudonyms(cloud.Table, "").host(tc.host); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// TestPublicIdentifiersStay guards identifiers that are the same for everybody: without
// them a record would not show the requests.
func TestPublicIdentifiersStay(t *testing.T) {
	for _, text := range []string{
		"627090ff-40a3-4053-8790-584edc5be201", "00000007-0000-0000-c000-000000000000", "00000000-0000-0000-0000-000000000000",
		"AADSTS7000215", "0x80072560", "-2147180284", "2026-11-29T08:00:00.123Z", "user_impersonation",
		"https://login.microsoftonline.com/error?code=7000215",
		"http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a80072560&client=platform",
		"Microsoft.Crm.CrmException", "Microsoft-Azure-Application-Gateway/v2", "Could not find a property named 'azurestate' on type 'Microsoft.Dynamics.CRM.systemuser'.", "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
		"http://schemas.microsoft.com/xrm/2011/Contracts/Services", "[redacted]", "2.1.11459.15",
		"The HTTP request is unauthorized with client authentication scheme 'Anonymous'.",
		"Principal user is missing prvReadUser privilege",
	} {
		t.Run(text, func(t *testing.T) {
			if got := newPseudonyms(cloud.Table, "").scrub(text); got != text {
				t.Errorf("became %q", got)
			}
		})
	}
}

// TestNamesInMessages guards the places in which services write names.
func TestNamesInMessages(t *testing.T) {
	for _, tc := range []struct{ message, want string }{
		{"The resource principal named https://contoso.crm4.dynamics.com was not found in the tenant named Contoso Ltd. This can happen", "The resource principal named https://org1.crm4.dynamics.com was not found in the tenant named name1. This can happen"},
		{"Application '2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e'(Contoso App) is disabled.", "Application '00000001-0000-4000-8000-000000000001'(name1) is disabled."},
		{"does not exist in the Contoso directory", "does not exist in the name1 directory"},
		{"User account 'anna@contoso.com' from identity provider", "User account 'user1@host1.example' from identity provider"},
		{"missing prvReadcts_project privilege on cts_project", "missing prvReadtable1 privilege on table1"},
		{"Application '2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e'(S2S) is not assigned to a role for the application '0cc91f1b-33b4-4e7d-aeed-4cc37ec82926'(easyauth).", "Application '00000001-0000-4000-8000-000000000001'(name1) is not assigned to a role for the application '00000002-0000-4000-8000-000000000002'(name2)."},
		{"type=8, roleCount=6, privilegeCount=1491, AADObjectId='a88e7b5d-e01e-45c0-ad13-fdb645048b74', context.Caller=1", "type=8, roleCount=6, privilegeCount=1491, AADObjectId='00000001-0000-4000-8000-000000000001', context.Caller=1"},
		{"presented assertion subject 'sc://Contoso/Integration/Production'.", "presented assertion subject 'subject1'."},
		{"presented assertion subject 'repo:contoso/crm:ref:refs/heads/main'.", "presented assertion subject 'subject1'."},
		{"presented assertion audience 'api://AzureADTokenExchange'.", "presented assertion audience 'api://AzureADTokenExchange'."},
		{"the directory 'Contoso Ltd', which", "the directory 'name1', which"},
		{`logged on as CONTOSO\anna`, "logged on as account1"},
		{"issued by CN=Contoso CA, O=Contoso AG", "issued by CN=name1, O=name2"},
	} {
		t.Run(tc.message, func(t *testing.T) {
			if got := newPseudonyms(cloud.Table, "").scrub(tc.message); got != tc.want {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
		})
	}
}
