package result

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/watch"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// watchStrip shows that the connection is tested until it works. It stays while the cards
// below it come and go, and its button keeps the focus.
type watchStrip struct {
	object *kit.Card
	text   *kit.Text
	stop   *kit.Button
	drawn  session.Watch
}

func newWatchStrip(s *Screen) *watchStrip {
	w := &watchStrip{text: kit.NewText("", kit.Style{})}
	w.stop = kit.NewButton(i18n.L("Stop"), kit.Quiet, func() {
		s.env.FocusTest() // the button goes away
		s.commands.StopWatching()
	})
	w.stop.Scale, w.stop.Name = kit.Compact, i18n.L("Stop testing again and again")
	line := layout.Row(theme.Near, w.text, kit.NewStatusIcon(kit.Running, 18), w.text, w.stop)
	w.object = kit.NewBandCard(kit.Info, layout.InsetSides(theme.Space, theme.Small, theme.Small, theme.Small, line), nil)
	w.object.Hide()
	return w
}

// draw shows the watch, and reports whether the strip came or went.
func (w *watchStrip) draw(now session.Watch) (changed bool) {
	changed = now.Active != w.object.Visible()
	if now == w.drawn && !changed {
		return false
	}
	before := w.text.Text()
	w.drawn = now
	w.text.SetText(watchText(now))
	layout.SetVisible(w.object, now.Active)
	return changed || before != w.text.Text()
}

// watchText is how far a watch is.
func watchText(w session.Watch) string {
	if w.Examinations == 0 || w.Next.IsZero() {
		return i18n.L("Testing until it works, with growing pauses.")
	}
	return i18n.F("Still the same after test {{.N}} ({{.Elapsed}}). The next one follows in {{.Pause}}.", i18n.V{
		"N": w.Examinations, "Elapsed": kit.TimeSpan(w.Elapsed), "Pause": kit.TimeSpan(watch.Pause(w.Examinations)),
	})
}

// watchButton begins to test until it works; nil where no change in a portal helps.
func watchButton(s *Screen, r exam.Report) fyne.CanvasObject {
	if watch.Judge(r, r) != watch.Waiting {
		return nil
	}
	button := kit.NewButton(i18n.L("Test until it works"), kit.Secondary, func() {
		s.commands.Watch()
		s.env.Canvas.Focus(s.watch.stop) // this button goes away with its card
	})
	s.again = layout.Column(theme.Tight, layout.Flow(theme.Small, button),
		kit.Caption(i18n.L("After a change in a portal: tests again with growing pauses, until it works or something else is wrong, and tells how long Microsoft took.")))
	s.again.Hidden = s.watch.drawn.Active
	return s.again
}

// drawWatch shows the progress of a watch. The button that starts a watch is shown while
// no watch runs.
func (a *Screen) drawWatch(w session.Watch) {
	changed := a.watch.draw(w)
	if a.again != nil && a.again.Hidden != w.Active {
		a.again.Hidden, changed = w.Active, true
	}
	if changed {
		a.relayout()
	}
}
