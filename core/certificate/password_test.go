package certificate_test

import (
	"path/filepath"
	"strings"
	"testing"

	pkcs12 "software.sslmate.com/src/go-pkcs12"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/certtest"
)

// TestPasswordWithSomethingAroundIt guards that characters around the password are
// removed if the file then opens, and that a note reports the removal.
func TestPasswordWithSomethingAroundIt(t *testing.T) {
	locked := pfx(pkcs12.Modern, key, leaf, password)
	blanks := pfx(pkcs12.Modern, key, leaf, " "+password+" ")
	encrypted := string(certtest.Must(readTestdata("certificate.pem"))) + string(certtest.Must(readTestdata("aes-256-cbc.pem")))
	for _, tt := range []struct {
		name, text, password, note, says string
	}{
		{"as it is", locked, password, "", ""},
		{"blanks that belong to it", blanks, " " + password + " ", "", ""},
		{"a line end", locked, password + "\n", "line end", ""},
		{"a line end of Windows", locked, password + "\r\n", "line end", ""},
		{"a blank of set", locked, password + " ", "blanks", ""},
		{"quotes", locked, `"` + password + `"`, "quotes", ""},
		{"apostrophes", locked, "'" + password + "'", "quotes", ""},
		{"a line end, and a key", encrypted, "correct horse\n", "line end", ""},
		{"needless", pfx(pkcs12.Modern, key, leaf, ""), password, "has no password", ""},
		{"not encrypted at all", certtest.PEM(leaf) + certtest.KeyPEM(key), password, "", ""},
		{"wrong with a line end", locked, "other\n", "", "does not open the certificate file"},
		{"none", locked, "", "", "needs a password"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := certtest.Folder(t, map[string]string{"a.pfx": tt.text})
			cert, err := load(filepath.Join(dir, "a.pfx"), "", secret.New(tt.password))
			switch {
			case tt.says != "":
				if err == nil || !strings.Contains(err.Error(), tt.says) {
					t.Errorf("got %v", err)
				}
			case err != nil:
				t.Error(err)
			case strings.Join(notes(cert), "") == "" != (tt.note == "") || !strings.Contains(strings.Join(notes(cert), ""), tt.note):
				t.Errorf("notes %q", notes(cert))
			}
		})
	}
}
