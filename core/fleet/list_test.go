package fleet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
)

const client = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"

var listed = []Entry{
	{Name: "Contoso UAT", Environment: "https://contoso.crm4.dynamics.com", ClientID: client, SecretEnv: "CONTOSO_SECRET", Group: "UAT"},
	{Name: "Contoso, Production", TenantID: "contoso.com", Credential: connection.CertificateKind, Certificate: "certs/Contoso-Prod2026.pfx"},
}

func TestReadList(t *testing.T) {
	for name, list := range map[string]string{
		"JSON": `{"connections":[
			{"name":"Contoso UAT","environment":"https://contoso.crm4.dynamics.com","clientId":"` + client + `","secretEnv":"CONTOSO_SECRET","group":"UAT"},
			{"name":"Contoso, Production","tenantId":"contoso.com","credential":"certificate","certificate":"certs/Contoso-Prod2026.pfx"}]}`,
		"CSV": "name,environment,tenantId,clientId,credential,secretEnv,certificate,group\r\n" +
			"Contoso UAT,https://contoso.crm4.dynamics.com,," + client + ",,CONTOSO_SECRET,,UAT\r\n" +
			"\"Contoso, Production\",,contoso.com,,certificate,,certs/Contoso-Prod2026.pfx,\r\n",
		"CSV with a mark and fewer columns": "\ufeffclientId,name,environment,secretEnv,group,tenantId,certificate,credential\n" +
			client + ",Contoso UAT,https://contoso.crm4.dynamics.com,CONTOSO_SECRET,UAT,,,\n" +
			",\"Contoso, Production\",,,,contoso.com,certs/Contoso-Prod2026.pfx,certificate\n",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Read([]byte(list))
			if diff := cmp.Diff(listed, got); err != nil || diff != "" {
				t.Errorf("%v, the list (-want +got):\n%s", err, diff)
			}
		})
	}
	for name, list := range map[string]string{"JSON": `{"connections":[]}`, "CSV": "name,environment\n"} {
		if got, err := Read([]byte(list)); err != nil || len(got) != 0 {
			t.Errorf("an empty list in %s: %v, %v", name, got, err)
		}
	}
}

// TestReadListRefuses reads lists with a mistake or with what may be a secret. Each is
// refused as a whole, and the error quotes no value of it.
func TestReadListRefuses(t *testing.T) {
	const canary = "Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1"
	row := func(rest string) string { return `{"connections":[{"name":"Contoso"` + rest + `}]}` }
	for name, c := range map[string]struct{ list, want string }{
		"nothing":                   {"", "is empty"},
		"an array":                  {`[]`, "no JSON object"},
		"two objects":               {`{"connections":[]}{}`, "no JSON object"},
		"a key beside":              {`{"connections":[],"secret":"x"}`, "unknown key"},
		"an unknown key":            {row(`,"clientSecret":"x"`), `"clientSecret"`},
		"a key in other letters":    {row(`,"ClientId":"x"`), `"ClientId"`},
		"a secret as a key":         {row(`,"` + canary + `":"x"`), "of another name"},
		"a number":                  {row(`,"group":1`), `"group" is no text`},
		"null":                      {row(`,"group":null`), `"group" is no text`},
		"no name":                   {`{"connections":[{"group":"x"}]}`, `no "name"`},
		"a name with a line break":  {`{"connections":[{"name":"a\nb"}]}`, "invisible"},
		"a name twice":              {`{"connections":[{"name":"Contoso"},{"name":"contoso"}]}`, "connections 1 and 2"},
		"no variable":               {row(`,"secretEnv":"MY-SECRET"`), "no name of an environment variable"},
		"a kind":                    {row(`,"credential":"password"`), `"credential" is none of`},
		"a secret":                  {row(`,"group":"` + canary + `"`), "a secret"},
		"a secret for its variable": {row(`,"secretEnv":"` + canary + `"`), "a secret"},
		"a key file's text":         {row(`,"certificate":"-----BEGIN PRIVATE KEY-----"`), "a key"},
		"a token":                   {row(`,"tenantId":"eyJ0eXAiOiJKV1Qi.x"`), "a token"},
		"a connection string":       {row(`,"environment":"AuthType=ClientSecret;Url=https://contoso.crm4.dynamics.com;ClientSecret=x"`), "a connection string"},
		"a password in an address":  {row(`,"environment":"https://ana:opensesame@contoso.crm4.dynamics.com"`), "a password"},
		"an unknown column":         {"name,password\nContoso,opensesame\n", `"password"`},
		"a column twice":            {"name,name\nContoso,Contoso\n", "two columns"},
		"semicolons":                {"name;group\nContoso;UAT\n", "separate it by commas"},
		"a short line":              {"name,group\nContoso\n", "connection 1"},
		"a secret in CSV":           {"name,group\nContoso,\"" + canary + "\"\n", "a secret"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Read([]byte(c.list))
			if err == nil || got != nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, %v, want %q", got, err, c.want)
			}
			if strings.Contains(err.Error(), canary) || strings.Contains(err.Error(), "opensesame") {
				t.Errorf("a value is quoted: %v", err)
			}
		})
	}
}
