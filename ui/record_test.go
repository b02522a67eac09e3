package ui

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// openRecord shows the record of the last examination with its index open.
func (s *stage) openRecord() {
	s.t.Helper()
	s.w.session.Record()
	s.until("the record", s.w.busyElsewhere)
	s.recordFolds()[1].SetOpen(true)
	s.settle()
}

// recordFolds returns the rows of the files in the dialog.
func (s *stage) recordFolds() []*kit.Disclosure {
	s.t.Helper()
	var folds []*kit.Disclosure
	for _, o := range visible(s.w.win.Canvas().Overlays().Top()) {
		if f, ok := o.CanvasObject.(*kit.Disclosure); ok {
			folds = append(folds, f)
		}
	}
	if len(folds) == 0 {
		s.t.Fatalf("there are no files in\n%s", s.outline())
	}
	return folds
}

// folderChoice returns path from the dialog for a folder.
func (s *stage) folderChoice(path string) {
	s.w.deps.ChooseFile = func(_ context.Context, ask FileChoice) (string, error) {
		if !ask.Folder {
			return "", errors.New("asked for a file")
		}
		return path, nil
	}
}

func TestRecordIsSavedAsShown(t *testing.T) {
	s := newStage(t, Options{})
	s.fill(filledForm())
	s.finish(failedReport())
	s.folderChoice("/home/ana")
	s.openRecord()
	shown := s.outline()
	if strings.Contains(shown[strings.Index(shown, "--- over it"):], "contoso") {
		t.Errorf("the preview names the tenant:\n%s", shown)
	}
	s.press("Save")
	s.until("the dialog to close", func() bool { return !s.w.busyElsewhere() })
	const folder = "/home/ana/s2s-record-20261122-090000"
	files := s.saved[folder]
	if len(files) < 2 {
		t.Fatalf("saved: %v", s.saved)
	}
	if m, ok := s.w.toasts.Current(); !ok || !strings.Contains(m.Text, folder) {
		t.Errorf("the message is %q", m.Text)
	}
	for _, name := range files.Names() {
		if !strings.Contains(shown, name) {
			t.Errorf("%s was not shown", name)
		}
	}
	if index := string(files["index.json"]); !strings.Contains(strings.ReplaceAll(shown, `\"`, `"`), strings.Split(index, "\n")[1]) {
		t.Error("the index differs from what was shown")
	}
}

// TestRecordThatCannotBeSaved guards that the dialog stays, with the reason.
func TestRecordThatCannotBeSaved(t *testing.T) {
	s := newStage(t, Options{})
	s.saveFails = errors.New("the disk is full")
	s.fill(filledForm())
	s.finish(failedReport())
	s.folderChoice("/home/ana")
	s.openRecord()
	s.press("Save")
	s.until("the reason", func() bool { return strings.Contains(s.outline(), "disk is full") })
	if !s.w.busyElsewhere() {
		t.Error("the dialog has closed")
	}
}
