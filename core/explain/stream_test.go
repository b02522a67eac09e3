package explain

import (
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// TestReadTextKeepsBothEnds guards that the beginning and the end of a log of any length
// are explained, in UTF-8 and in UTF-16.
func TestReadTextKeepsBothEnds(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	const code = "AADSTS7000222: The provided client secret keys are expired."
	for name, size := range map[string]int{"just full": kept - len(code), "long": 3*kept + 12345} {
		noise := strings.Repeat("nothing of interest happened here\n", size/34+1)
		for place, text := range map[string]string{"beginning": code + "\n" + noise, "end": noise + code} {
			for encoding, encoded := range map[string]string{"UTF-8": text, "UTF-16": wide(text)} {
				got, err := ReadText(iotest.HalfReader(strings.NewReader(encoded)))
				if err != nil {
					t.Fatal(err)
				}
				if e := Explain(got); e.Cause != "secret.expired" {
					t.Errorf("%s, %s, %s: got %q", name, place, encoding, e.Cause)
				}
			}
		}
	}
}

func TestReadTextReportsErrors(t *testing.T) {
	if _, err := ReadText(iotest.ErrReader(iotest.ErrTimeout)); err == nil {
		t.Error("no error")
	}
}

// wide returns a text as PowerShell writes it.
func wide(text string) string {
	var b strings.Builder
	b.WriteString("\xff\xfe")
	for _, unit := range utf16.Encode([]rune(text)) {
		b.WriteByte(byte(unit))
		b.WriteByte(byte(unit >> 8))
	}
	return b.String()
}
