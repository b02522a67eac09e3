package importer_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/importer"
)

const (
	zeros    = "00000000-0000-0000-0000-000000000000"
	contoso  = "https://contoso.crm4.dynamics.com"
	clientID = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	tenantID = "12b5c856-5e0f-4c3b-9a61-3d6f0c1e7a42"
)

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

// hidden is the value in the place where the other program stores a secret.
const hidden = "kH9tdWx0aGVjYW5hcnk="

const (
	byApp = "<AuthType>None</AuthType><AzureAdAppId>" + clientID + "</AzureAdAppId><ClientSecret>" + hidden + "</ClientSecret>" +
		"<ConnectionId>6f0e3b51-8a55-4c6e-8a2d-1d6c7e1a2b3c</ConnectionId><ConnectionName>Contoso UAT</ConnectionName>" +
		"<NewAuthType>ClientSecret</NewAuthType><OriginalUrl>" + contoso + "/</OriginalUrl><S2SClientSecret>" + hidden + "</S2SClientSecret>" +
		"<TenantId>" + tenantID + "</TenantId><UserName>" + clientID + "</UserName><WebApplicationUrl>" + contoso + "/</WebApplicationUrl>"
)

func TestImport(t *testing.T) {
	four := connection.Form{Environment: contoso, Tenant: tenantID, ClientID: clientID}
	three := connection.Form{Environment: contoso, ClientID: clientID}
	element := func(name, value string) string { return "<" + name + ">" + value + "</" + name + ">" }
	detail := func(auth, address, app string, more ...string) string {
		return element("ConnectionName", "N") + element("NewAuthType", auth) + element("OriginalUrl", address) + element("AzureAdAppId", app) +
			element("TenantId", zeros) + strings.Join(more, "")
	}
	one := func(form connection.Form) importer.Imported {
		return importer.Imported{Named: []importer.Named{{Name: "N", Form: form}}}
	}
	byCertificate := func(thumbprint string) importer.Imported {
		return importer.Imported{Named: []importer.Named{{Name: "N", Form: three, ByCertificate: true, Thumbprint: thumbprint}}}
	}
	const thumbprint = "3DE4BE035C462B1C4F35D40643AB1DF66339425C"
	without := func(why importer.Reason) importer.Imported {
		return importer.Imported{LeftOut: []importer.LeftOut{{Name: "N", Why: why}}}
	}
	pptb := func(entries string) string {
		return `{"version":1,"exportedAt":"2026-06-22T10:00:00.000Z","connections":[` + entries + `]}`
	}
	for _, tt := range []struct {
		name, text string
		want       importer.Imported
	}{
		{"XTB, application", xtb(byApp), importer.Imported{Named: []importer.Named{{Name: "Contoso UAT", Form: four}}}},
		{"XTB, secret not saved", xtb(detail("ClientSecret", contoso, clientID)), one(three)},
		{"XTB, before NewAuthType", xtb(detail("AD", contoso, clientID, element("S2SClientSecret", hidden))), one(three)},
		{"XTB, Key Vault", xtb(detail("AD", contoso, clientID, element("AzureKeyVaultName", "kv"))), one(three)},
		{"XTB, connection string", xtb(detail("AD", "", zeros, element("ConnectionString", "AuthType=ClientSecret;Url="+contoso+";ClientId={"+clientID+"};ClientSecret="+hidden))), one(three)},
		{"XTB, a person's connection string", xtb(detail("AD", "", zeros, element("ConnectionString", "AuthType=OAuth;Url="+contoso+";AppId="+clientID+";Username=a@b.c;Password="+hidden))), without(importer.PersonSignsIn)},
		{"XTB, certificate", xtb(detail("Certificate", contoso, clientID, "<CertificateInfo><Issuer>CN=x</Issuer><Name>x</Name><Thumbprint>"+thumbprint+"</Thumbprint></CertificateInfo>")), byCertificate(thumbprint)},
		{"XTB, no thumbprint", xtb(detail("Certificate", contoso, clientID, "<CertificateInfo><Thumbprint>AB12</Thumbprint></CertificateInfo>")), byCertificate("")},
		{"XTB, certificate in a string", xtb(detail("AD", "", zeros, element("ConnectionString", "AuthType=Certificate;Url="+contoso+";ClientId="+clientID+";Thumbprint=\u200e3d e4 be 03 5c 46 2b 1c 4f 35 d4 06 43 ab 1d f6 63 39 42 5c"))), byCertificate(thumbprint)},
		{"XTB, person", xtb(detail("OAuth", contoso, clientID, element("UserPassword", hidden), element("RefreshToken", hidden))), without(importer.PersonSignsIn)},
		{"XTB, login control", xtb(detail("ClientSecret", contoso, clientID, element("IsFromSdkLoginCtrl", "true"))), without(importer.PersonSignsIn)},
		{"XTB, Office 365 of old", xtb(detail("AD", contoso, zeros, element("UserPassword", hidden))), without(importer.PersonSignsIn)},
		{"XTB, AD", xtb(detail("AD", "https://crm.contoso.local/Contoso", zeros)), without(importer.NotOnline)},
		{"XTB, IFD", xtb(detail("IFD", "https://contoso.crm.example", zeros, element("UseIfd", "true"))), without(importer.NotOnline)},
		{"XTB, application on premises", xtb(detail("ClientSecret", "https://crm.contoso.local", clientID)), without(importer.NotOnline)},
		{"XTB, no application", xtb(detail("ClientSecret", contoso, zeros)), without(importer.NoApplication)},
		{"XTB, a way of tomorrow", xtb(detail("ManagedIdentity", "https://contoso.crm.microsoftdynamics.us", clientID)), without(importer.UnknownSignIn)},
		{"XTB, several", xtb(byApp, detail("OAuth", contoso, clientID), detail("ClientSecret", contoso, clientID)), importer.Imported{
			Named:   []importer.Named{{Name: "Contoso UAT", Form: four}, {Name: "N", Form: three}},
			LeftOut: []importer.LeftOut{{Name: "N", Why: importer.PersonSignsIn}},
		}},
		{"XTB, one alone", "<ConnectionDetail>" + byApp + "</ConnectionDetail>", importer.Imported{Named: []importer.Named{{Name: "Contoso UAT", Form: four}}}},
		{"XTB, no name", xtb(strings.Replace(byApp, "Contoso UAT", " ", 1)), importer.Imported{Named: []importer.Named{{Name: "contoso", Form: four}}}},
		{"XTB, a name over lines", xtb(strings.Replace(byApp, "Contoso UAT", "Contoso\n\tUAT &amp; more\u202e", 1)), importer.Imported{Named: []importer.Named{{Name: "Contoso UAT & more", Form: four}}}},
		{"XTB, a user in the address", xtb(detail("ClientSecret", strings.Replace(contoso, "//", "//ana:"+hidden+"@", 1), clientID)), without(importer.NotOnline)},
		{
			"PPTB, application", pptb(`{"id":"1","name":"N","url":"` + contoso + `","environment":"UAT","authenticationType":"clientSecret","clientId":"` + clientID + `","tenantId":"` + tenantID + `","clientSecret":"` + hidden + `"}`),
			one(four),
		},
		{"PPTB, person", pptb(`{"name":"N","url":"` + contoso + `","authenticationType":"interactive","clientId":"` + clientID + `"}`), without(importer.PersonSignsIn)},
		{"PPTB, password", pptb(`{"name":"N","url":"` + contoso + `","authenticationType":"usernamePassword","username":"ana","password":"` + hidden + `"}`), without(importer.PersonSignsIn)},
		{"PPTB, connection string", pptb(`{"name":"N","url":"` + contoso + `","authenticationType":"connectionString"}`), without(importer.UnknownSignIn)},
		{"PPTB, no application", pptb(`{"name":"N","url":"` + contoso + `","authenticationType":"clientSecret","clientId":"mine"}`), without(importer.NoApplication)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := importer.Import([]byte(tt.text), cloud.Table)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if strings.Contains(fmt.Sprint(got), hidden) {
				t.Errorf("a secret came along: %v", got)
			}
		})
	}
}

// TestImportRefuses guards that hostile and foreign files are refused with a reason.
func TestImportRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       error
	}{
		{"nothing", "", importer.ErrEmpty},
		{"a picture", "\x89PNG\r\n", importer.ErrNotImportable},
		{"other JSON", `{"version":1,"defaultEnvironment":"dev"}`, importer.ErrNotImportable},
		{"an empty list", `{"connections":[]}`, importer.ErrEmpty},
		{"an empty export", `{"version":1,"connections":[]}`, importer.ErrEmpty},
		{"a later export", `{"version":2,"connections":[{}]}`, importer.ErrNewer},
		{"an export of something else", `{"version":1,"connections":["a"]}`, importer.ErrDamaged},
		{"other XML", "<configuration/>", importer.ErrNotImportable},
		{"no connections in it", xtb(), importer.ErrEmpty},
		{"the list of files", "<ConnectionsList><Files/></ConnectionsList>", importer.ErrOfFiles},
		{"half a file", xtb(byApp)[:400], importer.ErrDamaged},
		{"a document type", "<!DOCTYPE CrmConnections [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><CrmConnections/>", importer.ErrDamaged},
		{"an entity", xtb(strings.Replace(byApp, "Contoso UAT", "&x;", 1)), importer.ErrDamaged},
		{"without a bottom", "<CrmConnections>" + strings.Repeat("<a>", 1<<20), importer.ErrDamaged},
		{"too many", xtb(strings.Split(strings.Repeat("|", 1000), "|")...), importer.ErrTooBig},
		{"too many objects", "[" + strings.Repeat(`{"url":"a.b"},`, 30_000) + "{}]", importer.ErrTooBig},
		{"too large a JSON", "[" + strings.Repeat("0,", 2<<20) + "0]", importer.ErrTooBig},
		{"too large", strings.Repeat(" ", importer.Limit+1), importer.ErrTooBig},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := importer.Import([]byte(tt.text), cloud.Table); !errors.Is(err, tt.want) {
				t.Errorf("got %v, %v; want %v", got, err, tt.want)
			}
		})
	}
}

// FuzzImport guards that, for any file, nothing panics, that an imported connection has
// no secret and is otherwise complete, and that names are readable.
func FuzzImport(f *testing.F) {
	f.Add(xtb(byApp))
	f.Add("<ConnectionDetail>" + byApp + "</ConnectionDetail>")
	f.Add(`{"version":1,"connections":[{"name":"N","url":"` + contoso + `","authenticationType":"clientSecret","clientId":"` + clientID + `"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := importer.Import([]byte(text), cloud.Table)
		if (err == nil) != (len(got.Named)+len(got.LeftOut) > 0) {
			t.Fatalf("%v, %v", got, err)
		}
		for _, n := range got.Named {
			_, _, problems := n.Form.Clean(cloud.Table)
			keyless := n.Form.Kind == connection.FederatedKind || n.Form.Kind == connection.ManagedIdentityKind
			if keyless != (len(problems) == 0) || !keyless && (len(problems) != 1 || problems[0].Cause != "input.secret-missing") || !n.Form.Secret.Empty() || !n.Form.CertificatePassword.Empty() || n.Form.CertificateFile != "" {
				t.Fatalf("%+v has %v", n, problems)
			}
			if n.Name == "" || len([]rune(n.Name)) > 80 || strings.ContainsAny(n.Name, "\n\t\u202e") {
				t.Fatalf("the name %q", n.Name)
			}
		}
	})
}

// FuzzImportTakesNoSecret guards that no imported value contains the text of an element
// for a secret, with any text around it.
func FuzzImportTakesNoSecret(f *testing.F) {
	f.Add("Contoso", contoso, "ClientSecret", "OAuth")
	f.Add("<b>", "", "UserPassword", "ClientSecret")
	f.Fuzz(func(t *testing.T, name, address, secret, auth string) {
		escape := func(s string) string {
			var b strings.Builder
			_ = xml.EscapeText(&b, []byte(s))
			return b.String()
		}
		// The added secret has a shape of its own.
		secret = escape(hidden + secret)
		detail := "<ConnectionName>" + escape(name) + "</ConnectionName><OriginalUrl>" + escape(address) + "</OriginalUrl><NewAuthType>" + escape(auth) +
			"</NewAuthType><AzureAdAppId>" + clientID + "</AzureAdAppId><ConnectionString>AuthType=ClientSecret;Url=" + contoso + ";ClientSecret=" + secret + "</ConnectionString>"
		for _, element := range []string{"ClientSecret", "S2SClientSecret", "UserPassword", "RefreshToken"} {
			detail = "<" + element + ">" + secret + "</" + element + ">" + detail
		}
		if strings.Contains(name+address, hidden) {
			return // this text is no secret
		}
		got, err := importer.Import([]byte(xtb(detail)), cloud.Table)
		if err != nil || strings.Contains(fmt.Sprintf("%+v", got), hidden) {
			t.Fatalf("%v, %+v", err, got)
		}
	})
}
