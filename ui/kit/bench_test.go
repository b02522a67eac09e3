package kit

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// bench is a window for testing a control, with a clock that the test moves.
type bench struct {
	win    fyne.Window
	copied []string
	opened []string
	timers []func()
}

func newBench(t *testing.T, o fyne.CanvasObject) *bench {
	t.Helper()
	useTheme(t)
	b := &bench{win: test.NewTempWindow(t, o)}
	b.win.Resize(fyne.NewSize(600, 400))
	return b
}

// useTheme starts an application for the test with the light theme.
func useTheme(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
}

func (b *bench) env() Env {
	return Env{
		Copy: func(text string) { b.copied = append(b.copied, text) },
		Open: func(url string) { b.opened = append(b.opened, url) },
		Later: func(_ time.Duration, f func()) func() {
			cancelled := false
			b.timers = append(b.timers, func() {
				if !cancelled {
					f()
				}
			})
			return func() { cancelled = true }
		},
	}
}

// ring runs the functions that wait for the clock.
func (b *bench) ring() {
	timers := b.timers
	b.timers = nil
	for _, f := range timers {
		f()
	}
}

func (b *bench) focus(f fyne.Focusable) { b.win.Canvas().Focus(f) }

func (b *bench) wantFocus(t *testing.T, control fyne.Focusable) {
	t.Helper()
	if got := b.win.Canvas().Focused(); got != control {
		t.Errorf("%T has the focus, want %T", got, control)
	}
}

// key types a key into the control that has the focus, as the driver does.
func (b *bench) key(name fyne.KeyName) {
	c := b.win.Canvas()
	if f := c.Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: name})
	} else if handle := c.OnTypedKey(); handle != nil {
		handle(&fyne.KeyEvent{Name: name})
	}
}
