package crash

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const canary = "Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1"

// keepIn redirects crash notes to a folder of the test.
func keepIn(t *testing.T) (folder string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "crashes")
	KeepIn(folder, "test")
	t.Cleanup(func() { KeepIn("", "") })
	return folder
}

func TestGuardWritesANoteWithoutTheValue(t *testing.T) {
	for name, value := range map[string]any{
		"text": canary, "error": errors.New(canary), "struct": struct{ Secret string }{canary}, "pointer": &[]string{canary},
		"passed on": Caught(errors.New(canary)), "token": "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln",
	} {
		t.Run(name, func(t *testing.T) {
			keepIn(t)
			var note string
			func() {
				defer Guard(func(path string) { note = path })
				panic(value)
			}()
			raw, err := os.ReadFile(note)
			if err != nil {
				t.Fatal(err)
			}
			text := string(raw)
			if strings.Contains(text, canary) || strings.Contains(text, "eyJhbGci") {
				t.Errorf("the note quotes the value:\n%s", text)
			}
			for _, want := range []string{"a value of type", "TestGuardWritesANoteWithoutTheValue", "go1."} {
				if !strings.Contains(text, want) {
					t.Errorf("%q is not in the note:\n%s", want, text)
				}
			}
			if info, err := os.Stat(note); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
				t.Error(info.Mode(), err)
			}
		})
	}
}

func TestRuntimeErrorsAreQuoted(t *testing.T) {
	keepIn(t)
	var note string
	func() {
		defer Guard(func(path string) { note = path })
		list := []int{}
		_ = list[len(note)+5]
	}()
	raw, err := os.ReadFile(note)
	if err != nil || !strings.Contains(string(raw), "index out of range [5] with length 0") {
		t.Errorf("%v\n%s", err, raw)
	}
}

func TestThreeNotesAreKept(t *testing.T) {
	folder := keepIn(t)
	var last string
	for range 5 {
		last = Caught(canary).Note()
	}
	found, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(found) != kept || found[kept-1] != last {
		t.Errorf("%v, %v; want %s last", found, err, last)
	}
}

func TestWithoutAFolder(t *testing.T) {
	called := false
	func() {
		defer Guard(func(note string) { called = note == "" })
		panic(canary)
	}()
	if !called {
		t.Error("not told, or a note was written")
	}
	keepIn(t)
	notes.folder = filepath.Join(os.DevNull, "crashes")
	if note := Caught(canary).Note(); note != "" {
		t.Error(note)
	}
}

func TestNoPanicIsNothing(t *testing.T) {
	func() {
		defer Guard(func(string) { t.Error("called") })
	}()
	if Caught(nil) != nil {
		t.Error("nil is a panic")
	}
}
