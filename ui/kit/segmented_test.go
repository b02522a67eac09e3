package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
)

func TestSegmentedChoice(t *testing.T) {
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
