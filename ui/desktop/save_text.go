package desktop

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// SaveText writes a text into a new file in folder, and returns its path. If there is a
// file of that name already, the new one gets a number: "card (2).md".
func SaveText(folder, name, content string) (string, error) {
	ending := filepath.Ext(name)
	base := strings.TrimSuffix(name, ending)
	if base == "" { // such as .env
		base, ending = ending, ""
	}
	for n := 1; ; n++ {
		if n > 1 {
			name = fmt.Sprintf("%s (%d)%s", base, n, ending)
		}
		path := filepath.Join(folder, name)
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // #nosec G304 -- the user chooses the folder
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = file.WriteString(content)
		if err = errors.Join(err, file.Close()); err != nil {
			_ = os.Remove(path)
			return "", err
		}
		return path, nil
	}
}
