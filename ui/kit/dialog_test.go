package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
)

func TestDialogTakesEscAndEnter(t *testing.T) {
	for _, c := range []struct {
		name    string
		key     fyne.KeyName
		pressed bool
	}{{"Esc", fyne.KeyEscape, false}, {"Enter", fyne.KeyReturn, true}} {
		t.Run(c.name, func(t *testing.T) {
			below := NewEntry("below")
			b := newBench(t, below)
			b.focus(below)
			kept := false
			b.win.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { kept = true })
			pressed, closed := false, false
			d := NewDialog("Leave?", Caption("really"), Action{Text: "Stay"}, Action{Text: "Leave", Default: true, Do: func() { pressed = true }})
			d.OnClose = func() { closed = true }
			d.Open(b.win.Canvas(), nil)
			if focused, ok := b.win.Canvas().Focused().(*Button); !ok || focused.Text() != "Leave" {
				t.Errorf("the focus is on %v", b.win.Canvas().Focused())
			}
			b.key(c.key)
			if pressed != c.pressed || !closed || b.win.Canvas().Overlays().Top() != nil {
				t.Errorf("pressed %v, closed %v, still there %v", pressed, closed, b.win.Canvas().Overlays().Top() != nil)
			}
			if b.win.Canvas().Focused() != fyne.Focusable(below) {
				t.Error("the focus does not come back")
			}
			b.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
			if !kept {
				t.Error("the window's keys do not come back")
			}
		})
	}
}

// TestWheelOverAnEntryOfADialog guards that a dialog which is higher than the
// window moves wherever the pointer is.
func TestWheelOverAnEntryOfADialog(t *testing.T) {
	b := newBench(t, Caption("below"))
	b.win.Resize(fyne.NewSize(450, 240))
	driver := fyne.CurrentApp().Driver()
	field := NewField(NewEntry("Name"), "what you call it")
	d := NewDialog("Save", layout.Column(10, field, NewField(NewTextEntry("Note", 12), "")), Action{Text: "Close"})
	d.Open(b.win.Canvas(), nil)
	before := driver.AbsolutePositionForObject(field.Entry)
	test.Scroll(b.win.Canvas(), before.AddXY(20, 10), 0, -30)
	if after := driver.AbsolutePositionForObject(field.Entry); after.Y != before.Y-30 {
		t.Errorf("it was at %v and is at %v", before, after)
	}
}

// TestDialogIsWideEnoughToRead guards against Fyne's own, whose width is that of
// its shortest word.
func TestDialogIsWideEnoughToRead(t *testing.T) {
	b := newBench(t, Caption("below"))
	for _, c := range []struct{ window, least float32 }{{1000, 520}, {400, 360}} {
		b.win.Resize(fyne.NewSize(c.window, 700))
		body := NewText("Boom", Style{})
		d := NewDialog("Error", body, Action{Text: "Close", Default: true})
		d.Open(b.win.Canvas(), nil)
		if got := body.Size().Width; got < c.least-60 || got > c.window {
			t.Errorf("in a window of %v the text has %v", c.window, got)
		}
		d.Close()
		d.Close() // a second time does no harm
	}
}

func TestToastsWaitForEachOther(t *testing.T) {
	b := &bench{}
	toasts := NewToasts(b.env())
	newBench(t, toasts)
	undone := false
	toasts.Say(Message{Text: "one", Tone: Good, Action: "Undo", Do: func() { undone = true }})
	toasts.Say(Message{Text: "two", Tone: Bad})
	toasts.Say(Message{Text: "three"})
	showing := func() string { m, _ := toasts.Showing(); return m.Text }
	if showing() != "one" {
		t.Fatalf("shows %q", showing())
	}
	for _, o := range test.LaidOutObjects(toasts) {
		if button, ok := o.(*Button); ok && button.Text() == "Undo" {
			test.Tap(button)
		}
	}
	if !undone || showing() != "two" {
		t.Fatalf("undone %v, shows %q", undone, showing())
	}
	b.ring()
	if showing() != "two" {
		t.Error("a failure goes away by itself")
	}
	toasts.Dismiss()
	if showing() != "three" {
		t.Errorf("shows %q", showing())
	}
	b.ring()
	if _, any := toasts.Showing(); any {
		t.Error("a message stays for ever")
	}
	toasts.Dismiss()
}

// TestWhatIsSaidAgainIsSaidOnce guards that somebody who copies three times is not
// told for a quarter of a minute, and is told as long as after the first time.
func TestWhatIsSaidAgainIsSaidOnce(t *testing.T) {
	b := &bench{}
	toasts := NewToasts(b.env())
	newBench(t, toasts)
	for range 3 {
		toasts.Say(Message{Text: "Copied.", Tone: Good})
	}
	last := b.timers[len(b.timers)-1]
	b.timers = b.timers[:len(b.timers)-1]
	b.ring()
	if _, any := toasts.Showing(); !any {
		t.Error("the first time decides how long it stays")
	}
	b.timers = append(b.timers, last)
	b.ring()
	if m, any := toasts.Showing(); any {
		t.Errorf("it is said once more: %q", m.Text)
	}
	for _, text := range []string{"Copied.", "Saved.", "Saved."} {
		toasts.Say(Message{Text: text, Tone: Good})
	}
	toasts.Dismiss()
	if m, _ := toasts.Showing(); m.Text != "Saved." {
		t.Errorf("then it shows %q", m.Text)
	}
	toasts.Dismiss()
	if m, any := toasts.Showing(); any {
		t.Errorf("in the end it shows %q", m.Text)
	}
}

// TestEveryUndoIsOffered guards that nothing is lost because two messages read the
// same: each of them undoes something else.
func TestEveryUndoIsOffered(t *testing.T) {
	b := &bench{}
	toasts := NewToasts(b.env())
	newBench(t, toasts)
	var undone []int
	for i := range 2 {
		toasts.Say(Message{Text: "Not saved.", Action: "Undo", Do: func() { undone = append(undone, i) }})
	}
	for range 2 {
		if m, any := toasts.Showing(); any {
			m.Do()
		}
		toasts.Dismiss()
	}
	if !equal(undone, []int{0, 1}) {
		t.Errorf("undone: %v", undone)
	}
}

func TestWhatIsNotTrueAnyMoreIsTakenBack(t *testing.T) {
	b := &bench{}
	toasts := NewToasts(b.env())
	newBench(t, toasts)
	for _, text := range []string{"one", "two", "three"} {
		toasts.Say(Message{Text: text})
	}
	for _, c := range []struct{ retract, showing string }{{"two", "one"}, {"four", "one"}, {"one", "three"}, {"three", ""}} {
		toasts.Retract(c.retract)
		if m, _ := toasts.Showing(); m.Text != c.showing {
			t.Errorf("without %q it shows %q, want %q", c.retract, m.Text, c.showing)
		}
	}
}

func TestSegmentedIsChosenByArrowsAndByClick(t *testing.T) {
	var chosen []int
	s := NewSegmented("Credential", []string{"Secret", "Certificate", "None"}, func(i int) { chosen = append(chosen, i) })
	b := newBench(t, layout.Column(0, s))
	b.focus(s)
	for _, key := range []fyne.KeyName{fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft, fyne.KeySpace, fyne.KeyReturn} {
		b.key(key)
	}
	if want := []int{1, 2, 1, 2, 0}; !equal(chosen, want) {
		t.Errorf("chosen %v, want %v", chosen, want)
	}
	test.TapAt(s, fyne.NewPos(s.Size().Width-4, 4))
	if s.Chosen() != 2 || s.AccessibilityLabel() != "Credential: None" {
		t.Errorf("a click at the end chose %d, called %q", s.Chosen(), s.AccessibilityLabel())
	}
	s.Compact = true
	s.Refresh()
	test.TapAt(s, fyne.NewPos(2, 2))
	if s.Chosen() != 0 {
		t.Errorf("a click at the beginning chose %d", s.Chosen())
	}
}

func TestTickIsTickedByKeyAndByClick(t *testing.T) {
	var said []bool
	tick := NewCheckbox("I see the application user in the list", false, func(on bool) { said = append(said, on) })
	b := newBench(t, tick)
	b.focus(tick)
	b.key(fyne.KeySpace)
	b.key(fyne.KeyReturn)
	test.Tap(tick)
	if len(said) != 3 || !said[0] || said[1] || !said[2] || !tick.On() {
		t.Errorf("said %v", said)
	}
	if got := tick.AccessibilityLabel(); got != "I see the application user in the list, ticked" {
		t.Errorf("it is called %q", got)
	}
}

func equal(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// TestADialogHoldsUntilItIsLetGo guards that Esc and a button end first what is
// under way, and that the button's text can say so.
func TestADialogHoldsUntilItIsLetGo(t *testing.T) {
	for name, press := range map[string]func(b *bench, button *Button){
		"Esc":    func(b *bench, _ *Button) { b.key(fyne.KeyEscape) },
		"button": func(_ *bench, button *Button) { test.Tap(button) },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, Caption("below"))
			held, did := 1, 0
			d := NewDialog("Wait", Caption("for it"), Action{Text: "Copy", Stay: true}, Action{Text: "Close", Do: func() { did++ }})
			d.Hold = func() bool { held--; return held >= 0 }
			d.Open(b.win.Canvas(), nil)
			d.Rename(1, "Stop waiting")
			var texts []string
			var last *Button
			for _, o := range test.LaidOutObjects(d) {
				if button, ok := o.(*Button); ok {
					texts, last = append(texts, button.Text()), button
				}
			}
			if len(texts) != 2 || texts[0] != "Copy" || texts[1] != "Stop waiting" {
				t.Errorf("the buttons are %q", texts)
			}
			press(b, last)
			if b.win.Canvas().Overlays().Top() == nil || did != 0 {
				t.Fatal("the first press closes it")
			}
			press(b, last)
			if b.win.Canvas().Overlays().Top() != nil {
				t.Error("the second press does not")
			}
		})
	}
}
