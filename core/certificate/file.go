package certificate

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Limit is the size in bytes past which a file is not read: a certificate with its
// key and chain has a few kilobytes.
const Limit = 1 << 20

// readFile reads a regular file within the limit. Anything else is refused before it
// is opened: reading a pipe or a device may never end.
func readFile(path string, what text.Text) ([]byte, error) {
	unreadable := func(why text.Text) error { return fail(Unreadable, why) }
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, unreadable(text.F("The %s is not there. Check the path.", what))
	case errors.Is(err, fs.ErrPermission):
		return nil, unreadable(text.F("The %s may not be read by you. Check its permissions.", what))
	case err != nil:
		return nil, unreadable(text.F("The %s cannot be found. Check the path.", what))
	case info.IsDir():
		return nil, unreadable(text.F("The %s is a folder. Choose the file in it.", what))
	case !info.Mode().IsRegular():
		return nil, unreadable(text.F("The %s is not a regular file.", what))
	case info.Size() > Limit:
		return nil, unreadable(text.F("The %s is larger than 1 MiB, which no certificate is.", what))
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(text.F("The %s cannot be opened. Check its permissions.", what))
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, Limit+1))
	switch {
	case err != nil:
		return nil, unreadable(text.F("The %s cannot be read.", what))
	case len(data) > Limit:
		return nil, unreadable(text.F("The %s is larger than 1 MiB, which no certificate is.", what))
	}
	return data, nil
}
