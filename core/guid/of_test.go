package guid_test

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
)

func TestOf(t *testing.T) {
	const id = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	for text, want := range map[string]string{
		id: id,
		" 2015D711-8A4F-4D3C-9B2E-0F1A2B3C4D5E\n":          id,
		"00000000-0000-0000-0000-000000000002":             "00000000-0000-0000-0000-000000000002",
		"00000000-0000-0000-0000-000000000000":             "",
		"2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5":              "",
		"2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e)/../../evil": "",
		"": "",
	} {
		if got := guid.Of(text); got != want {
			t.Errorf("Of(%q) = %q, want %q", text, got, want)
		}
	}
}
