package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

func TestDisclosureOpens(t *testing.T) {
	made := 0
	disclosure := NewTextDisclosure("Evidence", func() fyne.CanvasObject { made++; return Caption("inside") })
	b := newBench(t, Column(0, disclosure))
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

// TestColumnAsksTextForItsHeight guards what Fyne's own box gets wrong: text
// that wraps is as high as its lines, at once.
func TestColumnAsksTextForItsHeight(t *testing.T) {
	long := NewText("Entra accepts the application and Dateverse reads its token, but in this environment no user stands for it.", Style{})
	below := Caption("below")
	column := Column(8, InsetSides(10, 0, 10, 0, Column(4, long)), below)
	b := newBench(t, column)
	for _, width := range []float32{200, 500, 240} {
		b.win.Resize(fyne.NewSize(width, 300))
		if long.Size().Height < long.MinSize().Height {
			t.Errorf("%v wide: %v high, needs %v", width, long.Size().Height, long.MinSize().Height)
		}
		if below.Position().Y < long.MinSize().Height {
			t.Errorf("%v wide: what is below is at %v, over the text", width, below.Position().Y)
		}
	}
}

func TestFlowBeginsANewLine(t *testing.T) {
	var buttons []fyne.CanvasObject
	for range 6 {
		buttons = append(buttons, NewButton("A button", Secondary, nil))
	}
	flow := Flow(8, buttons...)
	b := newBench(t, Column(0, flow))
	b.win.Resize(fyne.NewSize(260, 400))
	lines := map[float32]bool{}
	for _, o := range buttons {
		lines[o.Position().Y] = true
		if right := o.Position().X + o.Size().Width; right > flow.Size().Width {
			t.Errorf("a button ends at %v of %v", right, flow.Size().Width)
		}
	}
	if len(lines) < 2 || flow.MinSize().Height < 60 {
		t.Errorf("%d lines, %v high", len(lines), flow.MinSize().Height)
	}
}

// TestScrollFollowsTheFocus guards that the keyboard never types out of sight.
func TestScrollFollowsTheFocus(t *testing.T) {
	content := Column(20)
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

func TestProgressIsAsLongAsItIsDone(t *testing.T) {
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
