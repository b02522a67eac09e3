package redact_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/s2sdoctor/s2sdoctor/core/redact"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/smuggle"
)

// canary has what Entra's secrets have, and what older ones had.
const canary = `Zx98Q~e.RtY+u/W'v"7=a%b&c;d<e>\f g_h-k`

// spelled are the ways in which a text may be echoed.
var spelled = map[string]func(string) string{
	"plain":                   func(s string) string { return s },
	"query":                   url.QueryEscape,
	"path":                    url.PathEscape,
	"query, lower hex":        func(s string) string { return lowerHex(url.QueryEscape(s)) },
	"every byte, percent":     func(s string) string { return each(s, "%%%02X") },
	"every byte, lower":       func(s string) string { return each(s, "%%%02x") },
	"percent twice":           func(s string) string { return url.QueryEscape(url.QueryEscape(s)) },
	"JSON":                    jsonText,
	"JSON, every character":   func(s string) string { return each(s, `\u%04x`) },
	"JSON, upper":             func(s string) string { return each(s, `\u%04X`) },
	"JSON in JSON":            func(s string) string { return jsonText(jsonText(s)) },
	"JavaScript":              func(s string) string { return each(s, `\x%02x`) },
	"HTML":                    html.EscapeString,
	"XML, hexadecimal":        func(s string) string { return each(s, "&#x%X;") },
	"XML, decimal":            func(s string) string { return each(s, "&#%d;") },
	"hex":                     func(s string) string { return hex.EncodeToString([]byte(s)) },
	"HEX":                     func(s string) string { return strings.ToUpper(hex.EncodeToString([]byte(s))) },
	"base64":                  func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
	"base64, offset 1":        func(s string) string { return base64.StdEncoding.EncodeToString([]byte("x" + s + "y")) },
	"base64url, offset 2":     func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte("xy" + s + "z")) },
	"base64 in a query":       func(s string) string { return url.QueryEscape(base64.StdEncoding.EncodeToString([]byte(s))) },
	"UTF-16":                  func(s string) string { return utf16le(s) },
	"UTF-16 in base64":        func(s string) string { return base64.StdEncoding.EncodeToString([]byte(utf16le(s))) },
	"zero-width between":      func(s string) string { return strings.Join(strings.Split(s, ""), "\u200b") },
	"direction marks between": func(s string) string { return strings.Join(strings.Split(s, ""), "\u202e") },
	"escaped marks between": func(s string) string {
		var b strings.Builder
		for _, c := range s {
			b.WriteString(jsonText(string(c)) + `\u200b`)
		}
		return b.String()
	},
	"NUL between":        func(s string) string { return strings.Join(strings.Split(s, ""), "\x00") },
	"wrapped":            func(s string) string { return s[:20] + "\r\n" + s[20:] },
	"plus for a blank":   func(s string) string { return strings.ReplaceAll(s, " ", "+") },
	"typographic quotes": func(s string) string { return strings.NewReplacer(`'`, "’", `"`, "”").Replace(s) },
	"quotes gone":        func(s string) string { return strings.NewReplacer(`'`, "", `"`, "").Replace(s) },
}

func TestEverySpelling(t *testing.T) {
	var set redact.Set
	set.Add(secret.New(canary))
	for name, spell := range spelled {
		for place, around := range map[string]string{
			"JSON": `{"error":"invalid_client","error_description":"before %s after"}`,
			"XML":  "<a b='%s'>text</a>", "alone": "%s", "text": "before %s after",
		} {
			text := strings.Replace(around, "%s", spell(canary), 1)
			got := set.Text(text)
			if !strings.Contains(got, secret.Redacted) {
				t.Errorf("%s in %s: nothing was removed from %q", name, place, text)
			}
			if rest := leaks(got, canary); rest != "" {
				t.Errorf("%s in %s: %q is left in %q", name, place, rest, got)
			}
			if place != "alone" && !strings.Contains(got, "text") && !strings.Contains(got, "after") {
				t.Errorf("%s in %s: too much was removed: %q", name, place, got)
			}
		}
	}
}

// TestCutPieces holds that a part of twelve characters is found wherever it was
// cut, and that shorter ones and other text stay.
func TestCutPieces(t *testing.T) {
	const plain = "Zx98Q~e.RtYuWv7aBbCcDdEeFfGgHhIiJjKkLlMm"
	var set redact.Set
	set.Add(secret.New(plain))
	for i := 0; i+12 <= len(plain); i++ {
		if got := set.Text("<" + plain[i:i+12] + ">"); got != "<"+secret.Redacted+">" {
			t.Errorf("part at %d: %q", i, got)
		}
	}
	for _, text := range []string{plain[:11], "", "AADSTS7000215: Invalid client secret provided.", `{"password":null,"multi_refresh_token":true}`} {
		if got := set.Text(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestTokens(t *testing.T) {
	const token = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl"
	var set redact.Set
	for text, want := range map[string]string{
		"Bearer " + token + " was refused":               "Bearer [redacted] was refused",
		`\u0065yJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln`: "[redacted]",
		`{"access_token":"opaque","expires_in":3599}`:    `{"access_token":"[redacted]","expires_in":3599}`,
		"grant_type=x&client_secret=a%20b&scope=y":       "grant_type=x&client_secret=[redacted]&scope=y",
		`{"microsoft_multi_refresh_token":true}`:         `{"microsoft_multi_refresh_token":true}`,
	} {
		if got := set.Text(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestLongText holds that a secret across the border of two pieces is found, and
// that JSON stays JSON.
func TestLongText(t *testing.T) {
	var set redact.Set
	set.Add(secret.New(canary))
	for at := 256<<10 - 60; at < 256<<10+20; at += 7 {
		text := strings.Repeat("x", at) + each(canary, `\u%04x`) + strings.Repeat("y", 300<<10)
		raw := `{"error":"` + text + `"}`
		got := set.Text(raw)
		if rest := leaks(got, canary); rest != "" || !json.Valid([]byte(got)) {
			t.Errorf("at %d: %q is left, valid %v", at, rest, json.Valid([]byte(got)))
		}
	}
}

// leaks returns a part of twelve characters of the secret that a reader could
// still decode.
func leaks(text, plain string) string {
	for range 4 {
		folded := fold(text)
		for i := 0; i+12 <= len(plain); i++ {
			if part := fold(plain[i : i+12]); len(part) >= 9 && strings.Contains(folded, part) {
				return part
			}
		}
		text = html.UnescapeString(text)
		if plainText, err := url.PathUnescape(text); err == nil {
			text = plainText
		}
		var s string
		if json.Unmarshal([]byte(`"`+strings.ReplaceAll(text, `"`, `\"`)+`"`), &s) == nil {
			text = s
		}
	}
	return ""
}

func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r >= 0x7f || strings.ContainsRune(`'"+`+"`", r) {
			return -1
		}
		return r
	}, s)
}

func each(s, format string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, format, s[i])
	}
	return b.String()
}

func lowerHex(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		b.WriteByte(s[i])
		if s[i] == '%' {
			b.WriteString(strings.ToLower(s[i+1 : i+3]))
			i += 2
		}
	}
	return b.String()
}

func jsonText(s string) string {
	raw, _ := json.Marshal(s)
	return string(raw[1 : len(raw)-1])
}

func utf16le(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

func BenchmarkText(b *testing.B) {
	var set redact.Set
	for i := range 5 {
		set.Add(secret.New(strings.Repeat(canary, 40) + fmt.Sprint(i)))
	}
	for name, text := range map[string]string{
		"JSON":     strings.Repeat(`{"error":"x","error_description":"Some text of a service, %41 \u0041 &amp;","password":"y"},`, 12000),
		"hostile":  strings.Repeat(`"password":"`, 90000),
		"backlash": strings.Repeat(`\\`, 500000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				set.Text(text)
			}
		})
	}
}

// TestNested holds that encodings on encodings hide nothing, nor do the characters
// and the markup that readers drop.
func TestNested(t *testing.T) {
	const plain = "Zx98Q~e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1a"
	var set redact.Set
	set.Add(secret.New(plain))
	for _, outer := range smuggle.Spellings {
		for _, inner := range smuggle.Spellings {
			text := "before " + outer.Write(inner.Write(plain)) + " after"
			if part := smuggle.Leak(set.Text(text), plain); part != "" {
				t.Errorf("%s of %s: %q is left of %q in %q", outer.Name, inner.Name, part, text, set.Text(text))
			}
		}
		for _, between := range []string{"<!-- -->", "<![CDATA[]]>", "<?x?>", "\u200b", "\x00", "\u00ad"} {
			text := strings.Join(strings.Split(outer.Write(plain), ""), between)
			if got := set.Text(text); smuggle.Leak(strings.ReplaceAll(got, between, ""), plain) != "" {
				t.Errorf("%s with %q between: %q", outer.Name, between, got)
			}
		}
	}
}

// TestHostileTextIsLinear holds that a text that is made to be decoded over and over
// is given up, and that what is left of it does not get through.
func TestHostileTextIsLinear(t *testing.T) {
	const plain = "Zx98Q~e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1a"
	var set redact.Set
	set.Add(secret.New(plain))
	for name, text := range map[string]string{
		"base64 of base64": smuggle.Write("base64", smuggle.Write("base64", strings.Repeat("QUJDREVG", 8000))),
		"hex of hex":       smuggle.Write("hex", smuggle.Write("hex", strings.Repeat("41424344", 8000))),
		"every phase":      strings.Repeat("VVVV5VVV", 30000),
		"comments":         strings.Repeat("<!--", 60000),
		"comments within":  strings.Repeat("<!<!-- -->", 20000),
		"references":       strings.Repeat("&#", 100000),
		"long reference":   "&#" + strings.Repeat("0", 200000),
	} {
		got := set.Text(text + " " + smuggle.Write("base64", plain))
		if smuggle.Plain(got, plain) != "" || !strings.Contains(got, secret.Redacted) {
			t.Errorf("%s: the secret after it is left", name)
		}
	}
}

// FuzzText holds that no spelling at any place, in any text, gets through.
func FuzzText(f *testing.F) {
	names := make([]string, 0, len(spelled))
	for name := range spelled {
		names = append(names, name)
	}
	slices.Sort(names)
	f.Add("Zx98Q~e.RtYuWv7aBbCcDd", uint8(3), "before", "after")
	f.Fuzz(func(t *testing.T, plain string, how uint8, before, after string) {
		if len(fold(plain)) < 16 || len(plain) > 4096 {
			return
		}
		for i := range len(plain) {
			if plain[i] < ' ' || plain[i] > '~' {
				return
			}
		}
		name := names[int(how)%len(names)]
		if name == "wrapped" && len(plain) < 21 {
			return
		}
		var set redact.Set
		set.Add(secret.New(plain))
		got := set.Text(before + " " + spelled[name](plain) + " " + after)
		if strings.Contains(before+after, plain) {
			return
		}
		if !strings.Contains(got, secret.Redacted) {
			t.Errorf("%s: %q is left in %q", name, plain, got)
		}
	})
}
