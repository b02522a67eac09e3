package paste_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
)

const (
	contoso  = "https://contoso.crm4.dynamics.com"
	tenantID = "12b5c856-7e1f-4d0a-9f4e-3c1a5b0d9e77"
	clientID = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	value    = "c4n4ry8Q~qWe.rTyUiOp_asDfGhJkL-zxCvBnM1a"
)

// got is a form for comparison, with its secrets as text.
type got struct {
	Environment, Tenant, ClientID, Secret, CertificateFile, KeyFile, CertificatePassword, RedirectURI string
}

func open(f connection.Form) got {
	return got{
		f.Environment, f.Tenant, f.ClientID, plain(f.Secret), f.CertificateFile, f.KeyFile, plain(f.CertificatePassword), f.RedirectURI,
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestPaste(t *testing.T) {
	three := got{Environment: contoso, ClientID: clientID, Secret: value}
	four := got{Environment: contoso, Tenant: tenantID, ClientID: clientID, Secret: value}
	login := got{Tenant: tenantID, ClientID: clientID, Secret: value}
	for _, tt := range []struct {
		name, text string
		want       got
		source     string // the source in every note
	}{
		{"connection string", "AuthType=ClientSecret;Url=" + contoso + ";ClientId=" + clientID + ";ClientSecret=" + value, three, "a connection string"},
		{
			"its aliases and blanks", " authenticationtype = ClientSecret ; Service Uri = " + contoso + " ; AppId={" + clientID + "}; Secret = " + value + " ; RequireNewInstance=true;",
			three, "a connection string",
		},
		{
			"its redirect", "AuthType=ClientSecret;Server=" + contoso + ";ApplicationId=" + clientID + ";Secret=" + value + ";ReplyUrl=http://localhost",
			got{Environment: contoso, ClientID: clientID, Secret: value, RedirectURI: "http://localhost"},
			"a connection string",
		},
		{
			"a .env with root certificates, and the sandbox", "SSL_CERT_FILE=/etc/ssl/ca.pem\nPIP_CERT=/etc/ssl/ca.pem\nS2S_ENVIRONMENT=https://contoso.crm4.sandbox.localhost\nS2S_CLIENT_ID=" + clientID + "\nS2S_CLIENT_SECRET=" + value,
			got{Environment: "https://contoso.crm4.sandbox.localhost", ClientID: clientID, Secret: value},
			"a list of settings",
		},
		{"in quotes, from code", `"AuthType=ClientSecret;Url=` + contoso + `;ClientId=` + clientID + `;ClientSecret=` + value + `";`, three, "a connection string"},
		{"assigned, from code", `string cs = "AuthType=ClientSecret;Url=` + contoso + `;ClientId=` + clientID + `;ClientSecret=` + value + `";`, three, "a connection string"},
		{"over several lines", "AuthType=ClientSecret;\n  Url=" + contoso + ";\n  ClientId=" + clientID + ";\n  ClientSecret=" + value, three, "a connection string"},
		{"secret with a semicolon, quoted", `Url=` + contoso + `;ClientId=` + clientID + `;ClientSecret="a;b""c=d8Q~0123456789"`, got{Environment: contoso, ClientID: clientID, Secret: `a;b"c=d8Q~0123456789`}, "a connection string"},
		{"secret that ends in =", `Url=` + contoso + `;ClientId=` + clientID + `;ClientSecret=q1w2e3==;`, got{Environment: contoso, ClientID: clientID, Secret: "q1w2e3=="}, "a connection string"},
		{"secret with a quote in front", `Url=` + contoso + `;ClientSecret='q1w28Q~0123456789;ClientId=` + clientID, got{Environment: contoso, ClientID: clientID, Secret: "'q1w28Q~0123456789"}, "a connection string"},

		{".env of the Azure SDK", "# app\nAZURE_TENANT_ID=" + tenantID + "\nAZURE_CLIENT_ID=\"" + clientID + "\"\nAZURE_CLIENT_SECRET='" + value + "' # until June\n", login, "a list of settings"},
		{"ours", "S2S_ENVIRONMENT=" + contoso + "\nS2S_TENANT_ID=" + tenantID + "\nS2S_CLIENT_ID=" + clientID + "\nS2S_CLIENT_SECRET=" + value, four, "a list of settings"},
		{"shell", "export POWER_PLATFORM_TENANT_ID=" + tenantID + "\nexport POWER_PLATFORM_CLIENT_ID=" + clientID + "\nexport POWER_PLATFORM_CLIENT_SECRET=" + value, login, "a list of settings"},
		{"PowerShell", "$env:AZURE_TENANT_ID = \"" + tenantID + "\"\r\n$env:AZURE_CLIENT_ID=\"" + clientID + "\"\r\n$Env:AZURE_CLIENT_SECRET = '" + value + "'\r\n", login, "a list of settings"},
		{"cmd", "set ARM_TENANT_ID=" + tenantID + "\nset \"ARM_CLIENT_ID=" + clientID + "\"\nsetx ARM_CLIENT_SECRET \"" + value + "\"", login, "a list of settings"},
		{"YAML of an action", "with:\n  environment-url: " + contoso + "\n  app-id: " + clientID + "\n  client-secret: '" + value + "'\n  tenant-id: " + tenantID + "\n  cloud: Public\n", four, "a list of settings"},
		{"Terraform", "provider \"powerplatform\" {\n  client_id     = \"" + clientID + "\"\n  client_secret = \"" + value + "\"\n  tenant_id     = \"" + tenantID + "\"\n}", login, "a list of settings"},
		{"code", "private const string ClientId = \"" + clientID + "\";\nvar clientSecret = \"" + value + "\"; // keep\nlet tenantId = `" + tenantID + "`;", login, "a list of settings"},
		{"fragment of JSON", `"ClientId": "` + clientID + `",` + "\n" + `"ClientSecret": "` + value + `",` + "\n" + `"TenantId": "` + tenantID + `"`, login, "a list of settings"},
		{"labels of the portal", "Display name\n:\nS2S\nApplication (client) ID\n:\n" + clientID + "\nObject ID\n:\n" + tenantID[:35] + "0\nDirectory (tenant) ID\n:\n" + tenantID, got{Tenant: tenantID, ClientID: clientID}, "a list of settings"},
		{"labels in a mail", "Application (client) ID: " + clientID + "\nClient secret (Value): " + value + "\nEnvironment URL: " + contoso + "\nTenant: " + tenantID, four, "a list of settings"},
		{"DATAVERSE_URL", "DATAVERSE_URL=" + contoso + "\nDATAVERSE_CLIENT_ID=" + clientID, got{Environment: contoso, ClientID: clientID}, "a list of settings"},
		{"certificate of the Azure SDK", "AZURE_CLIENT_ID=" + clientID + "\nAZURE_CLIENT_CERTIFICATE_PATH=/run/app.pfx\nAZURE_CLIENT_CERTIFICATE_PASSWORD=p w", got{ClientID: clientID, CertificateFile: "/run/app.pfx", CertificatePassword: "p w"}, "a list of settings"},
		{"connection string and more lines", "Url=" + contoso + ";ClientId=" + clientID + ";ClientSecret=" + value + "\nTenant: " + tenantID, four, "a connection string"},
		{"connection string in a .env", "DATAVERSE='AuthType=ClientSecret;Url=" + contoso + ";ClientId=" + clientID + ";ClientSecret=" + value + "'\nTENANT_ID=" + tenantID, four, "a connection string"},

		{"az ad sp create-for-rbac", `{"appId":"` + clientID + `","displayName":"s2s","password":"` + value + `","tenant":"` + tenantID + `"}`, login, "JSON"},
		{"the same with --sdk-auth", `{"clientId":"` + clientID + `","clientSecret":"` + value + `","tenantId":"` + tenantID + `","activeDirectoryEndpointUrl":"https://login.microsoftonline.com"}`, login, "JSON"},
		{"any case", `{"CLIENTID":"` + clientID + `","client_secret":"` + value + `","Tenant-Id":"` + tenantID + `","url":"` + contoso + `"}`, four, "JSON"},
		{"appsettings", `{"Logging":{"LogLevel":{"Default":"Warning"}},"ConnectionStrings":{"default":"AuthType=ClientSecret;Url=` + contoso + `;ClientId=` + clientID + `;ClientSecret=` + value + `"}}`, three, "a connection string"},
		{"appsettings with AzureAd", `{"AzureAd":{"Instance":"https://login.microsoftonline.com/","TenantId":"` + tenantID + `","ClientId":"` + clientID + `","ClientSecret":"` + value + `"},"Dataverse":{"Url":"` + contoso + `"}}`, four, "JSON"},
		{"Postman", `{"name":"S2S","values":[{"key":"url","value":"` + contoso + `","enabled":true},{"key":"clientid","value":"` + clientID + `","type":"default"},{"key":"clientsecret","value":"` + value + `","type":"secret"},{"key":"authurl","value":"https://login.microsoftonline.com/common/oauth2/authorize?resource=x"},{"key":"tenantid","value":"old","enabled":false},{"key":"webapiurl","value":"{{url}}/api/data/v{{version}}/"},{"key":"tokenurl","value":"https://login.microsoftonline.com/` + tenantID + `/oauth2/v2.0/token"}],"_postman_variable_scope":"environment"}`, four, "JSON"},
		{"Data Factory", `{"properties":{"type":"CommonDataServiceForApps","typeProperties":{"serviceUri":"` + contoso + `","servicePrincipalId":"` + clientID + `","servicePrincipalCredential":{"type":"SecureString","value":"` + value + `"}}}}`, three, "JSON"},
		{"Power Automate", `{"connectionParametersSet":{"name":"ServicePrincipalOauth","values":{"token:clientId":{"value":"` + clientID + `"},"token:clientSecret":{"value":"` + value + `"},"token:TenantId":{"value":"` + tenantID + `"}}}}`, login, "JSON"},
		{"escapes", `{"clientId":"` + clientID + `","clientSecret":"a\u0041\/\"b8Q~0123456789"}`, got{ClientID: clientID, Secret: `aA/"b8Q~0123456789`}, "JSON"},
		{"App.config of the sample", `<appSettings><add key="Client-ID" value="` + clientID + `"/><add key="Client-Secret" value="a&amp;b8Q~0123456789"/><add key="Tenant-ID" value="` + tenantID + `"/><add key="Resource-URL" value="` + contoso + `"/></appSettings>`, got{Environment: contoso, Tenant: tenantID, ClientID: clientID, Secret: "a&b8Q~0123456789"}, "App.config"},
		{"App.config with a connection string", `<connectionStrings><add name="Dataverse" connectionString="AuthType=ClientSecret;Url=` + contoso + `;ClientId=` + clientID + `;ClientSecret=` + value + `"/></connectionStrings>`, three, "a connection string"},

		{"pac", "pac auth create --name uat --environment " + contoso + " --tenant " + tenantID + " --applicationId " + clientID + " --clientSecret '" + value + "'", four, "a command"},
		{"pac in short, over lines", "PS C:\\> pac auth create -id " + clientID + " `\r\n  -cs \"" + value + "\" `\r\n -t " + tenantID + " -env " + contoso, four, "a command"},
		{"az", "$ az login --service-principal -u " + clientID + " -p -" + value + " --tenant " + tenantID, got{Tenant: tenantID, ClientID: clientID, Secret: "-" + value}, "a command"},
		{"curl", "curl -X POST https://login.microsoftonline.com/" + tenantID + "/oauth2/v2.0/token \\\n  -d 'grant_type=client_credentials&client_id=" + clientID + "&client_secret=a%7Eb%2Bc8Q0123456789&scope=https%3A%2F%2Fcontoso.crm4.dynamics.com%2F.default'", got{Environment: contoso, Tenant: tenantID, ClientID: clientID, Secret: "a~b+c8Q0123456789"}, "a token request"},
		{"curl by fields", "curl https://login.microsoftonline.com/contoso.com/oauth2/token --data-urlencode client_id=" + clientID + " --data-urlencode 'client_secret=" + value + "'", got{Tenant: "contoso.com", ClientID: clientID, Secret: value}, "a command"},
		{"body of a token request", "grant_type=client_credentials&client_id=" + clientID + "&client_secret=a%7Eb8Q0123456789&resource=https%3A%2F%2Fcontoso.crm4.dynamics.com", got{Environment: contoso, ClientID: clientID, Secret: "a~b8Q0123456789"}, "a token request"},

		{"link of Entra", "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Overview/appId/" + clientID + "/isMSAApp~/false", got{ClientID: clientID}, "a portal's link"},
		{"link of the Azure portal", "https://portal.azure.com/#@contoso.onmicrosoft.com/blade/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/Overview/appId/" + strings.ToUpper(clientID), got{Tenant: "contoso.onmicrosoft.com", ClientID: clientID}, "a portal's link"},
		{"service principal in the portal", "https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/" + tenantID + "/appId/" + clientID, got{ClientID: clientID}, "a portal's link"},
		{"consent address", "https://login.microsoftonline.com/" + tenantID + "/oauth2/authorize?client_id=" + clientID + "&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A8400&resource=https%3A%2F%2Fcontoso.crm4.dynamics.com&state=1", got{Environment: contoso, Tenant: tenantID, ClientID: clientID, RedirectURI: "http://localhost:8400"}, "a token request"},
		{"consent address, v2", "https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=" + clientID + "&scope=openid%20https%3A%2F%2Fcontoso.crm4.dynamics.com%2Fuser_impersonation", got{Environment: contoso, ClientID: clientID}, "a token request"},
		{"authority", "https://login.microsoftonline.com/" + tenantID + "/v2.0", got{Tenant: tenantID}, "a login address"},
		{"main.aspx", "<" + contoso + "/main.aspx?appid=" + clientID + "&pagetype=dashboard>", got{Environment: contoso}, "a main.aspx address"},
		{"Web API", contoso + "/api/data/v9.2/accounts?$top=1", got{Environment: contoso}, "a Web API address"},
		{"SOAP", contoso + "/XRMServices/2011/Organization.svc", got{Environment: contoso}, "an Organization Service address"},
		{"environment", "contoso.crm4.dynamics.com", got{Environment: contoso}, "an address"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			result := paste.Read(tt.text)
			form, notes, ok := result.Form, result.Notes, result.Found()
			if !ok {
				t.Fatal("not recognised")
			}
			if d := cmp.Diff(tt.want, open(form)); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
			count := 0
			for _, field := range strings.Split(fmt.Sprintf("%q", open(form)), `" "`) {
				if strings.Trim(field, `{}"`) != "" {
					count++
				}
			}
			told := 0
			for _, n := range notes {
				if strings.HasPrefix(n.Text.String(), "took the ") && n.Field != "" {
					told++
				}
			}
			if !slices.ContainsFunc(notes, func(n connection.Note) bool { return strings.HasSuffix(n.Text.String(), " from "+tt.source) }) {
				t.Errorf("nothing is from %s: %v", tt.source, notes)
			}
			if told != count {
				t.Errorf("%d fields were filled, and the notes say %v", count, notes)
			}
		})
	}
}

func TestPasteLeavesOtherTextAlone(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":                    " ",
		"GUID, which may be any":     clientID,
		"secret":                     value,
		"secret with =":              "q1w2e3r4t5y6u7i8o9p0+/aSdFgHjKlZxCvBnM12345=",
		"sentence":                   "It says 401 since Tuesday: what now?",
		"error of Entra":             "AADSTS7000215: Invalid client secret provided.\r\nTrace ID: " + tenantID + "\r\nTimestamp: 2026-11-22 10:00:00Z",
		"answer of Dataverse":        `{"error":{"code":"0x80072560","message":"The user is not a member of the organization."}}`,
		"redirect":                   "http://localhost/?code=0.AX&state=1",
		"maker portal":               "https://make.powerapps.com/environments/" + tenantID + "/home",
		"database":                   "Server=tcp:contoso.database.windows.net;Database=x;User Id=sa;Password=" + value,
		"login of nobody":            "https://login.microsoftonline.com/common/oauth2/authorize",
		"login that is none":         "https://login.evil.example/" + tenantID + "?client_secret=" + value,
		"broken JSON":                `{"clientId`,
		"too long":                   "CLIENT_ID=" + strings.Repeat("a", paste.Limit),
		"settings of something else": "PATH=/usr/bin\nHOME=/root\nURL=https://example.com",
	} {
		t.Run(name, func(t *testing.T) {
			if result := paste.Read(text); result.Found() || len(result.Notes) > 0 {
				t.Errorf("took %+v from it: %v", open(result.Form), result.Notes)
			}
		})
	}
}

func TestPasteNamesWhatItLeftOut(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       got
		notes      []string
	}{
		{
			"placeholder", "CLIENT_ID=" + clientID + "\nCLIENT_SECRET=${{ secrets.CLIENT_SECRET }}",
			got{ClientID: clientID},
			[]string{
				"clientId: took the Application (client) ID from a list of settings",
				"secret: left out the client secret: in a list of settings it is a placeholder",
			},
		},
		{
			"a user's connection string", "AuthType=OAuth;Url=" + contoso + ";UserName=me@contoso.com;Password=" + value + ";AppId=" + clientID + ";RedirectUri=app://58145B91",
			got{Environment: contoso, ClientID: clientID, RedirectURI: "app://58145B91"},
			[]string{
				"environment: took the Environment URL from a connection string",
				"clientId: took the Application (client) ID from a connection string",
				"redirectUri: took the Redirect URI from a connection string",
				"secret: left out a user's name and password: an application proves itself with a client secret or a certificate",
			},
		},
		{
			"a thumbprint", "AuthType=Certificate;Url=" + contoso + ";ClientId=" + clientID + ";Thumbprint=3DE4BE035C462B1C4F35D40643AB1DF66339425C;StoreName=My",
			got{Environment: contoso, ClientID: clientID},
			[]string{
				"environment: took the Environment URL from a connection string",
				"clientId: took the Application (client) ID from a connection string",
				"thumbprint: took the certificate's thumbprint from a connection string",
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			result := paste.Read(tt.text)
			form, notes, ok := result.Form, result.Notes, result.Found()
			if d := cmp.Diff(tt.want, open(form)); d != "" || !ok {
				t.Errorf("-want +got\n%s", d)
			}
			var told []string
			for _, n := range notes {
				told = append(told, string(n.Field)+": "+n.Text.String())
			}
			if d := cmp.Diff(tt.notes, told); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
		})
	}
}
