package kit

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
)

// played is a view of a text, and the calls to it.
type played struct {
	box   *Dialog
	entry *Entry
	drawn []string
}

func (p *played) Box() *Dialog          { return p.box }
func (p *played) Draw(s string)         { p.drawn = append(p.drawn, s) }
func (p *played) First() fyne.Focusable { return p.entry }

func TestFollowing(t *testing.T) {
	b := newBench(t, Caption("below"))
	var views []*played
	closed := 0
	f := NewFollowing(b.win.Canvas(), func(string) View[string] {
		p := &played{entry: NewEntry("name")}
		p.box = NewDialog("Title", p.entry, Action{Text: "Close"})
		views = append(views, p)
		return p
	}, func() { closed++ })
	check := func(when string, opened, byUser int, open bool, drawn ...string) {
		t.Helper()
		if len(views) != opened || closed != byUser || (b.win.Canvas().Overlays().Top() != nil) != open {
			t.Fatalf("%s: opened %d times, closed by the user %d times, open: %v", when, len(views), closed, b.win.Canvas().Overlays().Top() != nil)
		}
		if opened > 0 && !slices.Equal(views[opened-1].drawn, drawn) {
			t.Errorf("%s: it drew %q, want %q", when, views[opened-1].drawn, drawn)
		}
	}
	f.Draw(false, "before")
	check("closed", 0, 0, false)
	f.Draw(true, "a")
	check("opened", 1, 0, true, "a")
	if b.win.Canvas().Focused() != fyne.Focusable(views[0].entry) {
		t.Errorf("the focus is on %v", b.win.Canvas().Focused())
	}
	f.Draw(true, "b")
	check("drawn again", 1, 0, true, "a", "b")
	f.Draw(false, "c")
	check("closed by the state", 1, 0, false, "a", "b")

	f.Draw(true, "d")
	check("opened again", 2, 0, true, "d")
	b.key(fyne.KeyEscape)
	check("closed by the user", 2, 1, false, "d")
	f.Draw(false, "e") // the state that follows
	check("and then by the state", 2, 1, false, "d")
}

// TestFollowingHeld guards that Esc which ends other work closes nothing.
func TestFollowingHeld(t *testing.T) {
	b := newBench(t, Caption("below"))
	closed, held := 0, true
	p := &played{}
	p.box, p.entry = NewDialog("Title", Caption("text"), Action{Text: "Close"}), NewEntry("name")
	p.box.Hold = func() bool { return held }
	f := NewFollowing(b.win.Canvas(), func(string) View[string] { return p }, func() { closed++ })
	f.Draw(true, "a")
	b.win.Canvas().Focus(nil)
	b.key(fyne.KeyEscape)
	f.Draw(true, "b")
	if closed != 0 || len(p.drawn) != 2 {
		t.Errorf("closed %d times, drew %q", closed, p.drawn)
	}
	held = false
	b.key(fyne.KeyEscape)
	if closed != 1 {
		t.Errorf("closed %d times", closed)
	}
}
