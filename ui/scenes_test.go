package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// measures is the reason why tests that draw or compare scenes are skipped with the race
// detector.
const measures = "it looks at a window on one goroutine; TestScenes reaches every scene"

// looks are the checks for every state of the window; each state has its own window. The
// first checks leave the window unchanged.
var looks = []struct {
	name string
	at   func(t *testing.T, s *stage)
}{
	{"outline", outlineIsAsBefore},
	{"names", everythingHasAName},
	{"room", roomInEveryWindow},
	{"larger text", roomForLargerText},
	{"icons", statesAreNotColourAlone},
	{"secret", secretIsNowhere},
}

// TestScenes brings the window into every state, and runs all checks in it.
func TestScenes(t *testing.T) {
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			s := newStage(t, Options{}, withSandbox)
			s.scene = scene.name
			scene.reach(s)
			s.settle()
			race.Skip(t, measures)
			for _, look := range looks {
				t.Run(look.name, func(t *testing.T) {
					parent := s.t
					defer func() { s.t = parent }()
					s.t = t
					look.at(t, s)
				})
			}
		})
	}
}

// outlineIsAsBefore compares the words, the controls, their order and their names with
// the golden file.
func outlineIsAsBefore(t *testing.T, s *stage) {
	golden(t, filepath.Join("testdata", "scenes", s.scene+".txt"), s.outline())
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

// everythingHasAName guards that every control that takes the focus has a name, and that
// neighbours have different names.
func everythingHasAName(t *testing.T, s *stage) {
	names := map[string]int{}
	for _, f := range focusables(s.w.content) {
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
		if n > 2 { // the result and the list may offer the same
			t.Errorf("%d controls are called %q", n, name)
		}
	}
	if len(names) < 6 {
		t.Errorf("%d controls only: the walk is broken", len(names))
	}
}

// statesAreNotColourAlone guards that every icon has its word.
func statesAreNotColourAlone(t *testing.T, s *stage) {
	for _, row := range s.checks() {
		row.SetOpen(false)
		colon := strings.LastIndex(row.Name, ": ") // the title may contain another colon
		title := row.Name[:colon]
		word, _, _ := strings.Cut(row.Name[colon+2:], ",")
		if icon, shown := iconAndWord(row); icon != word || word != kit.Waiting.Word() && shown != word {
			t.Errorf("%q has the icon %q and shows %q, and is called %q", title, icon, shown, row.Name)
		}
	}
}

// iconAndWord returns what a closed row shows of its outcome: the icon's name, and the
// last word.
func iconAndWord(row *kit.Disclosure) (icon, word string) {
	for _, o := range visible(row) {
		switch o := o.CanvasObject.(type) {
		case *kit.StatusIcon:
			if icon == "" {
				icon = o.AccessibilityLabel()
			}
		case *kit.Text:
			word = o.Text()
		}
	}
	return icon, word
}
