package importer_test

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/importer"
)

// right is the expected result of a file.
type right struct {
	Connections []taken  `json:"connections"`
	LeftOut     []string `json:"leftOut"`
	Error       string   `json:"error"`
}

type taken struct {
	Name        string `json:"name"`
	Environment string `json:"environment"`
	TenantID    string `json:"tenantId"`
	ClientID    string `json:"clientId"`
}

var errorNames = map[string]error{
	"empty": importer.ErrEmpty, "store": importer.ErrStore, "not importable": importer.ErrNotImportable, "part": importer.ErrPart,
	"archive": importer.ErrArchive, "web page": importer.ErrWebPage, "newer": importer.ErrNewer, "damaged": importer.ErrDamaged,
}

// TestFieldImports reads the files of testdata, see its README.
func TestFieldImports(t *testing.T) {
	for _, list := range []string{"field", "more", "fresh", "stranger", "second", "samples", "control", "after"} {
		file, err := os.Open(filepath.Join("testdata", list+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var c struct {
				ID, Kind, Text, Base64 string
				Right                  right
			}
			if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
				t.Fatal(err)
			}
			t.Run(list+"/"+c.Kind+"/"+c.ID, func(t *testing.T) {
				data := []byte(c.Text)
				if c.Base64 != "" {
					if data, err = base64.StdEncoding.DecodeString(c.Base64); err != nil {
						t.Fatal(err)
					}
				}
				imported, err := importer.Import(data, cloud.Table)
				got := right{Error: c.Right.Error}
				for _, n := range imported.Named {
					got.Connections = append(got.Connections, taken{n.Name, n.Form.Environment, n.Form.Tenant, n.Form.ClientID})
					if !n.Form.Secret.Empty() {
						t.Error("a secret was taken")
					}
				}
				for _, l := range imported.LeftOut {
					got.LeftOut = append(got.LeftOut, string(l.Why))
				}
				if diff := cmp.Diff(c.Right, got); diff != "" || !errors.Is(err, errorNames[c.Right.Error]) {
					t.Errorf("error %v, -want +got\n%s", err, diff)
				}
			})
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
	}
}

// FuzzImportList guards that a list in JSON or CSV never yields a secret, under any name
// and with any text around it.
func FuzzImportList(f *testing.F) {
	f.Add("clientSecret", "Zx98Q", "name", "Contoso", "clientSecret")
	f.Add("password", "", "url", "https://fabrikam.crm.dynamics.com", "OAuth")
	f.Add("environment", "", "auth", "x", "ClientSecret")
	f.Fuzz(func(t *testing.T, secretKey, secret, key, value, auth string) {
		if !strings.Contains(strings.ToLower(secretKey), "secret") && !strings.Contains(strings.ToLower(secretKey), "password") {
			secretKey = "clientSecret" + secretKey
		}
		secret = hidden + secret
		if strings.Contains(key+value+auth, hidden) {
			return // this text is no secret
		}
		object := map[string]string{secretKey: secret, key: value, "name": "N", "url": contoso, "clientId": clientID, "authType": auth}
		list, err := json.Marshal([]map[string]string{object})
		if err != nil {
			return
		}
		got, err := importer.Import(list, cloud.Table)
		if text, _ := json.Marshal(got); err != nil && !errors.Is(err, importer.ErrPart) && !errors.Is(err, importer.ErrNotImportable) || strings.Contains(string(text), hidden) {
			t.Fatalf("%v, %s", err, text)
		}
	})
}
