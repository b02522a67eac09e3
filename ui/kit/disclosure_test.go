package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
)

func TestDisclosureOpens(t *testing.T) {
	made := 0
	disclosure := NewTextDisclosure("Evidence", func() fyne.CanvasObject { made++; return Caption("inside") })
	b := newBench(t, layout.Column(0, disclosure))
	if made != 0 {
		t.Error("the inside is made before anybody asks")
	}
	closed := disclosure.MinSize().Height
	b.focus(disclosure.head)
	for _, step := range []struct {
		key  fyne.KeyName
		open bool
	}{
		{fyne.KeyReturn, true}, {fyne.KeySpace, false}, {fyne.KeyRight, true}, {fyne.KeyRight, true}, {fyne.KeyLeft, false},
	} {
		b.key(step.key)
		if disclosure.Open() != step.open {
			t.Errorf("after %s it is open: %v", step.key, disclosure.Open())
		}
	}
	test.Tap(disclosure.head)
	if !disclosure.Open() || disclosure.MinSize().Height <= closed {
		t.Errorf("after a click it is open: %v, %v high", disclosure.Open(), disclosure.MinSize().Height)
	}
	if made != 1 {
		t.Errorf("the inside was made %d times", made)
	}
	if got := disclosure.head.AccessibilityLabel(); got != "Evidence, open" {
		t.Errorf("it is called %q", got)
	}
}

// TestChevronIsOnTheFirstLine guards that the chevron is on the line of the title, not
// between the title and the text below.
func TestChevronIsOnTheFirstLine(t *testing.T) {
	title := NewText("1. Register the application", Style{Bold: true})
	about := NewText("Registers the application in the tenant.", Style{})
	for name, line := range map[string]fyne.CanvasObject{"one line": title, "a line with a text below": layout.Column(0, title, about)} {
		t.Run(name, func(t *testing.T) {
			disclosure := NewDisclosure("", line, nil)
			newBench(t, layout.Column(0, disclosure))
			middle := func(o fyne.CanvasObject) float32 {
				return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y + o.Size().Height/2
			}
			chevron := test.WidgetRenderer(disclosure.head).(*disclosureHeadRenderer).chevron
			if got, want := middle(chevron), middle(title); got != want {
				t.Errorf("its middle is at %v, and the title's at %v", got, want)
			}
		})
	}
}

func TestDisclosureCopiesAndMoves(t *testing.T) {
	var copied string
	var moved []int
	disclosure := NewTextDisclosure("A check", nil)
	disclosure.Copy, disclosure.OnCopy = func() string { return "all of it" }, func(text string) { copied = text }
	disclosure.OnMove = func(step int) { moved = append(moved, step) }
	b := newBench(t, disclosure)
	b.focus(disclosure.head)
	b.key(fyne.KeyDown)
	b.key(fyne.KeyUp)
	disclosure.head.TypedShortcut(&fyne.ShortcutCopy{})
	if copied != "all of it" || len(moved) != 2 || moved[0] != 1 || moved[1] != -1 {
		t.Errorf("copied %q, moved %v", copied, moved)
	}
}

// TestScrollFollowsFocus guards that the focused control is always visible.
func TestScrollFollowsFocus(t *testing.T) {
	content := layout.Column(20)
	var last *Button
	for range 30 {
		last = NewButton("One of many", Secondary, nil)
		content.Add(last)
	}
	scroll := NewScroll(content)
	b := newBench(t, scroll.Area)
	b.win.Resize(fyne.NewSize(300, 200))
	b.focus(last)
	if bottom := last.Position().Y + last.Size().Height; bottom > scroll.Area.Offset.Y+scroll.Area.Size().Height {
		t.Errorf("the last button ends at %v, in sight is up to %v", bottom, scroll.Area.Offset.Y+scroll.Area.Size().Height)
	}
	b.focus(content.Objects[0].(*Button))
	if scroll.Area.Offset.Y != 0 {
		t.Errorf("the first button is in focus and the offset is %v", scroll.Area.Offset.Y)
	}
}

func TestProgressWidth(t *testing.T) {
	p := NewProgress()
	b := newBench(t, p)
	b.win.SetPadded(false)
	b.win.Resize(fyne.NewSize(400, 6))
	for _, c := range []struct {
		done, total int
		part        float32
	}{{0, 0, 0}, {3, 12, 0.25}, {12, 12, 1}, {13, 12, 1}} {
		p.Set(c.done, c.total)
		bar := test.WidgetRenderer(p).Objects()[1].(*canvas.Rectangle)
		if want := p.Size().Width * c.part; bar.Size().Width != want {
			t.Errorf("%d of %d: %v wide, want %v", c.done, c.total, bar.Size().Width, want)
		}
	}
}
