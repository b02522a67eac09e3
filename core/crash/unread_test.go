package crash

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestUnreadNotes(t *testing.T) {
	folder := keepIn(t)
	if u, ok := FindUnread(); ok {
		t.Fatalf("without a crash: %q", u.Text())
	}
	older, newer := Caught(1).Note(), Caught("text").Note()
	notes.program = "another"
	Caught(3).Note()
	notes.program = "test"

	u, ok := FindUnread()
	if !ok || strings.Count(u.Text(), "test crashed at") != 2 || strings.Contains(u.Text(), "another") {
		t.Fatalf("%v, %q", ok, u.Text())
	}
	if first := strings.Index(u.Text(), "type string"); first < 0 || first > strings.Index(u.Text(), "type int") {
		t.Error("the newest is not first")
	}
	u.MarkRead()
	if _, ok := FindUnread(); ok {
		t.Error("they are offered twice")
	}
	if _, err := os.Stat(older); !os.IsNotExist(err) {
		t.Error("a note that was read keeps its name")
	}
	newest := Caught(4).Note()
	if u, ok := FindUnread(); !ok || strings.Count(u.Text(), "crashed at") != 1 {
		t.Errorf("after one more: %v, %q", ok, u.Text())
	}
	if found, _ := filepath.Glob(filepath.Join(folder, "*")); len(found) != kept || found[kept-1] != newest {
		t.Errorf("kept %v", found)
	}
	if err := u.Discard(); err != nil {
		t.Fatal(err)
	}
	for _, gone := range []string{older, readName(older), newer, readName(newer)} {
		if _, err := os.Stat(gone); !os.IsNotExist(err) {
			t.Errorf("%s is still there", filepath.Base(gone))
		}
	}
	if found, _ := filepath.Glob(filepath.Join(folder, "*")); len(found) != 2 {
		t.Errorf("others are gone too: %v", found)
	}
}

// TestNotesOfOthers guards that a note is a text file without tokens, small enough to be
// shown.
func TestNotesOfOthers(t *testing.T) {
	folder := keepIn(t)
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("crash-1.txt", "test crashed \xff eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln "+strings.Repeat("x", 2*maxNote))
	write("elsewhere", "test crashed: another file")
	if err := os.Symlink(filepath.Join(folder, "elsewhere"), filepath.Join(folder, "crash-2.txt")); err != nil {
		t.Skip(err) // Windows requires a privilege for it
	}
	u, ok := FindUnread()
	if text := u.Text(); !ok || len(text) > maxNote || strings.Contains(text, "eyJ") || strings.Contains(text, "another") || strings.Contains(text, "\xff") {
		t.Errorf("%v, %d bytes: %.100q", ok, len(text), text)
	}
}
