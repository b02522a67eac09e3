// Package setup is the dialog in which an administrator signs in and applies the set-up:
// the plan as a checklist, the choices, the progress, and the result.
//
// Each change is shown before it is made, Esc stops the work under way before it closes
// the dialog, the button for the next action is always visible, and the steps that this
// administrator does not do can be handed to another administrator.
package setup

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// Commands are what the dialog asks of a [session.Session].
type Commands interface {
	Observe(observer func(session.State))
	WantSetup(w session.SetupWants)
	TickSetup(step plan.ID, on bool)
	SignInSetup(way admin.Way)
	SignInTwoSetup(environment admin.Way)
	TrySetup(way admin.Way) bool
	PasteSignIn(seen string)
	ForgetUnreadSetup()
	TakeSetupResult(printed string)
	SetupText(format string) string
	ApplySetup()
	OpenSetupConsent()
	UndoSetup()
	StopSetup() bool
	CloseSetup()
}

// Env is the environment of the dialog: what the window provides.
type Env struct {
	kit.Env
	Canvas fyne.Canvas
	// ChooseFolder asks for a folder, and calls use with its path unless the user
	// cancels.
	ChooseFolder func(title string, use func(path string))
	// Copied shows a notice of what is on the clipboard now.
	Copied func(what string)
}

// Screen shows the dialog while the user is at the set-up.
type Screen struct {
	commands Commands
	env      Env
}

// New makes the screen of a window.
func New(commands Commands, env Env) *Screen {
	s := &Screen{commands: commands, env: env}
	dialog := kit.NewFollowing(env.Canvas, func(u session.Setup) kit.View[session.Setup] { return newDialog(s, u) }, commands.CloseSetup)
	commands.Observe(func(st session.State) { dialog.Draw(st.Setup.Open, st.Setup) })
	return s
}
