package plain_test

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

func TestUnwrap(t *testing.T) {
	for typed, want := range map[string]string{
		" \u200ba\u00a0\r\n": "a", `"a"`: "a", "“a”": "a", "<'a'>": "a", `a"`: "a", "„a“": "a", "a b": "a b", "": "", `"`: "",
	} {
		if got := plain.Unwrap(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func TestTrimKeepsNonText(t *testing.T) {
	if got := plain.Trim(" \xff \u202e"); got != "\xff" {
		t.Errorf("%q", got)
	}
}

func TestSqueeze(t *testing.T) {
	for _, s := range []string{"Client-ID", "client_id", "Client Id", "CLIENT.ID"} {
		if got := plain.Squeeze(s); got != "clientid" {
			t.Errorf("%q: %q", s, got)
		}
	}
}
