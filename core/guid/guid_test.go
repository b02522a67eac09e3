package guid_test

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
)

func TestParse(t *testing.T) {
	const want = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	for _, s := range []string{
		want, "{2015D711-8A4F-4D3C-9B2E-0F1A2B3C4D5E}", "(" + want + ")", "urn:uuid:" + want, "2015d7118a4f4d3c9b2e0f1a2b3c4d5e", " \"" + want + "\"\n",
	} {
		if got, ok := guid.Parse(s); !ok || got != want {
			t.Errorf("%q: %q, %v", s, got, ok)
		}
	}
	for _, s := range []string{"", want[1:], want + "0", "{" + want, "2015d711_8a4f-4d3c-9b2e-0f1a2b3c4d5e", "g015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"} {
		if guid.Is(s) {
			t.Errorf("%q is taken for one", s)
		}
	}
	if !guid.OnlyZeros("00000000-0000-0000-0000-000000000000") || guid.OnlyZeros(want) {
		t.Error("zeros are not told from digits")
	}
}

func TestIsPlain(t *testing.T) {
	const plain = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	for s, want := range map[string]bool{
		plain: true, "2015D711-8A4F-4D3C-9B2E-0F1A2B3C4D5E": true,
		"{" + plain + "}": false, plain + " ": false, "2015d7118a4f4d3c9b2e0f1a2b3c4d5e": false, "": false,
		// The last character is the Kelvin sign, U+212A.
		"2015d711-8a4f-4d3c-9b2e-0f1a2b3c4dK": false,
	} {
		if got := guid.IsPlain(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}
