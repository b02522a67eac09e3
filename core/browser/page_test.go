package browser

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestPageAddress(t *testing.T) {
	cases := []struct{ path, want string }{
		{"/var/cache/s2sdoctor/docs/guide.html", "file:///var/cache/s2sdoctor/docs/guide.html"},
		{"/home folder/Zoë #1?/50%.html", "file:///home%20folder/Zo%C3%AB%20%231%3F/50%25.html"},
		{"relative/guide.html", ""},
		{"/a/../b/guide.html", ""},
		{"/a/guide.exe", ""},
		{"/a/guide.html/", ""},
		{"", ""},
	}
	if runtime.GOOS == "windows" {
		cases = []struct{ path, want string }{
			{`C:\Users\Zoë K\AppData\Local\s2sdoctor\docs\guide.html`, "file:///C:/Users/Zo%C3%AB%20K/AppData/Local/s2sdoctor/docs/guide.html"},
			{`\\server\share\guide.html`, ""},
			{`//server/share/guide.html`, ""},
			{`\\?\C:\guide.html`, ""},
			{`\guide.html`, ""},
			{`C:guide.html`, ""},
			{`C:\guide.exe`, ""},
		}
	}
	for _, c := range cases {
		got, err := PageAddress(c.path)
		if got != c.want || (err == nil) != (c.want != "") || err != nil && !errors.As(err, new(*AddressError)) {
			t.Errorf("%s: %q, %v; want %q", c.path, got, err, c.want)
		}
	}
}

// TestOpenPageRefusesOtherFiles guards that only a file of ours reaches the system: no
// folder, no link to another file, no address.
func TestOpenPageRefusesOtherFiles(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "folder.html")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(dir, "missing.html"), folder, "https://a.example/x.html", "file:///x.html", "--help.html"} {
		if err := (Opener{}).OpenPage(t.Context(), path); !errors.As(err, new(*AddressError)) {
			t.Errorf("%s: %v, want an AddressError", path, err)
		}
	}
}
