package record_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/s2sdoctor/s2sdoctor/core/record"
)

// folderOf returns files as a folder.
func folderOf(files record.Files) fs.FS {
	folder := fstest.MapFS{}
	for name, content := range files {
		folder[name] = &fstest.MapFile{Data: content}
	}
	return folder
}

func TestSaveWritesPrivateFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record")
	files := record.Make(contoso.exam(nil, ""))
	folder, err := record.Reserve(path)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Discard()
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is there before it is saved: %v", err)
	}
	if err := folder.Save(files); err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		info, err := os.Stat(filepath.Join(path, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v; want 0600", name, info, err)
		}
		if got, _ := os.ReadFile(filepath.Join(path, name)); string(got) != string(want) {
			t.Errorf("%s differs from what was shown", name)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v, %v; want 0700", info, err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".s2s-record-*")); len(left) > 0 {
		t.Errorf("drafts are left: %q", left)
	}
}

func TestReserveRefuses(t *testing.T) {
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{
		"a folder with something in it": full,
		"a file":                        filepath.Join(full, "file"),
		"no parent":                     filepath.Join(full, "none", "record"),
	} {
		t.Run(name, func(t *testing.T) {
			folder, err := record.Reserve(path)
			if err == nil {
				folder.Discard()
				t.Fatal("no error")
			}
			t.Log(err)
		})
	}
	if _, err := record.Reserve(full); !errors.Is(err, record.ErrNotEmpty) {
		t.Errorf("got %v, want ErrNotEmpty", err)
	}
}

func TestReserveTakesAnEmptyFolder(t *testing.T) {
	folder, err := record.Reserve(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Discard()
	if err := folder.Save(record.Files{record.IndexName: []byte("[]\n"), "a/b.http": []byte("HTTP/1.1 200 OK\n\n")}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(folder.Path(), "a", "b.http")); err != nil {
		t.Error(err)
	}
}

// TestSaveWholeOrNothing guards that a record that cannot be written leaves no files.
func TestSaveWholeOrNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record")
	folder, err := record.Reserve(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := folder.Save(record.Files{"../outside": nil}); err == nil {
		t.Error("a file outside of the folder was written")
	}
	folder.Discard()
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
