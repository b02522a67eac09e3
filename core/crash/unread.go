package crash

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/redact"
)

// readSuffix ends the name of a note that was offered already.
const readSuffix = ".read.txt"

// maxNote is how much of a note is read, in bytes: stacks are shorter.
const maxNote = 64 << 10

// Unread are notes of this program that its user has not seen yet.
type Unread struct {
	files []string
	text  string
}

// FindUnread returns the notes that this program wrote since [Unread.MarkRead] was
// called last, and reports whether there are any. [Keep] names program and folder.
func FindUnread() (Unread, bool) {
	notes.Lock()
	folder, program := notes.folder, notes.program
	notes.Unlock()
	found, err := filepath.Glob(filepath.Join(folder, "crash-*.txt"))
	if folder == "" || err != nil {
		return Unread{}, false
	}
	slices.Sort(found)
	slices.Reverse(found) // the newest first: their names begin with the time
	var u Unread
	var texts []string
	for _, file := range found {
		if strings.HasSuffix(file, readSuffix) {
			continue
		}
		if text := read(file); strings.HasPrefix(text, program+" ") {
			u.files, texts = append(u.files, file), append(texts, text)
		}
	}
	u.text = strings.Join(texts, "\n\n")
	return u, len(u.files) > 0
}

// Text is what the notes hold, the newest first.
func (u Unread) Text() string { return u.text }

// MarkRead has [FindUnread] return these notes no more. They stay where they are,
// under another name.
func (u Unread) MarkRead() {
	for _, file := range u.files {
		_ = os.Rename(file, readName(file)) // else it is offered once more
	}
}

// Discard removes the notes, read or not.
func (u Unread) Discard() error {
	for _, file := range u.files {
		for _, name := range []string{file, readName(file)} {
			if err := os.Remove(name); err != nil && !os.IsNotExist(err) {
				return err
			}
		}
	}
	return nil
}

func readName(file string) string { return strings.TrimSuffix(file, ".txt") + readSuffix }

// read returns the beginning of a note as it may be shown, "" for what is no file of
// its own.
func read(file string) string {
	if info, err := os.Lstat(file); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	f, err := os.Open(file)
	if err != nil {
		return ""
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxNote))
	if err != nil {
		return ""
	}
	return new(redact.Set).Text(strings.ToValidUTF8(string(raw), ""))
}
