package main

import (
	"context"
	"embed"
	"os"
	"path/filepath"

	"github.com/s2sdoctor/s2sdoctor/core/browser"
	"github.com/s2sdoctor/s2sdoctor/core/docs"
)

// documents are in the program itself: it may have been copied alone. Pictures are
// left out, which would be larger than everything else that is embedded.
//
//go:embed docs/*.md CHANGELOG.md
var documents embed.FS

// openDocumentation writes the documents as pages to this user's cache, each time
// anew, and opens the first. The address is "" when they cannot be written.
func openDocumentation(open browser.Opener) (address string, err error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	path, err := docs.Write(documents, filepath.Join(cache, "s2sdoctor", "docs"))
	if err != nil {
		return "", err
	}
	address, err = browser.PageAddress(path)
	if err != nil {
		return "", err
	}
	return address, open.OpenPage(context.Background(), path)
}
