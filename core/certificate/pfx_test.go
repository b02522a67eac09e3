package certificate_test

import (
	"path/filepath"
	"strings"
	"testing"

	pkcs12 "software.sslmate.com/src/go-pkcs12"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/certtest"
)

// TestPFXAgreesWithLibrary guards that every form which go-pkcs12 writes is read, with
// any password, and that no other password opens it.
func TestPFXAgreesWithLibrary(t *testing.T) {
	for name, encoder := range map[string]*pkcs12.Encoder{
		"RC2": pkcs12.LegacyRC2, "3DES": pkcs12.LegacyDES, "2023": pkcs12.Modern2023, "2026": pkcs12.Modern2026, "many rounds": pkcs12.Modern2023.WithIterations(100_000),
	} {
		for _, password := range []string{"", "a", "wörd € 東京", strings.Repeat("long ", 40), `"quoted"`, " blanks ", "semi;colon%20"} {
			t.Run(name+" "+password, func(t *testing.T) {
				dir := certtest.Folder(t, map[string]string{"a.pfx": pfx(encoder, key, leaf, password)})
				path := filepath.Join(dir, "a.pfx")
				cert, err := load(path, "", secret.New(password))
				if err != nil || !cert.Chain[0].Equal(leaf) || len(cert.Chain) != 2 || len(cert.Notes) > 0 {
					t.Errorf("got %v, %v", cert, err)
				}
				if _, err := load(path, "", secret.New("other"+password)); (err == nil) != (password == "") {
					t.Errorf("another password: %v", err)
				}
			})
		}
	}
}
