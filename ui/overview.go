package ui

import (
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/overview"
)

// drawOverview shows all connections in the place of the page, or the page again.
func (w *Window) drawOverview(s session.State) {
	open := s.Overview.Open
	if w.overview == nil && (open || s.Ends.Open || s.Replacement.Open || s.Rotation.Open) {
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
	if open == w.page.Object.Visible() {
		w.page.Object.Hidden = open
		w.header.path.Hidden = open
		w.header.object.Refresh()
		w.body.Refresh()
		if open {
			w.overview.Focus()
		} else {
			w.form.Focus()
		}
	}
}

// inOverview are the commands that make sense while all connections are shown. The others
// are about the connection in the form, and show it first.
var inOverview = map[string]bool{
	"test": true, "cancel": true, "overview": true, "find": true, "import": true, "docs": true, "keys": true, "about": true,
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

// test tests what is shown: the connection in the form, or all of them.
func (w *Window) test() {
	if w.session.State().Overview.Open {
		w.session.TestAll()
		return
	}
	w.session.Test()
}

// cancelTest ends what [Window.test] began.
func (w *Window) cancelTest() {
	if w.session.State().Overview.Open {
		w.session.CancelAll()
		return
	}
	w.session.Cancel()
}
