package main

import (
	"path/filepath"

	"github.com/s2sdoctor/s2sdoctor/core/record"
)

// saveRecord writes a record into a new folder of a name in parent.
func saveRecord(parent, name string, files record.Files) (string, error) {
	folder, err := record.Reserve(filepath.Join(parent, name))
	if err != nil {
		return "", err
	}
	defer folder.Discard()
	return folder.Path(), folder.Save(files)
}
