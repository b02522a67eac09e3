package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"
)

// TestWindowPositionIsRestored opens several windows one after the other, with the same
// settings.
func TestWindowPositionIsRestored(t *testing.T) {
	app := newApp(t)
	stay := func(Place) Place { return Place{X: 40, Y: 60} }
	for _, c := range []struct {
		name  string
		opts  Options
		put   *Place // the position where it opens
		moved func(Place) Place
		size  fyne.Size // the size that the user gives it
		next  fyne.Size // the size of the next window
	}{
		{"the first start", Options{}, &Place{X: nowhere, Y: nowhere}, stay, fyne.NewSize(900, 600), fyne.NewSize(900, 600)},
		{"where it was", Options{}, &Place{X: 40, Y: 60}, func(Place) Place { return Place{X: -1500, Y: 200} }, fyne.NewSize(950, 650), fyne.NewSize(950, 650)},
		{"maximised now", Options{}, &Place{X: -1500, Y: 200}, func(Place) Place { return Place{Maximised: true} }, fyne.NewSize(2560, 1400), fyne.NewSize(950, 650)},
		{"maximised again, and no longer", Options{}, &Place{X: -1500, Y: 200, Maximised: true}, stay, fyne.NewSize(950, 650), fyne.NewSize(950, 650)},
		{"a size for this once", Options{Width: 1000, Height: 700}, nil, func(Place) Place { return Place{X: 1, Y: 1} }, fyne.NewSize(1000, 700), fyne.NewSize(950, 650)},
		{"as if that had not been", Options{}, &Place{X: 40, Y: 60}, stay, fyne.NewSize(950, 650), fyne.NewSize(950, 650)},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &stage{t: t}
			deps := s.deps()
			var put *Place
			deps.PutAt = func(p Place, _ fyne.Size) bool { put = &p; return p.X != nowhere }
			deps.Place = func() (Place, bool) { return c.moved(Place{}), true }
			s.w = New(app, deps, c.opts)
			s.w.Show()
			if diff := cmp.Diff(c.put, put); diff != "" {
				t.Errorf("put at -want +got\n%s", diff)
			}
			s.w.win.Resize(c.size)
			s.w.Close()
			s.pump()
			again := New(app, s.deps(), Options{})
			if got := again.startSize(); got != c.next {
				t.Errorf("the next begins with %v, want %v", got, c.next)
			}
			again.cancel()
		})
	}
}

// TestSizeIsKeptWithoutPosition guards Wayland, where no window knows its position.
func TestSizeIsKeptWithoutPosition(t *testing.T) {
	app := newApp(t)
	s := &stage{t: t}
	deps := s.deps()
	deps.Place = func() (Place, bool) { return Place{}, false }
	deps.PutAt = func(p Place, _ fyne.Size) bool {
		if p.X != nowhere {
			t.Errorf("it is put at %v", p)
		}
		return false
	}
	for range 2 {
		s.w = New(app, deps, Options{})
		s.w.Show()
		s.w.win.Resize(fyne.NewSize(900, 600))
		s.w.Close()
	}
	if got := s.w.startSize(); got != fyne.NewSize(900, 600) {
		t.Errorf("the size is %v", got)
	}
}
