package entra

import "testing"

func TestIsB64Token(t *testing.T) {
	for token, want := range map[string]bool{
		"eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln": true, "AZaz09-._~+/==": true, "a": true,
		"": false, "=": false, "==": false, "a=b": false, "a b": false, "a\n": false, "a\r\nX: 1": false, "a\x00": false, "é": false, "a,b": false, `a"`: false,
	} {
		if got := isB64Token(token); got != want {
			t.Errorf("%q: got %v, want %v", token, got, want)
		}
	}
}
