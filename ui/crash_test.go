package ui

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/crash"
)

// TestCrashNotesAreOffered guards SE-16: a crash note is shown and copied if the user
// chooses so, and deleted if the user discards it.
func TestCrashNotesAreOffered(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "crashes")
	crash.KeepIn(folder, "s2sdoctor")
	t.Cleanup(func() { crash.KeepIn("", "") })
	crash.Caught(canary).Note()

	s := newStage(t, Options{}, func(s *stage) { s.crashNotes = crash.FindUnread })
	const offer = "S2S Doctor ended unexpectedly last time."
	showing := func() bool { m, ok := s.w.toasts.Current(); return ok && m.Text == offer }
	s.advance(afterFirstPicture)
	s.until("the offer", showing)
	s.press("Show note")
	if outline := s.outline(); !strings.Contains(outline, "a value of type string") || strings.Contains(outline, canary) {
		t.Errorf("the note shows\n%s", outline)
	}
	s.press("Copy note")
	if len(s.copied) != 1 || !strings.Contains(s.copied[0], "s2sdoctor crashed at") {
		t.Errorf("copied %q", s.copied)
	}
	s.press("Discard note")
	s.until("the files are gone", func() bool {
		found, _ := filepath.Glob(filepath.Join(folder, "*"))
		return len(found) == 0
	})
	if s.w.win.Canvas().Overlays().Top() != nil {
		t.Error("the dialog stays")
	}
}

func TestWithoutACrashNothingIsOffered(t *testing.T) {
	asked := false
	s := newStage(t, Options{}, func(s *stage) {
		s.crashNotes = func() (crash.Unread, bool) { asked = true; return crash.Unread{}, false }
	})
	s.advance(afterFirstPicture)
	s.until("the window looks", func() bool { return asked })
	if m, ok := s.w.toasts.Current(); ok {
		t.Errorf("the window shows %q", m.Text)
	}
}
