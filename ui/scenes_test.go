package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// TestScenes compares what the window says in every state with what it said
// before: the words, the controls, their order, and their names.
func TestScenes(t *testing.T) {
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			s := newStage(t, Options{}, withSandbox)
			scene.reach(s)
			s.settle()
			golden(t, filepath.Join("testdata", "scenes", scene.name+".txt"), s.outline())
		})
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// TestNothingIsCutOff guards that no text ends in "…", leaves the window, or is
// higher than the room it has, in any state, theme size or window.
func TestNothingIsCutOff(t *testing.T) {
	for _, size := range []fyne.Size{fyne.NewSize(leastWidth, leastHeight), fyne.NewSize(900, 600), fyne.NewSize(2560, 1440)} {
		for _, scene := range scenes {
			t.Run(scene.name, func(t *testing.T) {
				s := newStage(t, Options{Width: size.Width, Height: size.Height}, withSandbox)
				scene.reach(s)
				s.settle()
				nothingIsCutOff(t, s, size)
			})
		}
	}
}

// nothingIsCutOff looks at every text in a window.
func nothingIsCutOff(t *testing.T, s *stage, size fyne.Size) {
	t.Helper()
	ends := endings(t)
	seen := 0
	for _, line := range texts(s.w.content) {
		seen++
		if strings.HasSuffix(line.Text.Text, "…") && !ends[line.Text.Text] {
			t.Errorf("%v: cut: %q", size, line.Text.Text)
		}
		// Text inside an entry scrolls.
		if right := line.At.X + line.MinSize().Width; !line.TextStyle.Monospace && right > size.Width+0.5 || line.At.X < 0 {
			t.Errorf("%v: %q goes from %v to %v", size, line.Text.Text, line.At.X, right)
		}
	}
	for _, o := range visible(s.w.content) {
		if text, ok := o.CanvasObject.(*widgets.Text); ok && text.Size().Height+0.5 < text.MinSize().Height {
			t.Errorf("%v: %q is %v high and has room for %v", size, text.Text(), text.MinSize().Height, text.Size().Height)
		}
		switch o.CanvasObject.(type) {
		case *widgets.Button, *widgets.Segmented, *widgets.Chip, *widgets.Text: // what does not wrap needs its width
			if need := o.MinSize().Width; o.Size().Width+0.5 < need {
				t.Errorf("%v: %q is %v wide and has room for %v", size, describe(o.CanvasObject), need, o.Size().Width)
			}
		}
	}
	if seen < 20 {
		t.Errorf("saw %d texts only: the walk is broken", seen)
	}
}

// endings are the texts that end in "…" themselves.
func endings(t *testing.T) map[string]bool {
	t.Helper()
	all, err := words.Texts(words.Current())
	if err != nil {
		t.Fatal(err)
	}
	ends := map[string]bool{}
	for _, text := range all {
		ends[text] = strings.HasSuffix(text, "…")
	}
	return ends
}

// TestEverythingHasAName guards that whatever takes the focus says what it is,
// and that no two things side by side say the same.
func TestEverythingHasAName(t *testing.T) {
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			s := newStage(t, Options{}, withSandbox)
			scene.reach(s)
			s.settle()
			names := map[string]int{}
			for _, f := range focusables(s.w.content) {
				if fmt.Sprintf("%T", f) == "*widget.focusSelectable" {
					continue // Fyne's own, inside a Quote, which has the name
				}
				a, ok := f.(fyne.Accessible)
				if !ok || a.AccessibilityLabel() == "" {
					t.Errorf("%T has no name", f)
					continue
				}
				if a.AccessibilityRole() == "" {
					t.Errorf("%q has no role", a.AccessibilityLabel())
				}
				names[a.AccessibilityLabel()]++
			}
			for name, n := range names {
				if n > 2 { // the answer and the list may offer the same
					t.Errorf("%d controls are called %q", n, name)
				}
			}
			if len(names) < 10 {
				t.Errorf("%d controls only: the walk is broken", len(names))
			}
		})
	}
}

// TestStatesAreNotColourAlone guards that every mark comes with its word.
func TestStatesAreNotColourAlone(t *testing.T) {
	for _, scene := range scenes {
		s := newStage(t, Options{Theme: look.Dark}, withSandbox)
		scene.reach(s)
		for _, row := range s.w.answer.checks.rows {
			if row.state != widgets.Waiting && row.word.Text() != row.state.Word() {
				t.Errorf("%s: %s shows %q for %q", scene.name, row.id, row.word.Text(), row.state.Word())
			}
			if !strings.Contains(row.fold.Name, row.state.Word()) {
				t.Errorf("%s: %s is called %q", scene.name, row.id, row.fold.Name)
			}
		}
	}
}
