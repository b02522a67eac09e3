package desktop

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/record"
)

func TestRecordsAreNotOverwritten(t *testing.T) {
	parent := t.TempDir()
	files := record.Files{record.IndexName: []byte("[]\n")}
	path, err := SaveRecord(parent, "s2s-record", files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(path, record.IndexName)); err != nil {
		t.Error(err)
	}
	if _, err := SaveRecord(parent, "s2s-record", files); !errors.Is(err, record.ErrNotEmpty) {
		t.Errorf("a second time: %v, want ErrNotEmpty", err)
	}
}
