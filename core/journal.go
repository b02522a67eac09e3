package core

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// journals is the folder of the journals: among the user's settings, or the sandbox's.
func (d Doctor) journals() (string, error) {
	if d.scratch != "" {
		return d.scratch, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", &setup.JournalError{Summary: text.F("There is no folder for your settings in which a journal could be kept.")}
	}
	return filepath.Join(dir, profile.Folder, "plans"), nil
}

// openJournal opens the journal of a target, or starts one. path "" is the one in the
// settings folder.
func (d Doctor) openJournal(path string, t plan.Target) (*setup.Journal, error) {
	if path == "" {
		folder, err := d.journals()
		if err != nil {
			return nil, err
		}
		if found := findJournal(folder, t); found != "" {
			path = found
		} else if path, err = newJournal(folder, t); err != nil {
			return nil, err
		}
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return setup.Create(path, t)
	}
	journal, err := setup.Open(path)
	if err != nil {
		return nil, err
	}
	if err := journal.Belongs(t); err != nil {
		_ = journal.Close()
		return nil, err
	}
	return journal, nil
}

// newJournal returns the path of a target's journal in a folder, which it makes.
func newJournal(folder string, t plan.Target) (string, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", &setup.JournalError{Summary: text.F("The folder of the journals cannot be made.")}
	}
	name := strings.TrimPrefix(t.Environment, "https://")
	if t.ClientID != "" {
		name += "-" + t.ClientID
	}
	return filepath.Join(folder, name+".journal"), nil
}

// findJournal returns the newest journal in a folder that belongs to a target,
// or "": that of a new registration is not named after its ID.
func findJournal(folder string, t plan.Target) string {
	paths, _ := filepath.Glob(filepath.Join(folder, "*.journal"))
	slices.SortFunc(paths, func(a, b string) int { return modified(b).Compare(modified(a)) })
	for _, path := range paths {
		head, err := setup.Peek(path)
		if err == nil && head.Belongs(t) == nil && (t.ClientID != "" || head.Head.ClientID == "") {
			return path
		}
	}
	return ""
}

func modified(path string) (t time.Time) {
	if info, err := os.Stat(path); err == nil {
		t = info.ModTime()
	}
	return t
}
