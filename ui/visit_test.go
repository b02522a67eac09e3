package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// drawn is longer than the window waits for objects that were never drawn.
const drawn = 100 * time.Millisecond

// forgetful is a driver that, like the real driver, returns no canvas for an object that
// was not drawn yet.
type forgetful struct {
	fyne.App
	drawn bool
}

func (f *forgetful) Driver() fyne.Driver { return forgetfulDriver{f.App.Driver(), f} }

type forgetfulDriver struct {
	fyne.Driver
	app *forgetful
}

func (d forgetfulDriver) CanvasForObject(o fyne.CanvasObject) fyne.Canvas {
	if !d.app.drawn {
		return nil
	}
	return d.Driver.CanvasForObject(o)
}

func (d forgetfulDriver) AbsolutePositionForObject(o fyne.CanvasObject) fyne.Position {
	if !d.app.drawn {
		return fyne.Position{}
	}
	return d.Driver.AbsolutePositionForObject(o)
}

// TestGoToTheChecks guards that the checks get the focus and are visible, although they
// were behind the guide and never drawn: Ctrl+2 did nothing then.
func TestGoToTheChecks(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(s *stage)
		want string
	}{
		{"the first, when nothing was tested", func(*stage) {}, "The form can be used as it stands"},
		{"the first broken one", func(s *stage) { s.finish(failedReport()); s.lists().Choose(showGuide) }, "Dataverse answers WhoAmI"},
		{"while nothing has the focus", func(s *stage) { s.w.win.Canvas().Unfocus() }, "The form can be used as it stands"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t, Options{Width: 1000, Height: 440})
			s.fill(filledForm())
			c.do(s)
			app := &forgetful{App: s.w.app}
			fyne.SetCurrentApp(app)
			t.Cleanup(func() { fyne.SetCurrentApp(s.w.app) })

			s.w.item("result").Action()
			head, _ := s.w.win.Canvas().Focused().(fyne.Accessible)
			if head == nil {
				t.Fatalf("the focus is on %T", s.w.win.Canvas().Focused())
			}
			row := s.fold(c.want + ": ")
			if got := head.AccessibilityLabel(); got != row.Name+", closed" {
				t.Fatalf("the focus is on %q, want %q", got, c.want)
			}
			app.drawn = true
			s.advance(drawn)
			if !inSight(s.w.result.Object, row) {
				t.Error("it is out of sight")
			}
		})
	}
}

// TestMissingSecretScrollsIntoSight guards the start in a small window: the focus was on
// the missing secret, below the visible part.
func TestMissingSecretScrollsIntoSight(t *testing.T) {
	s := newStage(t, Options{Width: 450, Height: 300})
	s.imported()
	s.press("Close")
	app := &forgetful{App: s.w.app}
	fyne.SetCurrentApp(app)
	t.Cleanup(func() { fyne.SetCurrentApp(s.w.app) })
	s.choose("Contoso UAT (2)")
	app.drawn = true
	s.advance(drawn)
	secret := s.field("Client secret (Value)")
	if s.w.win.Canvas().Focused() != fyne.Focusable(secret.Entry) || !inWindow(s, secret) {
		t.Errorf("the focus is on %T, the secret in sight %v", s.w.win.Canvas().Focused(), inWindow(s, secret))
	}
}

// inSight reports whether the head of a disclosure is in the visible part of a scroll
// area.
func inSight(scroll *kit.Scroll, o fyne.CanvasObject) bool {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	top := fyne.CurrentApp().Driver().AbsolutePositionForObject(scroll.Area)
	return at.Y >= top.Y && at.Y+30 <= top.Y+scroll.Area.Size().Height
}
