package kit

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestToastsQueue(t *testing.T) {
	b := &bench{}
	toasts := NewToasts(b.env())
	newBench(t, toasts)
	undone := false
	toasts.Add(Message{Text: "one", Tone: Good, Action: "Undo", Do: func() { undone = true }})
	toasts.Add(Message{Text: "two", Tone: Bad})
	toasts.Add(Message{Text: "three"})
	showing := func() string { m, _ := toasts.Current(); return m.Text }
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
	if _, any := toasts.Current(); any {
		t.Error("a message stays for ever")
	}
	toasts.Dismiss()
}

// TestToastsMergeRepeated guards that copying three times does not show "Copied" for a
// quarter of a minute, but as long as after the first time.
func TestToastsMergeRepeated(t *testing.T) {
	b := &bench{}
	toasts := NewToasts(b.env())
	newBench(t, toasts)
	for range 3 {
		toasts.Add(Message{Text: "Copied.", Tone: Good})
	}
	last := b.timers[len(b.timers)-1]
	b.timers = b.timers[:len(b.timers)-1]
	b.ring()
	if _, any := toasts.Current(); !any {
		t.Error("the first time decides how long it stays")
	}
	b.timers = append(b.timers, last)
	b.ring()
	if m, any := toasts.Current(); any {
		t.Errorf("it is said once more: %q", m.Text)
	}
	for _, text := range []string{"Copied.", "Saved.", "Saved."} {
		toasts.Add(Message{Text: text, Tone: Good})
	}
	toasts.Dismiss()
	if m, _ := toasts.Current(); m.Text != "Saved." {
		t.Errorf("then it shows %q", m.Text)
	}
	toasts.Dismiss()
	if m, any := toasts.Current(); any {
		t.Errorf("in the end it shows %q", m.Text)
	}
}

// TestToastsKeepActions guards that two messages with equal text stay separate, because
// each of them undoes another action.
func TestToastsKeepActions(t *testing.T) {
	b := &bench{}
	toasts := NewToasts(b.env())
	newBench(t, toasts)
	var undone []int
	for i := range 2 {
		toasts.Add(Message{Text: "Not saved.", Action: "Undo", Do: func() { undone = append(undone, i) }})
	}
	for range 2 {
		if m, any := toasts.Current(); any {
			m.Do()
		}
		toasts.Dismiss()
	}
	if !equal(undone, []int{0, 1}) {
		t.Errorf("undone: %v", undone)
	}
}

// TestToastsRetract guards that a message is found by its key: its text may have changed,
// or another message may have the same text.
func TestToastsRetract(t *testing.T) {
	b := &bench{}
	toasts := NewToasts(b.env())
	newBench(t, toasts)
	for _, m := range []Message{
		{Key: "run", Text: "1 of 12"}, {Text: "Copied."}, {Key: "run", Text: "2 of 12"}, {Key: "consent", Text: "Copied."}, {Text: "last"},
	} {
		toasts.Add(m)
	}
	for _, c := range []struct{ retract, showing string }{
		{"", "1 of 12"}, {"Copied.", "1 of 12"}, {"run", "Copied."}, {"consent", "Copied."}, {"run", "Copied."},
	} {
		toasts.Retract(c.retract)
		if m, _ := toasts.Current(); m.Text != c.showing {
			t.Errorf("without %q it shows %q, want %q", c.retract, m.Text, c.showing)
		}
	}
	toasts.Dismiss()
	if m, _ := toasts.Current(); m.Text != "last" {
		t.Errorf("then it shows %q, want the last", m.Text)
	}
	toasts.Dismiss()
	toasts.Retract("run")
}
