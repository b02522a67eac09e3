package redact_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/redact"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/internal/smuggle"
)

// canary has the characters of Entra's secrets, and of older secrets.
const canary = `Zx98Q~e.RtY+u/W'v"7=a%b&c;d<e>\f g_h-k`

func TestEverySpelling(t *testing.T) {
	var set redact.Set
	set.Add(secret.New(canary))
	for _, spelling := range smuggle.Spellings {
		for place, around := range map[string]string{
			"JSON": `{"error":"invalid_client","error_description":"before %s after"}`,
			"XML":  "<a b='%s'>text</a>", "alone": "%s", "text": "before %s after",
		} {
			text := strings.Replace(around, "%s", spelling.Write(canary), 1)
			got := set.Text(text)
			if !strings.Contains(got, secret.Redacted) {
				t.Errorf("%s in %s: nothing was removed from %q", spelling.Name, place, text)
			}
			if rest := smuggle.Leak(got, canary); rest != "" {
				t.Errorf("%s in %s: %q is left in %q", spelling.Name, place, rest, got)
			}
			if place != "alone" && !strings.Contains(got, "text") && !strings.Contains(got, "after") {
				t.Errorf("%s in %s: too much was removed: %q", spelling.Name, place, got)
			}
		}
	}
}

// TestCutPieces guards that a part of twelve characters is found wherever it was cut, and
// that shorter parts and other text stay.
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
	set.Add(secret.New(canary))
	for text, want := range map[string]string{
		"Bearer " + token + " was refused":               "Bearer [redacted] was refused",
		`\u0065yJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln`: "[redacted]",
		`{"access_token":"opaque","expires_in":3599}`:    `{"access_token":"[redacted]","expires_in":3599}`,
		"grant_type=x&client_secret=a%20b&scope=y":       "grant_type=x&client_secret=[redacted]&scope=y",
		`{"microsoft_multi_refresh_token":true}`:         `{"microsoft_multi_refresh_token":true}`,
		`{"password":"日本","expires":"soon"}`:             `{"password":"[redacted]","expires":"soon"}`,
		"password: 日本 expires: soon":                     "password: [redacted] expires: soon",
	} {
		if got := set.Text(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestLongText guards that a secret across the border of two pieces is found, and that
// JSON stays valid.
func TestLongText(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	var set redact.Set
	set.Add(secret.New(canary))
	for at := 256<<10 - 60; at < 256<<10+20; at += 7 {
		text := strings.Repeat("x", at) + smuggle.Write("JSON, every character", canary) + strings.Repeat("y", 300<<10)
		raw := `{"error":"` + text + `"}`
		got := set.Text(raw)
		if rest := smuggle.Leak(got, canary); rest != "" || !json.Valid([]byte(got)) {
			t.Errorf("at %d: %q is left, valid %v", at, rest, json.Valid([]byte(got)))
		}
	}
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

// TestNested guards that neither nested encodings, nor characters and markup that readers
// ignore, hide a secret.
func TestNested(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
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
		for _, around := range []string{"<!-- %s -->", "<?x %s?>", "<![CDATA[%s]]>"} {
			text := strings.Replace(around, "%s", outer.Write(plain), 1)
			if got := set.Text(text); smuggle.Leak(got, plain) != "" {
				t.Errorf("%s in markup: %q", outer.Name, got)
			}
		}
	}
}

// TestHostileTextIsLinear guards that decoding stops for a text that is made to be
// decoded again and again, and that the rest of the text is removed.
func TestHostileTextIsLinear(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
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

// FuzzText guards that a secret is removed from any text, in any spelling and at any
// place.
func FuzzText(f *testing.F) {
	f.Add("Zx98Q~e.RtYuWv7aBbCcDd", uint8(3), "before", "after")
	f.Fuzz(func(t *testing.T, plain string, how uint8, before, after string) {
		if len(plain) > 4096 || strings.ContainsFunc(plain, func(r rune) bool { return r < ' ' || r > '~' }) {
			return
		}
		spelling := smuggle.Spellings[int(how)%len(smuggle.Spellings)]
		written := spelling.Write(plain)
		if smuggle.Leak(written, plain) == "" || strings.Contains(before+after, plain) {
			return // too little of it to be found
		}
		var set redact.Set
		set.Add(secret.New(plain))
		if got := set.Text(before + " " + written + " " + after); !strings.Contains(got, secret.Redacted) {
			t.Errorf("%s: %q is left in %q", spelling.Name, plain, got)
		}
	})
}
