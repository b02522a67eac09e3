package desktop

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/s2sdoctor/s2sdoctor/core/browser"
	"github.com/s2sdoctor/s2sdoctor/core/docs"
)

// OpenDocumentation renders documents into the user's cache, replacing earlier ones,
// and opens the first in the browser. The address is that of the first page, "" if
// the pages could not be written.
func OpenDocumentation(documents fs.FS, open browser.Opener) (address string, err error) {
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
