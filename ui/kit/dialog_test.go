package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
)

func TestDialogKeys(t *testing.T) {
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

// TestFocusLeavesWhatIsHidden guards that keys never reach hidden controls, such as the
// entries of a dialog whose work is under way.
func TestFocusLeavesWhatIsHidden(t *testing.T) {
	for name, c := range map[string]struct {
		hide func(d *Dialog, form *fyne.Container)
		want string
	}{
		"the entry":          {func(d *Dialog, form *fyne.Container) { form.Hide() }, "Stop"},
		"another one":        {func(d *Dialog, form *fyne.Container) { form.Objects[1].Hide() }, "Name, empty"},
		"the default button": {func(d *Dialog, form *fyne.Container) { d.canvas.Focus(d.Button(1)); d.SetDefault("", true) }, "Stop"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, Caption("below"))
			entry := NewEntry("Name")
			form := layout.Column(10, NewField(entry, ""), NewField(NewEntry("Note"), ""))
			d := NewDialog("Replace", layout.Column(10, form), Action{Text: "Stop"}, Action{Text: "Go on", Default: true})
			d.Open(b.win.Canvas(), entry)
			c.hide(d, form)
			d.Refresh()
			if got := b.win.Canvas().Focused().(fyne.Accessible).AccessibilityLabel(); got != c.want {
				t.Errorf("the focus is on %q, want %q", got, c.want)
			}
		})
	}
}

// TestDialogScrollsOverEntry guards that a dialog higher than the window scrolls with the
// pointer at any position.
func TestDialogScrollsOverEntry(t *testing.T) {
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

// TestDialogWidth guards against the width of Fyne's own dialog, which is that of its
// shortest word.
func TestDialogWidth(t *testing.T) {
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
		d.Close() // a second call has no effect
	}
}

// TestDialogHold guards that Esc and a button first end the work under way, and that the
// button's text can show this.
func TestDialogHold(t *testing.T) {
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
