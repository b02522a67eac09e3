package desktop

import (
	"path/filepath"

	"github.com/s2sdoctor/s2sdoctor/core/record"
)

// SaveRecord writes the files of a record into a new folder of parent, and returns
// its path. The error is record.ErrNotEmpty if the folder exists and has files.
func SaveRecord(parent, name string, files record.Files) (string, error) {
	folder, err := record.Reserve(filepath.Join(parent, name))
	if err != nil {
		return "", err
	}
	defer folder.Discard()
	return folder.Path(), folder.Save(files)
}
