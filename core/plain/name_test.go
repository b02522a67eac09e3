package plain_test

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

func TestIsName(t *testing.T) {
	for _, name := range []string{"nobody", "Contoso UAT", "dev-2", "appuser-missing", "Contoso (Prod) 2026", "ContosoUat", "Büro Köln", "東京", "R&D, test"} {
		if !plain.IsName(name) {
			t.Errorf("%q is refused", name)
		}
	}
	for _, s := range []string{
		"", "---", "Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1", "hunter20261", "a1b2c3d4", "P@ssw0rd!", "kLmPqRtUwYaBcDeFgHjK",
		"2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e", "9f0e3c1d", "c2VjcmV0LXNlY3JldA==", "a\x1b[2Jb", "supercalifragilisticexpialidocious", "12345678",
	} {
		if plain.IsName(s) {
			t.Errorf("%q is a name", s)
		}
		if got := plain.Called(s); got != "of that name" {
			t.Errorf("%q is quoted: %s", s, got)
		}
	}
	if got := plain.Called("nobody"); got != `"nobody"` {
		t.Error(got)
	}
}
