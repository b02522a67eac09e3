package record

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// blob replaces hashes, thumbprints, keys and other codes: what is long and mixes
// digits with letters of both cases, or is hexadecimal. The 16 bytes of a known
// GUID become those of its pseudonym.
func (p *pseudonyms) blob(s string, _ []string) (string, bool) {
	if made, ok := p.guidInBase64(s); ok {
		return made, true
	}
	if coded(s) && !readable(s) {
		return p.name("code", s), true
	}
	return "", false
}

// padded is blob for base64 with its padding, which an assignment has not:
// "roleCount=6".
func (p *pseudonyms) padded(s string, g []string) (string, bool) {
	made, ok := p.blob(g[1], nil)
	return made + g[2], ok
}

// readable reports whether a text is words of the vocabulary with a number of a
// version or year: "Application-Gateway/v2".
func readable(s string) bool {
	const year = 4
	return len(digits.FindAllString(s, -1)) <= year && ordinary(withoutDigits(s)) && len(s) > 0 && !strings.HasSuffix(s, "=")
}

// coded reports whether a text is a hash or a key by its looks.
func coded(s string) bool {
	const short, long = 16, 20
	digit, lower, upper := strings.ContainsAny(s, "0123456789"), strings.ToUpper(s) != s, strings.ToLower(s) != s
	isHex := strings.Trim(strings.ToLower(s), "0123456789abcdef") == ""
	padded := strings.HasSuffix(s, "=") && len(s)%4 == 0 && (digit || restless(s))
	return padded || len(s) >= short && digit && (isHex || lower && upper) || len(s) >= long && restless(s)
}

// restless reports whether a text changes between capitals and small letters too
// often to be words in camel case.
func restless(s string) bool {
	changes := 0
	for i := 1; i < len(s); i++ {
		if letterCase(s[i]) != letterCase(s[i-1]) {
			changes++
		}
	}
	return changes*20 > len(s)*9 // 45 % of random letters, words of three letters at most
}

func letterCase(c byte) int {
	switch {
	case c >= 'a' && c <= 'z':
		return 1
	case c >= 'A' && c <= 'Z':
		return 2
	}
	return 0
}

// guidInBase64 handles both orders of a GUID's bytes: as written (RFC 9562), and
// as .NET and Entra's opaque identifiers have it, with the first three parts
// reversed.
func (p *pseudonyms) guidInBase64(s string) (string, bool) {
	naked := strings.TrimRight(s, "=")
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		raw, err := enc.DecodeString(naked)
		if err != nil || len(raw) != 16 {
			continue
		}
		for _, order := range []func([]byte) []byte{func(b []byte) []byte { return b }, swapped} {
			known := hex.EncodeToString(order(raw))
			if _, ok := p.given["guid\x00"+known]; !ok && !publicGUID(known) {
				continue
			}
			made, _ := hex.DecodeString(p.guid(known))
			return enc.EncodeToString(order(made)) + s[len(naked):], true
		}
	}
	return "", false
}

// swapped reverses the first three parts of a GUID's bytes.
func swapped(b []byte) []byte {
	return []byte{b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]}
}
