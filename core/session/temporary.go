package session

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// What follows is for the parts of the window that have not moved yet, and goes away
// with the last of them.

// FillSaved is fill.
func (s *Session) FillSaved(form connection.Form, missing text.Text, wanted string) {
	s.fill(TypedOf(form), missing, wanted)
}

// Blame is blame.
func (s *Session) Blame(field connection.Field, problem text.Text) { s.blame(field, problem) }

// Drop is drop.
func (s *Session) Drop() { s.drop() }

// Adopt is adopt.
func (s *Session) Adopt(r exam.Report) { s.adopt(r) }

// ForgetReport is forgetReport.
func (s *Session) ForgetReport() { s.forgetReport() }

// ForgetDiscovery is forgetDiscovery.
func (s *Session) ForgetDiscovery() { s.forgetDiscovery() }

// SandboxState is whether the user practises; consent's area has more to it.
type SandboxState struct{ Active bool }

// Practise records whether the user is in the sandbox.
func (s *Session) Practise(active bool) {
	s.update(func(st *State) { st.Sandbox.Active = active })
}

// LeaveSandbox leaves the sandbox.
func (s *Session) LeaveSandbox() {
	if s.deps.LeaveSandbox != nil {
		s.deps.LeaveSandbox()
	}
}

// Position is a connection as it is in the window, to come back to.
type Position = position

// Position returns where the user is.
func (s *Session) Position() Position { return s.position() }

// Restore is restore.
func (s *Session) Restore(p Position) { s.restore(p) }

// OpenNone is openAs for no saved connection.
func (s *Session) OpenNone() { s.openAs("") }

// GuideKey is guideKey.
func (s *Session) GuideKey() string { return s.guideKey() }

// RememberGuide is rememberGuide.
func (s *Session) RememberGuide(progress profile.Guide) { s.rememberGuide(progress) }

// RememberedGuide is rememberedGuide.
func (s *Session) RememberedGuide() (profile.Guide, bool) { return s.rememberedGuide() }

func (s *Session) guideProgress() profile.Guide {
	if s.deps.GuideProgress == nil {
		return profile.Guide{}
	}
	return s.deps.GuideProgress()
}

// followGuide tells the guide that its progress is kept under another key now.
func (s *Session) followGuide() {
	if s.deps.Looked != nil {
		s.deps.Looked()
	}
}
