package catalog

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

func TestFill(t *testing.T) {
	const id = "2015d711-0000-4000-8000-000000000001"
	entry := Entry{
		Title: text.F("T"), Meaning: text.F("Of {environment}."), Fix: []text.Text{text.F("Search for {clientId} in {tenantId}.")},
		Links: []Link{
			{text.F("one application"), "https://{portal}/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/{clientId}/isMSAApp~/false"},
			{text.F("environment"), "{environment}/main.aspx"},
			{text.F("consent"), "https://{login}/{tenantId}/adminconsent?client_id={clientId}"},
			{text.F("fixed"), "https://learn.microsoft.com/x"},
		},
	}
	for _, tc := range []struct {
		name string
		vars Vars
		want Entry
	}{
		{
			name: "everything known",
			vars: Vars{"clientId": id, "tenantId": "contoso.com", "environment": "https://contoso.crm.dynamics.cn/", "portal": "entra.microsoftonline.cn", "login": "login.partner.microsoftonline.cn"},
			want: Entry{
				Title: text.F("T"), Meaning: text.F("Of https://contoso.crm.dynamics.cn."), Fix: []text.Text{text.Raw("Search for " + id + " in contoso.com.")},
				Links: []Link{
					{text.F("one application"), "https://entra.microsoftonline.cn/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/" + id + "/isMSAApp~/false"},
					{text.F("environment"), "https://contoso.crm.dynamics.cn/main.aspx"},
					{text.F("consent"), "https://login.partner.microsoftonline.cn/contoso.com/adminconsent?client_id=" + id},
					{text.F("fixed"), "https://learn.microsoft.com/x"},
				},
			},
		},
		{
			name: "nothing known",
			want: Entry{
				Title: text.F("T"), Meaning: text.F("Of your Environment URL."), Fix: []text.Text{text.F("Search for your Application (client) ID in your Directory (tenant) ID.")},
				Links: []Link{
					{text.F("one application"), "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade"},
					{text.F("fixed"), "https://learn.microsoft.com/x"},
				},
			},
		},
		{
			name: "values that are none",
			vars: Vars{"clientId": "../evil", "tenantId": "a/b?c", "environment": "http://contoso.crm4.dynamics.com", "portal": "evil.example/x", "login": "user@evil"},
			want: Entry{
				Title: text.F("T"), Meaning: text.F("Of your Environment URL."), Fix: []text.Text{text.F("Search for your Application (client) ID in your Directory (tenant) ID.")},
				Links: []Link{
					{text.F("one application"), "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade"},
					{text.F("fixed"), "https://learn.microsoft.com/x"},
				},
			},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, entry.Fill(tc.vars)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if strings.Contains(entry.Meaning.String(), "contoso") {
		t.Error("Fill changed the entry that it was called on")
	}
}

func TestNoPlaceholderIsShown(t *testing.T) {
	for _, e := range All() {
		for _, text := range texts(e.Fill(nil)) {
			if strings.ContainsAny(text, "{}") || strings.Contains(text, "  ") {
				t.Errorf("%s: %q", e.Cause, text)
			}
		}
	}
}

func TestCodeLink(t *testing.T) {
	want := Link{Title: text.F("Microsoft's page about AADSTS50011"), URL: "https://login.microsoftonline.us/error?code=50011"}
	if got := CodeLink(50011, Vars{"login": "login.microsoftonline.us"}); !cmp.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
