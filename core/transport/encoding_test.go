package transport

import "testing"

func TestToUTF8(t *testing.T) {
	const want = `{"error":"é€😀"}`
	for name, body := range map[string]string{
		"plain":                    want,
		"UTF-8 with a mark":        "\xef\xbb\xbf" + want,
		"UTF-16, little end first": "\xff\xfe{\x00\"\x00e\x00r\x00r\x00o\x00r\x00\"\x00:\x00\"\x00\xe9\x00\xac\x20\x3d\xd8\x00\xde\"\x00}\x00",
		"UTF-16, big end first":    "\xfe\xff\x00{\x00\"\x00e\x00r\x00r\x00o\x00r\x00\"\x00:\x00\"\x00\xe9\x20\xac\xd8\x3d\xde\x00\x00\"\x00}",
		"UTF-16 with half a unit":  "\xff\xfe{\x00\"\x00e\x00r\x00r\x00o\x00r\x00\"\x00:\x00\"\x00\xe9\x00\xac\x20\x3d\xd8\x00\xde\"\x00}\x00x",
	} {
		if got := string(toUTF8([]byte(body))); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
