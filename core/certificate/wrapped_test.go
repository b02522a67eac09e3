package certificate_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"mime/quotedprintable"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
	pkcs12 "software.sslmate.com/src/go-pkcs12"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/certtest"
)

func utf16Of(text string, order unicode.Endianness, mark unicode.BOMPolicy) string {
	return certtest.Must(unicode.UTF16(order, mark).NewEncoder().String(text))
}

func indented(text, with string) string {
	return with + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n"+with) + "\n"
}

func quotedPrintable(text string) string {
	var b strings.Builder
	w := quotedprintable.NewWriter(&b)
	_, err := w.Write([]byte(text))
	certtest.Must(0, err)
	certtest.Must(0, w.Close())
	return b.String()
}

func quotedJSON(text string) string { return string(certtest.Must(json.Marshal(text))) }

// TestWrappedCertificate guards that certificate and key are found in every form in which
// users have them.
func TestWrappedCertificate(t *testing.T) {
	certificatePEM, keyPEM := certtest.PEM(leaf), certtest.KeyPEM(key)
	both := certificatePEM + keyPEM
	bare := pfx(pkcs12.Modern, key, leaf, "")
	b64 := base64.StdEncoding.EncodeToString
	p := b64([]byte(bare))
	lines := func(s string, n int, end string) string {
		var b strings.Builder
		for ; len(s) > n; s = s[n:] {
			b.WriteString(s[:n] + end)
		}
		return b.String() + s + end
	}
	var escaped strings.Builder
	_ = xml.EscapeText(&escaped, []byte(both))
	for _, tt := range []struct{ name, text string }{
		{"byte order mark", "\ufeff" + both},
		{"quoted-printable", "Content-Transfer-Encoding: quoted-printable\n\n" + quotedPrintable(both)},
		{"UTF-16 with a mark", utf16Of(both, unicode.LittleEndian, unicode.UseBOM)},
		{"UTF-16 without", utf16Of(both, unicode.LittleEndian, unicode.IgnoreBOM)},
		{"UTF-16, big endian", utf16Of(both, unicode.BigEndian, unicode.UseBOM)},
		{"CRLF", strings.ReplaceAll(both, "\n", "\r\n")},
		{"CR", strings.ReplaceAll(both, "\n", "\r")},
		{"indented", indented(both, "    ")},
		{"tabs", indented(both, "\t")},
		{"labels alone indented", strings.ReplaceAll(both, "-----BEGIN", "  -----BEGIN")},
		{"in one line", strings.ReplaceAll(both, "\n", "")},
		{"blanks for line ends", strings.ReplaceAll(both, "\n", " ")},
		{"\\n", strings.ReplaceAll(both, "\n", `\n`)},
		{"\\n twice", strings.ReplaceAll(both, "\n", `\\n`)},
		{"\\r\\n", strings.ReplaceAll(both, "\n", `\r\n`)},
		{"a variable of an environment", "CERT=" + quotedJSON(both)},
		{"two variables", "export CERT='" + certificatePEM + "'\nexport KEY=\"" + keyPEM + "\"\n"},
		{"a string in code", "const c =\n" + indented(strings.ReplaceAll(both, "\n", "\\n\" +\n"), `  "`) + `"";`},
		{"mail", indented(both, "> ")},
		{"text around it", "Hello Ana,\n\n" + certificatePEM + "and the key:\n" + keyPEM + "\nRegards\n"},
		{"dashes of a word processor", strings.ReplaceAll(both, "-----", "—–—")},
		{"an address", url.PathEscape(both)},
		{"a form", "cert=" + url.QueryEscape(both)},
		{"XML", "<cert>" + escaped.String() + "</cert>"},
		{"YAML", "cert: |-\n" + indented(certificatePEM, "  ") + "key: |-\n" + indented(keyPEM, "  ")},
		{"a secret of Kubernetes", "kind: Secret\ndata:\n  tls.crt: " + b64([]byte(certificatePEM)) + "\n  tls.key: " + b64([]byte(keyPEM)) + "\n"},
		{"JSON of an authority", `{"data":{"ca_chain":[` + quotedJSON(certtest.PEM(ca)) + `],"certificate":` + quotedJSON(certificatePEM) + `,"private_key":` + quotedJSON(keyPEM) + `}}`},
		{"JSON of a vault, PEM", `{"contentType":"application/x-pem-file","value":` + quotedJSON(both) + `}`},
		{"base64 of PEM", lines(b64([]byte(both)), 76, "\n")},
		{"base64 of PEM in UTF-16", b64([]byte(utf16Of(both, unicode.LittleEndian, unicode.IgnoreBOM)))},

		{"PFX with a line end behind", bare + "\r\n"},
		{"base64", p},
		{"base64 twice", b64([]byte(p))},
		{"PFX behind a byte order mark", "\ufeff" + bare},
		{"base64 in quotes", `"` + p + `"`},
		{"base64 in lines", lines(p, 64, "\r\n")},
		{"base64 in UTF-16", utf16Of(p, unicode.LittleEndian, unicode.UseBOM)},
		{"base64 of addresses", base64.RawURLEncoding.EncodeToString([]byte(bare))},
		{"a word above base64", "certificate\n" + lines(p, 64, "\n")},
		{"JSON of a vault", `{"value":"` + p + `","contentType":"application/x-pkcs12"}`},
		{"certutil -encode", "-----BEGIN CERTIFICATE-----\n" + lines(p, 64, "\n") + "-----END CERTIFICATE-----\n"},
		{"BEGIN PKCS12", "-----BEGIN PKCS12-----\n" + lines(p, 64, "\n") + "-----END PKCS12-----\n"},
		{"a data address", "data:application/x-pkcs12;base64," + p},
		{"settings", "# for the job\nPFX=" + p + "\nNAME=contoso\n"},
		{"XML of a publisher", `<PublishProfile ManagementCertificate="` + p + `"/>`},
		{"a binary column", "0x" + hex.EncodeToString([]byte(bare))},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := certtest.Folder(t, map[string]string{"app.txt": tt.text})
			cert, err := load(filepath.Join(dir, "app.txt"), "", secret.Value{})
			if err != nil {
				t.Fatal(err)
			}
			if !cert.Chain[0].Equal(leaf) || cert.SeparateKey() {
				t.Errorf("got %s, key apart: %v", cert.Chain[0].Subject, cert.SeparateKey())
			}
		})
	}
}
