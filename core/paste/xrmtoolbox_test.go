package paste_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/paste"
)

// hidden is the value in the place where the other program stores a secret.
const hidden = "kH9tdWx0aGVjYW5hcnk="

const (
	byApp = "<AuthType>None</AuthType><AzureAdAppId>" + clientID + "</AzureAdAppId><ClientSecret>" + hidden + "</ClientSecret>" +
		"<ConnectionId>6f0e3b51-8a55-4c6e-8a2d-1d6c7e1a2b3c</ConnectionId><ConnectionName>Contoso UAT</ConnectionName>" +
		"<NewAuthType>ClientSecret</NewAuthType><OriginalUrl>" + contoso + "/</OriginalUrl><S2SClientSecret>" + hidden + "</S2SClientSecret>" +
		"<TenantId>" + tenantID + "</TenantId><UserName>" + clientID + "</UserName><WebApplicationUrl>" + contoso + "/</WebApplicationUrl>"
)

const zeros = "00000000-0000-0000-0000-000000000000"

// xtb returns XrmToolBox's file of connections, each with the given elements.
func xtb(details ...string) string {
	var b strings.Builder
	b.WriteString("\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<CrmConnections xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\r\n" +
		"  <Base64Image>AAAA</Base64Image>\r\n  <Connections>\r\n")
	for _, d := range details {
		b.WriteString("    <ConnectionDetail>\r\n" + d + "\r\n    </ConnectionDetail>\r\n")
	}
	b.WriteString("  </Connections>\r\n  <Name>Default</Name>\r\n  <Password>" + hidden + "</Password>\r\n</CrmConnections>")
	return b.String()
}

func TestPasteOfAConnectionOfXrmToolBox(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       got
	}{
		{"one", "<ConnectionDetail>" + byApp + "</ConnectionDetail>", got{Environment: contoso, Tenant: tenantID, ClientID: clientID}},
		{"a file of one", xtb(byApp), got{Environment: contoso, Tenant: tenantID, ClientID: clientID}},
		{"a person's", "<ConnectionDetail><NewAuthType>OAuth</NewAuthType><OriginalUrl>" + contoso + "</OriginalUrl><AzureAdAppId>" + clientID + "</AzureAdAppId><TenantId>" + zeros + "</TenantId></ConnectionDetail>", got{Environment: contoso}},
		{"two", xtb(byApp, strings.ReplaceAll(byApp, clientID, "77e6d5c4-b3a2-4918-8070-5f4e3d2c1b0a")), got{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			result := paste.Read(tt.text)
			form, notes := result.Form, result.Notes
			if diff := cmp.Diff(tt.want, open(form)); diff != "" {
				t.Errorf("-want +got\n%s\n%v", diff, notes)
			}
		})
	}
}
