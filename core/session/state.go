package session

// State is what the window shows. Its slices and maps are shared between states
// and must not be changed.
type State struct {
	Form        Form
	Discovery   Discovery
	Examination Examination
	Watch       Watch
	Connections Connections
	Overview    Overview
	Comparison  Comparison
	Ends        EndsQuestion
	Replacement Replacement
	Rotation    Rotation
	Consent     Consent
	Setup       Setup
	Guide       Guide
	Sandbox     Sandbox
}
