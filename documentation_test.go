package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/browser"
)

// TestDocumentationNeedsNothingButTheProgram guards Help › Documentation of a
// program that was copied alone, to a computer without a browser too.
func TestDocumentationNeedsNothingButTheProgram(t *testing.T) {
	home := t.TempDir()
	for _, name := range []string{"HOME", "XDG_CACHE_HOME", "LocalAppData"} {
		t.Setenv(name, home)
	}
	t.Setenv("PATH", home) // no browser
	t.Chdir(home)          // and no documents
	address, err := openDocumentation(browser.Opener{})
	if err == nil || !strings.HasPrefix(address, "file:///") || !strings.HasSuffix(address, "/s2sdoctor/docs/guide.html") {
		t.Errorf("%q, %v", address, err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(cache, "s2sdoctor", "docs", "troubleshooting.html"))
	if err != nil || !bytes.Contains(page, []byte("AADSTS7000215")) {
		t.Errorf("the documents are not there: %v", err)
	}

	if err := os.RemoveAll(filepath.Join(cache, "s2sdoctor")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(cache, "s2sdoctor"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if address, err := openDocumentation(browser.Opener{}); err == nil || address != "" {
		t.Errorf("where nothing can be written: %q, %v", address, err)
	}
}

// TestTheDocumentsAreSmall guards the size of the program: it carries words, and
// no pictures.
func TestTheDocumentsAreSmall(t *testing.T) {
	total := int64(0)
	err := fs.WalkDir(documents, ".", func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			info, err := d.Info()
			if err != nil {
				return err
			}
			total += info.Size()
		}
		return err
	})
	if err != nil || total < 50_000 || total > 200_000 {
		t.Errorf("%d bytes, %v", total, err)
	}
}
