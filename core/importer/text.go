package importer

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// declaration is the encoding that an XML declaration names.
var declaration = lazyregexp.New(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// decode returns the file as UTF-8. The bytes decide between UTF-8 and UTF-16, whose
// declarations are often wrong: .NET declares utf-16 for any XML that it writes into a
// string. Other encodings are those that are declared; the default is Windows-1252.
func decode(data []byte) (string, error) {
	text := plain.Decode(data)
	m := declaration.FindStringSubmatch(text[:min(len(text), 256)])
	switch {
	case len(text) != len(bytes.TrimPrefix(data, []byte("\ufeff"))), m == nil && utf8.ValidString(text):
		return text, nil
	case m == nil:
		decoded, err := charmap.Windows1252.NewDecoder().String(text)
		if err != nil {
			return "", ErrDamaged
		}
		return decoded, nil
	}
	label := strings.ToLower(m[1])
	if strings.HasPrefix(label, "utf") || strings.HasPrefix(label, "ucs") || strings.HasPrefix(label, "iso-10646") {
		if !utf8.ValidString(text) {
			return "", ErrDamaged
		}
		return text, nil
	}
	decoder, err := charset.NewReaderLabel(label, strings.NewReader(text))
	if err != nil {
		if utf8.ValidString(text) {
			return text, nil
		}
		return "", ErrDamaged
	}
	decoded, err := io.ReadAll(decoder)
	if err != nil {
		return "", ErrDamaged
	}
	return string(decoded), nil
}
