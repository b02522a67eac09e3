package browser

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// OpenPage shows a page that this program wrote itself, in the ordinary browser.
// Nothing else may be handed to it: no path that was typed, pasted or sent.
// The path is absolute, on this computer, and that of an .html file that is there.
// The error is that of [Opener.Open].
func (o Opener) OpenPage(ctx context.Context, path string) error {
	address, err := PageAddress(path)
	if err != nil {
		return err
	}
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return &AddressError{"there is no such file"}
	}
	if runtime.GOOS == "windows" {
		// Windows reads the escaped letters of a file: address in the code page of
		// the day; a path is a path.
		address = path
	}
	return o.start(ctx, address)
}

// PageAddress is the file: address of a page (RFC 8089), to be shown or copied. The
// error is an [*AddressError].
func PageAddress(path string) (string, error) {
	slashed := filepath.ToSlash(path)
	switch {
	case !filepath.IsAbs(path) || filepath.Clean(path) != path:
		return "", &AddressError{"it is not a full path"}
	case strings.HasPrefix(slashed, "//"):
		return "", &AddressError{"it is on another computer"}
	case filepath.Ext(path) != ".html":
		return "", &AddressError{"it is no page"}
	}
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/Users/… has its root in front of the drive
	}
	return (&url.URL{Scheme: "file", Path: slashed}).String(), nil
}
