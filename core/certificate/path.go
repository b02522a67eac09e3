package certificate

import (
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

var homeVariable = lazyregexp.New(`^(?:~|\$HOME|\$\{HOME\}|\$env:USERPROFILE|\$env:HOME|%USERPROFILE%)(?:[/\\]|$)`)

// Path returns the path that a text means: without quotes and blanks around it, of a
// file: address, and with the home folder that a shell would have put in.
func Path(text string) string {
	text = plain.Unwrap(text)
	if len(text) > 5 && strings.EqualFold(text[:5], "file:") {
		text = ofFileURL(text)
	}
	if prefix := homeVariable.FindString(text); prefix != "" {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, text[len(prefix):])
		}
	}
	return text
}

// ofFileURL returns the path of a file: address (RFC 8089), the text itself where it
// is something else.
func ofFileURL(text string) string {
	u, err := url.Parse(strings.ReplaceAll(text, `\`, "/"))
	if err != nil {
		return text
	}
	path := u.Path
	if path == "" {
		path = u.Opaque // file:app.pem
	}
	if runtime.GOOS == "windows" {
		if strings.HasPrefix(path, "/") && len(path) > 2 && path[2] == ':' {
			path = path[1:]
		} else if u.Host != "" && u.Host != "localhost" {
			path = "//" + u.Host + path
		}
	}
	return filepath.FromSlash(path)
}
