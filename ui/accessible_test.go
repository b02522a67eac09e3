package ui

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// spoken are the scenes whose complete output for assistive technology is compared.
var spoken = []struct {
	name  string
	reach func(t *testing.T) *stage
}{
	{"empty", inScene("empty")},
	{"problems", inScene("problems")},
	{"running", inScene("running")},
	{"failed", inScene("failed")},
	{"failed-open", inScene("failed-open")},
	{"healthy", inScene("healthy")},
	{"guide", inScene("guide")},
	{"setup-planned", inScene("setup-planned")},
	{"setup-consent", inScene("setup-consent")},
	{"overview", inScene("overview")},
	{"compared", inScene("compared")},
	{"consent", func(t *testing.T) *stage {
		s := newStage(t, Options{}, withConsent)
		s.fill(filledForm())
		s.press("Open consent page")
		return s
	}},
}

func inScene(name string) func(t *testing.T) *stage {
	return func(t *testing.T) *stage {
		s := newStage(t, Options{}, withSandbox)
		for _, scene := range scenes {
			if scene.name == name {
				scene.reach(s)
			}
		}
		s.settle()
		return s
	}
}

// TestAssistiveTechnologyFindsEverything compares the role, name and state of each
// control in the window with the golden files, and guards that Fyne's walks find all
// controls, in this order and at these positions.
func TestAssistiveTechnologyFindsEverything(t *testing.T) {
	race.Skip(t, measures)
	var alone strings.Builder
	for _, scene := range spoken {
		t.Run(scene.name, func(t *testing.T) {
			s := scene.reach(t)
			there := said(s)
			golden(t, filepath.Join("testdata", "accessible", scene.name+".txt"), strings.Join(lines(there), "\n")+"\n")
			for name, walk := range map[string]func(*stage) []utterance{"Windows": windowsWalk, "macOS": macWalk} {
				if diff := cmp.Diff(there, walk(s), cmp.AllowUnexported(utterance{})); diff != "" {
					t.Errorf("%s (-there +found):\n%s", name, diff)
				}
			}
			fmt.Fprintf(&alone, "%s: %d of %d\n", scene.name, len(withoutOutline(s)), len(there))
		})
	}
	golden(t, filepath.Join("testdata", "accessible", "fyne-alone.txt"), alone.String())
}

// TestMenuIsReadOut guards the menus, because Fyne's own menus have no names.
func TestMenuIsReadOut(t *testing.T) {
	s := newStage(t, Options{}, withSandbox)
	s.press("More")
	found := lines(windowsWalk(s))
	for _, want := range []string{`button "Practice in the sandbox"`, `button "Theme: light, ticked"`, `button "Keyboard"`} {
		if !slices.Contains(found, want) {
			t.Errorf("the open menu does not say %s, but\n%s", want, strings.Join(found, "\n"))
		}
	}
}

// TestSecretIsNotReadOut guards that the entry of a secret does not pass the secret to
// assistive technology, shown or hidden.
func TestSecretIsNotReadOut(t *testing.T) {
	s := newStage(t, Options{})
	entry := s.field("Client secret (Value)").Entry
	entry.SetText("qX8~secret")
	for range 2 {
		for _, line := range lines(windowsWalk(s)) {
			if strings.Contains(line, "qX8") {
				t.Errorf("hidden %v: %s", entry.Password, line)
			}
		}
		entry.ActionItem.(*kit.Button).OnTapped()
	}
}

// utterance is a text for assistive technology, with its position.
type utterance struct {
	role  fyne.AccessibleRole
	label string
	at    fyne.Position
	size  fyne.Size
}

func lines(all []utterance) []string {
	var out []string
	for _, u := range all {
		out = append(out, fmt.Sprintf("%s %q", u.role, u.label))
	}
	return out
}

// said returns the texts of all visible objects, found through the renderers.
func said(s *stage) []utterance {
	var all []utterance
	var walk func(o fyne.CanvasObject, at fyne.Position)
	walk = func(o fyne.CanvasObject, at fyne.Position) {
		if o == nil || !o.Visible() {
			return
		}
		at = at.Add(o.Position())
		if a, ok := o.(fyne.Accessible); ok && a.AccessibilityRole() != fyne.AccessibleRoleContainer {
			if a.AccessibilityLabel() != "" {
				all = append(all, utterance{a.AccessibilityRole(), a.AccessibilityLabel(), at, o.Size()})
			}
			if e, ok := o.(*kit.Entry); ok && e.ActionItem != nil {
				walk(e.ActionItem, at)
			}
			if _, list := o.(*kit.Rows); !list {
				return // its own name includes its content
			}
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child, at)
			}
		case fyne.Widget:
			_, field := o.(*kit.Field)
			for _, child := range test.WidgetRenderer(o).Objects() {
				if _, text := child.(*kit.Text); !text || !field { // a field's label and help are in the name of its entry
					walk(child, at)
				}
			}
		}
	}
	if top := s.w.win.Canvas().Overlays().Top(); top != nil {
		walk(top, fyne.Position{})
		return all
	}
	defer s.hideOutline()()
	walk(s.w.content, fyne.Position{})
	return all
}

// windowsWalk finds controls as Fyne 2.8.1 does for Windows: it searches plain
// containers, whether or not they have a name, and reports only objects that are not
// containers.
//
// Source: fyne.io/fyne/v2 v2.8.1, internal/driver/glfw/accessibility_windows.go.
func windowsWalk(s *stage) []utterance {
	var all []utterance
	var walk func(o fyne.CanvasObject, at fyne.Position)
	walk = func(o fyne.CanvasObject, at fyne.Position) {
		if o == nil || !o.Visible() {
			return
		}
		at = at.Add(o.Position())
		if a, ok := o.(fyne.Accessible); ok {
			if role := a.AccessibilityRole(); role != fyne.AccessibleRoleContainer {
				all = append(all, utterance{role, a.AccessibilityLabel(), at, o.Size()})
			}
		}
		if c, ok := o.(*fyne.Container); ok {
			for _, child := range c.Objects {
				walk(child, at)
			}
		}
	}
	for _, root := range s.roots() {
		walk(root, fyne.Position{})
	}
	return all
}

// macWalk finds controls as Fyne 2.8.1 does for macOS: an object without a name hides its
// content. Groups are left out for the comparison.
//
// Source: fyne.io/fyne/v2 v2.8.1, internal/driver/glfw/accessibility_darwin.go.
func macWalk(s *stage) []utterance {
	var all []utterance
	var walk func(o fyne.CanvasObject, at fyne.Position)
	walk = func(o fyne.CanvasObject, at fyne.Position) {
		if o == nil || !o.Visible() {
			return
		}
		a, ok := o.(fyne.Accessible)
		if !ok {
			return
		}
		at = at.Add(o.Position())
		label := a.AccessibilityLabel()
		if role := a.AccessibilityRole(); role != fyne.AccessibleRoleContainer {
			all = append(all, utterance{role, label, at, o.Size()})
		}
		if c, ok := o.(*fyne.Container); ok {
			for _, child := range c.Objects {
				walk(child, at)
			}
		}
	}
	for _, root := range s.roots() {
		walk(root, fyne.Position{})
	}
	return all
}

func (s *stage) roots() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{s.w.win.Canvas().Content()}, s.w.win.Canvas().Overlays().List()...)
}

// withoutOutline returns what Fyne's walk finds without our outline.
func withoutOutline(s *stage) []utterance {
	defer s.hideOutline()()
	return windowsWalk(s)
}

// hideOutline hides the outline, and returns a function that shows it again.
func (s *stage) hideOutline() (show func()) {
	outline := s.w.content.Objects[len(s.w.content.Objects)-1]
	outline.Hide()
	return outline.Show
}
