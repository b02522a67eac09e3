package crash

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/redact"
)

// kept is how many notes there are at most; older ones are removed.
const kept = 3

// notes is where notes are written, and for which program. No note is
// written before [Keep] is called.
var notes struct {
	sync.Mutex
	folder, program string
}

// Folder returns where the notes of this user are: the folder need not exist.
func Folder() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(cache, "s2sdoctor", "crashes"), nil
}

// Keep has notes written from now on. program is the name of this one.
func Keep(program string) {
	folder, err := Folder()
	if err != nil {
		return // there is no place for them
	}
	KeepIn(folder, program)
}

// KeepIn is [Keep] with the caller's folder; with "" no note is written.
func KeepIn(folder, program string) {
	notes.Lock()
	defer notes.Unlock()
	notes.folder, notes.program = folder, program
}

// Note writes the note of a panic and returns its file, or "" where it could not
// be written.
func (p *Panic) Note() string {
	notes.Lock()
	defer notes.Unlock()
	if notes.folder == "" {
		return ""
	}
	path := filepath.Join(notes.folder, "crash-"+time.Now().UTC().Format("20060102T150405.000000000")+".txt")
	if err := write(path, p.text(notes.program)); err != nil {
		return ""
	}
	sweep(notes.folder)
	return path
}

// text is the whole note. What looks like a token is removed even from the stack,
// which holds no text by itself.
func (p *Panic) text(program string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s crashed at %s. This note was sent nowhere.\n\n", program, time.Now().UTC().Format(time.RFC3339))
	fmt.Fprintf(&b, "%s %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if build, ok := debug.ReadBuildInfo(); ok {
		fmt.Fprintf(&b, "%s %s\n", build.Main.Path, build.Main.Version)
		for _, s := range build.Settings {
			if strings.HasPrefix(s.Key, "vcs.") {
				fmt.Fprintf(&b, "%s %s\n", s.Key, s.Value)
			}
		}
	}
	fmt.Fprintf(&b, "\n%v\n\n%s", p, p.stack)
	return new(redact.Set).Text(b.String())
}

func write(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	if closed := file.Close(); err == nil {
		err = closed
	}
	return err
}

// sweep removes all notes but the newest.
func sweep(folder string) {
	found, err := filepath.Glob(filepath.Join(folder, "crash-*.txt"))
	if err != nil || len(found) <= kept {
		return
	}
	slices.Sort(found) // their names begin with the time
	for _, old := range found[:len(found)-kept] {
		_ = os.Remove(old)
	}
}
