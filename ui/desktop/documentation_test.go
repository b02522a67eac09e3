package desktop

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/s2sdoctor/s2sdoctor/core/browser"
)

// TestDocumentationNeedsNoBrowser guards Help › Documentation if only the program was
// copied to a computer, and the computer has no browser.
func TestDocumentationNeedsNoBrowser(t *testing.T) {
	home := t.TempDir()
	for _, name := range []string{"HOME", "XDG_CACHE_HOME", "LocalAppData"} {
		t.Setenv(name, home)
	}
	t.Setenv("PATH", home) // no browser
	t.Chdir(home)          // and no documents
	documents := fstest.MapFS{
		"docs/guide.md":           {Data: []byte("# Guide\n")},
		"docs/troubleshooting.md": {Data: []byte("# AADSTS7000215\n")},
	}
	address, err := OpenDocumentation(documents, browser.Opener{})
	if err == nil || !strings.HasPrefix(address, "file:///") || !strings.HasSuffix(address, "/s2sdoctor/docs/guide.html") {
		t.Errorf("%q, %v", address, err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(cache, "s2sdoctor", "docs", "troubleshooting.html"))
	if err != nil || !bytes.Contains(page, []byte("AADSTS7000215")) {
		t.Errorf("the second page is %q, %v", page, err)
	}

	if err := os.RemoveAll(filepath.Join(cache, "s2sdoctor")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(cache, "s2sdoctor"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if address, err := OpenDocumentation(documents, browser.Opener{}); err == nil || address != "" {
		t.Errorf("without a folder for it: %q, %v", address, err)
	}
}
