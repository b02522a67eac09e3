package plain

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "",
		" a\r\n\tb  c ":            "a b c",
		"a\x00b\x1b[31mc\u009b":    "ab[31mc",
		"a\u202eb\u2066c\u200fd":   "abcd",
		"a\u200bb\ufeffc\u00adde":  "abcde",
		"می\u200cخواهم":            "می\u200cخواهم",
		"a\xff\xfeb":               "a\ufffd\ufffdb",
		"line\u2028para\u2029end":  "line para end",
		"<b>&amp;</b> stays plain": "<b>&amp;</b> stays plain",
	} {
		if got := Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
	long := Line(strings.Repeat("ä", MaxText))
	if len(long) > MaxText || len(long) < MaxText-8 || !utf8.ValidString(long) || !strings.HasSuffix(long, "…") {
		t.Errorf("a long text became %d bytes ending in %q", len(long), long[len(long)-6:])
	}
}

// FuzzLine guards what every view of remote text relies on.
func FuzzLine(f *testing.F) {
	for _, seed := range []string{"", "a\r\nb", "\u202etxt.exe", strings.Repeat("日本", 2000), "\xff\xc0\xaf", strings.Repeat(" ", 3000) + "x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		out := Line(in)
		if len(out) > MaxText || !utf8.ValidString(out) {
			t.Fatalf("%d bytes, valid %v", len(out), utf8.ValidString(out))
		}
		for _, r := range out {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) {
				t.Fatalf("%U is left in %q", r, out)
			}
		}
		if again := Line(out); again != out {
			t.Fatalf("not stable: %q became %q", out, again)
		}
	})
}
