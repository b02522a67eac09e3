package ui

import (
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/compare"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/overview"
)

// drawOverview shows all connections or a comparison in the place of the page, or the
// page again.
func (w *Window) drawOverview(s session.State) {
	open := s.Overview.Open || s.Comparison.Open
	before := w.shown
	w.shown = inPlace{s.Overview.Open, s.Comparison.Open}
	w.drawComparison(s)
	if w.overview == nil && (s.Overview.Open || s.Ends.Open || s.Replacement.Open || s.Rotation.Open) {
		env := overview.Env{
			Env: w.desk, Canvas: w.win.Canvas(), Do: w.deps.Do, Width: pageWidth, Now: scheduler{&w.deps}.Now, Tell: w.say, Rotates: w.deps.Rotator != nil,
			ChooseCertificate: func(use func(string)) { w.choose(certificateChoice(), use) },
		}
		if w.deps.SaveText != nil {
			env.ChooseFolder = w.chooseFolder
		}
		w.overview = overview.New(w.session, env)
		w.body.Add(w.overview.Object)
	}
	if w.shown == before {
		return
	}
	w.page.Object.Hidden = open
	w.header.path.Hidden = open
	w.header.object.Refresh()
	w.body.Refresh()
	switch {
	case s.Comparison.Open: // a comparison moves the focus itself
	case s.Overview.Open:
		w.overview.Focus()
	default:
		w.form.Focus()
	}
}

// inPlace has what is shown in the place of the page; the zero value is the page.
type inPlace struct{ overview, comparison bool }

// drawComparison creates the screen of a comparison before it is shown for the first
// time.
func (w *Window) drawComparison(s session.State) {
	if w.compare != nil || !s.Comparison.Open {
		return
	}
	w.compare = compare.New(w.session, compare.Env{
		Env: w.desk, Canvas: w.win.Canvas(), Do: w.deps.Do, Width: pageWidth, Now: scheduler{&w.deps}.Now, Tell: w.say,
		ChooseFile: func(use func(string)) { w.choose(snapshotChoice(), use) }, Share: func() { w.share.Comparison() },
	})
	w.body.Add(w.compare.Object)
	w.compare.Focus() // a control can take the focus only after it is in the window
}

// openComparison compares the connection in the form, or the leading row of the overview.
func (w *Window) openComparison() {
	if w.session.State().Overview.Open {
		w.overview.Compare()
		return
	}
	w.session.OpenComparison()
}

// inOverview are the commands that apply while all connections, or a comparison, are
// shown. The other commands apply to the connection in the form, and show it first.
var inOverview = map[string]bool{
	"test": true, "cancel": true, "overview": true, "compare": true, "report": true, "find": true, "import": true, "docs": true, "keys": true, "about": true,
	"larger": true, "smaller": true, "usual": true, "system": true, "light": true, "dark": true,
}

// newCertificate makes a new certificate for the open connection.
func (w *Window) newCertificate() {
	open := w.session.State().Connections.Open
	if open == "" {
		w.say(i18n.L("Save the connection first: a new certificate is for a saved one."), kit.Caution)
		return
	}
	w.session.OpenRotation(open)
}

// test tests what is shown: the connection in the form, all connections, or both sides of
// a comparison.
func (w *Window) test() {
	switch s := w.session.State(); {
	case s.Comparison.Open:
		w.session.Compare()
	case s.Overview.Open:
		w.session.TestAll()
	default:
		w.session.Test()
	}
}

// cancelTest ends what [Window.test] began.
func (w *Window) cancelTest() {
	switch s := w.session.State(); {
	case s.Comparison.Open:
		w.session.CancelComparison()
	case s.Overview.Open:
		w.session.CancelAll()
	default:
		w.session.Cancel()
	}
}

// copyReport copies what is shown: the report of the connection, or the comparison.
func (w *Window) copyReport() {
	if w.session.State().Comparison.Open {
		w.compare.Copy()
		return
	}
	w.session.CloseOverview()
	w.result.CopyReport()
}
