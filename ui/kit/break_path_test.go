package kit

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBreakPath(t *testing.T) {
	for _, c := range []struct {
		name, path string
		width      int
		want       []string
	}{
		{"it has room", "/home/ana/a.cer", 20, []string{"/home/ana/a.cer"}},
		{"a folder with a space stays whole", "/home/ana/S2S Doctor/a.cer", 18, []string{"/home/ana/", "S2S Doctor/a.cer"}},
		{"the name of the file stays whole", `C:\Users\ana\s2s-uat.cer`, 16, []string{`C:\Users\ana\`, "s2s-uat.cer"}},
		{"a name that has no room is left to the toolkit", "/a/much-too-long.cer", 6, []string{"/a/", "much-too-long.cer"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, strings.Split(breakPath(c.path, upTo(c.width)), "\n")); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestIsPath(t *testing.T) {
	for text, want := range map[string]bool{
		"/home/ana/a.cer": true, `C:\a.cer`: true, `\\server\a.cer`: true,
		"": false, "C:": false, "a/b": false, "0x80072560": false, "/a\n/b": false,
	} {
		if got := isPath(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
