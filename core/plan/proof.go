package plan

import (
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// planProof plans the examination at the end, which has no request of its own.
func planProof(t Target, s State, step *Step) {
	app, known := s.Applications.one()
	held := slices.ContainsFunc(app.Keys, func(k Key) bool { return k.Given })
	given := held || t.Given != "" && (!known || len(app.Keys) == 0)
	makes := t.ClientID == "" || t.Credential == NewCertificate || t.Credential == NewSecret ||
		known && !slices.ContainsFunc(app.Keys, func(k Key) bool { return k.valid(s.Now) })
	if cause, proven := s.Proven.one(); proven {
		if cause == "" {
			step.done(text.F("WhoAmI answers."))
			return
		}
		step.Cause = cause
	}
	if !given && (!makes || t.Credential == NoCredential) {
		step.ask(text.F("WhoAmI needs the application's credential, which was not given here."))
		return
	}
	step.Status = Todo
	step.Reason = text.F("A token is requested and WhoAmI is called, as in every test.")
}
