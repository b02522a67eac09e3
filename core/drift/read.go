package drift

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// fileLimit is the size in bytes past which a file is no snapshot.
const fileLimit = 16 << 20

// ReadFile reads the snapshot in a file: see [Read]. Its errors are for users, and begin
// with "it".
func ReadFile(path string) (Snapshot, error) {
	var data []byte
	file, err := os.Open(path) // #nosec G304 -- the user names the file
	if err == nil {
		defer file.Close()
		data, err = io.ReadAll(io.LimitReader(file, fileLimit+1)) // of a device, too
	}
	if len(data) > fileLimit {
		return Snapshot{}, text.Error(text.F("it is too large"))
	}
	if cause := (*fs.PathError)(nil); errors.As(err, &cause) {
		err = cause.Err
	}
	if err != nil {
		return Snapshot{}, text.Error(text.F("it cannot be read: %s", err))
	}
	return Read(data)
}

// Read reads a snapshot from its JSON, or the later snapshot from the JSON of a
// comparison.
func Read(data []byte) (Snapshot, error) {
	var file struct {
		Snapshot
		B *Snapshot `json:"b"`
	}
	if json.Unmarshal([]byte(plain.Decode(data)), &file) != nil {
		return Snapshot{}, text.Error(text.F("it is no JSON"))
	}
	s := file.Snapshot
	if file.B != nil {
		s = *file.B
	}
	if s.Version != 1 || s.Taken.IsZero() {
		return Snapshot{}, text.Error(text.F("it is no snapshot of s2scheck"))
	}
	return s, nil
}
